//! How much the receiver takes on at a time, and how long it waits. README.md says why each limit
//! is so.

use std::time::Duration;

/// The limits of a running receiver.
#[derive(Debug, Clone)]
pub struct Limits {
    /// How many connections are served at a time. Those beyond it are told to come again.
    pub connections: usize,
    /// How many bytes of uploads are in memory at a time, and how many of answers. An upload beyond
    /// it is told to come again.
    pub memory: usize,
    /// How long the head of a request may take, and how long a connection may be idle before it.
    pub head: Duration,
    /// How long an upload may stand still, or an answer that nobody takes; an upload's bytes are
    /// given time on top.
    pub patience: Duration,
    /// How long a report may wait until it is judged, and how long that may take.
    pub judging: Duration,
    /// After what time those that were told to come again may do so.
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
