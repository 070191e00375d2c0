//! The failing call of storage and its fault.

use std::fmt;

/// The way in which a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It throws.
    Throw,
    /// Its request fails, which aborts the transaction.
    Abort,
    /// The transaction is aborted at its commit, as there is no room.
    Quota,
    /// It is never answered.
    Hang,
    /// The page ends, and its transactions with it.
    Death,
}

/// A fault at the call with this number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strike {
    pub fault: Fault,
    /// The number of the call, counted from 1.
    pub at: u64,
    /// Whether all later calls of the same storage, database or `localStorage`, fail as well, until the page is closed.
    pub stays: bool,
}

impl Fault {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Throw => "throw",
            Self::Abort => "abort",
            Self::Quota => "quota",
            Self::Hang => "hang",
            Self::Death => "death",
        }
    }
}

impl fmt::Display for Strike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lasting = if self.stays { ", stays" } else { "" };
        write!(f, "{}{lasting}", self.fault.name())
    }
}

/// Returns the strikes of the short form: every call, alternately aborted and without room, mostly
/// lasting.
pub fn some(calls: u64) -> impl Iterator<Item = Strike> {
    (1..=calls).map(|at| {
        let fault = if at % 2 == 0 { Fault::Quota } else { Fault::Abort };
        Strike { fault, at, stays: at % 5 != 0 }
    })
}

/// Returns the strikes of the long form: every fault at every call, alternately single and lasting.
pub fn all(calls: u64) -> impl Iterator<Item = Strike> {
    let faults = [Fault::Throw, Fault::Abort, Fault::Quota, Fault::Hang, Fault::Death];
    (1..=calls).flat_map(move |at| {
        (0..).zip(faults).map(move |(number, fault)| {
            let stays = fault == Fault::Death || (at + number) % 2 == 0;
            Strike { fault, at, stays }
        })
    })
}

/// Returns numbers from 1 to `calls`: all, or `most` of them with the first and the last.
pub fn evenly(calls: u64, most: u64) -> impl Iterator<Item = u64> {
    let count = calls.min(most);
    (0..count).map(move |index| 1 + index * (calls - 1) / (count - 1).max(1))
}

#[test]
fn what_is_chosen_lies_evenly() {
    assert_eq!(evenly(0, 3).count(), 0);
    assert_eq!(evenly(1, 3).collect::<Vec<_>>(), [1]);
    assert_eq!(evenly(4, 9).collect::<Vec<_>>(), [1, 2, 3, 4]);
    assert_eq!(evenly(100, 4).collect::<Vec<_>>(), [1, 34, 67, 100]);
}
