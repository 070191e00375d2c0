//! Evidence: pictures and documents that a person attaches to items.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::{File, HtmlCanvasElement};

use super::attachments::evidence_of;
use super::lacking::sentence;
use super::{App, Failure, Open, OpenItem};
use crate::browser::{clock, download, files, picture};
use crate::checklist::Digest;
use crate::evidence::{
    self, Found, HEAD, LONGEST_SIDE, LONGEST_SIDE_OF_THUMBNAIL, Refused, recognise,
};
use crate::inspection::{
    Edit, Entry, Evidence, EvidenceEdit, InspectionId, MAX_EVIDENCE_OF_ALL, MAX_NAME, Media,
    short_name,
};
use crate::messages::{Messages, fill};
use crate::storage::{Attachment, AttachmentKey, Store, StoreError};
use crate::stored::{Key, Part};

/// The target of attached files. It stays the same when the person moves on in the meantime.
pub struct Attaching {
    store: Store,
    open: Arc<Open>,
    inspection: InspectionId,
    item: Arc<OpenItem>,
}

impl Attaching {
    /// Fails if everything was deleted while a file was prepared: nothing may be stored after that.
    fn is_still_there(&self) -> Result<(), NotAttached> {
        let key = Key { inspection: self.inspection.clone(), part: Part::Header };
        let known = self.store.known(&key);
        known.map(drop).ok_or(NotAttached::NotStored(Failure::UnknownInspection))
    }
}

/// The reason why a file was not attached.
#[derive(Debug)]
pub enum NotAttached {
    /// Its content can't become evidence.
    Refused(Refused),
    /// The device could not read it: it was moved, or changed since it was chosen.
    Unreadable,
    /// It is attached to this item already.
    Again,
    /// All evidence of the inspection would come to more than [`MAX_EVIDENCE_OF_ALL`].
    TooMuch,
    /// It could not be stored, or its inspection is not there any more.
    NotStored(Failure),
}

impl From<StoreError> for NotAttached {
    fn from(error: StoreError) -> Self {
        Self::NotStored(error.into())
    }
}

impl NotAttached {
    /// Returns the sentence for the person.
    #[must_use]
    pub fn sentence(&self, words: &Messages) -> String {
        let megabytes = |bytes: u64| (bytes / 1024 / 1024).to_string();
        match self {
            Self::Refused(Refused::Empty) => words.evidence_empty.to_owned(),
            Self::Refused(Refused::Film) => words.evidence_film.to_owned(),
            Self::Refused(Refused::Heic) => words.evidence_heic.to_owned(),
            Self::Refused(Refused::Other) => words.evidence_other.to_owned(),
            Self::Refused(Refused::WrongType) => words.evidence_wrong_type.to_owned(),
            Self::Refused(Refused::Broken) => words.evidence_broken.to_owned(),
            Self::Refused(Refused::TooManyPixels { megapixels }) => {
                let most = evidence::MOST_MEGAPIXELS.to_string();
                let values = [("megapixels", &*megapixels.to_string()), ("most", &most)];
                fill(words.evidence_too_many_pixels, &values)
            }
            Self::Refused(Refused::TooLarge { limit }) => {
                fill(words.evidence_too_large, &[("limit", &megabytes(*limit))])
            }
            Self::Unreadable => words.error_file_unreadable.to_owned(),
            Self::Again => words.evidence_again.to_owned(),
            Self::TooMuch => {
                fill(words.evidence_too_much, &[("limit", &megabytes(MAX_EVIDENCE_OF_ALL))])
            }
            Self::NotStored(failure) => failure.sentence(words),
        }
    }
}

impl App {
    /// Begins to attach files to an item of the open inspection.
    #[must_use]
    pub fn attaching(&self, item: &Arc<OpenItem>) -> Option<Attaching> {
        let (store, open) = self.store().zip(self.open())?;
        let inspection = open.header.with_untracked(|header| header.id.clone());
        Some(Attaching { store, open, inspection, item: item.clone() })
    }

    /// Attaches a file. A picture is shrunk first. The file is named only once it is stored.
    ///
    /// # Errors
    /// When it is not attached. Nothing is changed then.
    pub async fn attach(&self, to: &Attaching, file: &File) -> Result<(), NotAttached> {
        let Attaching { store, open, inspection, item } = to;
        let (evidence, attachment) = prepare(file).await?;
        let is_there = item.entry.with_untracked(|entry| has(entry, evidence.sha256));
        if is_there {
            return Err(NotAttached::Again);
        }
        if size_of_all(open).saturating_add(evidence.size) > MAX_EVIDENCE_OF_ALL {
            return Err(NotAttached::TooMuch);
        }
        to.is_still_there()?;
        let key = AttachmentKey { inspection: inspection.clone(), sha256: evidence.sha256 };
        store.put_attachment(&key, &attachment).await?;
        to.is_still_there()?;
        let edit = Edit::Evidence(EvidenceEdit::Add(evidence));
        self.edit_wherever(to, edit).await.map_err(NotAttached::NotStored)?;
        store.flush().await?;
        // Before it was named, another window may have swept the file.
        if store.attachment(&key).await?.is_err() {
            store.put_attachment(&key, &attachment).await?;
        }
        self.check_health_at_times();
        Ok(())
    }

