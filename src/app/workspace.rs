//! Workspaces: on a tablet that people share, each may keep her inspections under a name of her own.
//!
//! A workspace is a storage namespace beside the host's. It keeps lists apart, it is no lock: who
//! holds the tablet can go to any workspace, and the page says so.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{App, Failure, SaveState, Screen};
use crate::browser::{clock, print};
use crate::inspection::InspectionId;
use crate::storage::{Store, StoreError, prefs};

/// Where one person's inspections are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workspace {
    /// Part of its storage namespace; empty for the one that is there from the start.
    pub id: String,
    /// The person's name for it; empty for the one that is there from the start.
    pub name: String,
}

impl Workspace {
    /// Whether it is the one that is there from the start.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.id.is_empty()
    }

    /// Its storage namespace beside the host's.
    pub(super) fn namespace(&self, host: &str) -> String {
        if self.is_first() { host.to_owned() } else { [host, "~", &self.id].concat() }
    }
}

impl App {
    /// All workspaces, the first one foremost.
    #[must_use]
    pub fn workspaces(&self) -> Vec<Workspace> {
        let mut all = vec![Workspace::default()];
        all.extend(self.named_workspaces());
        all
    }

    fn named_workspaces(&self) -> Vec<Workspace> {
        let stored = prefs::get(&self.namespace(), "workspaces");
        stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps the list of workspaces: one that is not in it could not be found again.
    fn keep_workspaces(&self, all: &[Workspace]) -> Result<(), Failure> {
        let is_kept = serde_json::to_string(all)
            .is_ok_and(|text| prefs::set(&self.namespace(), "workspaces", &text));
        if is_kept { Ok(()) } else { Err(Failure::Storage(StoreError::Quota)) }
    }

    /// The workspace that was shown last on this device.
    pub(super) fn last_workspace(&self) -> Workspace {
        let id = prefs::get(&self.namespace(), "workspace").unwrap_or_default();
        self.workspaces().into_iter().find(|workspace| workspace.id == id).unwrap_or_default()
    }

    /// The storage namespace of the workspace that is shown.
    pub(super) fn storage_namespace(&self) -> String {
        self.signals().workspace.with_untracked(|w| w.namespace(&self.namespace()))
    }

    /// Opens a workspace's store and reads its inspections.
    pub(super) async fn enter(&self, workspace: Workspace) {
        let store = self.open_store(&workspace.namespace(&self.namespace())).await;
        *self.0.store.borrow_mut() = Some(store);
        self.0.last_touch.set(0);
        self.signals().workspace.set(workspace);
        self.refresh_list().await;
        let app = self.clone();
        leptos::task::spawn_local(async move {
            if let Some(store) = app.store() {
                // What stays costs room and nothing else.
                _ = store.sweep_attachments().await;
            }
            app.look_elsewhere().await;
        });
    }

    async fn open_store(&self, namespace: &str) -> Store {
        let weak = Rc::downgrade(&self.0);
        let on_event = move |event| {
            if let Some(inner) = weak.upgrade() {
                Self(inner).on_store(event);
            }
        };
        Store::open(namespace, on_event).await
    }

    /// Shows another workspace, once all that was entered or comes in is safe in this one.
    ///
    /// # Errors
    /// When something can't be stored: what is unsaved must stay in sight.
    pub async fn hand_over(&self, to: Workspace) -> Result<(), Failure> {
        self.until_all_is_in().await;
        self.flush().await?;
        _ = prefs::set(&self.namespace(), "workspace", &to.id);
        self.go_to(to).await;
        Ok(())
    }

    /// Leaves the workspace that is shown for another one.
    async fn go_to(&self, to: Workspace) {
        let signals = self.signals();
        print::forget();
        signals.screen.set(Screen::Loading);
        signals.open.set(None);
        signals.pending_import.set(None);
        signals.listed.set(Vec::new());
        signals.kept.set(Vec::new());
        signals.tickets.set(BTreeMap::new());
        signals.waiting_elsewhere.set(Vec::new());
        signals.own_checklists.set(Vec::new());
        signals.set_aside.set(0);
        signals.damaged.set(Vec::new());
        signals.journal_works.set(true);
        signals.trouble.set(None);
        signals.saving.set(SaveState::Saved(None));
        self.clear_notices();
        self.enter(to).await;
        signals.screen.set(Screen::Home);
    }

    /// The host's namespace.
    pub(super) fn namespace(&self) -> String {
        self.0.namespace.borrow().clone()
    }

    /// Goes over to the host's namespace, if that is another one since it was last looked at.
    ///
    /// # Errors
    /// When something can't be stored: what is unsaved must stay in sight.
    pub(super) async fn follow_namespace(&self) -> Result<(), Failure> {
        let wanted = self.prefill().storage_namespace;
        if wanted == self.namespace() {
            return Ok(());
        }
        self.flush().await?;
        *self.0.namespace.borrow_mut() = wanted;
        self.go_to(self.last_workspace()).await;
        Ok(())
    }

    /// The same when there is time; a failure is shown.
    pub(super) fn follow_namespace_soon(&self) {
        let app = self.clone();
        leptos::task::spawn_local(async move {
            app.until_ready().await;
            if let Err(failure) = app.follow_namespace().await {
                app.report_failure(&failure);
            }
        });
    }

    /// A new workspace under a name, or the one that has this name already.
    ///
    /// # Errors
    /// When the list of workspaces can't be stored.
    pub fn workspace_named(&self, name: &str) -> Result<Workspace, Failure> {
        let name = name.trim();
        let mut named = self.named_workspaces();
        let same = |workspace: &&Workspace| workspace.name.to_lowercase() == name.to_lowercase();
        if let Some(known) = named.iter().find(same) {
            return Ok(known.clone());
        }
        let id = InspectionId::from_random(clock::random_bytes()).to_string();
        let new = Workspace { id, name: name.to_owned() };
        named.push(new.clone());
        self.keep_workspaces(&named)?;
        Ok(new)
    }

    /// A workspace of a backup that is not here yet.
    ///
    /// # Errors
    /// When the list of workspaces can't be stored.
    pub(super) fn add_workspace(&self, id: &str, name: &str) -> Result<Workspace, Failure> {
        let new = Workspace { id: id.to_owned(), name: name.trim().to_owned() };
        let mut named = self.named_workspaces();
        named.push(new.clone());
        self.keep_workspaces(&named)?;
        Ok(new)
    }

    /// The name of another workspace on this device that holds an inspection.
    pub(super) async fn workspace_with(&self, id: &InspectionId) -> Option<Workspace> {
        let here = self.signals().workspace.get_untracked();
        for workspace in self.workspaces().into_iter().filter(|other| *other != here) {
            let store = Store::open(&workspace.namespace(&self.namespace()), |_| {}).await;
            if store.load(id).await.is_ok_and(|records| !records.is_empty()) {
                return Some(workspace);
            }
        }
        None
    }

    /// Deletes all inspections of the workspace for good, those that were deleted before included,
    /// and goes to the first workspace.
    pub async fn delete_all(&self) {
        self.until_all_is_in().await;
        let Some(store) = self.store() else { return };
        self.signals().open.set(None);
        for listed in self.refresh_list().await {
            prefs::remove(store.namespace(), &super::shelf::place_name(&listed.id));
            if let Err(error) = store.purge(&listed.id).await {
                self.report_failure(&error.into());
                return;
            }
        }
        if let Err(error) = store.clear().await {
            self.report_failure(&error.into());
            return;
        }
        for name in ["unit", "unit-type"] {
            prefs::remove(store.namespace(), name);
        }
        let here = self.signals().workspace.get_untracked();
        let mut named = self.named_workspaces();
        named.retain(|workspace| *workspace != here);
        if let Err(failure) = self.keep_workspaces(&named) {
            self.report_failure(&failure);
        }
        match self.hand_over(Workspace::default()).await {
            Ok(()) => self.notify(self.words().mine_deleted.to_owned(), None),
            Err(failure) => self.report_failure(&failure),
        }
    }
}
