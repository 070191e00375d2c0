//! Changes of many records that are one step: whole in the vault, or not there at all.

use std::rc::Rc;

use super::Keeper;
use crate::storage::batch::{Batch, Leftover};
use crate::storage::idb::Access;
use crate::storage::journal::Written;
use crate::storage::step::Step;
use crate::storage::vault::Found;
use crate::storage::{StoreError, StoreEvent};
use crate::stored::{Part, Record};

impl Keeper {
    /// Writes a step into the vault. On an error nothing is changed: not there, not in the journal,
    /// not here.
    pub async fn commit(self: &Rc<Self>, step: Step) -> Result<(), StoreError> {
        // The step may be made of unsaved records.
        self.flush().await?;
        let batch = self.memory.borrow_mut().draft(step, &self.writer);
        self.write_step(&batch).await
    }

    /// Commits a step, or holds it if the vault does not take it: in memory, and in the journal
    /// where that takes all of it. It is written as soon as the vault works again.
    pub async fn commit_or_hold(self: &Rc<Self>, step: Step) {
        let flushed = self.flush().await;
        let batch = self.memory.borrow_mut().draft(step, &self.writer);
        if flushed.is_err() || self.write_step(&batch).await.is_err() {
            self.hold(batch);
        }
    }

    async fn write_step(self: &Rc<Self>, batch: &Batch) -> Result<(), StoreError> {
        let is_unseen = |there: &Record| self.memory.borrow().is_unseen(there, &self.writer);
        let found = match self.vault.write(batch, Access::WriteStrictly, is_unseen).await {
            // The word that it is done may be all that was lost.
            Err(StoreError::Timeout | StoreError::Closed)
                if self.vault.has(&batch.records).await =>
            {
                Found::default()
            }
            written => written?,
        };
        let news = self.news_of(batch);
        self.memory.borrow_mut().take_in(batch, &self.writer);
        batch.purges.iter().for_each(|id| self.journal.forget(id));
        self.succeed(batch, found);
        self.tell_changed(news);
        Ok(())
    }

    fn hold(self: &Rc<Self>, batch: Batch) {
        self.memory.borrow_mut().hold(batch.clone(), &self.writer);
        if !self.write_whole(&batch) {
            self.expose();
            self.tell(StoreEvent::Journal { works: false });
        }
        self.tell_saving();
        self.save_now();
    }

    /// Writes a batch into the journal: the headers after what they stand for, so that an
    /// inspection is not there before all of it is. Takes back what it wrote where not all can be
    /// written.
    fn write_whole(&self, batch: &Batch) -> bool {
        let mut records: Vec<_> = batch.records.iter().collect();
        records.sort_by_key(|record| match record.key.part {
            Part::Header => 1,
            // Without a header it would pass for what is left of a damaged inspection.
            Part::Progress => 2,
            _ => 0,
        });
        // One that is here already may be what another inspection follows.
        let is_new = |(sha256, _): &&(String, String)| !self.journal.has_checklist(sha256);
        let checklists: Vec<_> = batch.checklists.iter().filter(is_new).collect();
        let is_written =
            checklists.iter().all(|(sha256, json)| self.journal.put_checklist(sha256, json))
                && records.iter().all(|record| {
                    let kept = batch.kept.get(&record.key).cloned();
                    let entry = Leftover { record: (*record).clone(), base: None, kept };
                    self.journal.put(&entry, |_| false) == Written::Safe
                });
        if !is_written {
            records.iter().for_each(|record| self.journal.remove(&record.key, &record.stamp));
            checklists.iter().for_each(|(sha256, _)| self.journal.remove_checklist(sha256));
        }
        is_written
    }

    /// Returns what is news to who shows the inspections that were made or opened here.
    fn news_of(&self, batch: &Batch) -> Vec<Record> {
        let memory = self.memory.borrow();
        let is_news = |record: &&Record| {
            let Record { key, stamp, .. } = record;
            memory.whole().contains(&key.inspection) && memory.is_news(key, stamp)
        };
        batch.records.iter().filter(is_news).cloned().collect()
    }
}
