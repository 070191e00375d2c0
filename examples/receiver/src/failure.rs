//! Errors that keep the receiver from running, as sentences that say what to do.

use std::fmt;

/// The reason why the receiver does not run.
#[derive(Debug)]
pub struct Failure(String);

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

impl std::error::Error for Failure {}
