//! Backing up: everything of all workspaces in one file.

use std::collections::BTreeMap;

use serde_json::Value;

use super::attachments::{NotBackedUp, bundled_backup};
use super::{App, Workspace};
use crate::attachments::MAX_BACKUP_WITH_ATTACHMENTS;
use crate::backup::wire::{RawAside, RawBackup, RawInspection, RawRecord, RawWorkspace};
use crate::backup::{Backup, FORMAT, FORMAT_VERSION, KEPT_PREFERENCES, file_name};
use crate::browser::{clock, download};
use crate::checklist::{Digest, canonical_json};
use crate::messages::fill;
use crate::report::wire::RawGenerator;
use crate::storage::{Aside, Record, Store, Whole, prefs};

impl App {
    /// Hands everything to the person as one file: all workspaces with all that is stored in them.
    /// Gives the sentence that she is told.
    pub async fn back_up_all(&self) -> String {
        let now = clock::now();
        let mut backup = RawBackup {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            generator: RawGenerator::this(),
            made_at: now.to_string(),
            complete: true,
            workspaces: Vec::new(),
            checklists: BTreeMap::new(),
            attachments: BTreeMap::new(),
            integrity: None,
        };
        let mut attached = BTreeMap::new();
        for workspace in self.look_for_workspaces().await.workspaces {
            let store = self.store_of(&workspace).await;
            let (whole, trouble) = store.whole().await;
            backup.complete &= trouble.is_none() && whole.lost.is_empty();
            match store.attachments(None).await {
                Ok(keys) => {
                    attached.extend(keys.into_iter().map(|key| (key.sha256, (store.clone(), key))));
                }
                Err(_) => backup.complete = false,
            }
            let raw = raw_workspace(workspace, &store, whole, &mut backup.checklists);
            backup.workspaces.push(raw);
        }
        let (name, is_complete) = (file_name(now.day()), backup.complete);
        let file = bundled_backup(&Backup::write(backup), &name, attached).await;
        let words = self.words();
        let text = match file.map(|file| download::save_blob(&name, &file)) {
            Ok(Ok(())) if is_complete => words.backup_done,
            Ok(Ok(())) => words.backup_incomplete,
            Err(NotBackedUp::TooLarge) => words.backup_too_large,
            Ok(Err(_)) | Err(NotBackedUp::Failed) => words.export_failed,
        };
        let limit = (MAX_BACKUP_WITH_ATTACHMENTS / 1024 / 1024).to_string();
        let text = fill(text, &[("file", &name), ("limit", &limit)]);
        self.notify(text.clone(), None);
        text
    }

    /// The store of a workspace, be it shown or not.
    pub(super) async fn store_of(&self, workspace: &Workspace) -> Store {
        let namespace = workspace.namespace(&self.namespace());
        match self.store().filter(|shown| shown.namespace() == namespace) {
            Some(shown) => shown,
            None => Store::open(&namespace, |_| {}).await,
        }
    }
}

fn raw_workspace(
    workspace: Workspace,
    store: &Store,
    whole: Whole,
    checklists: &mut BTreeMap<String, Value>,
) -> RawWorkspace {
    let Whole { records, checklists: texts, mut aside, .. } = whole;
    for (sha256, text) in texts {
        match definition(&sha256, &text) {
            Some(definition) => _ = checklists.insert(sha256, definition),
            // What does not fit its name could not be restored: it goes along as it is.
            None => aside.push(Aside {
                origin: ["checklists/", &sha256].concat(),
                at: clock::now().to_string(),
                text,
            }),
        }
    }
    let kept = KEPT_PREFERENCES
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), prefs::get(store.namespace(), name)?)));
    let set_aside =
        aside.into_iter().map(|Aside { origin, text, at }| RawAside { origin, at, text });
    RawWorkspace {
        id: workspace.id,
        name: workspace.name,
        preferences: kept.collect(),
        inspections: by_inspection(records),
        set_aside: set_aside.collect(),
    }
}

fn definition(sha256: &str, text: &str) -> Option<Value> {
    let definition: Value = serde_json::from_str(text).ok()?;
    let bytes = canonical_json(&definition).ok()?;
    (Digest::of(&bytes).to_string() == sha256).then_some(definition)
}

/// Records of a store as a backup has them.
pub(super) fn by_inspection(records: Vec<Record>) -> Vec<RawInspection> {
    let mut inspections: BTreeMap<String, Vec<RawRecord>> = BTreeMap::new();
    for Record { key, stamp, body } in records {
        inspections.entry(key.inspection.to_string()).or_default().push(RawRecord {
            part: key.part.as_str().to_owned(),
            revision: stamp.revision,
            writer: stamp.writer.as_str().to_owned(),
            body,
        });
    }
    let inspections = inspections.into_iter();
    inspections.map(|(id, records)| RawInspection { id, records }).collect()
}
