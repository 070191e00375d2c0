//! The file that is being brought in. It may take minutes: the person is told how far it is.

use std::cell::RefCell;
use std::collections::BTreeSet;

use leptos::prelude::*;

use super::evidence::NotAttached;
use super::{App, Failure};
use crate::messages::fill;

/// Something that is being brought in. What is said of it goes with it.
pub(super) struct Incoming {
    app: App,
    /// How often everything had been deleted when it began.
    cleared: u32,
    /// The parts of it that are not taken in and the reasons, a line each.
    refused: RefCell<BTreeSet<String>>,
}

impl Incoming {
    /// Begins to bring something in.
    pub fn begin(app: &App) -> Self {
        app.0.incoming.set(app.0.incoming.get().saturating_add(1));
        Self {
            app: app.clone(),
            cleared: app.signals().cleared.get_untracked(),
            refused: RefCell::default(),
        }
    }

    /// One of its files or texts is being read.
    pub fn reading(&self, number: usize, count: usize) {
        let words = self.app.words();
        let values = [("number", &*number.to_string()), ("count", &count.to_string())];
        let text = if count > 1 { words.incoming_reading_one } else { words.incoming_reading };
        self.say(fill(text, &values));
    }

    /// One of its inspections is being restored.
    pub fn restoring(&self, number: usize, count: usize) {
        let values = [("number", &*number.to_string()), ("count", &count.to_string())];
        self.say(fill(self.app.words().incoming_restoring, &values));
    }

    /// One of its files is being stored.
    pub fn storing(&self, number: usize, count: usize) {
        let values = [("number", &*number.to_string()), ("count", &count.to_string())];
        self.say(fill(self.app.words().incoming_storing, &values));
    }

    /// One of its files is not taken in; the rest is. That is told at the end, once, however often
    /// it was tried.
    pub fn refuse(&self, name: &str, reason: &NotAttached) {
        let words = self.app.words();
        let values = [("name", name), ("reason", &reason.sentence(words))];
        self.refused.borrow_mut().insert(fill(words.evidence_problem, &values));
    }

    /// Takes out what was refused so far: it is told with what it belongs to.
    pub fn refused(&self) -> Vec<String> {
        std::mem::take(&mut *self.refused.borrow_mut()).into_iter().collect()
    }

    /// Says no once everything was deleted: nothing may come after that.
    ///
    /// # Errors
    /// [`Failure::UnknownInspection`].
    pub fn go_on(&self) -> Result<(), Failure> {
        if self.is_wanted() { Ok(()) } else { Err(Failure::UnknownInspection) }
    }

    /// Whether nobody deleted everything meanwhile.
    pub fn is_wanted(&self) -> bool {
        self.app.signals().cleared.get_untracked() == self.cleared
    }

    fn say(&self, text: String) {
        self.app.signals().incoming.set(text);
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        let refused = self.refused();
        if !refused.is_empty() && self.is_wanted() {
            let sentence = self.app.words().import_lacks.to_owned();
            let lines: Vec<_> = std::iter::once(sentence).chain(refused).collect();
            self.app.warn(lines.join("\n"));
        }
        let others = self.app.0.incoming.get().saturating_sub(1);
        self.app.0.incoming.set(others);
        if others == 0 {
            self.say(String::new());
            self.app.0.brought_in.wake();
        }
    }
}

impl App {
    /// Waits until nothing is being brought in: it belongs to the workspace in which that was
    /// begun.
    pub(super) async fn until_all_is_in(&self) {
        while self.0.incoming.get() > 0 {
            self.0.brought_in.wait().await;
        }
    }
}
