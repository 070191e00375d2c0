//! Writing into the journal: each edit does so before anything else.

use super::Keeper;
use crate::browser::listener::Listener;
use crate::browser::shell::Exposed;
use crate::storage::StoreEvent;
use crate::storage::batch::Leftover;
use crate::storage::journal::Written;
use crate::stored::{Part, Record};

impl Keeper {
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

    /// Notes that something is in memory alone, until all is saved: the browser asks before the
    /// page is left.
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
