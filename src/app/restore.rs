//! Restoring a backup: saying what would come of it, and doing it when the person agrees.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::attachments::{lacking, restore_attachments};
use super::back_up::by_inspection;
use super::bundle::{Attachments, Bundle, read_bundle};
use super::incoming::Incoming;
use super::stored::ticket_in;
use super::{App, Failure, Open, Workspace};
use crate::attachments::MAX_BACKUP_WITH_ATTACHMENTS;
use crate::backup::wire::{RawInspection, RawRecord, RawWorkspace};
use crate::backup::{Backup, Fate, MAX_BACKUP, Merged, merge, read_backup};
use crate::browser::clock;
use crate::browser::download::ReadError;
use crate::inspection::InspectionId;
use crate::messages::{Messages, fill};
use crate::report::{ImportError, import};
use crate::storage::{Aside, Key, Part, Record, Stamp, Store, Whole, WriterId, prefs};
use crate::upload::Ticket;

/// A backup that waits for the person to say whether it is to be restored.
#[derive(Clone)]
pub struct PendingRestore {
    /// What is in the file.
    pub backup: Arc<Backup>,
    /// The files that go along with it.
    pub attachments: Attachments,
    /// What would come of it.
    pub outcome: Outcome,
}

/// How many inspections have which fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Come to be here.
    pub new: usize,
    /// Get newer versions of something, or are older in part.
    pub newer: usize,
    /// Are newer here.
    pub older: usize,
    /// Are the same.
    pub same: usize,
    /// Are put beside what has their id here.
    pub beside: usize,
    /// Texts that could not be read, and are not known here.
    pub aside: usize,
    /// Files that are attached to inspections which are here, and are not here themselves.
    pub files: usize,
}

impl Outcome {
    /// Whether restoring changes something.
    #[must_use]
    pub const fn changes(&self) -> bool {
        self.new + self.newer + self.beside + self.aside + self.files > 0
    }

    fn add(&mut self, fate: Fate) {
        *match fate {
            Fate::New => &mut self.new,
            Fate::Newer | Fate::Mixed => &mut self.newer,
            Fate::Older => &mut self.older,
            Fate::Same => &mut self.same,
            Fate::Beside => &mut self.beside,
        } += 1;
    }

    fn sentence(&self, words: &Messages) -> String {
        let Self { new, newer, beside, .. } = self;
        let values =
            [("new", new), ("newer", newer), ("beside", beside)].map(|(n, v)| (n, v.to_string()));
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fill(words.restore_done, &values)
    }
}

impl App {
    /// The person chose a file to restore. A report is as welcome.
    pub async fn restore_file(&self, file: web_sys::File) {
        self.clear_notices();
        let incoming = Incoming::begin(self);
        incoming.reading();
        let result = match read_bundle(&file, MAX_BACKUP, MAX_BACKUP_WITH_ATTACHMENTS).await {
            Ok(Bundle { text, attachments }) => match read_backup(&text) {
                Ok(backup) => self.ask_to_restore(backup, attachments).await,
                Err(ImportError::Foreign) => match import(&text) {
                    Ok(inspection) => self.ask_or_take_in(inspection, attachments).await,
                    Err(ImportError::Foreign) => Err(Failure::Backup(ImportError::Foreign)),
                    Err(error) => Err(Failure::Import(error)),
                },
                Err(error) => Err(Failure::Backup(error)),
            },
            Err(Failure::File(ReadError::TooLarge { limit, .. })) => {
                Err(Failure::Backup(ImportError::TooLarge { limit }))
            }
            Err(Failure::Import(error)) => Err(Failure::Backup(error)),
            Err(failure) => Err(failure),
        };
        self.report_unless_erased(&incoming, result);
    }

