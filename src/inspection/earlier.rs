//! The earlier versions of the checklist of an inspection that moved to a newer one, with the
//! answers that have no place there.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::Value;

use super::{Entry, Inspection, RawEntry};
use crate::checklist::{Checklist, ChecklistId, Item, ItemId};

/// The maximum number of versions that an inspection can have moved on from.
pub const MAX_EARLIER: usize = 1_000;

/// A version of the checklist that the inspection followed before.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// The version.
    pub checklist: Edition,
    /// The last day of judging of its answers.
    pub as_of: NaiveDate,
    /// The items whose answers were left behind, if any. INVARIANT: ids are unique.
    pub items: Vec<EarlierItem>,
    /// The position of each item in `items`.
    positions: BTreeMap<ItemId, usize>,
}

/// The name of one version of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The checklist.
    pub id: ChecklistId,
    /// Its version. INVARIANT: not blank.
    pub version: String,
    /// The digest of its definition, in lower-case hexadecimal.
    pub sha256: String,
}

/// An item of an earlier version, with its entry.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlierItem {
    /// The item.
    pub item: Arc<Item>,
    /// Its definition in the checklist's file, which goes into every report.
    pub definition: Arc<Value>,
    /// The entry. INVARIANT: it fits the item.
    pub entry: Entry,
}

impl Edition {
    /// Returns the version of a checklist.
    #[must_use]
    pub fn of(checklist: &Checklist) -> Self {
        Self {
            id: checklist.id.clone(),
            version: checklist.version.clone(),
            sha256: checklist.digest().to_string(),
        }
    }
}

impl Earlier {
    /// Returns a version that is left, with nothing left behind yet.
    #[must_use]
    pub fn of(checklist: &Checklist, as_of: NaiveDate) -> Self {
        Self::new(Edition::of(checklist), as_of)
    }

    /// Returns such a version that is known by its name alone.
    #[must_use]
    pub const fn new(checklist: Edition, as_of: NaiveDate) -> Self {
        Self { checklist, as_of, items: Vec::new(), positions: BTreeMap::new() }
    }

    /// Returns an item that was left behind.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&EarlierItem> {
        self.items.get(*self.positions.get(id)?)
    }

    /// Keeps the entry of an item, in place of one that was kept before.
    pub fn keep(&mut self, kept: EarlierItem) {
        let place = *self.positions.entry(kept.item.id.clone()).or_insert(self.items.len());
        match self.items.get_mut(place) {
            Some(earlier) => *earlier = kept,
            None => self.items.push(kept),
        }
    }
}

impl EarlierItem {
    /// Returns an item of a checklist with its entry.
    #[must_use]
    pub fn of(checklist: &Checklist, id: &ItemId, entry: Entry) -> Option<Self> {
        let item = checklist.item(id.as_str())?.clone();
        let definition = Arc::new(checklist.item_definition(id)?.clone());
        Some(Self { item, definition, entry })
    }
}

impl Inspection {
    /// Keeps an entry that does not fit the checklist in the latest earlier version that it fits.
    /// Returns whether there is one. The entry may come from another tab that did not know yet that
    /// the inspection moved on.
    ///
    /// `checklists` are those of the earlier versions that are at hand.
    pub fn keep_as_earlier(
        &mut self,
        id: &ItemId,
        raw: &RawEntry,
        checklists: &[Arc<Checklist>],
    ) -> bool {
        self.earlier.iter_mut().rev().any(|earlier| {
            let kept = earlier.item(id).and_then(|kept| {
                let entry = Entry::from_raw(raw.clone(), &kept.item).ok()?;
                Some(EarlierItem { entry, ..kept.clone() })
            });
            let of_version = |checklist: &&Arc<Checklist>| {
                checklist.digest().to_string() == earlier.checklist.sha256
            };
            let kept = kept.or_else(|| {
                let checklist = checklists.iter().find(of_version)?;
                let entry = Entry::from_raw(raw.clone(), checklist.item(id.as_str())?).ok()?;
                EarlierItem::of(checklist, id, entry)
            });
            kept.map(|kept| earlier.keep(kept)).is_some()
        })
    }
}
