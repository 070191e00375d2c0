//! Moving the open inspection to a newer version of its checklist.

use std::sync::Arc;

use leptos::prelude::*;

use super::reading::stored_checklist;
use super::shelf::{json, progress_of};
use super::starting::{header_of, stored_definition};
use super::{App, Failure, Open, OpenItem, Screen, Undo};
use crate::browser::clock;
use crate::checklist::{Change, Checklist, builtin, is_newer};
use crate::inspection::{Entry, Fate, Inspection, InspectionId, RawEntry, Status};
use crate::messages::fill;
use crate::storage::Step;
use crate::stored::{Key, Part, Record};

impl App {
    /// Looks for a newer version of the open inspection's checklist: compiled in, from a file, from
    /// the host, or of another inspection on this device.
    pub(super) fn look_for_newer(&self) {
        let Some(open) = self.open() else { return };
        let app = self.clone();
        leptos::task::spawn_local(async move {
            let newer = app.newest(&open.checklist).await;
            let digest = |of: &Option<Arc<Checklist>>| of.as_ref().map(|of| *of.digest());
            if open.newer.with_untracked(|known| digest(known) != digest(&newer)) {
                open.newer.set(newer);
            }
        });
    }

    async fn newest(&self, checklist: &Checklist) -> Option<Arc<Checklist>> {
        let mut known = self.signals().own_checklists.get_untracked();
        known.extend(self.0.fetched.borrow().values().cloned());
        let compiled_in = builtin(checklist.id.as_str());
        let compiled_in = compiled_in.filter(|known| is_newer(known.version, &checklist.version));
        known.extend(compiled_in.and_then(|newer| newer.read().ok()).map(Arc::new));
        known.retain(|known| known.id == checklist.id);
        let mut newest = None;
        let mut version = checklist.version.clone();
        for known in known {
            if is_newer(&known.version, &version) {
                version.clone_from(&known.version);
                newest = Some(known);
            }
        }
        let editions = self.signals().listed.with_untracked(|listed| {
            let of_same =
                listed.iter().filter(|listed| listed.checklist.id == checklist.id.as_str());
            of_same.map(|listed| listed.checklist.clone()).collect::<Vec<_>>()
        });
        for edition in editions {
            // One that can't be read is none that anybody could move to.
            if is_newer(&edition.version, &version)
                && let Some(store) = self.store()
                && let Ok(Some(stored)) = stored_checklist(&store, &edition.sha256).await
            {
                version = edition.version;
                newest = Some(stored);
            }
        }
        newest
    }

    /// Moves the open inspection to a newer version of its checklist. Answers that fit are carried
    /// over. The others stay in the report. This can be undone.
    ///
    /// # Errors
    /// When no inspection is open, or the checklist can't be stored. Nothing is changed then.
    pub async fn move_to(&self, newer: Arc<Checklist>) -> Result<(), Failure> {
        let open = self.open().ok_or(Failure::NoInspection)?;
        let store = self.store().ok_or(Failure::NoInspection)?;
        let id = open.header.with_untracked(|header| header.id.clone());
        if open.header.with_untracked(|header| header.status == Status::Completed) {
            return Ok(());
        }
        let records = store.load(&id).await?;
        let before = self.as_it_is(&id).await?;
        // The person may have done something else in the meantime.
        if !self.open().is_some_and(|now| Arc::ptr_eq(&now, &open)) {
            return Ok(());
        }
        let inspection = open.snapshot();
        let progress = open.progress();
        // Until the move is stored, nothing can be changed.
        self.signals().screen.set(Screen::Loading);
        self.signals().open.set(None);

        let text = self.moved_sentence(&inspection, &newer);
        let mut moved = inspection.moved_to(&newer, clock::today());
        moved.header.updated_at = clock::now();
        let next = Open::new(moved.clone(), clock::today());
        next.take_progress(Some(progress.clone()));
        self.touch(&next);
        let header = Key { inspection: id, part: Part::Header };
        // The records of the answers stay as they are. Answers that fit belong to the newer
        // version. If another tab's header wins, the answers to the older version are still there.
        let blank = json(&RawEntry::default());
        let mut put: Vec<_> =
            left_over(records, &open, &newer).into_iter().map(|key| (key, blank.clone())).collect();
        put.push(header_of(&store, &moved.header, &moved.checklist, &moved.earlier));
        put.push(progress_of(&next));
        let undo = before.as_ref().map(|_| Undo::Kept(header.clone()));
        let step = Step {
            checklists: vec![stored_definition(&newer)],
            kept: before.map(|before| (header, before)).into_iter().collect(),
            put,
            ..Step::default()
        };
        match store.commit(step).await {
            Ok(()) => {
                self.show_inspection(moved, Some(next.progress())).await;
                self.notify(text, undo);
                Ok(())
            }
            Err(error) => {
                self.show_inspection(inspection, Some(progress)).await;
                Err(error.into())
            }
        }
    }

    /// Says that an inspection has moved, and which items are to be looked at again, by their
    /// numbers.
    fn moved_sentence(&self, inspection: &Inspection, newer: &Checklist) -> String {
        let words = self.words();
        let done = fill(words.moving_done, &[("version", &newer.version)]);
        let changed = inspection.checklist.changes_to(newer).changed.into_iter();
        let kept = changed.filter(|change| inspection.fate_of_changed(change) == Fate::Kept);
        let number = |change: Change| {
            let place = newer.items.iter().position(|item| item.id == change.new.id)?;
            Some((place + 1).to_string())
        };
        let numbers: Vec<_> = kept.filter_map(number).collect();
        if numbers.is_empty() {
            return done;
        }
        let again = fill(words.moving_again, &[("numbers", &numbers.join(", "))]);
        format!("{done} {again}")
    }

    /// Opens the open inspection anew, as it was changed elsewhere: until it is read nothing of it
    /// can be changed here. `version` is that of its checklist, if that is another one now.
    pub(super) fn reopen(&self, id: &InspectionId, version: Option<String>) {
        let signals = self.signals();
        signals.open.set(None);
        signals.screen.set(Screen::Loading);
        let (app, id) = (self.clone(), id.clone());
        leptos::task::spawn_local(async move {
            match app.load(&id).await {
                // The person may have gone elsewhere in the meantime.
                Ok(_) if app.signals().screen.get_untracked() != Screen::Loading => {}
                Ok((inspection, progress)) => {
                    app.show_inspection(inspection, progress).await;
                    let words = app.words();
                    match version {
                        Some(version) => {
                            let text = fill(words.moving_elsewhere, &[("version", &version)]);
                            app.notify(text, None);
                        }
                        None => app.announce(words.saving_other_tab.to_owned()),
                    }
                }
                Err(failure) => {
                    app.show(Screen::Home);
                    app.report_failure(&failure);
                }
            }
        });
    }
}

/// The records of versions before the present one that would pass for answers to the newer one's
/// items: what they say is among the earlier answers.
fn left_over(records: Vec<Record>, open: &Open, newer: &Checklist) -> Vec<Key> {
    let is_left_over = |key: &Key| match &key.part {
        Part::Item(id) => {
            let is_blank =
                |open_item: &Arc<OpenItem>| open_item.entry.with_untracked(Entry::is_blank);
            newer.item(id.as_str()).is_some() && open.item(id.as_str()).is_none_or(is_blank)
        }
        Part::Header
        | Part::Progress
        | Part::Upload
        | Part::Outbox
        | Part::Document
        | Part::Detail(_) => false,
    };
    records.into_iter().map(|record| record.key).filter(is_left_over).collect()
}
