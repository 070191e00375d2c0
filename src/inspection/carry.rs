//! The data that one inspection hands on to the next: never an answer.

use super::{Entered, Entries, Entry, Header, Own, Period, named};
use crate::checklist::{Checklist, ItemId, Kind};
use crate::vietnamese::spelling;
use chrono::{Datelike as _, Months, NaiveDate};

/// The data that a person wants to take over from an earlier inspection of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carry {
    /// The names in the rows of the rosters.
    pub rows: bool,
    /// The inspection's own targets, dates and intervals.
    pub targets: bool,
    /// The notes.
    pub notes: bool,
    /// The work that is still to be done about findings.
    pub findings: bool,
}

/// Names in rosters are not taken over, since they would count as not met until they are ticked.
/// The roster itself offers them.
impl Default for Carry {
    fn default() -> Self {
        Self { rows: false, targets: true, notes: false, findings: true }
    }
}

impl Carry {
    /// Returns the entries with which the next inspection starts. Its checklist may be a newer one:
    /// values that do not fit its items stay behind. So do the findings of items for which
    /// `is_settled` holds. Own dates move on as far as the period does.
    #[must_use]
    pub fn entries(
        self,
        before: &Entries,
        periods: Successive,
        checklist: &Checklist,
        is_settled: impl Fn(&ItemId) -> bool,
    ) -> Entries {
        let carried = checklist.items.iter().filter_map(|item| {
            let old = before.get(&item.id)?;
            let mut entry = Entry::blank(&item.kind);
            if let (true, Kind::Roster { columns, .. }) = (self.rows, &item.kind)
                && let (Entered::Roster(rows), Entered::Roster(carried)) =
                    (&old.answer.entered, &mut entry.answer.entered)
            {
                *carried = named(rows, columns);
            }
            if self.targets {
                let own = Own { due: old.own.due.and_then(|due| periods.moved(due)), ..old.own };
                // Values that no longer fit the item stay behind.
                entry.own = Own::from_raw(&own.to_raw(), &item.kind).unwrap_or_default();
            }
            if self.notes {
                entry.note.clone_from(&old.note);
            }
            if let (true, Some(finding)) = (self.findings, old.finding.carried_over())
                && !is_settled(&item.id)
            {
                entry.finding = finding;
            }
            (!entry.is_blank()).then(|| (item.id.clone(), entry))
        });
        carried.collect()
    }
}

/// The periods of an inspection and of the next one.
#[derive(Clone, Copy, Debug)]
pub struct Successive {
    /// The period that ends.
    pub before: Period,
    /// The period that begins.
    pub next: Period,
}

impl Successive {
    /// Returns the day of the next period that corresponds to a day of the one before: a year later
    /// if these are years. `None` if it lies outside.
    fn moved(self, day: NaiveDate) -> Option<NaiveDate> {
        let month = |period: Period| {
            let first = period.first_day();
            i64::from(first.year()) * 12 + i64::from(first.month0())
        };
        let months = u32::try_from(month(self.next) - month(self.before)).ok()?;
        let moved = day.checked_add_months(Months::new(months))?;
        self.next.contains(moved).then_some(moved)
    }
}

impl Header {
    /// Returns whether another inspection is of the same unit: by the codes if both have one,
    /// otherwise by the names, however they are spelt.
    #[must_use]
    pub fn is_of_same_unit(&self, other: &Self) -> bool {
        match (&self.unit.code, &other.unit.code) {
            (Some(code), Some(other)) => code == other,
            _ => spelling(&self.unit.name) == spelling(&other.unit.name),
        }
    }
}
