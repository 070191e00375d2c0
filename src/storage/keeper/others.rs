//! Other tabs and elements of the namespace: telling them what was written, and taking in theirs.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::Keeper;
use crate::inspection::InspectionId;
use crate::storage::StoreEvent;
use crate::storage::batch::Batch;
use crate::storage::channel::News;
use crate::storage::vault::Found;

impl Keeper {
    pub(super) fn tell_others(&self, batch: &Batch) {
        let Some(channel) = &self.channel else { return };
        let purges = batch.purges.iter().cloned().map(News::Purged);
        let written = batch.records.iter();
        let written = written.map(|record| News::Written(record.key.clone(), record.stamp.clone()));
        let news: Vec<_> = purges.chain(written).collect();
        if !news.is_empty() {
            channel.tell(&news);
        }
    }

    /// Another tab or element wrote something.
    pub(super) fn hear(self: &Rc<Self>, news: Vec<News>) {
        let mut written = Vec::new();
        for line in news {
            match line {
                News::Purged(inspection) => self.forget(inspection),
                News::Cleared => self.hear_cleared(),
                News::Written(key, stamp) => {
                    if self.memory.borrow().is_news(&key, &stamp) {
                        written.push(key);
                    }
                }
            }
        }
        if !written.is_empty() {
            let keeper = Rc::clone(self);
            spawn_local(async move {
                match keeper.vault.records(&written).await {
                    Ok(found) => keeper.learn(found),
                    Err(error) => keeper.fail_to_read(error),
                }
            });
        }
    }

    pub(super) fn forget(&self, inspection: InspectionId) {
        let was_saved = self.is_saved();
        // Records on their way to the vault would bring parts of it back.
        self.memory.borrow_mut().forget(&inspection);
        self.journal.forget(&inspection);
        self.tell(StoreEvent::Purged { inspection });
        if !was_saved && self.is_saved() {
            self.tell_saved(Vec::new());
        }
    }

    /// Takes in what the vault has, and tells what was news.
    pub(super) fn learn(self: &Rc<Self>, found: Found) {
        self.tell_aside(found.aside);
        self.memory.borrow_mut().note_lost(found.lost);
        let news = self.memory.borrow_mut().learn(found.records);
        self.tell_changed(news);
        self.mend_loss();
    }

    /// Takes in what someone here asked the vault for, and tells only what was news of inspections
    /// that were made or opened here before: whoever shows them has not asked.
    pub(super) fn learn_quietly(self: &Rc<Self>, found: Found) {
        self.tell_aside(found.aside);
        let mut memory = self.memory.borrow_mut();
        memory.note_lost(found.lost);
        let mut news = memory.learn(found.records);
        news.retain(|record| memory.whole().contains(&record.key.inspection));
        drop(memory);
        self.tell_changed(news);
        self.mend_loss();
    }
}
