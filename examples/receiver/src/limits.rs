//! The limits of the receiver's resources and waiting times. README.md explains each limit.

use std::time::Duration;

/// The limits of a running receiver.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The maximum number of connections served at a time. Those beyond it are told to retry.
    pub connections: usize,
    /// The maximum number of bytes in memory at a time, for uploads and for responses each. An
    /// upload beyond it is told to retry.
    pub memory: usize,
    /// The time limit for the head of a request, and for an idle connection before it.
    pub head: Duration,
    /// The time limit for a stalled upload or response. The bytes of an upload add time to it.
    pub patience: Duration,
    /// The time limit for a report that waits for its check, and again for the check.
    pub judging: Duration,
    /// The time after which callers that were told to retry may do so.
    pub again: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 256,
            memory: 64 * 1024 * 1024,
            head: Duration::from_secs(15),
            patience: Duration::from_secs(60),
            judging: Duration::from_secs(15),
            again: Duration::from_secs(5),
        }
    }
}
