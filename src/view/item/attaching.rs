//! Attaching the files that a person chose to an item, one after the other.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::sync::Arc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use web_sys::{File, FileList};

use crate::app::OpenItem;
use crate::messages::fill;
use crate::view::Ui;

/// How attaching goes. It outlives the item's place in the page, as what is being attached does.
#[derive(Clone)]
pub struct Progress {
    /// The work in progress, in words; empty when there is none.
    pub busy: ArcRwSignal<String>,
    /// The files that were not attached and the reasons, a sentence each.
    pub problems: ArcRwSignal<Vec<String>>,
    /// The files still to be attached. Files chosen meanwhile follow in the same run.
    waiting: Arc<SendWrapper<RefCell<Waiting>>>,
}

/// Files that are still to be attached.
#[derive(Default)]
struct Waiting {
    files: VecDeque<File>,
    /// How many files the run has, with those that are done.
    count: usize,
}

impl Progress {
    pub fn new() -> Self {
        Self {
            busy: ArcRwSignal::default(),
            problems: ArcRwSignal::default(),
            waiting: Arc::new(SendWrapper::new(RefCell::default())),
        }
    }

    /// Adds files; says whether a run has to begin with them.
    fn add(&self, files: Vec<File>) -> bool {
        let mut waiting = self.waiting.borrow_mut();
        let begins = waiting.count == 0;
        waiting.count += files.len();
        waiting.files.extend(files);
        begins
    }

    /// The next file, and how many the run has so far.
    fn next(&self) -> Option<(File, usize)> {
        let mut waiting = self.waiting.borrow_mut();
        let count = waiting.count;
        let next = waiting.files.pop_front().map(|file| (file, count));
        if next.is_none() {
            waiting.count = 0;
        }
        next
    }
}

/// Attaches files one after the other: each is large in memory while it is made smaller.
pub fn attach(ui: Ui, open_item: &Arc<OpenItem>, progress: Progress, files: FileList) {
    let files: Vec<File> = (0..files.length()).filter_map(|index| files.get(index)).collect();
    let (app, words) = (ui.app(), ui.words());
    let Some(to) = app.attaching(open_item) else { return };
    if !progress.add(files) {
        return;
    }
    leptos::task::spawn_local(async move {
        let mut number = 0_usize;
        let mut problems = Vec::new();
        progress.problems.set(Vec::new());
        while let Some((file, count)) = progress.next() {
            number += 1;
            let values = [("number", &*number.to_string()), ("count", &count.to_string())];
            progress.busy.set(fill(words.evidence_busy, &values));
            if let Err(reason) = app.attach(&to, &file).await {
                let values = [("name", &*file.name()), ("reason", &reason.sentence(words))];
                problems.push(fill(words.evidence_problem, &values));
                progress.problems.set(problems.clone());
            }
        }
        progress.busy.set(String::new());
        app.tell_late(&to, &problems);
        if let Some(added) = number.checked_sub(problems.len()).filter(|added| *added > 0) {
            app.announce(fill(words.evidence_added, &[("count", &added.to_string())]));
        }
    });
}
