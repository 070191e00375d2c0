//! The recovery of records that may have been missed, or may be lost.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::Keeper;
use crate::browser::page;
use crate::storage::StoreEvent;

impl Keeper {
    /// The page is looked at again. Browsers freeze pages in the background, and not everything
    /// that was said meanwhile reaches them.
    pub(super) fn wake(self: &Rc<Self>) {
        if !page::is_hidden() && self.vault.is_in_use() {
            spawn_local(Rc::clone(self).catch_up());
        }
    }

    /// Reads what may have been missed.
    pub(super) async fn catch_up(self: Rc<Self>) {
        let whole = self.memory.borrow().whole().clone();
        let mut found = self.vault.overviews().await;
        for id in &whole {
            match found {
                Ok(overviews) => self.learn(overviews),
                Err(_) => break,
            }
            found = self.vault.inspection(id).await;
        }
        match found {
            Ok(found) => self.learn(found),
            Err(error) => self.fail_to_read(error),
        }
    }

    /// Writes what is known again if the vault was deleted while it was in use, as browsers do when
    /// somebody clears a site's data.
    pub(super) fn mend_loss(self: &Rc<Self>) {
        if !self.vault.take_loss() {
            return;
        }
        let gone = self.memory.borrow_mut().unsave_all().len();
        let unsaved = self.memory.borrow().unsaved().clone();
        for (sha256, json) in &unsaved.checklists {
            self.journal.put_checklist(sha256, json);
        }
        unsaved.records.iter().for_each(|record| _ = self.write_journal(record));
        self.tell_saving();
        self.tell(StoreEvent::Emptied { gone });
        self.save_now();
    }
}
