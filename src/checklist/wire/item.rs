//! The shape of an item.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::{RawText, present};
use crate::checklist::{Frequency, Kind, Performer};
#[cfg(not(target_arch = "wasm32"))]
use crate::checklist::{MAX_PARTS, schema};

/// One separately checkable requirement.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Item"))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[cfg_attr(not(target_arch = "wasm32"), schemars(transform = schema::fields_by_kind))]
pub struct RawItem {
    /// Stable name.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::id"))]
    pub id: String,
    /// The area it belongs to.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::id"))]
    pub area: String,
    /// The kind of answer, which decides how it is judged.
    pub kind: RawKind,
    /// The requirement, in plain words.
    pub text: RawText,
    /// Advice on counting, or the chosen reading.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawText"))]
    pub help: Option<RawText>,
    /// The addressee of the directive, as printed.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::text"))]
    pub addressee: String,
    /// The kinds of unit that have to do it.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1, max = MAX_PARTS)))]
    pub performers: Vec<Performer>,
    /// The answer to a question that makes it apply.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawCondition"))]
    pub when: Option<RawCondition>,
    /// The place in the directive.
    pub source: RawClause,
    /// The laws it rests on.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(max = MAX_PARTS)))]
    pub legal: Vec<RawLegalNote>,
    /// Ratio: the label of the upper number.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawText"))]
    pub numerator: Option<RawText>,
    /// Ratio: the label of the lower number.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawText"))]
    pub denominator: Option<RawText>,
    /// Count and quantity: the label of the number.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawText"))]
    pub label: Option<RawText>,
    /// Quantity: the unit.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawText"))]
    pub unit: Option<RawText>,
    /// Ratio, count, quantity and roster: the target.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawTarget"))]
    pub target: Option<RawTarget>,
    /// Deadline: the printed day.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawDue"))]
    pub due: Option<RawDue>,
    /// Periodic: the interval.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Frequency"))]
    pub every: Option<Frequency>,
    /// Roster: the columns.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<RawColumn>", length(max = MAX_PARTS), transform = schema::one_column_counts))]
    pub columns: Option<Vec<RawColumn>>,
    /// Parts: the yes/no parts.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<RawPart>", length(min = 2, max = MAX_PARTS)))]
    pub parts: Option<Vec<RawPart>>,
}

/// The kinds of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Kind"))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the model's `Kind` documents each")]
pub enum RawKind {
    Attestation,
    Ratio,
    Count,
    Quantity,
    Deadline,
    Periodic,
    Roster,
    Parts,
    Narrative,
}

impl RawKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Attestation,
        Self::Ratio,
        Self::Count,
        Self::Quantity,
        Self::Deadline,
        Self::Periodic,
        Self::Roster,
        Self::Parts,
        Self::Narrative,
    ];

    /// Returns the fields of this kind beyond those of every item. It needs them all.
    #[must_use]
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Attestation | Self::Narrative => &[],
            Self::Ratio => &["numerator", "denominator", "target"],
            Self::Count => &["label", "target"],
            Self::Quantity => &["label", "unit", "target"],
            Self::Deadline => &["due"],
            Self::Periodic => &["every"],
            Self::Roster => &["columns", "target"],
            Self::Parts => &["parts"],
        }
    }
}

/// A condition on a question of the start screen.
#[derive(Debug, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Condition")
)]
#[serde(deny_unknown_fields)]
pub struct RawCondition {
    /// The question's name.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::id"))]
    pub question: String,
    /// The answer that makes the item apply.
    pub is: bool,
}

/// The place in the directive.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Clause"))]
#[serde(deny_unknown_fields)]
pub struct RawClause {
    /// The clause as printed.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::filled"))]
    pub clause: String,
}

