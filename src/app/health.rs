//! How safe what is stored here is: looking after it, and asking the browser to keep it.

use leptos::prelude::*;

use super::App;
use crate::browser::{clock, quota};
use crate::health::Loss;
use crate::storage::prefs;
use crate::storage::workspaces::{self, Found};

/// How long what is known of the room counts, in milliseconds: it changes slowly.
const FRESH: i64 = 60_000;

/// The preference that remembers that the person was asked.
const ASKED: &str = "persist-asked";

impl App {
    /// Looks anew at how safe everything is.
    pub async fn check_health(&self) {
        self.0.checked_at.set(clock::now().milliseconds());
        let health = quota::health().await;
        self.signals().health.set(health);
    }

    /// Something was saved: there is a little less room now.
    pub(super) fn check_health_at_times(&self) {
        if (clock::now().milliseconds() - self.0.checked_at.get()).abs() >= FRESH {
            let app = self.clone();
            leptos::task::spawn_local(async move { app.check_health().await });
        }
    }

    /// Tells what was deleted from outside, by what the one storage says of the other; `is_empty`
    /// says that nothing is in the workspace that is shown.
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
            // Also what was saved before there were such notes.
            self.note_saved();
        }
    }

    /// The person has seen what was deleted from outside.
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

    /// Notes in both storages that something is saved in the workspace. While something lost is
    /// told, the notes stay as they are: they tell of it until the person has seen it.
    fn note_saved(&self) {
        if self.signals().loss.with_untracked(Option::is_none) && !self.0.noted.replace(true) {
            let namespace = self.storage_namespace();
            leptos::task::spawn_local(async move { workspaces::note_saved(&namespace).await });
        }
    }

    /// The first answer was saved: now there is something to keep, so the browser is asked to. It
    /// is asked once, and where it passes the question on to the person only if she never was.
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

    /// Asks the browser to keep what is stored here until the person deletes it; says whether it
    /// does.
    pub async fn ask_to_keep(&self) -> bool {
        if quota::asking_is_seen() {
            // Before the answer: whoever leaves the question open need not see it again either.
            _ = prefs::set(&self.namespace(), ASKED, "1");
        }
        let is_kept = quota::ask_to_persist().await == Some(true);
        self.check_health().await;
        is_kept
    }
}
