//! When to try again, and how long to wait for an answer: later and longer each time, never all
//! devices at once, and not before the server wants it. All in milliseconds, but what servers say,
//! which is in seconds.

use super::Cause;

/// The first pause and the longest: a server that is back is found within five minutes.
const PAUSES: (f64, f64) = (2_000.0, 300_000.0);

/// The first and the longest pause, in milliseconds, where the cause looks lasting: within an hour.
const LONG_PAUSES: (f64, f64) = (30_000.0, 3_600_000.0);

/// The longest that a server may have us wait, in seconds: a day, whatever it says.
const LONGEST_WISH: u32 = 86_400;

/// How long an answer may take, and how much longer for each byte: 20 kB a second is a weak
/// connection.
const PATIENCE: f64 = 60_000.0;
const PATIENCE_A_BYTE: f64 = 0.05;

/// How many times that it grows to at most: a connection may be weaker still.
const MOST_PATIENCE: f64 = 8.0;

/// The attempts that failed since one came to something, or since the person asked for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Failures {
    /// All of them.
    pub count: u32,
    /// The last ones in a row whose cause looks lasting.
    pub lasting: u32,
}

impl Failures {
    /// Counts one more.
    pub fn add(&mut self, cause: &Cause) {
        self.count = self.count.saturating_add(1);
        self.lasting = if cause.looks_lasting() { self.lasting.saturating_add(1) } else { 0 };
    }

    /// The pause before the next attempt. `chance` is in 0..1: half of the pause is left to it, so
    /// that a hundred communes do not come back in the same second.
    #[must_use]
    pub fn pause(self, chance: f64) -> f64 {
        let full = grown(self.count, PAUSES).max(grown(self.lasting, LONG_PAUSES));
        full * (0.5 + chance.clamp(0.0, 1.0) / 2.0)
    }
}

/// The first pause, doubled at each further failure, up to the longest; none without a failure.
fn grown(failures: u32, (first, longest): (f64, f64)) -> f64 {
    let Some(doublings) = failures.checked_sub(1) else { return 0.0 };
    (first * f64::from(1_u32 << doublings.min(16))).min(longest)
}

/// Returns the pause that a server asks for, as far as it is followed, in milliseconds.
#[must_use]
pub fn wish(seconds: u32) -> f64 {
    f64::from(seconds.min(LONGEST_WISH)) * 1_000.0
}

/// Returns the rest of a pause that ends at `not_before`, in milliseconds. A clock that was set
/// back meanwhile does not make it longer than any such pause is.
#[must_use]
pub fn left(not_before: i64, now: i64) -> f64 {
    (not_before.saturating_sub(now) as f64).clamp(0.0, wish(u32::MAX))
}

/// How long the answer to a report of that many bytes is waited for, after that many attempts that
/// failed.
#[must_use]
pub fn patience(bytes: usize, failures: u32) -> f64 {
    let times = (1.0 + f64::from(failures)).min(MOST_PATIENCE);
    (PATIENCE + PATIENCE_A_BYTE * bytes as f64) * times
}
