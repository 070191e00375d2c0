//! Files that go along with a file of ours: photos and documents, inside its JSON as base64, or
//! beside it in a ZIP file.
//!
//! In JSON they stand in its member `attachments`, each under its own SHA-256, and are read and
//! written one by one, so that never all of them are in memory. Pure: nothing here knows what they
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

/// The name of the member in which they stand.
pub const MEMBER: &str = "attachments";

/// One file that goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The digest of its bytes.
    pub sha256: Digest,
    /// The content of the file.
    pub bytes: Vec<u8>,
}
