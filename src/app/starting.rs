//! Starting an inspection: the checklist that it follows, and its first records.

use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::reading::stored_checklist;
use super::shelf::{json, progress_of};
use super::{App, Failure, Open};
use crate::browser::{clock, fetch};
use crate::checklist::{Checklist, ChecklistId, QuestionId, builtin};
use crate::inspection::{Earlier, Entries, Header, Inspection, InspectionId, Period, Status, Unit};
use crate::report::write_earlier;
use crate::storage::{Step, Store, prefs};
use crate::stored::{BY_DIGEST, Key, Part, StoredChecklist, StoredHeader};

/// The largest checklist file that is read, in bytes.
pub(super) const MAX_CHECKLIST: usize = 2_000_000;

/// The name of a checklist by its digest.
#[must_use]
pub fn name_by_digest(checklist: &Checklist) -> String {
    [BY_DIGEST, &checklist.digest().to_string()].concat()
}

/// The data with which an inspection is started.
pub struct NewInspection {
    /// The checklist.
    pub checklist: Arc<Checklist>,
    /// The unit that inspects itself.
    pub unit: Unit,
    /// The time under inspection.
    pub period: Period,
    /// The body that gets the report.
    pub superior: Option<String>,
    /// The inspectors.
    pub inspectors: Vec<String>,
    /// The answers to the checklist's questions.
    pub questions: BTreeMap<QuestionId, bool>,
    /// The entries taken over from an earlier inspection.
    pub entries: Entries,
}

impl App {
    /// Returns a compiled-in checklist by its id, or another one by its URL.
    ///
    /// # Errors
    /// When there is none of that name, or the file can't be fetched or read.
    pub async fn checklist(&self, name: &str) -> Result<Arc<Checklist>, Failure> {
        if let Some(known) = self.0.fetched.borrow().get(name) {
            return Ok(known.clone());
        }
        let checklist = match builtin(name) {
            Some(builtin) => builtin.read(),
            None if name.starts_with(BY_DIGEST) => return self.own_checklist(name).await,
            // An id without a checklist must not be fetched as a URL by mistake.
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
        self.look_for_newer();
        Ok(checklist)
    }

    /// Returns a checklist that the person opened from a file, or that an inspection here has.
    async fn own_checklist(&self, name: &str) -> Result<Arc<Checklist>, Failure> {
        let own = self.signals().own_checklists.get_untracked();
        if let Some(opened) = own.into_iter().find(|own| name_by_digest(own) == name) {
            return Ok(opened);
        }
        let store = self.store().ok_or(Failure::UnknownInspection)?;
        let stored = stored_checklist(&store, name.trim_start_matches(BY_DIGEST)).await?;
        stored.ok_or_else(|| Failure::UnknownChecklist(name.to_owned()))
    }

    /// Starts an inspection, opens it and waits until its items are rendered.
    ///
    /// # Errors
    /// When no store is open, or the host's namespace changed and unsaved data can't be stored.
    pub async fn start(&self, new: NewInspection) -> Result<InspectionId, Failure> {
        self.follow_namespace().await?;
        let store = self.store().ok_or(Failure::NoInspection)?;
        let now = clock::now();
        let id = InspectionId::from_random(clock::random_bytes());
        _ = prefs::set(store.namespace(), "unit", &new.unit.name);
        _ = prefs::set(store.namespace(), "unit-type", new.unit.kind.name());
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
        let NewInspection { checklist, entries, .. } = new;
        let inspection =
            Inspection { header, checklist, entries, earlier: Vec::new(), details: None };
        let open = Open::new(inspection.clone(), clock::today());
        self.touch(&open);
        let mut step = step_of(&inspection);
        step.put.push(progress_of(&open));
        // The store's own event tells of a failure; work goes on.
        store.commit_or_hold(step).await;
        self.show_inspection(inspection, Some(open.progress())).await;
        Ok(id)
    }

    /// Returns the name and the type of the unit that was last entered on this device.
    #[must_use]
    pub fn last_unit(&self) -> (Option<String>, Option<String>) {
        let namespace = self.storage_namespace();
        let get = |name| prefs::get(&namespace, name);
        (get("unit"), get("unit-type"))
    }
}

/// Returns the header record of an inspection that is here.
pub(super) fn header_of(
    store: &Store,
    header: &Header,
    checklist: &Checklist,
    earlier: &[Earlier],
) -> (Key, String) {
    let key = Key { inspection: header.id.clone(), part: Part::Header };
    let known = store.known(&key);
    let known = known.and_then(|known| serde_json::from_str::<StoredHeader>(&known.body).ok());
    let (lineage, deleted_at) =
        known.map(|known| (known.lineage, known.deleted_at)).unwrap_or_default();
    let stored = StoredHeader { lineage, deleted_at, ..stored_header(header, checklist, earlier) };
    (key, json(&stored))
}

/// Returns the records of a whole inspection: its checklist, its header and its entries.
pub(super) fn step_of(inspection: &Inspection) -> Step {
    let Inspection { header, checklist, entries, earlier, details } = inspection;
    // Revisions elsewhere say nothing about revisions that are counted from here on.
    let lineage = Some(InspectionId::from_random(clock::random_bytes()).to_string());
    let stored = StoredHeader { lineage, ..stored_header(header, checklist, earlier) };
    let key = |part| Key { inspection: header.id.clone(), part };
    let mut put = vec![(key(Part::Header), json(&stored))];
    put.extend(
        entries.iter().map(|(item, entry)| (key(Part::Item(item.clone())), json(&entry.to_raw()))),
    );
    put.extend(details.iter().map(|details| (key(Part::Document), json(details))));
    Step { checklists: vec![stored_definition(checklist)], put, ..Step::default() }
}

/// Returns the digest and the text of a checklist for storing.
pub(super) fn stored_definition(checklist: &Checklist) -> (String, String) {
    (checklist.digest().to_string(), checklist.definition().to_string())
}

fn stored_header(header: &Header, checklist: &Checklist, earlier: &[Earlier]) -> StoredHeader {
    StoredHeader {
        header: header.to_raw(),
        checklist: StoredChecklist::of(checklist),
        earlier: write_earlier(earlier, header),
        lineage: None,
        deleted_at: None,
    }
}
