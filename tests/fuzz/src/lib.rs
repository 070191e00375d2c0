//! The properties of the program's readers, for any input: one function for each of them.
//!
//! Each gives any bytes to its reader and panics when the answer is wrong: what was read, written
//! and read again is not the same, what was refused names no place, a limit or a stamp does not
//! hold. libFuzzer calls them with inputs of its own (`src/main.rs`, `cargo xtask fuzz`), and
//! `tests/corpus.rs` with those that are kept in `corpus/`, a folder for each.
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

/// One reader, and what holds for it.
pub struct Target {
    /// The name of its folder in `corpus/`.
    pub name: &'static str,
    /// Says whether there was something to read in these bytes; panics when something does not hold
    /// for them.
    pub check: fn(&[u8]) -> bool,
    /// The longest input that is tried, in bytes.
    pub longest: usize,
    /// Whether its inputs are JSON, which is then changed by its values and not by its bytes alone.
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

/// The target of that name.
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
