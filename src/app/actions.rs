//! What a person or a host does with an inspection: starting, answering, completing.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::shelf::{put_json, read_entry};
use super::stored::{StoredChecklist, StoredHeader, StoredProgress};
use super::{App, Failure, HostEvent, Open, OpenItem, Undo};
use crate::browser::{clock, fetch};
use crate::checklist::{Checklist, ChecklistId, QuestionId, builtin};
use crate::evaluation::Verdict;
use crate::inspection::{
    Answer, Completion, Edit, Header, Inspection, InspectionId, Period, RawAnswer, Status, Unit,
};
use crate::storage::{Key, Part, Record, Store, prefs};
use leptos::prelude::*;

/// The largest checklist file that is read, in bytes.
const MAX_CHECKLIST: usize = 2_000_000;

/// What an inspection is started with.
pub struct NewInspection {
    /// The checklist.
    pub checklist: Arc<Checklist>,
    /// The unit that inspects itself.
    pub unit: Unit,
    /// The time that it speaks of.
    pub period: Period,
    /// The body that gets the report.
    pub superior: Option<String>,
    /// Who inspects.
    pub inspectors: Vec<String>,
    /// The answers to the checklist's questions.
    pub questions: BTreeMap<QuestionId, bool>,
}

impl App {
    /// A compiled-in checklist by its id, or another one by its URL.
    ///
    /// # Errors
    /// When there is none of that name, or the file can't be fetched or read.
    pub async fn checklist(&self, name: &str) -> Result<Arc<Checklist>, Failure> {
        if let Some(known) = self.0.fetched.borrow().get(name) {
            return Ok(known.clone());
        }
        let checklist = match builtin(name) {
            Some(parsed) => parsed,
            // An id without a file: not a place that could be fetched by mistake.
            None if ChecklistId::new(name).is_ok() => {
                return Err(Failure::UnknownChecklist(name.to_owned()));
            }
            None => {
                let text = fetch::fetch_text(name, MAX_CHECKLIST).await;
                Checklist::parse(&text.map_err(Failure::ChecklistUnreachable)?)
            }
        };
        let checklist = Arc::new(checklist.map_err(Failure::InvalidChecklist)?);
        self.0.fetched.borrow_mut().insert(name.to_owned(), checklist.clone());
        Ok(checklist)
    }

    /// Starts an inspection, opens it and waits until its items are in the page.
    ///
    /// # Errors
    /// When this component was removed from its page.
    pub async fn start(&self, new: NewInspection) -> Result<InspectionId, Failure> {
        let store = self.store().ok_or(Failure::NoInspection)?;
        let now = clock::now();
        let id = InspectionId::from_random(clock::random_bytes());
        prefs::set(store.namespace(), "unit", &new.unit.name);
        prefs::set(store.namespace(), "unit-type", new.unit.kind.name());
        let header = Header {
            id: id.clone(),
            status: Status::InProgress,
            created_at: now.clone(),
            updated_at: now,
            completed: None,
            imported_as_of: None,
            period: new.period,
            unit: new.unit,
            superior: new.superior,
            inspectors: new.inspectors,
            questions: new.questions,
        };
        let inspection = Inspection { header, checklist: new.checklist, entries: BTreeMap::new() };
        self.put_inspection(&store, &inspection).await;
        self.show_inspection(inspection, None).await;
        // The list of inspections tells how many items there are, also before the first answer.
        if let Some(open) = self.open() {
            self.put_progress(&store, &open);
        }
        Ok(id)
    }

    /// The unit that was entered last on this device.
    #[must_use]
    pub fn last_unit(&self) -> (Option<String>, Option<String>) {
        let get = |name| prefs::get(&self.0.namespace, name);
        (get("unit"), get("unit-type"))
    }

    /// Stores a whole inspection: its checklist, its header and its entries.
    pub(super) async fn put_inspection(&self, store: &Store, inspection: &Inspection) {
        let Inspection { header, checklist, entries } = inspection;
        // The checklist first: a header must never name one that is not there. Should it fail, the
        // header's own write fails as well and says so.
        let definition = checklist.definition().to_string();
        _ = store.put_checklist(&checklist.digest().to_string(), &definition).await;
        self.put_header(store, header, checklist);
        for (item, entry) in entries {
            let key = Key { inspection: header.id.clone(), part: Part::Item(item.clone()) };
            put_json(store, key, &entry.to_raw());
        }
    }

    fn put_header(&self, store: &Store, header: &Header, checklist: &Checklist) {
        let stored = StoredHeader {
            header: header.to_raw(),
            checklist: StoredChecklist::of(checklist),
            deleted_at: None,
        };
        put_json(store, Key { inspection: header.id.clone(), part: Part::Header }, &stored);
    }

    /// Carries out an edit that a person made in a field of the page.
    pub fn edit(&self, item: &Arc<OpenItem>, edit: Edit) {
        let Some(open) = self.open() else { return };
        self.unfix(&open);
        open.judge_anew(clock::today());
        if let Ok(verdict) = open.edit(item, edit, clock::today()) {
            self.store_entry(&open, item, verdict);
        }
    }

    /// Carries out an edit that changes other fields of the item too, and has them shown anew.
    pub fn edit_and_refresh(&self, item: &Arc<OpenItem>, edit: Edit) {
        self.edit(item, edit);
        item.refreshed.update(|times| *times = times.wrapping_add(1));
    }

