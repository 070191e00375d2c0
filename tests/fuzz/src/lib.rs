//! The invariants for all input from outside: one function for each reader of the program.
//!
//! Each gives any bytes to its reader and panics when the result is wrong: a value changes when it
//! is written and read again, a refusal names no place, a limit or a stamp does not hold. libFuzzer
//! calls them with inputs of its own (`src/main.rs`, `cargo xtask fuzz`), and `tests/corpus.rs`
//! with the committed ones in `corpus/`, a folder for each.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "like a test, a target says what went wrong by failing"
)]

mod archive;
mod attachments;
mod backup;
mod checklist;
mod json;
pub mod mutate;
mod period;
mod record;
mod report;
mod table;
mod typed;

/// A reader and its invariants.
pub struct Target {
    /// The name of its folder in `corpus/`.
    pub name: &'static str,
    /// Returns whether the bytes hold something to read. Panics if an invariant does not hold.
    pub check: fn(&[u8]) -> bool,
    /// The maximum length of an input, in bytes.
    pub longest: usize,
    /// Whether the inputs are JSON, whose values are then mutated, not its bytes alone.
    pub is_json: bool,
}

/// All targets.
pub const TARGETS: [Target; 9] = [
    json("checklist", checklist::check, 16_384),
    json("report", report::check, 24_576),
    json("backup", backup::check, 24_576),
    bytes("attachments", attachments::check, 8_192),
    bytes("archive", archive::check, 16_384),
    bytes("record", record::check, 4_096),
    bytes("table", table::check, 2_048),
    bytes("typed", typed::check, 512),
    bytes("period", period::check, 512),
];

/// Returns the target of this name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

const fn json(name: &'static str, check: fn(&[u8]) -> bool, longest: usize) -> Target {
    Target { name, check, longest, is_json: true }
}

const fn bytes(name: &'static str, check: fn(&[u8]) -> bool, longest: usize) -> Target {
    Target { name, check, longest, is_json: false }
}
