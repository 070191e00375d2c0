//! The things that were taken away and are kept: they can be taken back, also after a reload.
//!
//! An inspection in whose place a report was put, a roster that was emptied, an answer that was
//! cleared, and an answer or a text of the printed report that gave way to another window's. Each
//! lies under the key of the record that took its place, so there is at most one of each.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::reading::{read_entry, stored_checklist};
use super::shelf::{json, put_json};
use super::{App, Failure, Listed, OnConflict, Open, Undo};
use crate::browser::clock;
use crate::checklist::{Item, ItemId};
use crate::inspection::{Header, InspectionId, RawHeader, Status};
use crate::report::{Report, import};
use crate::storage::Store;
use crate::stored::{Detail, Key, Part, Record, StoredProgress};

/// A kept body that can be restored.
#[derive(Clone)]
pub struct Kept {
    /// The inspection that it belongs to, as it is now.
    pub listed: Listed,
    /// The part of the inspection.
    pub what: What,
}

/// The part that is kept of an inspection.
#[derive(Clone)]
pub enum What {
    /// The whole inspection, as it was.
    Whole,
    /// The answer to an item, with the item's number.
    Answer(Arc<Item>, usize),
    /// The text of a field of the printed report.
    Detail(Detail),
}

impl Kept {
    /// Returns the undo that takes it back.
    #[must_use]
    pub fn undo(&self) -> Undo {
        let part = match &self.what {
            What::Whole => Part::Header,
            What::Answer(item, _) => Part::Item(item.id.clone()),
            What::Detail(detail) => Part::Detail(*detail),
        };
        Undo::Kept(Key { inspection: self.listed.id.clone(), part })
    }
}

/// An inspection as it was before a report took its place.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct KeptInspection {
    /// The header as it was. The report's header is bound to the day of the report.
    header: RawHeader,
    report: Value,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    progress: Option<StoredProgress>,
    #[serde(default)]
    deleted: bool,
}

