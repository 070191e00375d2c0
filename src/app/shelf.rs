//! The inspections on this device: listing, opening, deleting and undeleting.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{App, Failure, Listed, Open, Screen, Undo};
use crate::browser::timer::pause;
use crate::browser::{clock, download};
use crate::inspection::{Inspection, InspectionId};
use crate::storage::{Store, prefs};
use crate::stored::{Key, Part, StoredHeader, StoredProgress, ticket_in};
use crate::upload::Ticket;
use futures_util::future::join;
use leptos::prelude::*;

/// The number of records that are read at a time.
const PIECE: usize = 100;

impl App {
    /// Shows the list as it is stored, and goes on with what follows from it: a report may wait to
    /// be sent of an inspection that is back, and a newer checklist may be known.
    pub async fn refresh_list(&self) -> Vec<Listed> {
        let listed = self.inspections().await;
        self.look_for_newer();
        self.send_due();
        listed
    }

    /// Returns the inspections on this device, newest first, also deleted ones that can be taken
    /// back, and shows them. Nothing is sent or written by this.
    pub async fn inspections(&self) -> Vec<Listed> {
        let turn = self.0.list_turns.get().wrapping_add(1);
        self.0.list_turns.set(turn);
        let (store, Overview { listed, tickets, damaged }, kept) = loop {
            let changes = self.0.list_changes.get();
            let Some(store) = self.store() else { return Vec::new() };
            let (overview, kept) = join(read_list(&store), store.kept()).await;
            if !self.is_shown(&store) {
                // Another person's list is shown by now.
                return Vec::new();
            }
            if self.0.list_changes.get() == changes {
                break (store, overview, kept);
            }
        };
        if self.0.list_turns.get() != turn {
            // A later call shows the list that it reads.
            return listed;
        }
        let last = listed.first().map_or(0, |last| last.touched);
        self.0.last_touch.set(last.max(self.0.last_touch.get()));
        self.signals().listed.set(listed.clone());
        self.signals().tickets.set(tickets);
        self.signals().damaged.set(damaged);
        // Things that can't be read now are still there.
        if let Ok(kept) = kept {
            self.refresh_kept(&store, &listed, kept).await;
        }
        listed
    }

    /// Notes a change of the visible list: a read that is under way may be older than it.
    pub(super) fn list_changes(&self) {
        self.0.list_changes.set(self.0.list_changes.get().wrapping_add(1));
    }

    /// Opens an inspection and waits until all items that apply are rendered.
    ///
    /// # Errors
    /// When it is not there, or can't be read.
    pub async fn open_inspection(&self, id: &InspectionId) -> Result<(), Failure> {
        if self.open().is_some_and(|open| open.header.with_untracked(|header| header.id == *id)) {
            self.show(Screen::Answering);
            return Ok(());
        }
        let (inspection, progress) = self.load(id).await?;
        self.show_inspection(inspection, progress).await;
        Ok(())
    }

    /// Opens an inspection where the person left it. Returns the item to focus.
    ///
    /// # Errors
    /// When it is not there, or can't be read.
    pub async fn continue_inspection(&self, id: &InspectionId) -> Result<Option<String>, Failure> {
        self.open_inspection(id).await?;
        Ok(self.store().and_then(|store| prefs::get(store.namespace(), &place_name(id))))
    }

    /// Remembers the item at which the person is.
    pub fn remember_place(&self, item: &str) {
        if let (Some(store), Some(id)) = (self.store(), self.open_id()) {
            _ = prefs::set(store.namespace(), &place_name(&id), item);
        }
    }

    pub(super) async fn show_inspection(
        &self,
        inspection: Inspection,
        progress: Option<StoredProgress>,
    ) {
        let open = Open::new(inspection, clock::today());
        open.take_progress(progress);
        let signals = self.signals();
        self.clear_notices();
        signals.screen.set(Screen::Loading);
        signals.open.set(Some(Arc::new(open)));
        signals.screen.set(Screen::Answering);
        self.look_for_newer();
        self.0.rendered.wait().await;
    }

    /// Goes back to the list of inspections.
    pub fn close(&self) {
        self.show(Screen::Home);
        self.signals().open.set(None);
        let app = self.clone();
        leptos::task::spawn_local(async move {
            app.refresh_list().await;
            // The store's own event tells of a failure.
            _ = app.flush().await;
            app.follow_namespace_soon();
        });
    }

    /// Deletes an inspection so that it can be undeleted.
    pub async fn delete(&self, id: &InspectionId) {
        let at = clock::now().to_string();
        if self.change_stored_header(id, |stored| stored.deleted_at = Some(at)).await {
            let words = self.words();
            let text =
                if self.is_waiting(id) { words.home_deleted_unsent } else { words.home_deleted };
            self.notify(text.to_owned(), Some(Undo::Deletion(id.clone())));
        }
    }

