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
    /// The area that it belongs to.
    pub area: AreaId,
    /// The requirement, in plain words.
    pub text: Text,
    /// Advice on counting, the chosen reading, or today's name of a thing.
    pub help: Option<Text>,
    /// The addressee of the directive, as printed.
    pub addressee: String,
    /// The kinds of unit that have to do it. INVARIANT: not empty.
    pub performers: Vec<Performer>,
    /// The answer on the start screen that makes the item apply, if it is conditional.
    pub when: Option<Condition>,
    /// The clause as printed, such as `5, đoạn 3`.
    pub clause: String,
    /// The laws that the clause rests on, with their status.
    pub legal: Vec<LegalNote>,
    /// The kind of answer, with its rule of judgement.
    pub kind: Kind,
}

/// A condition on an item: the answer to a question of the start screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The question. INVARIANT: the checklist has it.
    pub question: QuestionId,
    /// The answer that makes the item apply.
    pub is: bool,
}

/// A law behind an item, with its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LegalNote {
    /// The law concerned, with a remark in brackets if the source does not cite it.
    pub cited: String,
    /// Its legal status.
    pub status: Text,
    /// The date on which that was so.
    pub as_of: NaiveDate,
    /// The confidence in that.
    pub confidence: Confidence,
}

/// The confidence in a legal note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// Seen in official or well-kept text.
    A,
    /// Seen in secondary text.
    B,
    /// Background knowledge, unverified.
    C,
}

/// The kind of answer to an item, with its rule of judgement.
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
        /// The target percentage.
        target: RatioTarget,
    },
    /// A whole number.
    Count {
        /// The label of the number.
        label: Text,
        /// The target. INVARIANT: at most or at least, and whole.
        target: Target,
    },
    /// A number with a unit.
    Quantity {
        /// The label of the number.
        label: Text,
        /// Its unit, such as hours a week.
        unit: Text,
        /// The target. INVARIANT: at most or at least.
        target: Target,
    },
    /// The date on which it was done, or 'not yet'.
    Deadline {
        /// The printed date.
        due: Due,
    },
    /// The expected months or quarters that were done.
    Periodic {
        /// The interval at which it is due.
        every: Frequency,
    },
    /// A table of things, each with its requirements.
    Roster {
        /// The columns. INVARIANT: not empty, at least one counts.
        columns: Vec<Column>,
        /// The target percentage of rows that meet all requirements.
        target: Target,
    },
    /// Several yes/no parts of one requirement.
    Parts {
        /// The parts. INVARIANT: at least two.
        parts: Vec<Part>,
    },
    /// A text.
    Narrative,
}

impl Kind {
    /// Returns the name in files and in the page.
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

    /// Returns the target, if it is a figure.
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

    /// Returns the greatest possible figure, if there is one: shares are of a whole.
    #[must_use]
    pub fn most(&self) -> Option<Decimal> {
        matches!(self, Self::Ratio { .. } | Self::Roster { .. }).then(|| Decimal::from(100))
    }

    /// Returns the printed date of a deadline.
    #[must_use]
    pub const fn due(&self) -> Option<Due> {
        if let Self::Deadline { due } = self { Some(*due) } else { None }
    }

    /// Returns the interval of a periodic duty.
    #[must_use]
    pub const fn frequency(&self) -> Option<Frequency> {
        if let Self::Periodic { every } = self { Some(*every) } else { None }
    }

    /// Returns the columns of a roster; other kinds have none.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        if let Self::Roster { columns, .. } = self { columns } else { &[] }
    }

    /// Returns the yes/no parts; other kinds have none.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        if let Self::Parts { parts } = self { parts } else { &[] }
    }
}

/// The interval at which a periodic duty is due.
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

    /// Returns the name in files and in the page.
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
    /// Its name. INVARIANT: unique in the roster.
    pub id: ColumnId,
    /// Its heading.
    pub label: Text,
    /// The type of its cells.
    pub cell: CellType,
}

/// The type of the cells in a column of a roster.
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
    /// Its name. INVARIANT: unique in the item.
    pub id: PartId,
    /// The question.
    pub text: Text,
}
