//! Judging: a checklist, the entries and the context give verdicts and a summary.
//!
//! Pure and total: every answer gives a verdict, and nothing panics. A report gives the same
//! verdicts on every day, since the day of judging is part of the context.

mod judge;
mod ratio;
mod several;
mod summary;

pub use judge::{Computed, Judgement, Lacking, Missing, Problem, due_in_force, judge};
pub use ratio::{Percent, Ratio, Shortfall};
pub use several::{
    expected_periods, parts_share, roster_share, row_is_blank, row_meets, unread_text,
    unreadable_cell,
};
pub use summary::{Summary, Tally};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::checklist::{Checklist, Item};
use crate::inspection::{Entries, Header};

/// The verdict on an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The requirement is met.
    Met,
    /// Some parts of it are met.
    PartlyMet,
    /// It is not met.
    NotMet,
    /// It does not apply, or no case arose.
    NotApplicable,
    /// Something is still missing for a verdict.
    Unanswered,
    /// Something that was entered can't be right, or can't be read.
    Invalid,
}

impl Verdict {
    /// All verdicts, in the order in which they are shown.
    pub const ALL: [Self; 6] = [
        Self::Met,
        Self::PartlyMet,
        Self::NotMet,
        Self::NotApplicable,
        Self::Invalid,
        Self::Unanswered,
    ];

    /// Returns the name in files and in the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::PartlyMet => "partly-met",
            Self::NotMet => "not-met",
            Self::NotApplicable => "not-applicable",
            Self::Unanswered => "unanswered",
            Self::Invalid => "invalid",
        }
    }

    /// Returns whether the item needs nothing more for its verdict.
    #[must_use]
    pub const fn is_answered(self) -> bool {
        !matches!(self, Self::Unanswered | Self::Invalid)
    }

    /// Returns whether the item is a finding: not met, or only partly.
    #[must_use]
    pub const fn is_finding(self) -> bool {
        matches!(self, Self::NotMet | Self::PartlyMet)
    }
}

/// The context of a judgement, besides the answers. An inspection's own targets and dates are with
/// the answers that they belong to.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The header, with the unit, the period and the answers on the start screen.
    pub header: &'a Header,
    /// The day of judging.
    pub as_of: NaiveDate,
}

impl<'a> Context<'a> {
    /// Returns the context of an inspection on a day. Once it is completed, the day of completion
    /// counts.
    #[must_use]
    pub fn new(header: &'a Header, today: NaiveDate) -> Self {
        Self { header, as_of: header.as_of(today) }
    }
}

/// The verdict on one item of a checklist.
#[derive(Clone, Debug)]
pub struct Evaluated<'a> {
    /// The item.
    pub item: &'a Item,
    /// Whether it applies to this unit.
    pub applies: bool,
    /// The judgement on its answer.
    pub judgement: Judgement,
}

/// Judges every item, in the checklist's order, even those that do not apply to the unit.
#[must_use]
pub fn evaluate<'a>(
    checklist: &'a Checklist,
    entries: &Entries,
    context: &Context,
) -> (Vec<Evaluated<'a>>, Summary) {
    let entries = checklist.in_order(entries);
    let evaluated = checklist.items.iter().zip(entries).map(|(item, entry)| Evaluated {
        item,
        applies: context.header.applies(item),
        judgement: judge(item, entry, context),
    });
    let evaluated: Vec<_> = evaluated.collect();
    let counted = evaluated.iter().filter(|evaluated| evaluated.applies);
    let summary = Summary::new(checklist, counted.map(|e| (&e.item.area, e.judgement.verdict)));
    (evaluated, summary)
}