    /// Takes a deletion back.
    pub async fn undelete(&self, id: &InspectionId) {
        if self.change_stored_header(id, |stored| stored.deleted_at = None).await {
            self.withdraw_deletion(id);
            self.notify(self.words().home_restored.to_owned(), None);
        }
    }

    fn withdraw_deletion(&self, id: &InspectionId) {
        self.withdraw(|undo| matches!(undo, Undo::Deletion(deleted) if deleted == id));
    }

    /// Deletes an inspection for good.
    pub async fn purge(&self, id: &InspectionId) {
        let Some(store) = self.store() else { return };
        self.withdraw_deletion(id);
        prefs::remove(store.namespace(), &place_name(id));
        if let Err(error) = store.purge(id).await {
            self.report_failure(&error.into());
        }
        self.refresh_list().await;
    }

    /// Downloads the texts that could not be read as a file.
    pub async fn download_aside(&self) {
        let Some(store) = self.store() else { return };
        let asides = store.aside().await;
        let list: Vec<_> = asides
            .iter()
            .map(|aside| serde_json::json!({"origin": aside.origin, "at": aside.at, "text": aside.text}))
            .collect();
        let text = serde_json::Value::from(list).to_string();
        let saved =
            download::save_file("tu-kiem-tra_set-aside.json", "application/json", text.as_bytes());
        if saved.is_err() {
            self.warn(self.words().export_failed.to_owned());
        }
    }

    async fn change_stored_header(
        &self,
        id: &InspectionId,
        change: impl FnOnce(&mut StoredHeader),
    ) -> bool {
        let Some(store) = self.store() else { return false };
        let records = match store.load(id).await {
            Ok(records) => records,
            Err(error) => {
                self.report_failure(&error.into());
                return false;
            }
        };
        let header = records.into_iter().find(|record| record.key.part == Part::Header);
        let stored = header.and_then(|record| serde_json::from_str(&record.body).ok());
        let Some(mut stored): Option<StoredHeader> = stored else { return false };
        change(&mut stored);
        put_json(&store, Key { inspection: id.clone(), part: Part::Header }, &stored);
        _ = store.flush().await;
        self.refresh_list().await;
        true
    }
}

/// The inspections of a store, for the list of them.
#[derive(Default)]
pub(super) struct Overview {
    /// The inspections that can be opened, newest first, with deleted ones that can be undeleted.
    pub listed: Vec<Listed>,
    /// The tickets of their reports that were sent.
    pub tickets: BTreeMap<InspectionId, Ticket>,
    /// The inspections whose headers can't be read. They may have answers.
    pub damaged: Vec<InspectionId>,
}

/// Reads the inspections of a store.
pub(super) async fn read_list(store: &Store) -> Overview {
    let mut progress: BTreeMap<InspectionId, StoredProgress> = BTreeMap::new();
    let mut overview = Overview::default();
    let mut headers = Vec::new();
    let mut damaged = BTreeSet::new();
    for (number, record) in store.headers().await.into_iter().enumerate() {
        rest_after(number).await;
        let id = record.key.inspection.clone();
        match record.key.part {
            Part::Progress => {
                let read = serde_json::from_str(&record.body);
                progress.extend(read.map(|read| (id.clone(), read)));
                damaged.insert(id);
            }
            Part::Upload => overview.tickets.extend(ticket_in(&record).map(|read| (id, read))),
            _ => headers.push(record),
        }
    }
    for (number, record) in headers.into_iter().enumerate() {
        rest_after(number).await;
        let stored: Option<StoredHeader> = serde_json::from_str(&record.body).ok();
        let id = &record.key.inspection;
        match stored.and_then(|stored| Listed::new(stored, progress.remove(id))) {
            Some(entry) => {
                damaged.remove(id);
                overview.listed.push(entry);
            }
            None => {
                damaged.insert(id.clone());
                store.set_aside(record);
            }
        }
    }
    overview.listed.sort_by_key(|listed| {
        let updated_at = listed.header.updated_at.milliseconds();
        std::cmp::Reverse((listed.touched, updated_at))
    });
    overview.damaged = damaged.into_iter().collect();
    overview
}

/// Lets whatever waits go first after each piece of a long list, so that a slow device stays free
/// for the person.
async fn rest_after(number: usize) {
    if number % PIECE == PIECE - 1 {
        pause().await;
    }
}

/// Returns the name of the preference that holds the person's place in an inspection.
pub(super) fn place_name(id: &InspectionId) -> String {
    ["place:", id.as_str()].concat()
}

/// Returns the progress record of an inspection.
pub(super) fn progress_of(open: &Open) -> (Key, String) {
    let id = open.header.with_untracked(|header| header.id.clone());
    (Key { inspection: id, part: Part::Progress }, json(&open.progress()))
}

/// Puts a value under a key and returns its revision.
pub(super) fn put_json(store: &Store, key: Key, value: &impl serde::Serialize) -> u64 {
    store.put(key, json(value))
}

/// Returns a value as JSON text.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    // Only values that JSON can't hold fail, and there are none of these here.
    serde_json::to_string(value).unwrap_or_default()
}
