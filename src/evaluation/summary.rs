//! The counts of verdicts, in all and by area.

use super::{Ratio, Verdict};
use crate::checklist::{AreaId, Checklist};

/// The number of items with each verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Items that apply.
    pub total: usize,
    /// Items that are met.
    pub met: usize,
    /// Items that are partly met.
    pub partly_met: usize,
    /// Items that are not met.
    pub not_met: usize,
    /// Items that do not apply or for which no case arose.
    pub not_applicable: usize,
    /// Items with a value that can't be right.
    pub invalid: usize,
}

impl Tally {
    fn add(&mut self, verdict: Verdict) {
        self.total += 1;
        match verdict {
            Verdict::Met => self.met += 1,
            Verdict::PartlyMet => self.partly_met += 1,
            Verdict::NotMet => self.not_met += 1,
            Verdict::NotApplicable => self.not_applicable += 1,
            Verdict::Invalid => self.invalid += 1,
            Verdict::Unanswered => {}
        }
    }

    /// Returns the number of items that can be met: those that apply and of which a case arose.
    #[must_use]
    pub const fn meetable(&self) -> usize {
        self.total.saturating_sub(self.not_applicable)
    }

    /// Returns the share that is met of the items that can be met; `None` if there are none. Every
    /// screen, paper and table tells this share.
    #[must_use]
    pub const fn share(&self) -> Option<Ratio> {
        Ratio::new(self.met as u64, self.meetable() as u64)
    }

    /// Returns the number of items that need nothing more for their verdict.
    #[must_use]
    pub const fn answered(&self) -> usize {
        self.met + self.partly_met + self.not_met + self.not_applicable
    }

    /// Returns the number of items for which something is still missing.
    #[must_use]
    pub const fn unanswered(&self) -> usize {
        self.total - self.answered() - self.invalid
    }

    /// Returns the number of items without a verdict to tell: something is missing, or can't be
    /// right.
    #[must_use]
    pub const fn waiting(&self) -> usize {
        self.unanswered() + self.invalid
    }

    /// Returns the number of items with a verdict.
    #[must_use]
    pub const fn of(&self, verdict: Verdict) -> usize {
        match verdict {
            Verdict::Met => self.met,
            Verdict::PartlyMet => self.partly_met,
            Verdict::NotMet => self.not_met,
            Verdict::NotApplicable => self.not_applicable,
            Verdict::Invalid => self.invalid,
            Verdict::Unanswered => self.unanswered(),
        }
    }
}

/// The counts of the verdicts on the items that apply.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The counts of all items.
    pub all: Tally,
    /// The counts by area, in the checklist's order, including areas in which no item applies.
    pub areas: Vec<(AreaId, Tally)>,
}

impl Summary {
    /// Counts verdicts, each with the area of its item.
    #[must_use]
    pub fn new<'a>(
        checklist: &Checklist,
        verdicts: impl Iterator<Item = (&'a AreaId, Verdict)>,
    ) -> Self {
        let areas = checklist.areas.iter().map(|area| (area.id.clone(), Tally::default()));
        let mut summary = Self { all: Tally::default(), areas: areas.collect() };
        for (area, verdict) in verdicts {
            summary.all.add(verdict);
            if let Some((_, tally)) = summary.areas.iter_mut().find(|(id, _)| id == area) {
                tally.add(verdict);
            }
        }
        summary
    }
}
