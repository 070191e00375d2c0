//! The safety of stored data: checking it, and asking the browser to keep the data.

use leptos::prelude::*;

use super::App;
use crate::browser::{clock, quota};
use crate::health::Loss;
use crate::storage::prefs;
use crate::storage::workspaces::{self, Found};

/// How long a health check counts, in milliseconds. The free space changes slowly.
const FRESH: i64 = 60_000;

/// The preference that remembers that the person was asked.
const ASKED: &str = "persist-asked";

impl App {
    /// Checks the health of the storage.
    pub async fn check_health(&self) {
        self.0.checked_at.set(clock::now().milliseconds());
        let health = quota::health().await;
        self.signals().health.set(health);
    }

    /// Checks the health again if the last check is old. Something was saved, so there is less free
    /// space.
    pub(super) fn check_health_at_times(&self) {
        if (clock::now().milliseconds() - self.0.checked_at.get()).abs() >= FRESH {
            let app = self.clone();
            leptos::task::spawn_local(async move { app.check_health().await });
        }
    }

    /// Tells of data that was deleted from outside: each of the two storages notes the data that
    /// the other one must have. `is_empty` is whether the workspace that is shown has no
    /// inspections.
    pub(super) fn look_for_losses(&self, found: &Found, is_empty: bool) {
        let here = self.storage_namespace();
        let loss = if found.unknown.contains(&here) && is_empty {
            Some(Loss::Saved)
        } else {
            let emptied = found.emptied.clone();
            (!emptied.is_empty()).then_some(Loss::Unsaved(emptied))
        };
        let is_fine = loss.is_none();
        self.signals().loss.set(loss);
        if is_fine && !is_empty {
            // This also covers data that was saved before there were such notes.
            self.note_saved();
        }
    }

    /// Notes that the person has seen which data was deleted from outside.
    pub fn accept_loss(&self) {
        let loss = self.signals().loss.get_untracked();
        self.signals().loss.set(None);
        match loss {
            Some(Loss::Saved) => workspaces::forget_saved(&self.storage_namespace()),
            Some(Loss::Unsaved(emptied)) => {
                emptied.iter().for_each(|namespace| workspaces::note_in_local_storage(namespace));
            }
            None => {}
        }
    }

    /// Notes in both storages that something is saved in the workspace. The notes are left alone
    /// while a loss is shown: they tell of it until the person has seen it.
    fn note_saved(&self) {
        if self.signals().loss.with_untracked(Option::is_none) && !self.0.noted.replace(true) {
            let namespace = self.storage_namespace();
            leptos::task::spawn_local(async move { workspaces::note_saved(&namespace).await });
        }
    }

    /// Asks the browser once to keep stored data, after the first answer was saved. Where the
    /// browser passes the question on to the person, it is asked only if the person never was.
    pub(super) fn keep_once(&self) {
        self.note_saved();
        if self.0.asked_to_keep.replace(true) {
            return;
        }
        let app = self.clone();
        leptos::task::spawn_local(async move {
            app.check_health().await;
            let health = app.signals().health.get_untracked();
            let was_asked = prefs::get(&app.namespace(), ASKED).is_some();
            if health.persistent == Some(false) && !(quota::asking_is_seen() && was_asked) {
                app.ask_to_keep().await;
            }
        });
    }

    /// Asks the browser to keep stored data until the person deletes it. Returns whether it does.
    pub async fn ask_to_keep(&self) -> bool {
        if quota::asking_is_seen() {
            // Before the answer: a person who leaves the question open need not see it again
            // either.
            _ = prefs::set(&self.namespace(), ASKED, "1");
        }
        let is_kept = quota::ask_to_persist().await == Some(true);
        self.check_health().await;
        is_kept
    }
}
