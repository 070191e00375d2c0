//! Workspaces: people who share a tablet may each keep their inspections under a name of their own.
//!
//! A workspace is a storage namespace beside the host's. It keeps lists apart, but it is no lock:
//! any person with the tablet can open any workspace, and the page says so.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::{App, Failure, SaveState, Screen};
use crate::browser::{clock, print};
use crate::inspection::InspectionId;
use crate::messages::fill;
use crate::storage::workspaces::{self, Found};
use crate::storage::{Store, Workspace, erase_workspace, finish_erasing, prefs};

impl App {
    /// Returns all known workspaces. The first one comes first.
    #[must_use]
    pub fn workspaces(&self) -> Vec<Workspace> {
        self.signals().workspaces.get_untracked()
    }

    /// Looks for workspaces in both storages.
    pub async fn look_for_workspaces(&self) -> Found {
        let host = self.namespace();
        let cleared = self.signals().cleared.get_untracked();
        let mut found = workspaces::find(&host).await;
        for (number, workspace) in found.workspaces.iter_mut().enumerate().skip(1) {
            if workspace.name.is_empty() {
                let number = number.to_string();
                workspace.name = fill(self.words().backup_lost_workspace, &[("number", &number)]);
            }
        }
        // Something may have been deleted in the meantime.
        if host == self.namespace() && cleared == self.signals().cleared.get_untracked() {
            self.signals().workspaces.set(found.workspaces.clone());
        }
        found
    }

    /// Returns the workspace that was last shown on this device, after unfinished erasing was
    /// finished.
    pub(super) async fn last_workspace(&self) -> Workspace {
        let host = self.namespace();
        if let Err(error) = finish_erasing(&host).await {
            self.report_failure(&Failure::NotErased(error));
        }
        let all = workspaces::listed(&host);
        self.signals().workspaces.set(all.clone());
        let id = prefs::get(&host, "workspace").unwrap_or_default();
        let in_all = |all: Vec<Workspace>| all.into_iter().find(|one| one.id == id);
        match in_all(all) {
            Some(listed) => listed,
            None => in_all(self.look_for_workspaces().await.workspaces).unwrap_or_default(),
        }
    }

    /// Returns the storage namespace of the workspace that is shown.
    pub(super) fn storage_namespace(&self) -> String {
        self.signals().workspace.with_untracked(|w| w.namespace(&self.namespace()))
    }

    /// Opens a workspace's store and reads its inspections.
    pub(super) async fn enter(&self, workspace: Workspace) {
        let store = self.open_store(&workspace.namespace(&self.namespace())).await;
        *self.0.store.borrow_mut() = Some(store.clone());
        self.0.last_touch.set(0);
        self.0.noted.set(false);
        self.signals().loss.set(None);
        self.signals().workspace.set(workspace);
        let is_empty = self.refresh_list().await.is_empty();
        let app = self.clone();
        leptos::task::spawn_local(async move {
            let cleared = app.signals().cleared.get_untracked();
            let found = app.look_for_workspaces().await;
            // Another workspace may be shown now, or everything may be deleted. Then nothing may be
            // created again.
            if !app.is_shown(&store) || cleared != app.signals().cleared.get_untracked() {
                return;
            }
            app.look_for_losses(&found, is_empty);
            // Attachments that stay cost nothing but space.
            _ = store.sweep_attachments().await;
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

    /// Switches to another workspace, once everything that was entered or imported in this one is
    /// saved.
    ///
    /// # Errors
    /// When something can't be stored: unsaved data must stay visible.
    pub async fn hand_over(&self, to: Workspace) -> Result<(), Failure> {
        self.until_all_is_in().await;
        self.flush().await?;
        _ = prefs::set(&self.namespace(), "workspace", &to.id);
        self.go_to(to).await;
        Ok(())
    }

    /// Forgets everything that is of the workspace that is shown.
    pub(super) fn forget_workspace(&self) {
        let signals = self.signals();
        self.list_changes();
        print::forget();
        self.0.last_touch.set(0);
        signals.open.set(None);
        signals.pending_import.set(None);
        signals.pending_restore.set(None);
        signals.told.set(Vec::new());
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
    }

    /// Leaves the workspace that is shown for another one.
    async fn go_to(&self, to: Workspace) {
        let signals = self.signals();
        signals.screen.set(Screen::Loading);
        self.forget_workspace();
        self.enter(to).await;
        signals.screen.set(Screen::Home);
    }

    /// Returns the host's namespace.
    pub(super) fn namespace(&self) -> String {
        self.0.namespace.borrow().clone()
    }

    /// Switches to the host's namespace if that has changed.
    ///
    /// # Errors
    /// When something can't be stored: unsaved data must stay visible.
    pub(super) async fn follow_namespace(&self) -> Result<(), Failure> {
        let wanted = self.prefill().storage_namespace;
        if wanted == self.namespace() {
            return Ok(());
        }
        self.flush().await?;
        *self.0.namespace.borrow_mut() = wanted;
        let last = self.last_workspace().await;
        self.go_to(last).await;
        Ok(())
    }

    /// Switches to the host's namespace in a task of its own. A failure is shown.
    pub(super) fn follow_namespace_soon(&self) {
        let app = self.clone();
        leptos::task::spawn_local(async move {
            app.until_ready().await;
            if let Err(failure) = app.follow_namespace().await {
                app.report_failure(&failure);
            }
        });
    }

    /// Creates a workspace with a name, or returns the one that has this name already.
    ///
    /// # Errors
    /// When its name can't be stored.
    pub async fn workspace_named(&self, name: &str) -> Result<Workspace, Failure> {
        let name = name.trim();
        let all = self.look_for_workspaces().await.workspaces;
        let same = |workspace: &&Workspace| workspace.name.to_lowercase() == name.to_lowercase();
        if let Some(known) = all.iter().skip(1).find(same) {
            return Ok(known.clone());
        }
        let id = InspectionId::from_random(clock::random_bytes()).to_string();
        self.add_workspace(&id, name).await
    }

    /// Adds a workspace, such as one of a backup.
    ///
    /// # Errors
    /// When its name can't be stored.
    pub(super) async fn add_workspace(&self, id: &str, name: &str) -> Result<Workspace, Failure> {
        let new = Workspace { id: id.to_owned(), name: name.trim().to_owned() };
        workspaces::add(&self.namespace(), &new).await?;
        self.signals().workspaces.update(|all| all.push(new.clone()));
        Ok(new)
    }

    /// Returns another workspace on this device that has an inspection.
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

    /// Purges all inspections of the workspace, deleted ones included, and switches to the first
    /// workspace. Other tabs and elements leave the workspace, too.
    pub async fn delete_all(&self) {
        self.until_all_is_in().await;
        let here = self.signals().workspace.get_untracked();
        self.begin_afresh();
        _ = prefs::set(&self.namespace(), "workspace", "");
        let erased = erase_workspace(&self.namespace(), &here).await;
        self.go_to(Workspace::default()).await;
        match erased {
            Ok(()) => self.notify(self.words().mine_deleted.to_owned(), None),
            Err(error) => self.report_failure(&Failure::NotErased(error)),
        }
    }
}
