//! The files that belong to reports and backups: bundling them for export, and importing them.

use std::collections::{BTreeMap, BTreeSet};

use js_sys::Uint8Array;
use web_sys::Blob;

use super::bundle::{Attachments, read_back};
use super::bundling::{Bundling, Carrier};
use super::evidence::NotAttached;
use super::incoming::Incoming;
use super::lacking::Lacking;
use super::office_file::{Exported, not_made};
use super::{App, Failure, Format, Made};
use crate::attachments::{MAX_WITH_ATTACHMENTS, can_be_read, digests_in};
use crate::backup::evidence_in;
use crate::backup::wire::RawInspection;
use crate::browser::office::NotMade;
use crate::browser::{files, picture};
use crate::checklist::Digest;
use crate::evidence::{HEAD, Refused, recognise_kept};
use crate::inspection::{Evidence, Inspection, InspectionId, MAX_EVIDENCE_OF_ALL, Media};
use crate::report::{MAX_REPORT, Report, file_name, import};
use crate::storage::{Attachment, AttachmentKey, Store};

/// A report's file, and the reasons why files that belong to it are not in it.
struct Bundled {
    file: Blob,
    lacking: Lacking,
}

impl App {
    /// Returns whether anything is attached to an item of the open inspection.
    #[must_use]
    pub fn has_evidence(&self) -> bool {
        self.open().is_some_and(|open| !evidence_of(&open.snapshot()).is_empty())
    }

    /// Makes one file of the open inspection's report and its evidence.
    pub async fn report_with_evidence(&self, carrier: Carrier) -> Option<Made> {
        let (store, open, report) = (self.store()?, self.open()?, self.report().ok()?);
        let inspection = open.snapshot();
        let name = file_name(&inspection.header, &inspection.checklist, "json");
        let as_of = inspection.header.updated_at.clone();
        let file = async {
            let bundled = bundled(carrier, &store, &inspection, &report, &name).await;
            let Bundled { file, lacking } = bundled?;
            let lacks = self.lacks_of(&inspection, &lacking);
            Ok((file, Some(Exported { open, as_of, lacks })))
        };
        self.make_file(Format::Report(carrier), file).await
    }

    /// Returns whether a report can be imported again. If it can't, the person is told.
    pub(super) fn can_go_out(&self, report: &Report) -> bool {
        let fit = check_fit(report.bytes());
        fit.map_err(|why| self.warn(not_made(why, Format::Report(Carrier::Json), self.words())))
            .is_ok()
    }
}

/// Checks that the text of a report can be read again.
fn check_fit(text: &[u8]) -> Result<(), NotMade> {
    if !can_be_read(text.len(), text.len(), LIMITS) {
        return Err(NotMade::TooLarge(MAX_REPORT));
    }
    import(text).map(drop).map_err(|_| NotMade::Unfit)
}

/// The limits for a report in bytes: for its text, and for all with its files.
const LIMITS: [usize; 2] = [MAX_REPORT, MAX_WITH_ATTACHMENTS];

/// Stores the files of an imported inspection as far as its items name them. Its ids are that of
/// the report and the one that it has here. Files that are already here under the report's own id
/// are taken from there. Returns the number of stored files.
pub(super) async fn take_attachments(
    incoming: &Incoming,
    store: &Store,
    [original, id]: [&InspectionId; 2],
    evidence: &BTreeMap<Digest, Evidence>,
    attachments: &Attachments,
) -> Result<usize, Failure> {
    let (mut lacking, mut stored) = (Vec::new(), 0);
    for (sha256, evidence) in evidence {
        // A file that is here but damaged is lacking, too.
        if store.attachment(&key_of(id, sha256)).await?.is_err() {
            lacking.push((sha256, evidence));
        }
    }
    let mut total = 0_u64;
    for ((sha256, evidence), number) in lacking.iter().zip(1_usize..) {
        incoming.storing(number, lacking.len());
        let bytes = match attachments.get(sha256) {
            Some(blob) => bytes_of(blob).await,
            None => store.attachment(&key_of(original, sha256)).await?.ok(),
        };
        let Some(bytes) = bytes else { continue };
        total = total.saturating_add(u64::from(bytes.length()));
        let is_named = |media| {
            let is_so = media == evidence.media && u64::from(bytes.length()) == evidence.size;
            if is_so { Ok(()) } else { Err(NotAttached::Refused(Refused::Other)) }
        };
        let refused = if total > MAX_EVIDENCE_OF_ALL {
            Err(NotAttached::TooMuch)
        } else {
            put(incoming, store, &key_of(id, sha256), &bytes, is_named).await?
        };
        match refused {
            Ok(()) => stored += 1,
            Err(reason) => incoming.refuse(&evidence.name, &reason),
        }
    }
    Ok(stored)
}

/// Files of a backup that are to be attached to an inspection.
pub(super) type Files<'a> = Vec<(Digest, &'a Blob)>;

/// Returns the files that an inspection of a backup names and that are missing here. `id` is the id
/// that it has here.
pub(super) async fn missing<'a>(
    store: &Store,
    id: &InspectionId,
    inspection: &RawInspection,
    attachments: &'a Attachments,
) -> Result<Files<'a>, Failure> {
    let there = digests_at(store, id).await?;
    let mut files = named_by(inspection, attachments);
    files.retain(|(sha256, _)| !there.contains(sha256));
    Ok(files)
}

