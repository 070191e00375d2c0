//! The shape of a report, as serde reads and writes it: unknown fields and `null` are refused.
//!
//! It defines the form of a report; `import` checks whether the content makes sense. The published
//! `schema/report.schema.json` is generated from these types.

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

/// A report: one unit, one checklist, one period, the answers and the results that follow from
/// them. The file is the RFC 8785 form of this object in UTF-8.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Report", transform = integrity_required)
)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawReport {
    /// The mark of a report file.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "format"))]
    pub format: String,
    /// The version of the format.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "format_version"))]
    pub format_version: u32,
    /// The program that wrote the file.
    pub generator: RawGenerator,
    /// The data of the inspection as a whole.
    pub inspection: RawHeader,
    /// The complete checklist.
    pub checklist: RawReportChecklist,
    /// Every item that applies, and every other one with an entry, in the checklist's order.
    pub items: Vec<RawReportItem>,
    /// The versions of the checklist that the inspection moved on from, with the answers that have
    /// no place in the current one. The summary does not count them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<RawEarlier>,
    /// The counts of the verdicts. They follow from the answers, so readers of the file judge
    /// again.
    pub summary: RawSummary,
    /// The files that belong to the report, such as photos: base64 of the bytes, by their SHA-256.
    /// They may also be beside the report, in one ZIP file with it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "attachments"))]
    pub attachments: BTreeMap<String, String>,
    /// The digest that reveals accidental changes of the file. It is no signature: a person who
    /// changes the file on purpose can write a new one.
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
    /// The SHA-256 of the RFC 8785 form of the definition, in lower-case hexadecimal.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "sha256"))]
    pub sha256: String,
    /// The checklist file's content, unchanged.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawChecklist<RawItem>"))]
    pub definition: Value,
}

/// An item of a report.
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
    /// The verdict that follows from the answer.
    pub verdict: Verdict,
    /// The figures behind the verdict.
    #[serde(default, skip_serializing_if = "RawComputed::is_empty")]
    pub computed: RawComputed,
    /// The person's note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The measures against it, if it is not met.
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
    /// The identity of that version.
    pub checklist: RawEdition,
    /// The day as of which its answers were last judged.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "date"))]
    pub as_of: String,
    /// The items whose answers were left behind, each once, in that checklist's order.
    pub items: Vec<RawEarlierItem>,
}

/// The identity of one version of a checklist.
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
    /// The SHA-256 of the RFC 8785 form of its definition, in lower-case hexadecimal.
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
    /// The item as it is in that version's file, unchanged.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawItem"))]
    pub definition: Value,
    /// The answer.
    #[serde(default, skip_serializing_if = "RawAnswer::is_empty")]
    pub answer: RawAnswer,
    /// The inspection's own target, date and interval of the item.
    #[serde(default, skip_serializing_if = "RawOwn::is_empty")]
    pub own: RawOwn,
    /// The verdict that followed from the answer.
    pub verdict: Verdict,
    /// The person's note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The measures against it, if it is not met.
    #[serde(default, skip_serializing_if = "RawFinding::is_empty")]
    pub finding: RawFinding,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<RawEvidence>,
}

/// The figures that follow from an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Computed")
)]
#[serde(deny_unknown_fields, default)]
pub struct RawComputed {
    /// The percentage of a ratio or roster: a decimal, cut to the digits that its verdict needs.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "percent"))]
    pub percent: Option<String>,
    /// The number of cases, rows, parts or periods by which the item misses its target.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub shortfall: Option<u64>,
}

/// The counts of the verdicts on the items that apply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Summary"))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawSummary {
    /// The number of items that apply.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub total: usize,
    /// The number of items that need nothing more for their verdict.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub answered: usize,
    /// The number of items that are met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub met: usize,
    /// The number of items that are partly met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub partly_met: usize,
    /// The number of items that are not met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub not_met: usize,
    /// The number of items that do not apply, or for which no case arose.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub not_applicable: usize,
    /// The number of items with an entry that can't be right.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub invalid: usize,
    /// The counts by area, in the checklist's order.
    pub areas: Vec<RawAreaSummary>,
}

/// The counts of the verdicts on the items of one area that apply.
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
    /// The number of items that apply.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub total: usize,
    /// The number of items that need nothing more for their verdict.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub answered: usize,
    /// The number of items that are met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub met: usize,
    /// The number of items that are partly met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub partly_met: usize,
    /// The number of items that are not met.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub not_met: usize,
    /// The number of items that do not apply, or for which no case arose.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "whole"))]
    pub not_applicable: usize,
    /// The number of items with an entry that can't be right.
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
    /// The canonical form of the bytes that were digested.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "canonicalization"))]
    pub canonicalization: String,
    /// The SHA-256 of the RFC 8785 form of the file without `integrity` and `attachments`, in
    /// lower-case hexadecimal. Each attachment is under its own digest.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "sha256"))]
    pub sha256: String,
}

impl RawGenerator {
    /// Returns the name and version of this program.
    #[must_use]
    pub fn this() -> Self {
        Self { name: "tu-kiem-tra".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
    }
}

impl RawComputed {
    /// Returns whether there are no figures.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
