//! How safe what is stored here is: looking after it, and asking the browser to keep it.

use leptos::prelude::*;

use super::App;
use crate::browser::{clock, quota};
use crate::storage::prefs;

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

    /// The first answer was saved: now there is something to keep, so the browser is asked to. It is
    /// asked once, and where it passes the question on to the person only if she never was.
    pub(super) fn keep_once(&self) {
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

    /// Asks the browser to keep what is stored here until the person deletes it; says whether it does.
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
