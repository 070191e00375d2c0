//! Why the attachments of a file can't be read.

/// Why the attachments of a file can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SplitError {
    /// Something in it can't be.
    BadValue {
        /// The place, as a JSON pointer.
        pointer: String,
    },
    /// The content is not the one of which its digest speaks.
    Altered,
    /// An attachment is larger than [`MAX_ATTACHMENT`](super::MAX_ATTACHMENT).
    LargeAttachment,
    /// The rest, without attachments, is larger than it may be.
    TooLarge {
        /// The most that is read, in bytes.
        limit: usize,
    },
}
