//! Actions of a person or a host on the open inspection: answering, completing.

use std::sync::Arc;

use super::reading::read_entry;
use super::shelf::{json, progress_of};
use super::starting::header_of;
use super::undo::Edited;
use super::{App, Failure, HostEvent, Open, OpenItem, Undo};
use crate::browser::clock;
use crate::evaluation::Verdict;
use crate::inspection::{Answer, Completion, Edit, Entry, Header, RawAnswer, Status};
use crate::report::read_earlier;
use crate::storage::Store;
use crate::stored::{Key, Part, Record, StoredHeader, StoredProgress};
use leptos::prelude::*;

impl App {
    /// Carries out an edit that a person made in a field of the page.
    pub fn edit(&self, item: &Arc<OpenItem>, edit: Edit) {
        self.carry_out(item, edit, None);
    }

    /// Carries out an edit and returns whether that was possible. `kept` is the entry to keep for
    /// undo.
    pub(super) fn carry_out(&self, item: &Arc<OpenItem>, edit: Edit, kept: Option<&Entry>) -> bool {
        let Some(open) = self.open() else { return false };
        // Another inspection may have been opened during a wait.
        let is_of_open = open.item(item.item.id.as_str()).is_some_and(|own| Arc::ptr_eq(own, item));
        let Some(store) = self.store().filter(|_| is_of_open) else { return false };
        self.carry_out_in(&store, &open, item, edit, kept)
    }

    /// Carries out an edit in an inspection that need not be the one that is shown. `store` holds
    /// it.
    pub(super) fn carry_out_in(
        &self,
        store: &Store,
        open: &Open,
        item: &OpenItem,
        edit: Edit,
        kept: Option<&Entry>,
    ) -> bool {
        self.unfix(store, open);
        // One day for the whole edit, though midnight may be near.
        let today = clock::today();
        open.judge_anew(today);
        let verdict = open.edit(item, edit, today);
        if let Ok(verdict) = verdict {
            self.store_entry(store, open, item, verdict, kept);
        }
        verdict.is_ok()
    }

    /// Carries out an edit that changes other fields of the item too, and makes the fields show it.
    pub fn edit_and_refresh(&self, item: &Arc<OpenItem>, edit: Edit) {
        self.edit(item, edit);
        item.refresh();
    }

    /// Carries out an edit that removes something or adds much at once, and offers undo. An entry
    /// that is removed whole is kept, so that undo works after a reload too. Returns whether the
    /// edit was carried out.
    pub fn edit_with_undo(&self, item: &Arc<OpenItem>, edit: Edit, text: String) -> bool {
        let Some(id) = self.open_id() else { return false };
        let before = item.entry.get_untracked();
        let takes_all = match &edit {
            Edit::Clear => true,
            Edit::SetRows(rows) => rows.is_empty(),
            _ => false,
        };
        let is_done = self.carry_out(item, edit, takes_all.then_some(&before));
        if is_done {
            let undo = if takes_all {
                Undo::Kept(Key { inspection: id, part: Part::Item(item.item.id.clone()) })
            } else {
                let after = item.entry.get_untracked();
                Undo::Edit(id, item.item.id.clone(), Box::new(Edited { before, after }))
            };
            self.notify(text, Some(undo));
        }
        is_done
    }

    /// Removes a row of a roster and offers undo.
    pub fn remove_row(&self, item: &Arc<OpenItem>, index: usize) {
        let rows = item.entry.with_untracked(|entry| match &entry.answer.entered {
            crate::inspection::Entered::Roster(rows) => rows.get(index).cloned(),
            _ => None,
        });
        let Some(row) = rows else { return };
        self.edit(item, Edit::RemoveRow(index));
        let Some(id) = self.open_id() else { return };
        let undo = Undo::Row(id, item.item.id.clone(), index, row);
        self.notify(self.words().roster_removed.to_owned(), Some(undo));
    }

    /// Replaces an item's answer by one of the report's shape.
    ///
    /// # Errors
    /// When no inspection is open, it has no such item, or the answer does not fit the item.
    pub fn set_answer(&self, item: &str, raw: RawAnswer) -> Result<Verdict, Failure> {
        let (open, store) = self.open().zip(self.store()).ok_or(Failure::NoInspection)?;
        let item = open.item(item).ok_or_else(|| Failure::UnknownItem(item.to_owned()))?;
        let own = item.entry.with_untracked(|entry| entry.own);
        let answer = Answer::from_raw(raw, &item.item, own).map_err(Failure::InvalidAnswer)?;
        self.unfix(&store, &open);
        let today = clock::today();
        open.judge_anew(today);
        let mut entry = item.entry.get_untracked();
        entry.answer = answer;
        let verdict = open.replace(item, entry, today);
        self.store_entry(&store, &open, item, verdict, None);
        Ok(verdict)
    }

    /// Prepares the inspection for a change. A completed inspection becomes an amended one, and one
    /// that came from a report is judged by today's date again.
    pub(super) fn unfix(&self, store: &Store, open: &Open) {
        let is_fixed = open.header.with_untracked(|header| {
            header.status == Status::Completed || header.imported_as_of.is_some()
        });
        if is_fixed {
            self.change_header_of(store, open, |header| {
                if header.status == Status::Completed {
                    header.status = Status::Amended;
                }
            });
        }
    }