    /// Carries out an edit of an item whose inspection may have been closed or opened again. The
    /// effect is that of an edit while it is open: one that was completed in the meantime becomes
    /// an amended one, and the host hears of it.
    async fn edit_wherever(&self, to: &Attaching, edit: Edit) -> Result<(), Failure> {
        let Attaching { store, inspection, item, .. } = to;
        let id = item.item.id.as_str();
        let stored =
            if self.is_open(to) { None } else { Some(self.load_from(store, inspection).await?) };
        // There is no wait from here on. The inspection may have been opened in the meantime.
        let open = match (self.open().filter(|_| self.is_open(to)), stored) {
            (Some(open), _) => open,
            (None, Some((stored, progress))) => {
                let open = Open::new(stored, clock::today());
                open.take_progress(progress);
                Arc::new(open)
            }
            (None, None) => return Err(Failure::NoInspection),
        };
        let unknown = || Failure::UnknownItem(id.to_owned());
        let item = open.item(id).ok_or_else(unknown)?;
        if !self.carry_out_in(store, &open, item, edit, None) {
            return Err(unknown());
        }
        if self.is_shown(store) && !self.is_open(to) {
            self.refresh_list().await;
        }
        Ok(())
    }

    /// Returns whether the inspection is open. Another person's workspace may have one with the
    /// same id.
    fn is_open(&self, to: &Attaching) -> bool {
        self.is_shown(&to.store) && self.open_id().as_ref() == Some(&to.inspection)
    }

    /// Tells which files were not attached, if the item is not visible any more.
    pub fn tell_late(&self, to: &Attaching, problems: &[String]) {
        if !self.is_open(to) && !problems.is_empty() {
            self.warn(problems.join("\n"));
        }
    }

    /// Draws a picture of the open inspection's evidence, or its thumbnail. Returns a sentence if
    /// it can't be drawn.
    pub async fn draw_evidence(
        &self,
        canvas: &HtmlCanvasElement,
        sha256: Digest,
        small: bool,
    ) -> Option<&'static str> {
        let words = self.words();
        let Some((store, inspection)) = self.store().zip(self.open_id()) else {
            return Some(words.evidence_missing);
        };
        let key = AttachmentKey { inspection, sha256 };
        let longest = if small { LONGEST_SIDE_OF_THUMBNAIL } else { LONGEST_SIDE };
        let thumbnail = if small { store.thumbnail(&key).await.ok().flatten() } else { None };
        if let Some(bytes) = thumbnail
            && picture::draw(canvas, &bytes, longest).await.is_ok()
        {
            return None;
        }
        match store.attachment(&key).await {
            Ok(Ok(bytes)) => {
                let drawn = picture::draw(canvas, &bytes, longest).await;
                drawn.err().map(|_| words.evidence_unreadable)
            }
            Ok(Err(lack)) => Some(sentence(lack, words)),
            Err(_) => Some(words.evidence_unreadable),
        }
    }

    /// Checks whether a piece of the open inspection's evidence is on this device, without reading
    /// it. Returns a sentence if it is not.
    pub async fn lacks_bytes(&self, sha256: Digest) -> Option<&'static str> {
        let there = match self.store().zip(self.open_id()) {
            Some((store, inspection)) => store.attachments(Some(&inspection)).await,
            None => Ok(Vec::new()),
        };
        let is_there = there.unwrap_or_default().iter().any(|key| key.sha256 == sha256);
        (!is_there).then_some(self.words().evidence_missing)
    }

    /// Downloads a piece of the open inspection's evidence.
    pub async fn save_evidence(&self, evidence: &Evidence) {
        let Some((store, inspection)) = self.store().zip(self.open_id()) else { return };
        let key = AttachmentKey { inspection, sha256: evidence.sha256 };
        let words = self.words();
        match store.attachment(&key).await {
            Ok(Ok(bytes)) => {
                let blob = picture::blob(&bytes, evidence.media.mime()).ok();
                let save = |blob| download::save_blob(&evidence.file_name(), &blob).ok();
                if blob.and_then(save).is_none() {
                    self.warn(words.export_failed.to_owned());
                }
            }
            Ok(Err(lack)) => self.warn(sentence(lack, words).to_owned()),
            Err(error) => self.report_failure(&error.into()),
        }
    }
}

/// Returns a file as evidence, with the bytes to store.
async fn prepare(file: &File) -> Result<(Evidence, Attachment), NotAttached> {
    let size = files::size(file);
    let unreadable = |_| NotAttached::Unreadable;
    let head = files::read_part(file, 0, HEAD.min(size)).await.map_err(unreadable)?.to_vec();
    let found = recognise(&head, size as u64).map_err(NotAttached::Refused)?;
    let (media, attachment) = match found {
        Found::Pdf => {
            let bytes = files::read_part(file, 0, size).await.map_err(unreadable)?;
            (Media::Pdf, Attachment { bytes, thumbnail: None })
        }
        Found::Picture => {
            let shrunk = picture::shrink(file).await;
            let shrunk = shrunk.map_err(|_| NotAttached::Refused(evidence::unreadable(&head)))?;
            let thumbnail = Some(shrunk.thumbnail);
            (Media::Jpeg, Attachment { bytes: shrunk.bytes, thumbnail })
        }
    };
    let evidence = Evidence {
        sha256: Digest::of(&attachment.bytes.to_vec()),
        media,
        size: u64::from(attachment.bytes.length()),
        name: short_name(&file.name(), MAX_NAME),
        caption: String::new(),
    };
    Ok((evidence, attachment))
}

fn has(entry: &Entry, sha256: Digest) -> bool {
    entry.evidence.iter().any(|one| one.sha256 == sha256)
}

/// Returns the size of an inspection's evidence in bytes. Each piece counts once, also in answers
/// to earlier versions of its checklist, as these files belong to its report.
fn size_of_all(open: &Open) -> u64 {
    let all = evidence_of(&open.snapshot());
    all.values().map(|one| one.size).fold(0, u64::saturating_add)
}
