//! Writing what is unsaved, one write at a time, and saying what came of it.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use web_sys::Event;

use super::{DELAY, FIRST_RETRY, Keeper, LAST_RETRY};
use crate::browser::page;
use crate::storage::batch::Batch;
use crate::storage::idb::Access;
use crate::storage::vault::Found;
use crate::storage::{StoreError, StoreEvent};
use crate::stored::{Key, Record};

impl Keeper {
    pub(super) fn is_saved(&self) -> bool {
        self.memory.borrow().unsaved().is_empty()
    }

    pub(super) fn fails(&self) -> bool {
        self.progress.borrow().failures > 0
    }

    /// Writes what is unsaved, or tries whether the vault works again.
    pub(super) fn save_now(self: &Rc<Self>) {
        if self.is_saved() && !self.fails() {
            return;
        }
        self.timer.stop();
        let mut progress = self.progress.borrow_mut();
        if progress.is_frozen && progress.exposed.is_none() {
            return;
        }
        progress.due = true;
        if !progress.writing {
            progress.writing = true;
            spawn_local(Rc::clone(self).save());
        }
    }

    /// The page is left, and what is unsaved is written at once. Where the browser freezes the page
    /// to show it again later, a transaction would be frozen with it, and WebKit has every other
    /// page of the origin wait for that one: then the journal has it until the page is back, or
    /// until the next page takes it in.
    pub(super) fn leave(self: &Rc<Self>, event: &Event) {
        let is_frozen = page::is_frozen_by(event);
        self.progress.borrow_mut().is_frozen = is_frozen;
        self.save_now();
    }

    /// The page is shown, for the first time or again.
    pub(super) fn come_back(self: &Rc<Self>) {
        self.progress.borrow_mut().is_frozen = false;
        self.save_now();
        self.wake();
    }

    pub(super) async fn save(self: Rc<Self>) {
        while let Some(batch) = self.next_batch() {
            let is_unseen = |there: &Record| self.memory.borrow().is_unseen(there, &self.writer);
            let is_exposed = self.progress.borrow().exposed.is_some();
            let access = if is_exposed { Access::WriteLastCopy } else { Access::WriteStrictly };
            match self.vault.write(&batch, access, is_unseen).await {
                Ok(found) => self.succeed(&batch, found),
                // Nothing failed: it goes on when the page is back.
                Err(StoreError::Frozen) => {}
                Err(error) => self.fail(error),
            }
        }
    }

    /// Returns the batch to write next; `None` ends writing.
    pub(super) fn next_batch(&self) -> Option<Batch> {
        let mut progress = self.progress.borrow_mut();
        progress.writing = std::mem::take(&mut progress.due);
        progress.writing.then(|| self.memory.borrow().unsaved().clone())
    }

    /// The vault has a batch: only now is it saved.
    pub(super) fn succeed(self: &Rc<Self>, batch: &Batch, mut found: Found) {
        self.memory.borrow_mut().acknowledge(batch);
        for record in batch.records.iter() {
            self.journal.remove(&record.key, &record.stamp);
        }
        for (sha256, _) in &batch.checklists {
            self.journal.remove_checklist(sha256);
        }
        for aside in &batch.aside {
            self.journal.remove_unreadable(aside);
        }
        self.progress.borrow_mut().failures = 0;
        // Before anything is called saved.
        self.mend_loss();

        let records = batch.records.iter();
        self.tell_saved(
            records.map(|record| (record.key.clone(), record.stamp.revision)).collect(),
        );
        self.tell_others(batch);
        let overtaken = std::mem::take(&mut found.overtaken);
        self.learn(found);
        if !overtaken.is_empty() {
            self.tell(StoreEvent::Overtaken { records: overtaken });
        }

        let mut progress = self.progress.borrow_mut();
        // A waiter waits for records that were put meanwhile, too.
        progress.due |= !progress.waiting.is_empty();
        if std::mem::take(&mut progress.behind) {
            spawn_local(Rc::clone(self).catch_up());
        }
        drop(progress);
        if !self.is_saved() {
            self.timer.start(DELAY);
        }
    }

    /// The vault failed: what is unsaved stays so, and is tried again after a while.
    pub(super) fn fail(&self, reason: StoreError) {
        let mut progress = self.progress.borrow_mut();
        let wait = (FIRST_RETRY << progress.failures.min(5)).min(LAST_RETRY);
        progress.failures = progress.failures.saturating_add(1);
        progress.due = false;
        let waiting = std::mem::take(&mut progress.waiting);
        if !progress.closed {
            self.timer.start(wait);
        }
        drop(progress);

        for waiting in waiting {
            waiting.give(Err(reason.clone()));
        }
        let pending = self.memory.borrow().unsaved().records.len();
        self.tell(StoreEvent::Failed { reason, pending });
    }

    pub(super) fn fail_to_read(&self, reason: StoreError) {
        self.progress.borrow_mut().behind = true;
        if reason != StoreError::Frozen {
            self.fail(reason);
        }
    }

    // Telling and hearing.

    pub(super) fn tell(&self, event: StoreEvent) {
        let closed = self.progress.borrow().closed;
        if !closed {
            (self.on_event)(event);
        }
    }

    /// Says that something is not saved yet, once until all is.
    pub(super) fn tell_saving(&self) {
        let is_told = std::mem::replace(&mut self.progress.borrow_mut().is_told, true);
        if !is_told {
            self.tell(StoreEvent::Saving);
        }
    }

    pub(super) fn tell_saved(&self, records: Vec<(Key, u64)>) {
        let all = self.is_saved();
        let mut waiting = Vec::new();
        if all {
            let mut progress = self.progress.borrow_mut();
            progress.is_told = false;
            progress.exposed = None;
            waiting = std::mem::take(&mut progress.waiting);
        }
        self.tell(StoreEvent::Saved { records, all });
        for waiting in waiting {
            waiting.give(Ok(()));
        }
    }

    pub(super) fn tell_aside(&self, count: usize) {
        if count > 0 {
            self.tell(StoreEvent::SetAside { count });
        }
    }

    pub(super) fn tell_changed(&self, records: Vec<Record>) {
        if !records.is_empty() {
            self.tell(StoreEvent::Changed { records });
        }
    }
}