    pub(super) fn store_entry(
        &self,
        store: &Store,
        open: &Open,
        item: &OpenItem,
        verdict: Verdict,
        kept: Option<&Entry>,
    ) {
        item.elsewhere.set(false);
        open.header.update_untracked(|header| header.updated_at = clock::now());
        self.touch_in(store, open);
        let inspection = open.header.with_untracked(|header| header.id.clone());
        let key = Key { inspection: inspection.clone(), part: Part::Item(item.item.id.clone()) };
        // The progress comes first: if the page dies in between, a change is told that was not
        // made, rather than none where there was one.
        self.put_progress(store, open);
        let body = item.entry.with_untracked(|entry| json(&entry.to_raw()));
        let revision = match kept {
            Some(kept) => store.put_keeping(key, body, json(&kept.to_raw())),
            None => store.put(key, body),
        };
        let items = vec![(item.item.id.clone(), revision, verdict)];
        // The host is told nothing about other workspaces.
        if self.is_shown(store) {
            self.tell(HostEvent::Change { inspection, items });
        }
    }

    fn touch_in(&self, store: &Store, open: &Open) {
        if self.is_shown(store) {
            self.touch(open);
        } else {
            // The order of another workspace's inspections is not known here.
            open.is_changed.set(true);
        }
    }

    /// Notes that something was entered. The inspection becomes the last one that was worked on,
    /// and its last export is out of date.
    pub(super) fn touch(&self, open: &Open) {
        let last = self.0.last_touch.get();
        if open.touched.get_untracked() < last || last == 0 {
            self.0.last_touch.set(last.saturating_add(1));
            open.touched.set(last.saturating_add(1));
        }
        open.is_changed.set(true);
    }

    /// Notes how far another window is in the order of touches.
    pub(super) fn note_touch(&self, record: &Record) {
        if record.key.part == Part::Progress
            && let Ok(progress) = serde_json::from_str::<StoredProgress>(&record.body)
        {
            self.0.last_touch.set(self.0.last_touch.get().max(progress.touched));
        }
    }

    /// Stores the progress of an inspection.
    pub(super) fn put_progress(&self, store: &Store, open: &Open) {
        let (key, body) = progress_of(open);
        store.put(key, body);
    }

    /// Changes the header of the open inspection and stores it.
    pub fn change_header(&self, change: impl FnOnce(&mut Header)) {
        if let Some((open, store)) = self.open().zip(self.store()) {
            self.change_header_of(&store, &open, change);
        }
    }

    fn change_header_of(&self, store: &Store, open: &Open, change: impl FnOnce(&mut Header)) {
        open.change_header(clock::today(), |header| {
            change(header);
            header.imported_as_of = None;
            header.updated_at = clock::now();
        });
        self.touch_in(store, open);
        self.put_progress(store, open);
        let earlier = open.earlier.get_untracked();
        let (key, body) = open
            .header
            .with_untracked(|header| header_of(store, header, &open.checklist, &earlier));
        store.put(key, body);
    }

    /// Completes the open inspection, which is judged by this day from now on. `reason` says why it
    /// is completed although something is missing.
    pub fn complete(&self, reason: Option<String>) {
        let incomplete_reason = reason.filter(|reason| !reason.trim().is_empty());
        self.change_header(|header| {
            if header.completed.is_none() {
                header.status = Status::Completed;
                let (at, as_of) = (clock::now(), clock::today());
                header.completed = Some(Completion { at, as_of, incomplete_reason });
            }
        });
        let undo = self.open_id().map(Undo::Completion);
        self.notify(self.words().result_completed.to_owned(), undo);
    }

    /// Reopens a completed inspection for changes.
    pub fn amend(&self) {
        self.change_header(|header| header.status = Status::Amended);
    }

    /// Waits until all entered data is in the vault.
    ///
    /// # Errors
    /// When storing fails.
    pub async fn flush(&self) -> Result<(), Failure> {
        let Some(store) = self.store() else { return Ok(()) };
        Ok(store.flush().await?)
    }

    /// Stores everything at once without waiting, as a field lost focus.
    pub fn save_now(&self) {
        let app = self.clone();
        // Failures are reported by the store's own event.
        leptos::task::spawn_local(async move { _ = app.flush().await });
    }
}

/// Takes over a record that another tab or element wrote.
pub(super) fn apply_record(app: &App, record: &Record) {
    let Some(open) = app.open() else { return };
    if open.header.with_untracked(|header| header.id != record.key.inspection) {
        return;
    }
    match &record.key.part {
        Part::Item(id) => {
            let entry = read_entry(&open.checklist, id.as_str(), &record.body);
            if let (Some(item), Some(entry)) = (open.item(id.as_str()), entry) {
                open.replace(item, entry, clock::today());
                item.elsewhere.set(true);
                app.announce(app.words().saving_other_tab.to_owned());
            } else if open.earlier.with_untracked(|earlier| !earlier.is_empty()) {
                // A window that had not heard of the move wrote it. It is one of the earlier
                // answers.
                app.reopen(&record.key.inspection, None);
            }
        }
        Part::Header => {
            let stored: Option<StoredHeader> = serde_json::from_str(&record.body).ok();
            let Some(stored) = stored else { return };
            if stored.deleted_at.is_some() {
                app.leave_deleted();
                return;
            }
            if stored.checklist.sha256 != open.checklist.digest().to_string() {
                // The checklist has other items now.
                app.reopen(&record.key.inspection, Some(stored.checklist.version));
                return;
            }
            if let Ok(earlier) = read_earlier(stored.earlier) {
                open.earlier.set(earlier);
            }
            if let Ok(header) = Header::from_raw(stored.header) {
                // An undo would now change a completed inspection without a question.
                if header.status == Status::Completed {
                    app.clear_notices();
                }
                open.change_header(clock::today(), |own| *own = header);
            }
        }
        Part::Progress => open.take_progress(serde_json::from_str(&record.body).ok()),
        Part::Document | Part::Detail(_) => open.given.hear(record),
        // They belong to the list, which is read anew.
        Part::Upload | Part::Outbox => {}
    }
}
