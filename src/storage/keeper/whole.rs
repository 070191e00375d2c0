//! Everything at once: for a backup, and forgetting it.

use std::collections::{BTreeMap, BTreeSet};

use super::Keeper;
use crate::inspection::InspectionId;
use crate::storage::memory::Memory;
use crate::storage::{StoreError, StoreEvent};
use crate::stored::{Key, Record, Records, Whole};

impl Keeper {
    /// The highest version of a record that is known here, without asking the vault.
    pub fn known(&self, key: &Key) -> Option<Record> {
        self.memory.borrow().known(key).cloned()
    }

    /// The highest versions of an inspection's records that are known here, without asking the
    /// vault.
    pub fn known_of(&self, id: &InspectionId) -> Vec<Record> {
        self.memory.borrow().records(|key| key.inspection == *id)
    }

    /// The highest versions of an inspection's records in the vault and here. They are not kept in
    /// memory.
    pub async fn stored(&self, id: &InspectionId) -> Result<Vec<Record>, StoreError> {
        let mut all = Records::default();
        for record in self.vault.inspection(id).await?.records.into_iter().chain(self.known_of(id))
        {
            all.merge(record);
        }
        Ok(all.iter().cloned().collect())
    }

    /// Everything that is stored: what the vault has, what other tabs have not brought there yet,
    /// and what is held here; and why the vault can't be read, or not as a whole, if it can't.
    pub async fn whole(&self) -> (Whole, Option<StoreError>) {
        // Before the vault: what another tab brings there meanwhile is in the one or in both.
        let leftovers = self.journal.read();
        let (mut whole, trouble) = match self.vault.whole().await {
            Ok(whole) => (whole, self.vault.is_newer().then_some(StoreError::NewerProgram)),
            Err(error) => (Whole::default(), Some(error)),
        };
        let memory = self.memory.borrow();
        whole.checklists.extend(leftovers.checklists);
        let mut highest: BTreeMap<Key, Record> = BTreeMap::new();
        let left = leftovers.records.into_iter().map(|left| left.record);
        let records = whole.records.into_iter().chain(left);
        for record in records.chain(memory.records(|_| true)) {
            let higher = highest.get(&record.key).is_none_or(|held| held.stamp < record.stamp);
            // An inspection that was deleted here a moment ago may still be in the vault.
            if higher && !memory.unsaved().purges.contains(&record.key.inspection) {
                highest.insert(record.key.clone(), record);
            }
        }
        whole.records = highest.into_values().collect();
        whole.checklists.extend(memory.unsaved().checklists.iter().cloned());
        whole.checklists.sort();
        whole.checklists.dedup();
        let mut known: BTreeSet<_> = whole.aside.iter().map(|aside| aside.text.clone()).collect();
        for aside in leftovers.unreadable.into_iter().chain(memory.unsaved().aside.clone()) {
            if known.insert(aside.text.clone()) {
                whole.aside.push(aside);
            }
        }
        (whole, trouble)
    }

    /// Forgets everything, also what is unsaved: it is being deleted.
    pub fn forget_all(&self) {
        *self.memory.borrow_mut() = Memory::default();
        self.journal.clear();
        self.vault.expect_loss();
        self.timer.stop();
        let mut progress = self.progress.borrow_mut();
        (progress.due, progress.behind, progress.failures) = (false, false, 0);
        (progress.is_told, progress.exposed) = (false, None);
        let waiting = std::mem::take(&mut progress.waiting);
        drop(progress);
        for waiting in waiting {
            waiting.give(Ok(()));
        }
    }

    /// Someone deletes everything.
    pub(super) fn hear_cleared(&self) {
        self.forget_all();
        self.tell(StoreEvent::Cleared);
    }
}
