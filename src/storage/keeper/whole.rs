//! Everything at once: for a backup, from a backup, and forgetting it.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Keeper;
use crate::inspection::InspectionId;
use crate::storage::memory::{Batch, Memory};
use crate::storage::record::{Key, Record};
use crate::storage::whole::Whole;
use crate::storage::{Records, StoreError, StoreEvent};

impl Keeper {
    /// The highest version of a record that is known here, without asking the vault.
    pub fn known(&self, key: &Key) -> Option<Record> {
        self.memory.borrow().records(|known| known == key).pop()
    }

    /// The highest versions of an inspection's records that are known here, without asking the vault.
    pub fn known_of(&self, id: &InspectionId) -> Vec<Record> {
        self.memory.borrow().records(|key| key.inspection == *id)
    }

    /// Everything that is stored: what the vault has, what other tabs have not brought there yet, and
    /// what is held here; and why the vault can't be read, if it can't.
    pub async fn whole(&self) -> (Whole, Option<StoreError>) {
        let (mut whole, trouble) = match self.vault.whole().await {
            Ok(whole) => (whole, None),
            Err(error) => (Whole::default(), Some(error)),
        };
        let leftovers = self.journal.read();
        let memory = self.memory.borrow();
        let mut highest: BTreeMap<Key, Record> = BTreeMap::new();
        let left = leftovers.records.into_iter().map(|left| left.record);
        let records = whole.records.into_iter().chain(left);
        for record in records.chain(memory.records(|_| true)) {
            let higher = highest.get(&record.key).is_none_or(|held| held.stamp < record.stamp);
            // What was deleted here a moment ago may still be in the vault.
            if higher && !memory.unsaved().purges.contains(&record.key.inspection) {
                highest.insert(record.key.clone(), record);
            }
        }
        whole.records = highest.into_values().collect();
        for checklist in &memory.unsaved().checklists {
            if !whole.checklists.contains(checklist) {
                whole.checklists.push(checklist.clone());
            }
        }
        for aside in leftovers.unreadable.into_iter().chain(memory.unsaved().aside.clone()) {
            if whole.aside.iter().all(|known| known.text != aside.text) {
                whole.aside.push(aside);
            }
        }
        (whole, trouble)
    }

    /// Writes records with the stamps that they have, all of them or nothing; what is higher in the
    /// vault stays.
    pub async fn restore(self: &Rc<Self>, whole: Whole) -> Result<(), StoreError> {
        // What was deleted must be gone before it comes back.
        self.flush().await?;
        let Whole { records, checklists, aside } = whole;
        let mut batch = Batch { checklists, aside, ..Batch::default() };
        let keys: Vec<_> = records.iter().map(|record| record.key.clone()).collect();
        let mut here = Records::default();
        for record in self.vault.records(&keys).await?.records {
            here.merge(record);
        }
        for record in records {
            if here.get(&record.key).is_none_or(|here| here.stamp < record.stamp) {
                batch.records.merge(record);
            }
        }
        // Whatever gives way to it is kept.
        let mut higher = self.vault.write(&batch, |_| true).await?;
        self.tell_others(&batch);
        higher.aside += batch.aside.len();
        higher.records.extend(batch.records.iter().cloned());
        self.learn(higher);
        Ok(())
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
