//! An import or a restore under way. It may take minutes, so the person sees its progress.

use std::cell::RefCell;
use std::collections::BTreeSet;

use leptos::prelude::*;

use super::evidence::NotAttached;
use super::{App, Failure};
use crate::messages::fill;

/// An import or a restore under way. Its progress is shown until it is dropped.
pub(super) struct Incoming {
    app: App,
    /// The count of deletions of everything when it began.
    cleared: u32,
    /// The files that were refused and the reasons, a line each.
    refused: RefCell<BTreeSet<String>>,
}

impl Incoming {
    /// Begins an import or a restore.
    pub fn begin(app: &App) -> Self {
        app.0.incoming.set(app.0.incoming.get().saturating_add(1));
        Self {
            app: app.clone(),
            cleared: app.signals().cleared.get_untracked(),
            refused: RefCell::default(),
        }
    }

    /// Shows that a file or a text is being read.
    pub fn reading(&self, number: usize, count: usize) {
        let words = self.app.words();
        let values = [("number", &*number.to_string()), ("count", &count.to_string())];
        let text = if count > 1 { words.incoming_reading_one } else { words.incoming_reading };
        self.say(fill(text, &values));
    }

    /// Shows that an inspection is being restored.
    pub fn restoring(&self, number: usize, count: usize) {
        let values = [("number", &*number.to_string()), ("count", &count.to_string())];
        self.say(fill(self.app.words().incoming_restoring, &values));
    }

    /// Shows that a file is being stored.
    pub fn storing(&self, number: usize, count: usize) {
        let values = [("number", &*number.to_string()), ("count", &count.to_string())];
        self.say(fill(self.app.words().incoming_storing, &values));
    }

    /// Notes that a file is refused while the rest is taken in. It is told once at the end, however
    /// often it was tried.
    pub fn refuse(&self, name: &str, reason: &NotAttached) {
        let words = self.app.words();
        let values = [("name", name), ("reason", &reason.sentence(words))];
        self.refused.borrow_mut().insert(fill(words.evidence_problem, &values));
    }

    /// Takes out the files that were refused so far. They are told with their report.
    pub fn refused(&self) -> Vec<String> {
        std::mem::take(&mut *self.refused.borrow_mut()).into_iter().collect()
    }

    /// Fails once everything was deleted: nothing may be stored after that.
    ///
    /// # Errors
    /// [`Failure::UnknownInspection`].
    pub fn go_on(&self) -> Result<(), Failure> {
        if self.is_wanted() { Ok(()) } else { Err(Failure::UnknownInspection) }
    }

    /// Returns whether nobody deleted everything in the meantime.
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
    /// Waits until no import or restore is under way. Each belongs to the workspace in which it
    /// began.
    pub(super) async fn until_all_is_in(&self) {
        while self.0.incoming.get() > 0 {
            self.0.brought_in.wait().await;
        }
    }
}
