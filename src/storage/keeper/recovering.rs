//! The recovery of records that may have been missed, or may be lost.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::Keeper;
use crate::browser::listener::Listener;
use crate::browser::page;
use crate::browser::shell::Exposed;
use crate::storage::StoreEvent;
use crate::storage::batch::Leftover;
use crate::storage::journal::Written;
use crate::storage::record::{Part, Record};

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

    /// Writes a record into the journal, and says so when that stops working or works again. It
    /// works again only once nothing is in memory alone any more.
    pub(super) fn write_journal(&self, record: &Record) -> Written {
        if matches!(record.key.part, Part::Upload | Part::Outbox) {
            // Whole reports are too large for it, and what is known of one must not be there
            // without it: they go to the vault, together.
            self.expose();
            return Written::Blocked;
        }
        let written = match record.key.part {
            // The checklist that it follows must be in the journal, too.
            Part::Header if !self.has_journal_of_checklists() => Written::Blocked,
            _ => {
                let memory = self.memory.borrow();
                let base = memory.base(&record.key).cloned();
                let kept = memory.unsaved().kept.get(&record.key).cloned();
                let entry = Leftover { record: record.clone(), base, kept };
                self.journal.put(&entry, |stamp| memory.knows(&record.key, stamp, &self.writer))
            }
        };
        if written != Written::Safe {
            self.expose();
        }
        let refuses = written == Written::Refused;
        let mut progress = self.progress.borrow_mut();
        if progress.journal_refuses != refuses && (refuses || progress.exposed.is_none()) {
            progress.journal_refuses = refuses;
            drop(progress);
            self.tell(StoreEvent::Journal { works: !refuses });
        }
        written
    }

    /// Returns whether each checklist that is not in the vault is in the journal.
    fn has_journal_of_checklists(&self) -> bool {
        let memory = self.memory.borrow();
        let mut checklists = memory.unsaved().checklists.iter();
        checklists.all(|(sha256, _)| self.journal.has_checklist(sha256))
    }

    /// Something is in memory alone, until all is saved.
    pub(super) fn expose(&self) {
        let window = web_sys::window();
        self.progress.borrow_mut().exposed.get_or_insert_with(|| {
            let ask = |window: web_sys::Window| {
                Listener::new(&window, "beforeunload", |event| event.prevent_default())
            };
            (Exposed::begin(), window.map(ask))
        });
    }
}
