//! The comparison of an inspection with earlier ones of the same unit and checklist: items that
//! rose, fell or fail again and again, and earlier findings that still need work.
//!
//! Pure: the inspections and the day are arguments. Items are matched by id, so the versions of the
//! checklist may differ.

mod change;
mod figure;
mod judged;

pub use change::{AreaChange, Change, ItemChange};
pub use figure::Figure;
pub use judged::{Judged, JudgedItem, series};

/// The comparison of an inspection with an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Its items that apply, in the checklist's order.
    pub items: Vec<ItemChange>,
    /// Its areas in which an item applies, in the checklist's order.
    pub areas: Vec<AreaChange>,
}

impl Comparison {
    /// Compares an inspection with one of those before it. `earlier` has all of them, the oldest
    /// first, and tells how many times in a row an item fails.
    #[must_use]
    pub fn new(this: &Judged, with: &Judged, earlier: &[Judged]) -> Self {
        let items = this.items.iter().map(|now| ItemChange::new(now, with, earlier));
        let areas = this.summary.areas.iter().filter(|(_, tally)| tally.total > 0);
        let areas = areas.map(|(area, now)| {
            let then = with.summary.areas.iter().find(|(id, _)| id == area);
            let then = then.map(|(_, then)| *then).filter(|then| then.total > 0);
            AreaChange { area: area.clone(), then, now: *now }
        });
        Self { items: items.collect(), areas: areas.collect() }
    }

    /// Returns the items with a change.
    pub fn with(&self, change: Change) -> impl Iterator<Item = &ItemChange> {
        self.items.iter().filter(move |item| item.change == change)
    }

    /// Returns the items that fail at least for the third time in a row.
    pub fn lasting(&self) -> impl Iterator<Item = &ItemChange> {
        self.items.iter().filter(|item| item.times_failed >= ItemChange::LASTING)
    }

    /// Returns the items that failed when something was last planned and still fail, if that is
    /// still to be done and nothing is planned here yet.
    pub fn carried(&self) -> impl Iterator<Item = &ItemChange> {
        self.items.iter().filter(|item| item.carried.is_some())
    }
}
