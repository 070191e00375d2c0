//! Errors as sentences that say what to do.

use std::fmt;

/// The reason why a command failed.
#[derive(Debug)]
pub struct Failure(String);

/// The result of everything that can fail in this program.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// Creates a failure that is shown to the person in these words.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Turns any error into a failure that begins with the task at hand.
pub trait Context<T> {
    /// Prefixes the error with `sentence`, which has no full stop: the cause follows after a colon.
    fn context(self, sentence: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, sentence: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|cause| Failure(format!("{}: {cause}.", sentence())))
    }
}
