//! Why storing or reading failed.

/// Why storing or reading failed. Nothing is lost by it: what was put stays in memory and is tried
/// again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// The browser denies its database here: private mode, a frame of another site, a setting.
    Denied,
    /// No room is left.
    Quota,
    /// The system closed the connection, as it does with pages in the background.
    Closed,
    /// The browser froze the page while it was under way, as the person left it; it is shown again
    /// by now.
    Frozen,
    /// The database did not answer for so long that it won't.
    Timeout,
    /// A newer version of this program changed the database; the page must be loaded anew.
    NewerProgram,
    /// An older page still has the database open in another window, and does not let it be changed
    /// to what this program works with.
    Blocked,
    /// The database could not be changed to what this program works with. It is as it was.
    Upgrade,
    /// Anything else, as the browser told it.
    Other {
        /// The exception's name.
        name: String,
        /// The exception's message.
        message: String,
    },
}

impl StoreError {
    /// The code that hosts may rely on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Quota => "quota",
            Self::Closed | Self::Frozen => "closed",
            Self::Timeout => "timeout",
            Self::NewerProgram => "newer-program",
            Self::Blocked => "blocked",
            Self::Upgrade => "upgrade",
            Self::Other { .. } => "failed",
        }
    }

    /// Returns whether it is a value that can't be read, and not the database: others may be
    /// readable.
    #[must_use]
    pub const fn is_of_value(&self) -> bool {
        matches!(self, Self::Other { .. })
    }

    /// Returns the error that an exception of that name means.
    #[must_use]
    pub fn from_exception(name: String, message: String) -> Self {
        match name.as_str() {
            "SecurityError" | "NotAllowedError" => Self::Denied,
            "QuotaExceededError" => Self::Quota,
            "InvalidStateError" | "AbortError" => Self::Closed,
            "VersionError" => Self::NewerProgram,
            _ => Self::Other { name, message },
        }
    }
}
