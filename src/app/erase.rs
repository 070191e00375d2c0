//! Deleting everything on this device, and starting afresh after that.

use std::rc::Rc;

use leptos::prelude::*;

use super::{App, Failure, Screen, Workspace};
use crate::storage::{Store, erase, is_erasing_all};

impl App {
    /// Deletes everything under the host's namespace on this device, in all workspaces. Other tabs
    /// and elements start afresh, too.
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
                // Data that is left is not shown any more. It is deleted before the vault opens
                // again.
                self.refresh_list().await;
            }
        }
    }

    /// Starts afresh, as another tab or element deletes everything or the workspace that is shown.
    pub(super) fn on_cleared(&self) {
        let here = self.signals().workspace.get_untracked();
        self.begin_afresh();
        if !here.is_first() && !is_erasing_all(&self.namespace()) {
            let app = self.clone();
            leptos::task::spawn_local(async move { app.enter(Workspace::default()).await });
        }
    }

    /// Resets all state, as on the first day. This reads and writes nothing. A database is created
    /// again when the next inspection is started.
    pub(super) fn begin_afresh(&self) {
        let signals = self.signals();
        if let Some(store) = self.store() {
            store.forget_all();
        }
        *self.0.store.borrow_mut() = Some(self.unopened_store());
        self.0.asked_to_keep.set(false);
        self.0.noted.set(false);
        signals.screen.set(Screen::Home);
        self.forget_workspace();
        signals.workspace.set(Workspace::default());
        signals.workspaces.set(vec![Workspace::default()]);
        signals.loss.set(None);
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
