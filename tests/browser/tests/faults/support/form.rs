//! How much is done: little in every run of the tests, much by `cargo xtask faults`.

use std::env;
use std::sync::OnceLock;
use std::time::Duration;

/// How much of each fault is done.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Its name in the report.
    pub name: &'static str,
    /// How often a browser or a tab is killed.
    pub kills: u64,
    /// How often a page is left in each way.
    pub leavings: u64,
    /// How many edits are made at random by two pages together.
    pub edits: u64,
    /// How often it is measured when the other page shows an edit.
    pub sightings: u64,
    /// How often an element is put into a page and taken out.
    pub comings: u64,
    /// How many of an action's calls of storage fail in each way, at most.
    pub calls: u64,
    /// At how many of them the page is closed or killed.
    pub pages: u64,
    /// How long a test may take.
    pub timeout: Duration,
}

const SHORT: Form = Form {
    name: "short",
    kills: 10,
    leavings: 5,
    edits: 500,
    sightings: 10,
    comings: 20,
    calls: u64::MAX,
    pages: 0,
    timeout: Duration::from_secs(300),
};

const LONG: Form = Form {
    name: "long",
    kills: 100,
    leavings: 50,
    edits: 10_000,
    sightings: 100,
    comings: 100,
    calls: 30,
    pages: 8,
    timeout: Duration::from_secs(3600),
};

/// The form of this run: long if `TKT_FAULTS` is `long`.
pub fn form() -> Form {
    static IS_LONG: OnceLock<bool> = OnceLock::new();
    let is_long = IS_LONG.get_or_init(|| env::var("TKT_FAULTS").is_ok_and(|form| form == "long"));
    if *is_long { LONG } else { SHORT }
}
