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
    /// At how many of an action's calls of storage the page is closed or killed.
    pub pages: u64,
    /// How many inspections are on a device that is used for long.
    pub inspections: usize,
    /// How many of its starts are measured, with few inspections and with all.
    pub starts: usize,
    /// How long it is used.
    pub soak: Duration,
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
    pages: 0,
    inspections: 60,
    // On so little, what is measured is what else the machine does.
    starts: 0,
    soak: Duration::from_secs(5),
    timeout: Duration::from_secs(300),
};

const LONG: Form = Form {
    name: "long",
    kills: 100,
    leavings: 50,
    edits: 10_000,
    sightings: 100,
    comings: 100,
    pages: 8,
    inspections: 1_000,
    starts: 5,
    soak: Duration::from_secs(900),
    timeout: Duration::from_secs(3600),
};

/// The form of this run: long if `TKT_FAULTS` is `long`. `TKT_FAULTS_SOAK` sets the seconds of the
/// soak.
pub fn form() -> Form {
    static IS_LONG: OnceLock<bool> = OnceLock::new();
    let is_long = IS_LONG.get_or_init(|| env::var("TKT_FAULTS").is_ok_and(|form| form == "long"));
    let form = if *is_long { LONG } else { SHORT };
    let soak = env::var("TKT_FAULTS_SOAK").ok().and_then(|seconds| seconds.parse().ok());
    Form { soak: soak.map_or(form.soak, Duration::from_secs), ..form }
}
