//! Attachments of our files: photos and documents, inside the JSON as base64 or beside it in a ZIP
//! file.
//!
//! In JSON they are in the member `attachments`, each under its own SHA-256. They are read and
//! written one by one, so that they are never all in memory. Pure: nothing here knows what they
//! show.

mod decoder;
mod entries;
mod named;
mod split;
mod split_error;
mod write;

pub use entries::{
    Contents, MAX_BACKUP_WITH_ATTACHMENTS, MAX_WITH_ATTACHMENTS, Role, contents, entry_name, role,
};
pub use named::digests_in;
pub use split::{MAX_ATTACHMENT, Splitter, without};
pub use split_error::SplitError;
pub use write::{begin, can_be_read, end, member};

use crate::checklist::Digest;

/// The name of the JSON member that holds the attachments.
pub const MEMBER: &str = "attachments";

/// An attachment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The digest of its bytes.
    pub sha256: Digest,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
