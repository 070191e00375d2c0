//! Restoring a backup: a preview of the outcome, and the restore once the person agrees.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;

use super::attachments::{lacking, missing, restore_attachments};
use super::back_up::by_inspection;
use super::bundle::Attachments;
use super::incoming::Incoming;
use super::{App, Failure, Open, Workspace};
use crate::attachments::digests_in;
use crate::backup::wire::{RawAside, RawInspection, RawWorkspace};
use crate::backup::{Backup, Fate, Merged, id_beside, merge};
use crate::browser::clock;
use crate::inspection::InspectionId;
use crate::messages::{Messages, fill};
use crate::storage::{Step, Store, prefs};
use crate::stored::{Aside, Part, Record, ticket_in};
use crate::upload::Ticket;

/// A backup that waits for the person's decision.
#[derive(Clone)]
pub struct PendingRestore {
    /// The content of the file.
    pub backup: Arc<Backup>,
    /// The files that belong to it.
    pub attachments: Attachments,
    /// The outcome of restoring it.
    pub outcome: Outcome,
}

/// The number of inspections for each fate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Inspections that are new here.
    pub new: usize,
    /// Inspections that get newer versions of something, also those that are older in part.
    pub newer: usize,
    /// Inspections that are newer here.
    pub older: usize,
    /// Inspections that are the same here.
    pub same: usize,
    /// Inspections that are put beside another one with their id.
    pub beside: usize,
    /// Texts that could not be read and are not known here.
    pub aside: usize,
    /// Files that inspections here have attached and that are lacking here.
    pub files: usize,
}

impl Outcome {
    /// Returns whether restoring changes something.
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
    /// Computes the outcome of restoring a backup and waits for the person.
    pub(super) async fn ask_to_restore(
        &self,
        backup: Backup,
        attachments: Attachments,
    ) -> Result<(), Failure> {
        self.look_for_workspaces().await;
        let mut outcome = Outcome::default();
        for raw in &backup.raw().workspaces {
            let store = match self.workspace_for(raw) {
                Some(workspace) => Some(self.store_of(&workspace).await),
                None => None,
            };
            for there in &raw.inspections {
                let Some(store) = &store else {
                    outcome.add(Fate::New);
                    continue;
                };
                let merged = merged_with(store, there).await?;
                let lacks_checklist = !checklists_of(store, there, &backup).await?.is_empty();
                outcome.add(match merged.fate {
                    Fate::Same | Fate::Older if lacks_checklist => Fate::Newer,
                    fate => fate,
                });
                let is_here = matches!(merged.fate, Fate::Same | Fate::Older);
                if let Some(id) = InspectionId::parse(&merged.write.id).filter(|_| is_here) {
                    outcome.files += lacking(store, &id, there, &attachments).await?.len();
                }
            }
            outcome.aside += match &store {
                Some(store) => new_asides(raw, store).await.len(),
                None => raw.set_aside.len(),
            };
        }
        let pending = PendingRestore { backup: Arc::new(backup), attachments, outcome };
        self.signals().pending_restore.set(Some(pending));
        Ok(())
    }