    /// Removes a row of a roster and offers to take that back.
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

    /// Takes back what a notice offers to take back.
    pub async fn undo(&self, undo: Undo) {
        match undo {
            Undo::Deletion(id) => self.restore(&id).await,
            Undo::Completion(id) if self.open_id() == Some(id.clone()) => {
                self.change_header(|header| {
                    // Something may have been changed since: then it stays amended.
                    if header.status == Status::Completed {
                        header.status = Status::InProgress;
                        header.completed = None;
                    }
                });
            }
            Undo::Completion(_) => {}
            Undo::Row(inspection, id, index, row) => {
                let item = self.open().and_then(|open| open.item(id.as_str()).cloned());
                if let Some(item) = item.filter(|_| self.open_id() == Some(inspection)) {
                    // The rows after it have other places now.
                    self.edit_and_refresh(&item, Edit::InsertRow(index, row));
                }
            }
        }
    }

    /// Puts an answer of the report's shape in the place of an item's answer.
    ///
    /// # Errors
    /// When no inspection is open, it has no such item, or the answer does not fit the item.
    pub fn set_answer(&self, item: &str, raw: RawAnswer) -> Result<Verdict, Failure> {
        let open = self.open().ok_or(Failure::NoInspection)?;
        let item = open.item(item).ok_or_else(|| Failure::UnknownItem(item.to_owned()))?;
        let answer = Answer::from_raw(raw, &item.item).map_err(Failure::InvalidAnswer)?;
        self.unfix(&open);
        open.judge_anew(clock::today());
        let mut entry = item.entry.get_untracked();
        entry.answer = answer;
        let verdict = open.replace(item, entry, clock::today());
        self.store_entry(&open, item, verdict);
        Ok(verdict)
    }

    /// Something is about to change: a completed inspection becomes an amended one, and one that
    /// came from a report is judged as of today again.
    fn unfix(&self, open: &Open) {
        let is_fixed = open.header.with_untracked(|header| {
            header.status == Status::Completed || header.imported_as_of.is_some()
        });
        if is_fixed {
            self.change_header(|header| {
                if header.status == Status::Completed {
                    header.status = Status::Amended;
                }
            });
        }
    }

    fn store_entry(&self, open: &Open, item: &OpenItem, verdict: Verdict) {
        let Some(store) = self.store() else { return };
        let now = clock::now();
        let updated_at = now.clone();
        open.header.update_untracked(|header| header.updated_at = updated_at);
        let inspection = open.header.with_untracked(|header| header.id.clone());
        let key = Key { inspection: inspection.clone(), part: Part::Item(item.item.id.clone()) };
        let revision = item.entry.with_untracked(|entry| put_json(&store, key, &entry.to_raw()));
        self.put_progress(&store, open);
        let items = vec![(item.item.id.clone(), revision, verdict)];
        self.tell(HostEvent::Change { inspection, items });
    }

    /// Stores how far the open inspection is.
    pub(super) fn put_progress(&self, store: &Store, open: &Open) {
        let exported_at = open.exported_at.get_untracked();
        let (id, updated_at) =
            open.header.with_untracked(|header| (header.id.clone(), header.updated_at.clone()));
        let progress = open.summary.with_untracked(|summary| {
            StoredProgress::of(&summary.all, &updated_at, exported_at.as_ref())
        });
        put_json(store, Key { inspection: id, part: Part::Progress }, &progress);
    }

    /// Changes what is said of the open inspection as a whole, and stores it.
    pub fn change_header(&self, change: impl FnOnce(&mut Header)) {
        let (Some(open), Some(store)) = (self.open(), self.store()) else { return };
        open.change_header(clock::today(), |header| {
            change(header);
            header.imported_as_of = None;
            header.updated_at = clock::now();
        });
        open.header.with_untracked(|header| self.put_header(&store, header, &open.checklist));
        self.put_progress(&store, &open);
    }

    /// Completes the open inspection: from now on it is judged as of today.
    pub fn complete(&self) {
        self.change_header(|header| {
            if header.completed.is_none() {
                header.status = Status::Completed;
                header.completed = Some(Completion { at: clock::now(), as_of: clock::today() });
            }
        });
        let undo = self.open_id().map(Undo::Completion);
        self.notify(self.words().result_completed.to_owned(), undo);
    }

    /// Opens a completed inspection for changes.
    pub fn amend(&self) {
        self.change_header(|header| header.status = Status::Amended);
    }

    /// Waits until all that was entered is in the vault.
    ///
    /// # Errors
    /// When storing fails.
    pub async fn flush(&self) -> Result<(), Failure> {
        let Some(store) = self.store() else { return Ok(()) };
        Ok(store.flush().await?)
    }

    /// Has everything stored at once, without waiting: a field was left.
    pub fn save_now(&self) {
        let app = self.clone();
        // What fails here is told by the store's own event.
        leptos::task::spawn_local(async move { _ = app.flush().await });
    }
}

/// Takes over what another tab or element wrote.
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
                app.announce(app.words().saving_other_tab.to_owned());
            }
        }
        Part::Header => {
            let stored: Option<StoredHeader> = serde_json::from_str(&record.body).ok();
            if let Some(header) = stored.and_then(|stored| Header::from_raw(stored.header).ok()) {
                open.change_header(clock::today(), |own| *own = header);
            }
        }
        Part::Progress => {}
    }
}
