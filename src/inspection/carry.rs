//! What goes on from one inspection to the next: never an answer.

use super::{Entered, Entries, Entry, Header, named};
use crate::checklist::{Checklist, ItemId, Kind};
use crate::vietnamese::spelling;

/// What a person wants to take over from an earlier inspection of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carry {
    /// The names in the rows of the rosters.
    pub rows: bool,
    /// The inspection's own targets.
    pub targets: bool,
    /// The notes.
    pub notes: bool,
    /// What is still to be done about what was not met.
    pub findings: bool,
}

/// Names in rosters are taken over where they are ticked: before that they would stand there as not
/// met. The roster itself offers them.
impl Default for Carry {
    fn default() -> Self {
        Self { rows: false, targets: true, notes: false, findings: true }
    }
}

impl Carry {
    /// The entries with which the next inspection starts. Its checklist may be a newer one: what does
    /// not fit its items stays behind. Own due dates are of their period and stay behind, too, and so does what was
    /// planned about an item of which `is_settled` says that nothing is to be done any more.
    #[must_use]
    pub fn entries(
        self,
        before: &Entries,
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
            if self.targets && matches!(item.kind, Kind::Ratio { .. }) {
                entry.own.target = old.own.target;
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

impl Header {
    /// Whether another inspection is of the same unit: by the codes where both have one, else by the
    /// names, however they are written.
    #[must_use]
    pub fn is_of_same_unit(&self, other: &Self) -> bool {
        match (&self.unit.code, &other.unit.code) {
            (Some(code), Some(other)) => code == other,
            _ => spelling(&self.unit.name) == spelling(&other.unit.name),
        }
    }
}
