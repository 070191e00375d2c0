//! The reason why the attachments of a file can't be read.

/// The reason why the attachments of a file can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SplitError {
    /// An invalid value.
    BadValue {
        /// The place, as a JSON pointer.
        pointer: String,
    },
    /// The bytes of an attachment don't match its digest.
    Altered,
    /// An attachment is larger than [`MAX_ATTACHMENT`](super::MAX_ATTACHMENT).
    LargeAttachment,
    /// The file without its attachments is too large.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
}
