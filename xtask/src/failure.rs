//! A failure, as a sentence that says what to do.

use std::fmt;

/// Why a command could not do its work.
#[derive(Debug)]
pub struct Failure(String);

/// The result of everything that can fail here.
pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure that is told to the person in these words.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Turns any error into a failure, with words in front that say what was being done.
pub trait Context<T> {
    /// `sentence` without its full stop: the cause follows after a colon.
    fn context(self, sentence: impl FnOnce() -> String) -> Result<T>;
}

impl<T, E: fmt::Display> Context<T> for std::result::Result<T, E> {
    fn context(self, sentence: impl FnOnce() -> String) -> Result<T> {
        self.map_err(|cause| Failure(format!("{}: {cause}.", sentence())))
    }
}