    /// Says what would come of restoring a backup, and waits for the person.
    pub(super) async fn ask_to_restore(
        &self,
        backup: Backup,
        attachments: Attachments,
    ) -> Result<(), Failure> {
        let mut outcome = Outcome::default();
        for raw in &backup.raw().workspaces {
            let whole = match self.workspace_for(raw) {
                Some(workspace) => self.whole_of(&self.store_of(&workspace).await).await?,
                None => Whole::default(),
            };
            let plan = Plan::of(raw, &whole);
            plan.merged.iter().for_each(|merged| outcome.add(merged.fate));
            outcome.aside += plan.aside.len();
            outcome.files += self.count_lacking(raw, &plan, &attachments).await?;
        }
        let pending = PendingRestore { backup: Arc::new(backup), attachments, outcome };
        self.signals().pending_restore.set(Some(pending));
        Ok(())
    }

    /// How many files the backup brings to inspections that are here already.
    async fn count_lacking(
        &self,
        raw: &RawWorkspace,
        plan: &Plan,
        attachments: &Attachments,
    ) -> Result<usize, Failure> {
        let Some(workspace) = self.workspace_for(raw) else { return Ok(0) };
        let store = self.store_of(&workspace).await;
        let mut count = 0;
        for (merged, there) in plan.merged.iter().zip(&raw.inspections) {
            let is_here = matches!(merged.fate, Fate::Same | Fate::Older);
            if let Some(id) = InspectionId::parse(&merged.write.id).filter(|_| is_here) {
                count += lacking(&store, &id, there, attachments).await?.len();
            }
        }
        Ok(count)
    }

    /// The person said whether a backup is to be restored.
    pub async fn decide_restore(&self, go: bool) {
        let pending = self.signals().pending_restore.get_untracked();
        self.signals().pending_restore.set(None);
        let Some(pending) = pending.filter(|_| go) else { return };
        let incoming = Incoming::begin(self);
        let restored = self.restore_backup(&incoming, &pending).await;
        let told = restored.map(|outcome| self.notify(outcome.sentence(self.words()), None));
        self.report_unless_erased(&incoming, told);
        if !incoming.is_wanted() {
            return;
        }
        drop(incoming);
        self.refresh_list().await;
        self.check_health().await;
    }

    async fn restore_backup(
        &self,
        incoming: &Incoming,
        pending: &PendingRestore,
    ) -> Result<Outcome, Failure> {
        let PendingRestore { backup, attachments, .. } = pending;
        let mut outcome = Outcome::default();
        for raw in &backup.raw().workspaces {
            let workspace = match self.workspace_for(raw) {
                Some(workspace) => workspace,
                None => self.add_workspace(&raw.id, &raw.name)?,
            };
            let store = self.store_of(&workspace).await;
            // The files before the records that name them: then nothing is half should the page be closed.
            let plan = Plan::of(raw, &self.whole_of(&store).await?);
            plan.restore_files(incoming, &store, raw, attachments).await?;
            // Anew: another tab may have written meanwhile.
            let whole = self.whole_of(&store).await?;
            let plan = Plan::of(raw, &whole);
            plan.merged.iter().for_each(|merged| outcome.add(merged.fate));
            outcome.aside += plan.aside.len();
            store.restore(plan.to_write(backup, &whole)).await?;
            // Another window may have taken the files for forgotten ones before they were named.
            plan.restore_files(incoming, &store, raw, attachments).await?;
            for merged in plan.merged.iter().filter(|merged| merged.fate == Fate::Mixed) {
                self.count_anew(&store, &merged.write.id).await;
            }
            for (name, value) in &raw.preferences {
                if prefs::get(store.namespace(), name).is_none() {
                    _ = prefs::set(store.namespace(), name, value);
                }
            }
        }
        Ok(outcome)
    }

    async fn whole_of(&self, store: &Store) -> Result<Whole, Failure> {
        match store.whole().await {
            (whole, None) => Ok(whole),
            (_, Some(error)) => Err(error.into()),
        }
    }

    /// The workspace here that a backup's belongs to: that of its id, or of its name.
    fn workspace_for(&self, raw: &RawWorkspace) -> Option<Workspace> {
        let all = self.workspaces();
        let by_id = all.iter().find(|workspace| workspace.id == raw.id);
        let by_name =
            || all.iter().find(|known| known.name.to_lowercase() == raw.name.to_lowercase());
        by_id.or_else(by_name).cloned()
    }

