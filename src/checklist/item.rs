//! Items: one separately checkable requirement each.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    AreaId, ColumnId, Decimal, Due, ItemId, PartId, Performer, QuestionId, RatioTarget, Target,
    Text,
};

/// One separately checkable requirement.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its stable name.
    pub id: ItemId,
    /// The area that it stands in.
    pub area: AreaId,
    /// The requirement, in plain words.
    pub text: Text,
    /// How to count, which reading was chosen, today's name of a thing.
    pub help: Option<Text>,
    /// Whom the directive addresses, as printed.
    pub addressee: String,
    /// The kinds of unit that have to do it. INVARIANT: not empty.
    pub performers: Vec<Performer>,
    /// The answer at the start that makes the item apply, where there is such a condition.
    pub when: Option<Condition>,
    /// The clause as printed, such as `5, đoạn 3`.
    pub clause: String,
    /// The law that the clause rests on, and what is known of it.
    pub legal: Vec<LegalNote>,
    /// The kind of the item: its values, and how they are judged.
    pub kind: Kind,
}

/// An item applies only when a question of the start screen was answered so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The question. INVARIANT: one of the checklist's.
    pub question: QuestionId,
    /// The answer that makes the item apply.
    pub is: bool,
}

/// A law behind an item, and whether it is still in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalNote {
    /// The law concerned. Where the source does not cite it, that is said in brackets.
    pub cited: String,
    /// The status of the law, such as 'replaced'.
    pub status: Text,
    /// The day on which that was so.
    pub as_of: NaiveDate,
    /// How sure that is.
    pub confidence: Confidence,
}

/// How sure a legal note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// Seen in official or well-kept text.
    A,
    /// Seen in secondary text.
    B,
    /// Background knowledge, unverified.
    C,
}

/// The kind of an item: its values, and how they are judged.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// The person's own verdict.
    Attestation,
    /// Two whole numbers, compared as a percentage.
    Ratio {
        /// The label of the upper number.
        numerator: Text,
        /// The label of the lower number.
        denominator: Text,
        /// The percentage asked for.
        target: RatioTarget,
    },
    /// A whole number.
    Count {
        /// The label of the count.
        label: Text,
        /// The number asked for. INVARIANT: at most or at least, and whole.
        target: Target,
    },
    /// A number with a unit.
    Quantity {
        /// The label of the figure.
        label: Text,
        /// Its unit, such as hours a week.
        unit: Text,
        /// The number asked for. INVARIANT: at most or at least.
        target: Target,
    },
    /// The date on which it was done, or 'not yet'.
    Deadline {
        /// The printed date.
        due: Due,
    },
    /// Which of the expected months or quarters were done.
    Periodic {
        /// How often it is due.
        every: Frequency,
    },
    /// Rows of things, each with what it needs.
    Roster {
        /// The columns. INVARIANT: not empty, at least one counts.
        columns: Vec<Column>,
        /// The percentage of rows that have all they need.
        target: Target,
    },
    /// Several yes/no parts of one requirement.
    Parts {
        /// The parts. INVARIANT: two at least.
        parts: Vec<Part>,
    },
    /// A text.
    Narrative,
}

impl Kind {
    /// The name in files and in the page.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Attestation => "attestation",
            Self::Ratio { .. } => "ratio",
            Self::Count { .. } => "count",
            Self::Quantity { .. } => "quantity",
            Self::Deadline { .. } => "deadline",
            Self::Periodic { .. } => "periodic",
            Self::Roster { .. } => "roster",
            Self::Parts { .. } => "parts",
            Self::Narrative => "narrative",
        }
    }

    /// Returns the labels of the figures, and their unit.
    #[must_use]
    pub fn labels(&self) -> Vec<&Text> {
        match self {
            Self::Ratio { numerator, denominator, .. } => vec![numerator, denominator],
            Self::Count { label, .. } => vec![label],
            Self::Quantity { label, unit, .. } => vec![label, unit],
            _ => Vec::new(),
        }
    }

    /// Returns the target, if the kind has one.
    #[must_use]
    pub const fn target(&self) -> Option<RatioTarget> {
        match self {
            Self::Ratio { target, .. } => Some(*target),
            Self::Count { target, .. }
            | Self::Quantity { target, .. }
            | Self::Roster { target, .. } => Some(RatioTarget::Fixed(*target)),
            _ => None,
        }
    }

    /// The greatest figure that there can be: shares are of a whole.
    #[must_use]
    pub fn most(&self) -> Option<Decimal> {
        matches!(self, Self::Ratio { .. } | Self::Roster { .. }).then(|| Decimal::from(100))
    }

    /// The printed date, where it is due on one.
    #[must_use]
    pub const fn due(&self) -> Option<Due> {
        if let Self::Deadline { due } = self { Some(*due) } else { None }
    }

    /// How often it is due, where that is more than once.
    #[must_use]
    pub const fn frequency(&self) -> Option<Frequency> {
        if let Self::Periodic { every } = self { Some(*every) } else { None }
    }

    /// The columns of a roster; none of another kind.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        if let Self::Roster { columns, .. } = self { columns } else { &[] }
    }

    /// The yes/no parts; none of another kind.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        if let Self::Parts { parts } = self { parts } else { &[] }
    }
}

/// How often a periodic duty is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Frequency {
    /// Once a month.
    Month,
    /// Once a quarter.
    Quarter,
}

impl Frequency {
    /// Every interval, the shortest first.
    pub const ALL: [Self; 2] = [Self::Month, Self::Quarter];

    /// The name in files and in the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
        }
    }
}

/// One column of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name. INVARIANT: once in a roster.
    pub id: ColumnId,
    /// Its heading.
    pub label: Text,
    /// The type of its cells.
    pub cell: CellType,
}

/// The type of a roster column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellType {
    /// A text.
    Text,
    /// A yes or no.
    Check {
        /// Whether a row needs a yes here to pass.
        counts: bool,
    },
    /// A date.
    Date,
}

/// One part of an item of the kind *parts*.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its name. INVARIANT: once in an item.
    pub id: PartId,
    /// The name of the part.
    pub text: Text,
}