/// The status of a cited law.
#[derive(Debug, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "LegalNote")
)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawLegalNote {
    /// The law concerned, with a remark in brackets if the source does not cite it.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::text"))]
    pub cited: String,
    /// Its legal status.
    pub status: RawText,
    /// The date on which that was so.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::date"))]
    pub as_of: String,
    /// A: seen in official text; B: in secondary text; C: unverified.
    pub confidence: RawConfidence,
}

/// The confidence in a legal note.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Confidence")
)]
#[expect(missing_docs, reason = "the model's `Confidence` documents each")]
pub enum RawConfidence {
    A,
    B,
    C,
}

/// The target of a figure: a decimal as text, in percent for ratios and rosters.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Target"))]
#[serde(rename_all = "camelCase")]
pub enum RawTarget {
    /// At least that much.
    AtLeast(
        #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::decimal"))] String,
    ),
    /// More than that.
    MoreThan(
        #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::decimal"))] String,
    ),
    /// Exactly that.
    Exactly(
        #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::decimal"))] String,
    ),
    /// At most that much.
    AtMost(
        #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::decimal"))] String,
    ),
    /// A figure that the inspection sets itself.
    Own(RawComparator),
}

/// The comparator of an inspection's own target.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Comparator")
)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the model's `Comparator` documents each")]
pub enum RawComparator {
    AtLeast,
    MoreThan,
    Exactly,
    AtMost,
}

/// A due date, such as `2022-08-31`.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Due"))]
#[serde(rename_all = "camelCase")]
pub enum RawDue {
    /// Before that day; the day itself is too late.
    Before(#[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::date"))] String),
    /// By that day; the day itself is in time.
    By(#[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::date"))] String),
}

/// One column of a roster.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Column"))]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(target_arch = "wasm32"), schemars(transform = schema::only_checks_count))]
pub struct RawColumn {
    /// Stable name.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::id"))]
    pub id: String,
    /// Heading.
    pub label: RawText,
    /// The type of its cells.
    #[serde(rename = "type")]
    pub cell: RawCellType,
    /// For checks: whether a row needs a yes here to pass.
    #[serde(default)]
    pub counts: bool,
}

/// The type of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "CellType")
)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the model's `CellType` documents each")]
pub enum RawCellType {
    Text,
    Check,
    Date,
}

/// One part of an item of the kind *parts*.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Part"))]
#[serde(deny_unknown_fields)]
pub struct RawPart {
    /// Stable name.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::id"))]
    pub id: String,
    /// The question.
    pub text: RawText,
}

impl RawItem {
    /// Returns whether each of the fields that belong to kinds is given.
    #[must_use]
    pub fn kind_fields(&self) -> BTreeMap<&'static str, bool> {
        BTreeMap::from([
            ("numerator", self.numerator.is_some()),
            ("denominator", self.denominator.is_some()),
            ("label", self.label.is_some()),
            ("unit", self.unit.is_some()),
            ("target", self.target.is_some()),
            ("due", self.due.is_some()),
            ("every", self.every.is_some()),
            ("columns", self.columns.is_some()),
            ("parts", self.parts.is_some()),
        ])
    }
}

impl From<&Kind> for RawKind {
    fn from(kind: &Kind) -> Self {
        match kind {
            Kind::Attestation => Self::Attestation,
            Kind::Ratio { .. } => Self::Ratio,
            Kind::Count { .. } => Self::Count,
            Kind::Quantity { .. } => Self::Quantity,
            Kind::Deadline { .. } => Self::Deadline,
            Kind::Periodic { .. } => Self::Periodic,
            Kind::Roster { .. } => Self::Roster,
            Kind::Parts { .. } => Self::Parts,
            Kind::Narrative => Self::Narrative,
        }
    }
}

impl RawTarget {
    /// Returns the name of its comparator, which is its field in the file.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::AtLeast(_) => "atLeast",
            Self::MoreThan(_) => "moreThan",
            Self::Exactly(_) => "exactly",
            Self::AtMost(_) => "atMost",
            Self::Own(_) => "own",
        }
    }
}