impl App {
    /// Returns the body to keep of a whole inspection. Returns `None` if it is not there or damaged
    /// as a whole.
    ///
    /// # Errors
    /// When it can't be read now: nothing may take its place then.
    pub(super) async fn as_it_is(&self, id: &InspectionId) -> Result<Option<String>, Failure> {
        let (inspection, progress) = match self.load(id).await {
            Ok(loaded) => loaded,
            Err(Failure::UnknownInspection | Failure::DamagedInspection) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let kept = KeptInspection {
            header: inspection.header.to_raw(),
            report: Report::of(&inspection, clock::today()).json(),
            progress,
            // A deleted inspection can be undeleted as well.
            deleted: !self.has(id).await?,
        };
        Ok(Some(json(&kept)))
    }

    /// Shows the kept bodies.
    pub(super) async fn refresh_kept(
        &self,
        store: &Store,
        listed: &[Listed],
        records: Vec<Record>,
    ) {
        let mut all = Vec::new();
        let mut checklists = BTreeMap::new();
        for record in records {
            let Some(listed) = listed.iter().find(|l| l.id == record.key.inspection) else {
                continue;
            };
            let what = match &record.key.part {
                Part::Item(id) => {
                    let sha256 = &listed.checklist.sha256;
                    if !checklists.contains_key(sha256) {
                        let read = stored_checklist(store, sha256).await;
                        checklists.insert(sha256, read.ok().flatten());
                    }
                    let Some(Some(checklist)) = checklists.get(sha256) else { continue };
                    let items = checklist.items.iter().enumerate();
                    let Some((number, item)) = items.into_iter().find(|(_, item)| item.id == *id)
                    else {
                        continue;
                    };
                    // It may be of another kind since, in a newer version of the checklist; and
                    // what is completed is opened for changes first.
                    let fits = read_entry(checklist, id.as_str(), &record.body).is_some();
                    if !fits || listed.header.status == Status::Completed {
                        continue;
                    }
                    What::Answer(item.clone(), number + 1)
                }
                Part::Header => What::Whole,
                Part::Detail(detail) => What::Detail(*detail),
                Part::Progress | Part::Upload | Part::Outbox | Part::Document => continue,
            };
            all.push(Kept { listed: listed.clone(), what });
        }
        self.signals().kept.set(all);
    }

    /// Takes back what is kept. What is there now is kept in its place, so that this can be taken
    /// back as well.
    ///
    /// # Errors
    /// When it is not there any more, or can't be stored.
    pub(super) async fn take_back(&self, key: &Key) -> Result<(), Failure> {
        let store = self.store().ok_or(Failure::NoInspection)?;
        let id = &key.inspection;
        let was_open = self.open_id().as_ref() == Some(id);
        let kept = store.kept().await?.into_iter().find(|kept| kept.key == *key);
        let kept = kept.ok_or(Failure::UnknownInspection)?;
        let again = match &key.part {
            Part::Item(item) => self.take_answer_back(id, item, &kept).await?,
            Part::Detail(detail) => self.take_detail_back(&store, *detail, &kept).await?,
            _ => self.take_inspection_back(&kept).await?,
        };
        if again.is_none() {
            store.release(key);
        }
        self.flush().await?;
        self.refresh_list().await;
        if was_open {
            self.open_inspection(id).await?;
        }
        self.notify(self.words().kept_taken_back.to_owned(), again);
        Ok(())
    }

    /// Drops a kept body that the person does not want.
    pub async fn let_go(&self, undo: &Undo) {
        if let (Some(store), Undo::Kept(key)) = (self.store(), undo) {
            store.release(key);
            self.withdraw(|undo| matches!(undo, Undo::Kept(offered) if offered == key));
            // The store's own event tells of a failure.
            _ = store.flush().await;
            self.refresh_list().await;
        }
    }

    /// Restores the kept text of a field of the printed report.
    async fn take_detail_back(
        &self,
        store: &Store,
        detail: Detail,
        kept: &Record,
    ) -> Result<Option<Undo>, Failure> {
        let text: String =
            serde_json::from_str(&kept.body).map_err(|_| Failure::DamagedInspection)?;
        let key = kept.key.clone();
        let now = self.details_of(&key.inspection).await?;
        let now = now.map(|now| now.get(detail)).filter(|now| !now.is_empty());
        let again = now.and_then(|now| serde_json::to_string(&now).ok());
        Ok(match again {
            Some(kept) => {
                store.put_keeping(key.clone(), json(&text), kept);
                Some(Undo::Kept(key))
            }
            None => {
                put_json(store, key, &text);
                None
            }
        })
    }

    async fn take_answer_back(
        &self,
        id: &InspectionId,
        item: &ItemId,
        kept: &Record,
    ) -> Result<Option<Undo>, Failure> {
        self.open_inspection(id).await?;
        let open = self.open().ok_or(Failure::NoInspection)?;
        let item = open.item(item.as_str()).ok_or(Failure::DamagedInspection)?;
        let entry = read_entry(&open.checklist, item.item.id.as_str(), &kept.body);
        let entry = entry.ok_or(Failure::DamagedInspection)?;
        if entry.is_evidence_alone() {
            // An answer that was entered since stays.
            self.put_evidence_back(item, &entry.evidence, entry.evidence.clone());
            return Ok(None);
        }
        let now = Some(item.entry.get_untracked()).filter(|now| !now.is_blank());
        self.put_entry_back(&open, item, entry, now.as_ref());
        Ok(now.map(|_| Undo::Kept(kept.key.clone())))
    }

    async fn take_inspection_back(&self, kept: &Record) -> Result<Option<Undo>, Failure> {
        let kept: KeptInspection =
            serde_json::from_str(&kept.body).map_err(|_| Failure::DamagedInspection)?;
        let mut inspection = import(kept.report.to_string().as_bytes()).map_err(Failure::Import)?;
        inspection.header =
            Header::from_raw(kept.header).map_err(|_| Failure::DamagedInspection)?;
        let open = Open::new(inspection.clone(), clock::today());
        open.take_progress(kept.progress);
        let (id, again) =
            self.take_in(inspection, OnConflict::Replace, Some(open.progress())).await?;
        self.refresh_list().await;
        if kept.deleted {
            self.delete(&id).await;
        }
        Ok(again)
    }
}
