//! When to try again: later each time, never all devices at once, and not before the server wants it.

/// The first pause, in milliseconds.
const FIRST: f64 = 2_000.0;

/// The longest pause of ours, in milliseconds: a server that is back is found within five minutes.
const LONGEST: f64 = 300_000.0;

/// The longest that a server may have us wait, in seconds: a day, whatever it says.
const PATIENCE: u32 = 86_400;

/// Milliseconds until the next attempt, after that many that failed (one at least). `chance` is in 0..1:
/// half of the pause is left to it, so that a hundred communes do not come back in the same second.
#[must_use]
pub fn pause(failures: u32, wait: Option<u32>, chance: f64) -> f64 {
    let doublings = failures.saturating_sub(1).min(16);
    let full = (FIRST * f64::from(1_u32 << doublings)).min(LONGEST);
    let own = full * (0.5 + chance.clamp(0.0, 1.0) / 2.0);
    match wait {
        None => own,
        // Its wish is the least; what comes on top spreads those whom it told the same.
        Some(wait) => f64::from(wait.min(PATIENCE)) * 1_000.0 + own,
    }
}