/// Returns the files that an inspection of a backup names and that are missing or damaged here: the
/// backup may have them whole.
pub(super) async fn lacking<'a>(
    store: &Store,
    id: &InspectionId,
    inspection: &RawInspection,
    attachments: &'a Attachments,
) -> Result<Files<'a>, Failure> {
    let mut files = Vec::new();
    for (sha256, blob) in named_by(inspection, attachments) {
        if store.attachment(&key_of(id, &sha256)).await?.is_err() {
            files.push((sha256, blob));
        }
    }
    Ok(files)
}

fn key_of(inspection: &InspectionId, sha256: &Digest) -> AttachmentKey {
    AttachmentKey { inspection: inspection.clone(), sha256: *sha256 }
}

fn named_by<'a>(inspection: &RawInspection, attachments: &'a Attachments) -> Files<'a> {
    if attachments.is_empty() {
        return Vec::new();
    }
    let bodies = inspection.records.iter().flat_map(|record| digests_in(&record.body));
    let named: BTreeSet<_> = bodies.collect();
    let there = named.iter().filter_map(|sha256| attachments.get_key_value(sha256));
    there.map(|(sha256, blob)| (*sha256, blob)).collect()
}

/// Stores files of a backup with one of its inspections.
pub(super) async fn restore_attachments(
    incoming: &Incoming,
    store: &Store,
    id: &InspectionId,
    inspection: &RawInspection,
    files: Files<'_>,
) -> Result<(), Failure> {
    let count = files.len();
    for ((sha256, blob), number) in files.into_iter().zip(1_usize..) {
        incoming.storing(number, count);
        let Some(bytes) = bytes_of(blob).await else { continue };
        let key = AttachmentKey { inspection: id.clone(), sha256 };
        if let Err(reason) = put(incoming, store, &key, &bytes, |_| Ok(())).await? {
            let evidence = evidence_in(inspection);
            let name = evidence.get(&sha256).cloned().unwrap_or_else(|| sha256.to_string());
            incoming.refuse(&name, &reason);
        }
    }
    Ok(())
}

/// Stores a file. Returns a reason instead if no person could have attached it. Nothing is decoded
/// before that is known. `check` gets the recognised type.
async fn put(
    incoming: &Incoming,
    store: &Store,
    key: &AttachmentKey,
    bytes: &Uint8Array,
    check: impl FnOnce(Media) -> Result<(), NotAttached>,
) -> Result<Result<(), NotAttached>, Failure> {
    let head = bytes.subarray(0, u32::try_from(HEAD).unwrap_or(u32::MAX)).to_vec();
    let media = recognise_kept(&head, u64::from(bytes.length())).map_err(NotAttached::Refused);
    let media = match media.and_then(|media| check(media).map(|()| media)) {
        Ok(media) => media,
        Err(reason) => return Ok(Err(reason)),
    };
    let thumbnail = match media {
        Media::Jpeg => picture::thumbnail(bytes).await.ok(),
        Media::Pdf => None,
    };
    incoming.go_on()?;
    let attachment = Attachment { bytes: bytes.clone(), thumbnail };
    Ok(Ok(store.put_attachment(key, &attachment).await?))
}

/// Returns the digests of an inspection's files.
async fn digests_at(store: &Store, id: &InspectionId) -> Result<BTreeSet<Digest>, Failure> {
    let keys = store.attachments(Some(id)).await?;
    Ok(keys.into_iter().map(|key| key.sha256).collect())
}

async fn bytes_of(blob: &Blob) -> Option<Uint8Array> {
    files::read_part(blob, 0, files::size(blob)).await.ok()
}

/// Returns all evidence of an inspection, each once, also that of answers to earlier versions of
/// its checklist.
pub(super) fn evidence_of(inspection: &Inspection) -> BTreeMap<Digest, Evidence> {
    let earlier = inspection.earlier.iter().flat_map(|earlier| &earlier.items);
    let entries = inspection.entries.values().chain(earlier.map(|kept| &kept.entry));
    let all = entries.flat_map(|entry| &entry.evidence);
    all.map(|evidence| (evidence.sha256, evidence.clone())).collect()
}

/// Bundles a report and the inspection's files into one file, and reads that back.
async fn bundled(
    carrier: Carrier,
    store: &Store,
    inspection: &Inspection,
    report: &Report,
    name: &str,
) -> Result<Bundled, NotMade> {
    // Checked before anything takes long.
    check_fit(report.bytes())?;
    let mut bundling = Bundling::begin(carrier, name).await?;
    let mut lacking = Lacking::new();
    let mut added = BTreeSet::new();
    for (sha256, evidence) in evidence_of(inspection) {
        let key = AttachmentKey { inspection: inspection.header.id.clone(), sha256 };
        match store.attachment(&key).await {
            Ok(Ok(bytes)) => {
                bundling.add(&evidence.file_name(), sha256, &bytes.to_vec())?;
                added.insert(sha256);
            }
            Ok(Err(lack)) => _ = lacking.insert(sha256, lack),
            Err(_) => return Err(NotMade::Failed),
        }
    }
    let file = bundling.finish(report.bytes())?;
    let (text, found) = read_back(&file, LIMITS).await.map_err(|_| NotMade::Unfit)?;
    import(&text).map_err(|_| NotMade::Unfit)?;
    if found == added { Ok(Bundled { file, lacking }) } else { Err(NotMade::Unfit) }
}
