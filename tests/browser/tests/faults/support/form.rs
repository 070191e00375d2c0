//! The extent of the tests: short in every run, long by `cargo xtask faults`.

use std::env;
use std::sync::OnceLock;
use std::time::Duration;

/// The extent of each fault.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// Its name in the report.
    pub name: &'static str,
    /// The number of times a browser or a tab is killed.
    pub kills: u64,
    /// The number of times a page is left in each way.
    pub leavings: u64,
    /// The number of random edits by two pages together.
    pub edits: u64,
    /// The number of measurements of when the other page shows an edit.
    pub sightings: u64,
    /// The number of times an element is added to a page and removed.
    pub comings: u64,
    /// The number of an action's calls of storage at which the page is closed or killed.
    pub pages: u64,
    /// The number of inspections on a device in long use.
    pub inspections: usize,
    /// The number of its starts that are measured, with few inspections and with all.
    pub starts: usize,
    /// The duration of its use.
    pub soak: Duration,
    /// The time limit of a test.
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
    // With so little data, the figures would show only the load of the machine.
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

/// Returns the form of this run: long if `TKT_FAULTS` is `long`. `TKT_FAULTS_SOAK` sets the seconds
/// of the soak.
pub fn form() -> Form {
    static IS_LONG: OnceLock<bool> = OnceLock::new();
    let is_long = IS_LONG.get_or_init(|| env::var("TKT_FAULTS").is_ok_and(|form| form == "long"));
    let form = if *is_long { LONG } else { SHORT };
    let soak = env::var("TKT_FAULTS_SOAK").ok().and_then(|seconds| seconds.parse().ok());
    Form { soak: soak.map_or(form.soak, Duration::from_secs), ..form }
}
