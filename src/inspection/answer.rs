//! The answer that a person gives to an item.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use super::{Period, read_date};
use crate::checklist::{CellType, Column, ColumnId, Decimal, Kind, PartId, date_from_iso};

/// The answer that a person gives to an item, finished or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The values, by the item's kind.
    pub entered: Entered,
    /// Whether the person says that the item does not apply (attestations say so by their choice).
    pub not_applicable: bool,
    /// The reason why it is not met, only partly met, or does not apply.
    pub reason: String,
    /// Typed texts that their fields can't read; they stay as typed.
    // INVARIANT: a field with a text here has no value in `entered`.
    pub unread: BTreeMap<TypedField, String>,
}

/// The values of an answer; one that is not entered yet is absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entered {
    /// The person's own verdict.
    Attestation(Option<Choice>),
    /// Two whole numbers.
    Ratio {
        /// The upper number.
        numerator: Option<u64>,
        /// The lower number.
        denominator: Option<u64>,
    },
    /// A whole number.
    Count(Option<u64>),
    /// A number in the item's unit.
    Quantity(Option<Decimal>),
    /// The date on which it was done, or 'not yet'.
    Deadline(Option<Done>),
    /// The months or quarters that were done; an empty set says 'none of them'.
    Periodic(Option<BTreeSet<Period>>),
    /// The rows.
    Roster(Vec<Row>),
    /// The parts that have a state.
    Parts(BTreeMap<PartId, PartState>),
    /// The text.
    Narrative(String),
}

/// A person's own verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Choice {
    /// All that is asked is done.
    Met,
    /// Some of it is done.
    PartlyMet,
    /// It is not done.
    NotMet,
    /// It does not apply here.
    NotApplicable,
}

impl Choice {
    /// All choices, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Met, Self::PartlyMet, Self::NotMet, Self::NotApplicable];

    /// Returns the name in files and in the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::PartlyMet => "partly-met",
            Self::NotMet => "not-met",
            Self::NotApplicable => "not-applicable",
        }
    }
}

/// The state of one part of a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartState {
    /// It is done.
    Done,
    /// It is not done.
    NotDone,
    /// No case of it arose ('không phát sinh').
    NotArisen,
}

/// The date on which something was done, or 'not yet'.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Done on that day.
    On(NaiveDate),
    /// Not yet.
    NotYet,
}

/// One row of a roster.
pub type Row = BTreeMap<ColumnId, Cell>;

/// The value of one cell of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text. In a date column, one that can't be read as a date.
    Text(String),
    /// A yes or no.
    Check(bool),
    /// A date.
    Date(NaiveDate),
}

impl Cell {
    /// Reads a text typed into a date column, in an inspection of a period: a date, or the text if
    /// it can't be read as one.
    #[must_use]
    pub fn from_typed_date(text: String, period: Option<Period>) -> Self {
        match read_date(&text, period) {
            Ok(Some(date)) => Self::Date(date),
            // A cell that looks like this is a date in files, so it is one here, too.
            _ => date_from_iso(&text).map_or(Self::Text(text), Self::Date),
        }
    }

    /// Returns whether it can be in the column with that id.
    pub(super) fn fits(&self, columns: &[Column], id: &ColumnId) -> bool {
        let column = columns.iter().find(|column| column.id == *id);
        column.is_some_and(|column| {
            matches!(
                (self, column.cell),
                (Self::Check(_), CellType::Check { .. })
                    | (Self::Text(_), CellType::Text | CellType::Date)
                    | (Self::Date(_), CellType::Date)
            )
        })
    }
}

/// A field for a typed number or date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TypedField {
    /// A ratio's upper number.
    Numerator,
    /// A ratio's lower number.
    Denominator,
    /// A count.
    Count,
    /// A quantity.
    Quantity,
    /// The date on which it was done.
    Done,
    /// The inspection's own target.
    Target,
    /// The inspection's own due date.
    Due,
}

impl TypedField {
    /// Every field.
    pub const ALL: [Self; 7] = [
        Self::Numerator,
        Self::Denominator,
        Self::Count,
        Self::Quantity,
        Self::Done,
        Self::Target,
        Self::Due,
    ];

    /// Returns the name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Numerator => "numerator",
            Self::Denominator => "denominator",
            Self::Count => "count",
            Self::Quantity => "quantity",
            Self::Done => "done",
            Self::Target => "target",
            Self::Due => "due",
        }
    }

    /// Returns whether items of a kind have this field.
    #[must_use]
    pub const fn belongs_to(self, kind: &Kind) -> bool {
        matches!(
            (self, kind),
            (Self::Numerator | Self::Denominator, Kind::Ratio { .. })
                | (
                    Self::Target,
                    Kind::Ratio { .. }
                        | Kind::Count { .. }
                        | Kind::Quantity { .. }
                        | Kind::Roster { .. }
                )
                | (Self::Count, Kind::Count { .. })
                | (Self::Quantity, Kind::Quantity { .. })
                | (Self::Done | Self::Due, Kind::Deadline { .. })
        )
    }
}

impl Answer {
    /// Returns the answer to an item for which nothing was entered.
    #[must_use]
    pub fn blank(kind: &Kind) -> Self {
        let entered = match kind {
            Kind::Attestation => Entered::Attestation(None),
            Kind::Ratio { .. } => Entered::Ratio { numerator: None, denominator: None },
            Kind::Count { .. } => Entered::Count(None),
            Kind::Quantity { .. } => Entered::Quantity(None),
            Kind::Deadline { .. } => Entered::Deadline(None),
            Kind::Periodic { .. } => Entered::Periodic(None),
            Kind::Roster { .. } => Entered::Roster(Vec::new()),
            Kind::Parts { .. } => Entered::Parts(BTreeMap::new()),
            Kind::Narrative => Entered::Narrative(String::new()),
        };
        Self { entered, not_applicable: false, reason: String::new(), unread: BTreeMap::new() }
    }
}
