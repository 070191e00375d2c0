//! The delays of retries, and the timeouts of answers: longer each time, never all devices at once,
//! and not before the server allows it. All in milliseconds, except what servers say, which is in
//! seconds.

use super::Cause;

/// The first and the longest pause: a server that is back is found within five minutes.
const PAUSES: (f64, f64) = (2_000.0, 300_000.0);

/// The first and the longest pause if the cause looks lasting: within an hour.
const LONG_PAUSES: (f64, f64) = (30_000.0, 3_600_000.0);

/// The longest wait that a server can ask for, in seconds: a day.
const LONGEST_WISH: u32 = 86_400;

/// The timeout of an answer, and its extension for each byte: 20 kB a second is a weak connection.
const PATIENCE: f64 = 60_000.0;
const PATIENCE_A_BYTE: f64 = 0.05;

/// The largest factor of the timeout: a connection may be weaker still.
const MOST_PATIENCE: f64 = 8.0;

/// The failed attempts since one had a final outcome, or since the person asked for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// The number of all of them.
    pub count: u32,
    /// The number of the last ones in a row whose cause looks lasting.
    pub lasting: u32,
}

impl Failures {
    /// Counts another failure.
    pub fn add(&mut self, cause: &Cause) {
        self.count = self.count.saturating_add(1);
        self.lasting = if cause.looks_lasting() { self.lasting.saturating_add(1) } else { 0 };
    }

    /// Returns the pause before the next attempt. `chance` is in 0..1 and decides half of the
    /// pause, so that a hundred communes do not come back in the same second.
    #[must_use]
    pub fn pause(self, chance: f64) -> f64 {
        let full = grown(self.count, PAUSES).max(grown(self.lasting, LONG_PAUSES));
        full * (0.5 + chance.clamp(0.0, 1.0) / 2.0)
    }
}

/// Returns the first pause, doubled at each further failure, up to the longest; 0 without a
/// failure.
fn grown(failures: u32, (first, longest): (f64, f64)) -> f64 {
    let Some(doublings) = failures.checked_sub(1) else { return 0.0 };
    (first * f64::from(1_u32 << doublings.min(16))).min(longest)
}

/// Returns the wait that a server asks for, up to the limit.
#[must_use]
pub fn wish(seconds: u32) -> f64 {
    f64::from(seconds.min(LONGEST_WISH)) * 1_000.0
}

/// Returns the rest of a wait that ends at `not_before`. A clock that was set back meanwhile can't
/// make it longer than the longest wait.
#[must_use]
pub fn left(not_before: i64, now: i64) -> f64 {
    (not_before.saturating_sub(now) as f64).clamp(0.0, wish(u32::MAX))
}

/// Returns the timeout of the answer to a report of `bytes` bytes, after `failures` failed
/// attempts.
#[must_use]
pub fn patience(bytes: usize, failures: u32) -> f64 {
    let times = (1.0 + f64::from(failures)).min(MOST_PATIENCE);
    (PATIENCE + PATIENCE_A_BYTE * bytes as f64) * times
}
