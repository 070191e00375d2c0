//! Why the attachments of a file can't be read.

/// Why the attachments of a file can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SplitError {
    /// Something in it can't be.
    BadValue {
        /// The place, as a JSON pointer.
        pointer: String,
    },
    /// What stands there is not what its digest says.
    Altered,
    /// An attachment is larger than [`MAX_ATTACHMENT`](super::MAX_ATTACHMENT).
    LargeAttachment,
    /// What is no attachment is larger than it may be.
    TooLarge {
        /// The most that is read, in bytes.
        limit: usize,
    },
}
