//! The files that go along with reports and backups: into the file that is handed out, and out of one that comes in.

use std::collections::BTreeMap;

use js_sys::Uint8Array;
use web_sys::Blob;

use super::bundle::Attachments;
use super::bundling::{Bundling, Carrier};
use super::incoming::Incoming;
use super::office_file::Exported;
use super::{App, Failure, Format, Made};
use crate::attachments::MAX_BACKUP_WITH_ATTACHMENTS;
use crate::backup::wire::RawInspection;
use crate::browser::office::NotMade;
use crate::browser::{files, picture};
use crate::checklist::Digest;
use crate::inspection::{Evidence, Inspection, InspectionId, Media};
use crate::report::{Report, file_name};
use crate::storage::{Attachment, AttachmentKey, Store};

/// A file with attachments, and how many could not be put in as they are not on this device.
struct Bundled {
    file: Blob,
    missing: usize,
}

impl App {
    /// Whether anything is attached to an item of the open inspection.
    #[must_use]
    pub fn has_evidence(&self) -> bool {
        self.open().is_some_and(|open| !evidence_of(&open.snapshot()).is_empty())
    }

    /// The report of the open inspection and its evidence, in one file.
    pub async fn report_with_evidence(&self, carrier: Carrier) -> Option<Made> {
        let (store, open, report) = (self.store()?, self.open()?, self.report().ok()?);
        let inspection = open.snapshot();
        let name = file_name(&inspection.header, &inspection.checklist, "json");
        let as_of = inspection.header.updated_at.clone();
        let file = async {
            let bundled = bundled(carrier, &store, &inspection, &report, &name).await;
            let Bundled { file, missing } = bundled?;
            Ok((file, Some(Exported { open, as_of, missing })))
        };
        self.make_file(Format::Report(carrier), file).await
    }
}

/// Puts the files that came along with an inspection beside it, as far as its items name them; its ids are that of the
/// report and that under which it is here. What is here already under the report's own id is taken from there.
pub(super) async fn take_attachments(
    incoming: &Incoming,
    store: &Store,
    [original, id]: [&InspectionId; 2],
    evidence: &BTreeMap<Digest, Evidence>,
    attachments: &Attachments,
) -> Result<(), Failure> {
    let there = store.attachments(Some(id)).await?;
    let is_lacking = |sha256: &Digest| there.iter().all(|key| key.sha256 != *sha256);
    let lacking: Vec<_> = evidence.iter().filter(|(sha256, _)| is_lacking(sha256)).collect();
    for ((sha256, evidence), number) in lacking.iter().zip(1_usize..) {
        let key = |inspection: &InspectionId| AttachmentKey {
            inspection: inspection.clone(),
            sha256: **sha256,
        };
        incoming.storing(number, lacking.len());
        let bytes = match attachments.get(sha256) {
            Some(blob) => bytes_of(blob).await,
            None => store.attachment(&key(original)).await?,
        };
        if let Some(bytes) = bytes {
            put(incoming, store, &key(id), bytes, evidence.media).await?;
        }
    }
    Ok(())
}

/// Which files of a backup one of its inspections names and has not here; `id` is its name here.
pub(super) async fn lacking<'a>(
    store: &Store,
    id: &InspectionId,
    inspection: &RawInspection,
    attachments: &'a Attachments,
) -> Result<Vec<(Digest, &'a Blob)>, Failure> {
    if attachments.is_empty() {
        return Ok(Vec::new());
    }
    let there = store.attachments(Some(id)).await?;
    let is_lacking = |sha256: &Digest| {
        let name = sha256.to_string();
        let is_named = inspection.records.iter().any(|record| record.body.contains(&name));
        is_named && there.iter().all(|key| key.sha256 != *sha256)
    };
    let all = attachments.iter().map(|(sha256, blob)| (*sha256, blob));
    Ok(all.filter(|(sha256, _)| is_lacking(sha256)).collect())
}

