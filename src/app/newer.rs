//! A newer release of the program: the person is told, and switches to it when they like.

use std::rc::Rc;

use leptos::prelude::*;

use super::App;
use crate::browser::listener::Listener;
use crate::browser::releases;

impl App {
    /// Follows whether a newer release waits, as long as the listener lives.
    pub(super) fn follow_releases(&self) -> Option<Listener> {
        self.signals().newer.set(releases::newer_waits());
        let weak = Rc::downgrade(&self.0);
        releases::follow(move || {
            if let Some(inner) = weak.upgrade() {
                inner.signals.newer.set(releases::newer_waits());
            }
        })
    }

    /// Offers to switch to a newer release, which the server has although no event told of it.
    pub(super) fn offer_newer(&self) {
        self.signals().newer.set(true);
    }

    /// Notes that the person has read that a newer release waits.
    pub fn dismiss_newer(&self) {
        self.signals().newer.set(false);
    }

    /// Saves everything and switches to the newer release. If something can't be saved, the page
    /// stays as it is.
    pub async fn go_on_with_newer(&self) {
        match self.flush().await {
            Ok(()) => releases::reload_into_newer().await,
            Err(failure) => self.report_failure(&failure),
        }
    }
}
