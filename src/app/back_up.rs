//! Backing up everything of all workspaces in one file.

use std::collections::BTreeMap;

use serde_json::Value;

use super::backed_up::{Attached, Bundled};
use super::lacking::with_lacks;
use super::{App, Workspace};
use crate::backup::wire::{RawAside, RawBackup, RawInspection, RawRecord, RawWorkspace};
use crate::backup::{FORMAT, FORMAT_VERSION, KEPT_PREFERENCES, file_name, fitting};
use crate::browser::{clock, download};
use crate::checklist::{Digest, canonical_json};
use crate::messages::{Messages, fill};
use crate::report::wire::RawGenerator;
use crate::storage::{Store, prefs};
use crate::stored::{Aside, Record, Whole};

impl App {
    /// Downloads a backup of everything that is stored in all workspaces. Returns the sentence for
    /// the person.
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
        let mut attached = Attached::default();
        for workspace in self.look_for_workspaces().await.workspaces {
            let store = self.store_of(&workspace).await;
            let (whole, trouble) = store.whole().await;
            backup.complete &= trouble.is_none() && whole.lost.is_empty();
            match store.attachments(None).await {
                Ok(keys) => attached.note(&store, keys),
                Err(_) => backup.complete = false,
            }
            let raw = raw_workspace(workspace, &store, whole, &mut backup);
            attached.note_named(&store, &raw);
            backup.workspaces.push(raw);
        }
        let name = file_name(now.day());
        let words = self.words();
        let saved = match attached.bundled(backup, &name).await {
            Ok(Bundled { file, is_complete, lacking }) => {
                let lacks = self.lacks_of_all(&lacking).await;
                let saved = download::save_blob(&name, &file);
                let saved = saved.map(|()| told(&name, is_complete, lacks, words));
                saved.map_err(|_| words.export_failed.to_owned())
            }
            Err(why) => Err(why.sentence(words)),
        };
        match &saved {
            Ok(text) => self.notify(text.clone(), None),
            Err(text) => self.warn(text.clone()),
        }
        saved.unwrap_or_else(|text| text)
    }

    /// Returns the store of any workspace.
    pub(super) async fn store_of(&self, workspace: &Workspace) -> Store {
        let namespace = workspace.namespace(&self.namespace());
        match self.store().filter(|shown| shown.namespace() == namespace) {
            Some(shown) => shown,
            None => Store::open(&namespace, |_| {}).await,
        }
    }
}

/// Returns the sentence for the person when the file is being downloaded.
fn told(name: &str, is_complete: bool, lacks: Vec<String>, words: &Messages) -> String {
    let count = lacks.len().to_string();
    let with_name = |sentence| fill(sentence, &[("file", name), ("count", &count)]);
    match (is_complete, lacks.is_empty()) {
        (true, true) => with_name(words.backup_done),
        (false, true) => with_name(words.backup_incomplete),
        (true, false) => with_lacks(with_name(words.backup_lacks), lacks, words),
        (false, false) => {
            let both = [words.backup_incomplete, words.backup_lacks].map(with_name);
            with_lacks(both.join("\n"), lacks, words)
        }
    }
}

fn raw_workspace(
    workspace: Workspace,
    store: &Store,
    whole: Whole,
    backup: &mut RawBackup,
) -> RawWorkspace {
    let Whole { records, checklists: texts, mut aside, .. } = whole;
    for (sha256, text) in texts {
        match definition(&sha256, &text) {
            Some(definition) => _ = backup.checklists.insert(sha256, definition),
            // A text that does not match its name could not be restored. It is put with the texts
            // set aside.
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
    let mut set_aside: Vec<_> = set_aside.collect();
    let inspections = by_inspection(records).into_iter().map(|inspection| {
        let (inspection, aside) = fitting(inspection, &backup.made_at);
        backup.complete &= aside.is_empty();
        set_aside.extend(aside);
        inspection
    });
    let inspections = inspections.collect();
    RawWorkspace {
        id: workspace.id,
        name: workspace.name,
        preferences: kept.collect(),
        inspections,
        set_aside,
    }
}

fn definition(sha256: &str, text: &str) -> Option<Value> {
    let definition: Value = serde_json::from_str(text).ok()?;
    let bytes = canonical_json(&definition).ok()?;
    (Digest::of(&bytes).to_string() == sha256).then_some(definition)
}

/// Returns the records of a store as a backup has them.
pub(super) fn by_inspection(records: Vec<Record>) -> Vec<RawInspection> {
    let mut inspections: BTreeMap<String, Vec<RawRecord>> = BTreeMap::new();
    for record in records {
        inspections.entry(record.key.inspection.to_string()).or_default().push(record.into());
    }
    let inspections = inspections.into_iter();
    inspections.map(|(id, records)| RawInspection { id, records }).collect()
}
