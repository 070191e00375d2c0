//! The shape of a report, as serde reads and writes it: unknown fields and `null` are refused.
//!
//! It says what a report looks like, not whether it makes sense; that is `import`'s part. The
//! published `schema/report.schema.json` is generated from these types.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[cfg(not(target_arch = "wasm32"))]
use super::schema::{
    answer_by_kind, attachments, canonicalization, format, format_version, integrity_required,
    percent, sha256,
};
use crate::checklist::wire::{RawKind, present};
#[cfg(not(target_arch = "wasm32"))]
use crate::checklist::{
    schema::{date, filled, id, whole},
    wire::{RawChecklist, RawItem},
};
use crate::evaluation::Verdict;
use crate::inspection::{RawAnswer, RawEvidence, RawFinding, RawHeader, RawOwn};

/// A report: one unit, one checklist, one period, what was answered and what follows from it. The
/// file is the RFC 8785 form of this object in UTF-8.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Report", transform = integrity_required)
)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawReport {
    /// The mark of a report.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "format"))]
    pub format: String,
    /// The version of the format.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "format_version"))]
    pub format_version: u32,
    /// The program that wrote the file.
    pub generator: RawGenerator,
    /// The facts of the inspection as a whole.
    pub inspection: RawHeader,
    /// The checklist, whole.
    pub checklist: RawReportChecklist,
    /// Every item that applies and every other one on which something was entered, in the
    /// checklist's order.
    pub items: Vec<RawReportItem>,
    /// The versions of the checklist that the inspection moved on from, with the answers that have
    /// no place in the one above; the summary does not count them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<RawEarlier>,
    /// The verdicts counted. They follow from the answers; who reads the file judges again.
    pub summary: RawSummary,
    /// The files that belong to the report, such as photos: base64 of the bytes, by their SHA-256.
    /// They may also stand beside the report, in one ZIP file with it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "attachments"))]
    pub attachments: BTreeMap<String, String>,
    /// Proves that the file was not changed by mistake. It is no signature: whoever changes the
    /// file on purpose can write a new one.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawIntegrity"))]
    // Absent only while the digest is being taken.
    pub integrity: Option<RawIntegrity>,
}

/// The program that wrote a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Generator")
)]
#[serde(deny_unknown_fields)]
pub struct RawGenerator {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// The checklist of a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "ReportChecklist")
)]
#[serde(deny_unknown_fields)]
pub struct RawReportChecklist {
    /// Its id, as in the definition.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "id"))]
    pub id: String,
    /// Its version, as in the definition.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "filled"))]
    pub version: String,
    /// SHA-256 over the RFC 8785 form of the definition, in lower-case hexadecimal.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "sha256"))]
    pub sha256: String,
    /// The checklist file's content, unchanged.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawChecklist<RawItem>"))]
    pub definition: Value,
}

/// One item of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "ReportItem", transform = answer_by_kind)
)]
#[serde(deny_unknown_fields)]
pub struct RawReportItem {
    /// Its id in the checklist.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "id"))]
    pub id: String,
    /// Its kind in the checklist.
    pub kind: RawKind,
    /// The answer.
    #[serde(default, skip_serializing_if = "RawAnswer::is_empty")]
    pub answer: RawAnswer,
    /// The verdict on the answer.
    pub verdict: Verdict,
    /// The figures behind the verdict.
    #[serde(default, skip_serializing_if = "RawComputed::is_empty")]
    pub computed: RawComputed,
    /// The person's note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The corrective action.
    #[serde(default, skip_serializing_if = "RawFinding::is_empty")]
    pub finding: RawFinding,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<RawEvidence>,
}

/// A version of the checklist that the inspection moved on from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Earlier"))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawEarlier {
    /// Which one it was.
    pub checklist: RawEdition,
    /// The day as of which its answers were judged last.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "date"))]
    pub as_of: String,
    /// The items whose answers were left behind, each once, in that checklist's order.
    pub items: Vec<RawEarlierItem>,
}

/// Names one version of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Edition"))]
#[serde(deny_unknown_fields)]
pub struct RawEdition {
    /// The checklist's id.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "id"))]
    pub id: String,
    /// Its version.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "filled"))]
    pub version: String,
    /// SHA-256 over the RFC 8785 form of its definition, in lower-case hexadecimal.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "sha256"))]
    pub sha256: String,
}

/// An item of an earlier version, with the answer that was left behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "EarlierItem", transform = answer_by_kind)
)]
#[serde(deny_unknown_fields)]
pub struct RawEarlierItem {
    /// Its id in that version.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "id"))]
    pub id: String,
    /// Its kind in that version.
    pub kind: RawKind,
    /// The item as it stands in that version's file, unchanged.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawItem"))]
    pub definition: Value,
    /// The answer.
    #[serde(default, skip_serializing_if = "RawAnswer::is_empty")]
    pub answer: RawAnswer,
    /// The inspection's own values for the item.
    #[serde(default, skip_serializing_if = "RawOwn::is_empty")]
    pub own: RawOwn,
    /// The verdict on the answer.
    pub verdict: Verdict,
    /// The person's note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The corrective action.
    #[serde(default, skip_serializing_if = "RawFinding::is_empty")]
    pub finding: RawFinding,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<RawEvidence>,
}

/// Figures that follow from an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Computed")
)]
#[serde(deny_unknown_fields, default)]
pub struct RawComputed {
    /// A ratio or roster in percent: a decimal, cut to the digits that its verdict needs.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "percent"))]
    pub percent: Option<String>,
    /// By how many cases, rows, parts or periods the item misses its target.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub shortfall: Option<u64>,
}

/// The verdicts on the items that apply, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Summary"))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawSummary {
    /// Items that apply.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub total: usize,
    /// Items that need nothing more for their verdict.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub answered: usize,
    /// Items that are met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub met: usize,
    /// Items that are partly met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub partly_met: usize,
    /// Items that are not met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub not_met: usize,
    /// Items that do not apply, or for which no case arose.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub not_applicable: usize,
    /// Items in which something can't be right.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub invalid: usize,
    /// The counts by area, in the checklist's order.
    pub areas: Vec<RawAreaSummary>,
}

/// The verdicts on the items of one area that apply, counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "AreaSummary")
)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawAreaSummary {
    /// The area's id in the checklist.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "id"))]
    pub id: String,
    /// Items that apply.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub total: usize,
    /// Items that need nothing more for their verdict.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub answered: usize,
    /// Items that are met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub met: usize,
    /// Items that are partly met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub partly_met: usize,
    /// Items that are not met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub not_met: usize,
    /// Items that do not apply, or for which no case arose.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub not_applicable: usize,
    /// Items in which something can't be right.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub invalid: usize,
}

/// The digest of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Integrity")
)]
#[serde(deny_unknown_fields)]
pub struct RawIntegrity {
    /// How the bytes were made that were digested.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "canonicalization"))]
    pub canonicalization: String,
    /// SHA-256 over the RFC 8785 form of the file without `integrity` and `attachments`, in
    /// lower-case hexadecimal. Each attachment stands under its own.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "sha256"))]
    pub sha256: String,
}

impl RawGenerator {
    /// This program.
    #[must_use]
    pub fn this() -> Self {
        Self { name: "tu-kiem-tra".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

impl RawComputed {
    /// Whether there are no figures.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
