//! The files of a backup: bundling them, and checking them in the finished file.

use std::collections::{BTreeMap, BTreeSet};

use web_sys::Blob;

use super::bundle::read_back;
use super::bundling::{Bundling, Carrier};
use super::lacking::{Lacking, reason};
use super::{App, Failure};
use crate::attachments::{MAX_BACKUP_WITH_ATTACHMENTS, can_be_read};
use crate::backup::wire::{RawBackup, RawWorkspace};
use crate::backup::{Backup, MAX_BACKUP, evidence_in, read_backup};
use crate::browser::office::NotMade;
use crate::checklist::Digest;
use crate::inspection::InspectionId;
use crate::messages::{Messages, fill};
use crate::storage::{AttachmentKey, Lack, Store};
use crate::words;

const LIMITS: [usize; 2] = [MAX_BACKUP, MAX_BACKUP_WITH_ATTACHMENTS];

/// The files that are attached to all inspections.
#[derive(Default)]
pub(super) struct Attached {
    /// The places of each file. Several inspections may have the same one.
    places: BTreeMap<Digest, Vec<(Store, AttachmentKey)>>,
    expected: Vec<Expected>,
}

/// The files that an inspection names, with their file names.
struct Expected {
    store: Store,
    inspection: String,
    names: BTreeMap<Digest, String>,
}

/// A backup as one file that was read back.
pub(super) struct Bundled {
    pub file: Blob,
    /// Whether all stored records are in it.
    pub is_complete: bool,
    pub lacking: Vec<Lacks>,
}

/// The files of an inspection that a backup lacks.
pub(super) struct Lacks {
    expected: Expected,
    lacking: Lacking,
}

/// The reason why there is no backup.
pub(super) enum NotBackedUp {
    /// Its text alone would be larger than [`MAX_BACKUP`], and could not be restored.
    TextTooLarge,
    /// It would be larger than [`MAX_BACKUP_WITH_ATTACHMENTS`], and could not be restored.
    TooLarge,
    /// It was read back and could not be restored.
    Unfit(Failure),
    /// Something in it can't be read, or the browser has no room for it.
    Failed,
}

impl<E: Into<NotMade>> From<E> for NotBackedUp {
    fn from(_: E) -> Self {
        Self::Failed
    }
}

impl NotBackedUp {
    /// Returns the sentence for the person.
    pub fn sentence(&self, words: &Messages) -> String {
        let [of_text, of_all] = LIMITS.map(|limit| (limit / 1024 / 1024).to_string());
        match self {
            Self::TextTooLarge => fill(words.backup_text_too_large, &[("limit", &of_text)]),
            Self::TooLarge => fill(words.backup_too_large, &[("limit", &of_all)]),
            Self::Unfit(why) => fill(words.backup_unfit, &[("reason", &why.sentence(words))]),
            Self::Failed => words.export_failed.to_owned(),
        }
    }
}

impl Attached {
    /// Notes the files in a store.
    pub fn note(&mut self, store: &Store, keys: Vec<AttachmentKey>) {
        for key in keys {
            self.places.entry(key.sha256).or_default().push((store.clone(), key));
        }
    }

    /// Notes the files that a workspace's inspections name.
    pub fn note_named(&mut self, store: &Store, workspace: &RawWorkspace) {
        for inspection in &workspace.inspections {
            let names = evidence_in(inspection);
            if !names.is_empty() {
                let inspection = inspection.id.clone();
                self.expected.push(Expected { store: store.clone(), inspection, names });
            }
        }
    }

    /// Bundles the backup and all readable files into one file, and reads that back. The backup is
    /// complete only if it has every file that an inspection names.
    ///
    /// # Errors
    /// The reason why there is no backup.
    pub async fn bundled(self, mut backup: RawBackup, name: &str) -> Result<Bundled, NotBackedUp> {
        let mut bundling = Bundling::begin(Carrier::Json, name).await?;
        let mut added = BTreeSet::new();
        let mut failed = Lacking::new();
        for (sha256, places) in self.places {
            for (store, key) in places {
                match store.attachment(&key).await {
                    Ok(Ok(bytes)) => {
                        bundling.add(name, sha256, &bytes.to_vec())?;
                        added.insert(sha256);
                        break;
                    }
                    Ok(Err(lack)) => _ = failed.insert(sha256, lack),
                    Err(_) => return Err(NotBackedUp::Failed),
                }
            }
            if bundling.added() > MAX_BACKUP_WITH_ATTACHMENTS {
                return Err(NotBackedUp::TooLarge);
            }
        }
        let lacking = self.expected.into_iter().filter_map(|expected| {
            let lacks = expected.names.keys().filter(|sha256| !added.contains(*sha256));
            let why = |sha256| failed.get(sha256).copied().unwrap_or(Lack::Missing);
            let lacking: Lacking = lacks.map(|sha256| (*sha256, why(sha256))).collect();
            (!lacking.is_empty()).then_some(Lacks { expected, lacking })
        });
        let lacking: Vec<_> = lacking.collect();
        let is_complete = backup.complete;
        backup.complete &= lacking.is_empty();
        let file = finished(bundling, &Backup::write(backup))?;
        // The written parts are not held any more while the file is read.
        let (text, found) = read_back(&file, LIMITS).await.map_err(NotBackedUp::Unfit)?;
        read_backup(&text).map_err(|error| NotBackedUp::Unfit(Failure::Backup(error)))?;
        if found == added {
            Ok(Bundled { file, is_complete, lacking })
        } else {
            Err(NotBackedUp::Failed)
        }
    }
}

fn finished(bundling: Bundling, text: &[u8]) -> Result<Blob, NotBackedUp> {
    // A few bytes stand between the parts.
    let whole = text.len().saturating_add(bundling.added()).saturating_add(1024);
    if !can_be_read(text.len(), whole, LIMITS) {
        let is_text = text.len() > MAX_BACKUP;
        return Err(if is_text { NotBackedUp::TextTooLarge } else { NotBackedUp::TooLarge });
    }
    Ok(bundling.finish(text)?)
}

impl App {
    /// Returns a line for each file that an item of an inspection lacks, with the reason.
    pub(super) async fn lacks_of_all(&self, all: &[Lacks]) -> Vec<String> {
        let mut lines = Vec::new();
        for Lacks { expected: Expected { store, inspection, names }, lacking } in all {
            let stored = match InspectionId::parse(inspection) {
                Some(id) => self.load_from(store, &id).await.ok(),
                None => None,
            };
            match stored {
                Some((inspection, _)) => {
                    let unit = &inspection.header.unit.name;
                    let period = words::period(inspection.header.period, self.words());
                    let of = |line: &String| {
                        let values = [("unit", &**unit), ("period", &*period), ("line", &**line)];
                        fill(self.words().backup_lacks_of, &values)
                    };
                    lines.extend(self.lacks_of(&inspection, lacking).iter().map(of));
                }
                // The inspection can't be read, but the files at least have their names.
                None => lines.extend(lacking.iter().map(|(sha256, lack)| {
                    let name = names.get(sha256).map_or("", String::as_str);
                    let values = [("name", name), ("reason", reason(*lack, self.words()))];
                    fill(self.words().evidence_problem, &values)
                })),
            }
        }
        lines
    }
}
