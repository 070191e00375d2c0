//! The texts that could not be read: kept as they were found, for the person to download.

/// A text that could not be read, as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Where it was found.
    pub origin: String,
    /// The text.
    pub text: String,
    /// When it was set aside, RFC 3339.
    pub at: String,
}