    /// How far an inspection is follows from its answers, which now come from two sides.
    pub(super) async fn count_anew(&self, store: &Store, id: &str) {
        let Some(id) = InspectionId::parse(id) else { return };
        // What can't be read is told when it is opened.
        if let Ok((inspection, progress)) = self.load_from(store, &id).await {
            let open = Open::new(inspection, clock::today());
            open.take_progress(progress);
            // Which of the answers were in the last export is not known any more.
            open.is_changed.set(true);
            self.put_progress(store, &open);
        }
    }
}

/// What restoring one workspace comes to.
struct Plan {
    merged: Vec<Merged>,
    aside: Vec<Aside>,
}

impl Plan {
    fn of(raw: &RawWorkspace, here: &Whole) -> Self {
        let known = by_inspection(here.records.clone());
        let known: BTreeMap<String, Vec<RawRecord>> =
            known.into_iter().map(|inspection| (inspection.id, inspection.records)).collect();
        let known = |id: &str| known.get(id).cloned().unwrap_or_default();
        let new = raw.set_aside.iter().filter(|aside| {
            !here.aside.iter().any(|known| known.origin == aside.origin && known.text == aside.text)
        });
        let new = new.cloned().map(|aside| Aside {
            origin: aside.origin,
            text: aside.text,
            at: aside.at,
        });
        Self {
            merged: raw.inspections.iter().map(|inspection| merge(inspection, known)).collect(),
            aside: new.collect(),
        }
    }

    /// Puts the backup's files beside the inspections that name them and lack them.
    async fn restore_files(
        &self,
        incoming: &Incoming,
        store: &Store,
        raw: &RawWorkspace,
        attachments: &Attachments,
    ) -> Result<(), Failure> {
        for (merged, there) in self.merged.iter().zip(&raw.inspections) {
            let id = &merged.write.id;
            restore_attachments(incoming, store, id, there, attachments).await?;
        }
        Ok(())
    }

    fn to_write(&self, backup: &Backup, here: &Whole) -> Whole {
        let records = self.merged.iter().flat_map(|merged| records_of(&merged.write));
        let is_here = |record: &Record| {
            here.records.iter().any(|known| known.key == record.key && known.stamp >= record.stamp)
        };
        let written = |record| if is_here(&record) { record } else { held(record) };
        let mut records: Vec<_> = records.map(written).collect();
        records.sort_by(|a, b| a.key.cmp(&b.key));
        let checklists = backup.raw().checklists.iter().filter(|(sha256, _)| {
            // Only headers name checklists.
            let mut headers = records.iter().filter(|record| record.key.part == Part::Header);
            headers.any(|header| header.body.contains(sha256.as_str()))
                && here.checklists.iter().all(|(known, _)| known != *sha256)
        });
        let checklists =
            checklists.map(|(sha256, json)| (sha256.clone(), json.to_string())).collect();
        Whole { records, checklists, aside: self.aside.clone() }
    }
}

/// A backup's record as it is written here: a report that waits to be sent waits for the person, who may have
/// sent it long since. Its stamp stays, so that whatever became of it where it comes from is newer.
fn held(record: Record) -> Record {
    let held = ticket_in(&record).map(Ticket::held);
    match held.and_then(|ticket| serde_json::to_string(&ticket).ok()) {
        Some(body) => Record { body, ..record },
        None => record,
    }
}

/// A backup's records as a store has them. What is no record was refused when the file was read.
fn records_of(inspection: &RawInspection) -> impl Iterator<Item = Record> + use<'_> {
    inspection.records.iter().filter_map(|record| {
        let inspection = InspectionId::parse(&inspection.id)?;
        let key = Key { inspection, part: Part::parse(&record.part)? };
        let writer = WriterId::parse(&record.writer)?;
        let stamp = Stamp { revision: record.revision, writer };
        Some(Record { key, stamp, body: record.body.clone() })
    })
}
