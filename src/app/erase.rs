//! Deleting everything on this device, and beginning afresh after that.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::{App, Failure, SaveState, Screen, Workspace};
use crate::browser::print;
use crate::storage::{Store, erase, is_erasing_all};

impl App {
    /// Deletes everything of this use of the program on this device, in all workspaces. Other tabs
    /// and elements begin afresh, too.
    pub async fn erase_everything(&self) {
        let host = &self.namespace();
        let known = self.workspaces().iter().map(|workspace| workspace.namespace(host)).collect();
        self.begin_afresh();
        match erase(host, known).await {
            Ok(()) => {
                self.notify(self.words().erased.to_owned(), None);
                self.check_health().await;
            }
            Err(error) => {
                self.report_failure(&Failure::NotErased(error));
                // The rest is not shown any more: it goes before the vault opens again.
                self.refresh_list().await;
            }
        }
    }

    /// Another tab or element deletes everything, or the workspace that is shown.
    pub(super) fn on_cleared(&self) {
        let here = self.signals().workspace.get_untracked();
        self.begin_afresh();
        if !here.is_first() && !is_erasing_all(&self.namespace()) {
            let app = self.clone();
            leptos::task::spawn_local(async move { app.enter(Workspace::default()).await });
        }
    }

    /// Forgets all that is shown or held, as on the first day. Nothing is read or written by this:
    /// a database comes into being again when the next inspection is started.
    pub(super) fn begin_afresh(&self) {
        let signals = self.signals();
        self.list_changes();
        print::forget();
        if let Some(store) = self.store() {
            store.forget_all();
        }
        *self.0.store.borrow_mut() = Some(self.unopened_store());
        self.0.asked_to_keep.set(false);
        signals.screen.set(Screen::Home);
        signals.open.set(None);
        signals.pending_import.set(None);
        signals.told.set(Vec::new());
        signals.pending_restore.set(None);
        signals.workspace.set(Workspace::default());
        signals.workspaces.set(vec![Workspace::default()]);
        signals.loss.set(None);
        self.0.noted.set(false);
        signals.listed.set(Vec::new());
        signals.kept.set(Vec::new());
        signals.tickets.set(BTreeMap::new());
        signals.waiting_elsewhere.set(Vec::new());
        self.0.last_touch.set(0);
        signals.own_checklists.set(Vec::new());
        signals.set_aside.set(0);
        signals.damaged.set(Vec::new());
        signals.journal_works.set(true);
        signals.trouble.set(None);
        signals.saving.set(SaveState::Saved(None));
        self.clear_notices();
        signals.cleared.update(|times| *times = times.wrapping_add(1));
    }

    fn unopened_store(&self) -> Store {
        let weak = Rc::downgrade(&self.0);
        Store::unopened(&self.namespace(), move |event| {
            if let Some(inner) = weak.upgrade() {
                Self(inner).on_store(event);
            }
        })
    }
}
