//! Moving an inspection to a newer version of its checklist, and the fate of each answer.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Earlier, EarlierItem, Entries, Entry, Header, Inspection};
use crate::checklist::{Change, Checklist, Item, ItemId};

/// The fate of the entry for an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing was entered.
    Nothing,
    /// It stays the answer. The item has changed, so the person should look at it again.
    Kept,
    /// It has no place in the newer version and stays among the earlier answers.
    LeftBehind,
}

impl Inspection {
    /// Returns the fate of the entry for an item that a newer version changes.
    #[must_use]
    pub fn fate_of_changed(&self, change: &Change) -> Fate {
        match self.entered(&change.old.id) {
            None => Fate::Nothing,
            Some(entry) if carried(entry, &change.new).is_some() => Fate::Kept,
            Some(_) => Fate::LeftBehind,
        }
    }

    /// Returns the fate of the entry for an item that a newer version does not have any more.
    #[must_use]
    pub fn fate_of_removed(&self, item: &Item) -> Fate {
        self.entered(&item.id).map_or(Fate::Nothing, |_| Fate::LeftBehind)
    }

    /// Returns the inspection with a newer version of its checklist, on a day. Answers that fit
    /// stay, the others become earlier ones. Answers on the start screen stay if the newer version
    /// asks for them.
    #[must_use]
    pub fn moved_to(&self, newer: &Arc<Checklist>, today: NaiveDate) -> Self {
        let mut left = Earlier::of(&self.checklist, self.header.as_of(today));
        let mut entries = Entries::new();
        // The order is that of the old checklist, in which the kept items are read later.
        for item in &self.checklist.items {
            let Some(entry) = self.entered(&item.id) else { continue };
            let new = newer.item(item.id.as_str());
            match new.and_then(|new| carried(entry, new)) {
                Some(entry) => _ = entries.insert(item.id.clone(), entry),
                None => {
                    let kept = EarlierItem::of(&self.checklist, &item.id, entry.clone());
                    kept.into_iter().for_each(|kept| left.keep(kept));
                }
            }
        }
        let asked = |id: &_| newer.questions.iter().any(|question| question.id == *id);
        let questions = self.header.questions.iter().filter(|(id, _)| asked(id));
        let questions = questions.map(|(id, yes)| (id.clone(), *yes)).collect();
        let mut earlier = self.earlier.clone();
        earlier.push(left);
        Self {
            header: Header { questions, imported_as_of: None, ..self.header.clone() },
            checklist: newer.clone(),
            entries,
            earlier,
            details: self.details.clone(),
        }
    }

    /// Returns the entry for an item, unless it is blank.
    fn entered(&self, id: &ItemId) -> Option<&Entry> {
        self.entries.get(id).filter(|entry| !entry.is_blank())
    }
}

/// Returns an entry as one of the newer item, if it fits there.
fn carried(entry: &Entry, new: &Item) -> Option<Entry> {
    Entry::from_raw(entry.to_raw(), new).ok()
}
