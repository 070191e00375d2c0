//! An attachment: bytes that a record names by their digest.

use js_sys::Uint8Array;

use crate::checklist::Digest;
use crate::inspection::InspectionId;

/// Names an attachment: the same bytes in two inspections are two attachments, which go with their
/// inspections.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AttachmentKey {
    /// The inspection that it belongs to.
    pub inspection: InspectionId,
    /// The digest of its bytes.
    pub sha256: Digest,
}

/// The bytes of an attachment. They stay on the browser's side: many of them would fill the
/// program's memory.
#[derive(Clone)]
pub struct Attachment {
    /// Its bytes.
    pub bytes: Uint8Array,
    /// Those of a small picture of it, if there is one.
    pub thumbnail: Option<Uint8Array>,
}

impl AttachmentKey {
    /// The key as text: `{inspection}/{SHA-256}`.
    #[must_use]
    pub fn path(&self) -> String {
        [self.inspection.as_str(), "/", &self.sha256.to_string()].concat()
    }

    /// Reads a key's text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (inspection, sha256) = text.split_once('/')?;
        let inspection = InspectionId::parse(inspection)?;
        Some(Self { inspection, sha256: Digest::parse(sha256)? })
    }
}
