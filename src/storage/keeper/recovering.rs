//! What is done about what may have been missed, or may be lost.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::Keeper;
use super::saving::page_is_hidden;
use crate::browser::listener::Listener;
use crate::storage::StoreEvent;

impl Keeper {
    /// The page is looked at again. Browsers freeze pages in the background, and not everything that
    /// was said meanwhile reaches them.
    pub(super) fn wake(self: &Rc<Self>) {
        if !page_is_hidden() && self.vault.is_in_use() {
            spawn_local(Rc::clone(self).catch_up());
        }
    }

    /// Reads what may have been missed.
    pub(super) async fn catch_up(self: Rc<Self>) {
        let whole = self.memory.borrow().whole().to_vec();
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
        self.tell(StoreEvent::Emptied { gone });
        self.save_now();
    }

    /// Notes whether the journal takes what is put. While it does not, the browser asks before the
    /// page is left with something unsaved.
    pub(super) fn mind_leaving(self: &Rc<Self>, journal_works: bool) {
        let worked = self.leaving.borrow().is_none();
        if journal_works == worked {
            return;
        }
        let window = web_sys::window().filter(|_| !journal_works);
        let keeper = Rc::downgrade(self);
        *self.leaving.borrow_mut() = window.map(|window| {
            Listener::new(&window, "beforeunload", move |event| {
                if keeper.upgrade().is_some_and(|keeper| !keeper.is_saved()) {
                    event.prevent_default();
                }
            })
        });
        self.tell(StoreEvent::Journal { works: journal_works });
    }
}