/// Puts the files of a backup beside one of its inspections, as far as any of its records names them; `id` is its name
/// here.
pub(super) async fn restore_attachments(
    incoming: &Incoming,
    store: &Store,
    id: &str,
    inspection: &RawInspection,
    attachments: &Attachments,
) -> Result<(), Failure> {
    let Some(id) = InspectionId::parse(id) else { return Ok(()) };
    let lacking = lacking(store, &id, inspection, attachments).await?;
    let count = lacking.len();
    for ((sha256, blob), number) in lacking.into_iter().zip(1_usize..) {
        incoming.storing(number, count);
        if let Some(bytes) = bytes_of(blob).await {
            let media = if is_pdf(&bytes) { Media::Pdf } else { Media::Jpeg };
            let key = AttachmentKey { inspection: id.clone(), sha256 };
            put(incoming, store, &key, bytes, media).await?;
        }
    }
    Ok(())
}

async fn put(
    incoming: &Incoming,
    store: &Store,
    key: &AttachmentKey,
    bytes: Uint8Array,
    media: Media,
) -> Result<(), Failure> {
    let thumbnail = match media {
        Media::Jpeg => picture::thumbnail(&bytes).await.ok(),
        Media::Pdf => None,
    };
    incoming.go_on()?;
    Ok(store.put_attachment(key, &Attachment { bytes, thumbnail }).await?)
}

fn is_pdf(bytes: &Uint8Array) -> bool {
    bytes.subarray(0, 5).to_vec() == b"%PDF-"
}

async fn bytes_of(blob: &Blob) -> Option<Uint8Array> {
    files::read_part(blob, 0, files::size(blob)).await.ok()
}

/// All evidence of an inspection, each once, also that of answers which an earlier version of its checklist had.
pub(super) fn evidence_of(inspection: &Inspection) -> BTreeMap<Digest, Evidence> {
    let earlier = inspection.earlier.iter().flat_map(|earlier| &earlier.items);
    let entries = inspection.entries.values().chain(earlier.map(|kept| &kept.entry));
    let all = entries.flat_map(|entry| &entry.evidence);
    all.map(|evidence| (evidence.sha256, evidence.clone())).collect()
}

/// One file of a report and what is attached to the inspection.
async fn bundled(
    carrier: Carrier,
    store: &Store,
    inspection: &Inspection,
    report: &Report,
    name: &str,
) -> Result<Bundled, NotMade> {
    let mut bundling = Bundling::begin(carrier, report.bytes(), name).await?;
    let mut missing = 0;
    for (sha256, evidence) in evidence_of(inspection) {
        let key = AttachmentKey { inspection: inspection.header.id.clone(), sha256 };
        match store.attachment(&key).await {
            Ok(Some(bytes)) => bundling.add(&evidence.file_name(), sha256, &bytes.to_vec())?,
            Ok(None) => missing += 1,
            Err(_) => return Err(NotMade::Failed),
        }
    }
    Ok(Bundled { file: bundling.finish()?, missing })
}

/// How much of a backup's file is neither its text nor what is attached, at most, in bytes.
const MARGIN: usize = 1024;

/// Why there is no backup.
pub(super) enum NotBackedUp {
    /// It would be larger than [`MAX_BACKUP_WITH_ATTACHMENTS`], and could not be restored.
    TooLarge,
    /// Something in it can't be read, or the browser has no room for it.
    Failed,
}

impl<E: Into<NotMade>> From<E> for NotBackedUp {
    fn from(_: E) -> Self {
        Self::Failed
    }
}

/// A backup and everything that is attached anywhere, in one file; `attached` says where each lies.
pub(super) async fn bundled_backup(
    text: &[u8],
    name: &str,
    attached: BTreeMap<Digest, (Store, AttachmentKey)>,
) -> Result<Blob, NotBackedUp> {
    let mut bundling = Bundling::begin(Carrier::Json, text, name).await?;
    for (sha256, (store, key)) in attached {
        let bytes = store.attachment(&key).await.map_err(|_| NotMade::Failed)?;
        // One that was deleted since is no loss.
        if let Some(bytes) = bytes {
            bundling.add(&sha256.to_string(), sha256, &bytes.to_vec())?;
        }
        // What stands around them is small beside the limit.
        if bundling.added().saturating_add(text.len()) > MAX_BACKUP_WITH_ATTACHMENTS - MARGIN {
            return Err(NotBackedUp::TooLarge);
        }
    }
    Ok(bundling.finish()?)
}
