//! Calls of the host, and the first screen, which waits for the calls of the start.

use leptos::prelude::*;

use super::{App, Screen};
use crate::browser::timer::{Timer, pause};

/// How long the first screen waits for the host's calls, in milliseconds.
const PATIENCE: i32 = 1_000;

/// A call of the host that is being answered.
pub struct Call(App);

impl Call {
    /// Begins to answer a call.
    #[must_use]
    pub fn begin(app: &App) -> Self {
        app.0.calls.set(app.0.calls.get().saturating_add(1));
        Self(app.clone())
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        let others = self.0.0.calls.get().saturating_sub(1);
        self.0.0.calls.set(others);
        if others == 0 {
            self.0.0.answered.wake();
        }
    }
}

impl App {
    /// Shows the home screen, unless the host's calls show something else. A page that opens an
    /// inspection by itself does so at once, and nobody should wait for a screen that is never
    /// seen.
    pub(super) async fn show_first_screen(&self) {
        let show = |app: &Self| {
            let screen = &app.signals().screen;
            if screen.get_untracked() == Screen::Loading {
                screen.set(Screen::Home);
            }
        };
        let late = self.clone();
        let _late = Timer::started(PATIENCE, move || {
            show(&late);
            late.0.answered.wake();
        });
        // The ready event may lead to a call, and the answer of `listInspections` to a call that
        // opens an inspection.
        pause().await;
        // The wait ends when a screen is shown, as a call may never be answered.
        let is_waiting =
            || self.0.calls.get() > 0 && self.signals().screen.get_untracked() == Screen::Loading;
        while is_waiting() {
            self.0.answered.wait().await;
            pause().await;
        }
        show(self);
    }
}