    /// Restores the pending backup if the person agreed.
    pub async fn decide_restore(&self, go: bool) {
        let pending = self.signals().pending_restore.get_untracked();
        self.signals().pending_restore.set(None);
        let Some(pending) = pending.filter(|_| go) else { return };
        let incoming = Incoming::begin(self);
        let restored = self.restore_backup(&incoming, &pending).await;
        if !incoming.is_wanted() {
            return;
        }
        match restored {
            Ok(outcome) => {
                self.accept_loss();
                self.notify(outcome.sentence(self.words()), None);
            }
            Err(failure) => self.report_failure(&failure),
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
                // Earlier versions of this program put deleted workspaces into backups.
                None if raw.inspections.is_empty() && raw.set_aside.is_empty() => continue,
                None => self.add_workspace(&raw.id, &raw.name).await?,
            };
            let store = self.store_of(&workspace).await;
            for (there, number) in raw.inspections.iter().zip(1_usize..) {
                incoming.restoring(number, raw.inspections.len());
                outcome.add(self.restore_one(incoming, &store, backup, there, attachments).await?);
            }
            let aside = new_asides(raw, &store).await;
            if !aside.is_empty() {
                outcome.aside += aside.len();
                store.commit(Step { aside, ..Step::default() }).await?;
            }
            for (name, value) in &raw.preferences {
                if prefs::get(store.namespace(), name).is_none() {
                    _ = prefs::set(store.namespace(), name, value);
                }
            }
        }
        Ok(outcome)
    }

    /// Restores one inspection in one step and returns its fate. Restoring again continues where an
    /// interrupted restore stopped.
    async fn restore_one(
        &self,
        incoming: &Incoming,
        store: &Store,
        backup: &Backup,
        there: &RawInspection,
        attachments: &Attachments,
    ) -> Result<Fate, Failure> {
        let merged = merged_with(store, there).await?;
        let id = &merged.write.id;
        // The files come before the records that name them, so that a name never lacks its bytes.
        let beside = InspectionId::parse(id);
        if let Some(id) = &beside {
            let files = lacking(store, id, there, attachments).await?;
            restore_attachments(incoming, store, id, there, files).await?;
        }
        incoming.go_on()?;
        let restored: Vec<_> = records_of(&merged.write).map(held).collect();
        let checklists = checklists_of(store, there, backup).await?;
        if !(restored.is_empty() && checklists.is_empty()) {
            store.commit(Step { restored, checklists, ..Step::default() }).await?;
            // Before they were named, another window may have swept the files.
            if let Some(id) = &beside {
                let files = missing(store, id, there, attachments).await?;
                restore_attachments(incoming, store, id, there, files).await?;
            }
        }
        if merged.fate == Fate::Mixed {
            self.count_anew(store, id).await;
        }
        Ok(merged.fate)
    }

    /// Returns the workspace here for one of a backup: the one with its id, or else with its name.
    fn workspace_for(&self, raw: &RawWorkspace) -> Option<Workspace> {
        let all = self.workspaces();
        let by_id = all.iter().find(|workspace| workspace.id == raw.id);
        let by_name =
            || all.iter().find(|known| known.name.to_lowercase() == raw.name.to_lowercase());
        by_id.or_else(by_name).cloned()
    }

    /// Counts the progress of an inspection anew, as its answers now come from two sides.
    pub(super) async fn count_anew(&self, store: &Store, id: &str) {
        let Some(id) = InspectionId::parse(id) else { return };
        // Unreadable records are told when the inspection is opened.
        if let Ok((inspection, progress)) = self.load_from(store, &id).await {
            let open = Open::new(inspection, clock::today());
            open.take_progress(progress);
            // It is unknown which of the answers were in the last export.
            open.is_changed.set(true);
            self.put_progress(store, &open);
        }
    }
}

/// Returns the result of merging a backup's inspection with the records that a store has now.
async fn merged_with(store: &Store, there: &RawInspection) -> Result<Merged, Failure> {
    let mut known = BTreeMap::new();
    for id in [there.id.clone(), id_beside(there)] {
        if let Some(parsed) = InspectionId::parse(&id) {
            let here = by_inspection(store.stored(&parsed).await?);
            known.extend(here.into_iter().map(|inspection| (inspection.id, inspection.records)));
        }
        if !known.contains_key(&id) {
            // An inspection that is not here is not beside anything.
            break;
        }
    }
    Ok(merge(there, |id| known.get(id).cloned().unwrap_or_default()))
}

/// Returns the texts that were set aside where the backup was made and that are not known here.
async fn new_asides(raw: &RawWorkspace, store: &Store) -> Vec<Aside> {
    let here = store.aside().await;
    let here: BTreeSet<_> = here.iter().map(|aside| (&aside.origin, &aside.text)).collect();
    let is_new = |aside: &&RawAside| !here.contains(&(&aside.origin, &aside.text));
    let new = raw.set_aside.iter().filter(is_new).cloned();
    new.map(|RawAside { origin, at, text }| Aside { origin, text, at }).collect()
}

/// Returns the checklists of a backup's inspection that are missing or unreadable here.
async fn checklists_of(
    store: &Store,
    inspection: &RawInspection,
    backup: &Backup,
) -> Result<Vec<(String, String)>, Failure> {
    // Only headers name checklists.
    let headers = inspection.records.iter().filter(|record| record.is(&Part::Header));
    let names: BTreeSet<_> = headers.flat_map(|header| digests_in(&header.body)).collect();
    let mut lacking = Vec::new();
    for name in names {
        let there = backup.raw().checklists.get_key_value(&name.to_string());
        if let Some((sha256, json)) = there
            && store.checklist(sha256).await?.is_none()
        {
            lacking.push((sha256.clone(), json.to_string()));
        }
    }
    Ok(lacking)
}

/// Returns a backup's record as it is stored here. A report that waits to be sent is held for the
/// person, who may have sent it long ago. The stamp stays, so that a later state from the origin is
/// newer.
fn held(record: Record) -> Record {
    let held = ticket_in(&record).map(Ticket::held);
    match held.and_then(|ticket| serde_json::to_string(&ticket).ok()) {
        Some(body) => Record { body, ..record },
        None => record,
    }
}

/// Returns a backup's records as a store has them. Invalid records were refused when the file was
/// read.
fn records_of(inspection: &RawInspection) -> impl Iterator<Item = Record> + use<'_> {
    let id = InspectionId::parse(&inspection.id);
    inspection.records.iter().filter_map(move |record| record.to_record(id.as_ref()?))
}
