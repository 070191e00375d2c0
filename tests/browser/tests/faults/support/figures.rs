//! The figures of the tests, as a table in `target/faults/report.md`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::Result;
use browser_tests::TestResult;

use super::form::form;

/// The figures of a test.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figures {
    /// The test and its browser.
    pub test: String,
    /// The number of kills, leavings, or edits.
    pub times: u64,
    /// The number of edits by typing.
    pub typed: u64,
    /// The number of these edits that were acknowledged.
    pub acknowledged: u64,
    /// The number of acknowledged edits that were missing afterwards.
    pub missing: u64,
    /// The number of other edits that were there nevertheless.
    pub survived: u64,
    /// Other measurements.
    pub remark: String,
}

/// The limits of the tests, with the reasons.
const LIMITS: &str = "
Not tested: a killed tab in Firefox and WebKit, because geckodriver and WebKitWebDriver end the whole
session when the process of a page is killed. WebKit's tabs are closed by the driver at the end of a word;
all other pages go away by themselves, at any moment.
";

static ALL: Mutex<Vec<Figures>> = Mutex::new(Vec::new());

impl Figures {
    /// Adds the figures to the table whether the test holds or fails, and returns its outcome.
    pub fn conclude(mut self, outcome: TestResult) -> TestResult {
        if outcome.is_err() {
            self.remark = format!("FAILED; {}", self.remark);
        }
        self.report().and(outcome)
    }

    fn report(self) -> Result<()> {
        let mut all = ALL.lock().unwrap_or_else(PoisonError::into_inner);
        println!("{}", self.line());
        all.push(self);
        all.sort();
        let mut text = format!("# Fault tests, {} form\n\n", form().name);
        text += "| Test | Times | Edits | Acknowledged | Of these missing | Not acknowledged \
                 | Of these there | Remarks |\n|---|---|---|---|---|---|---|---|\n";
        for figures in all.iter() {
            writeln!(text, "{}", figures.line())?;
        }
        text += LIMITS;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/faults");
        fs::create_dir_all(&folder)?;
        Ok(fs::write(folder.join("report.md"), text)?)
    }

    fn line(&self) -> String {
        let Self { test, times, typed, acknowledged, missing, survived, remark } = self;
        let rest = typed.saturating_sub(*acknowledged);
        format!(
            "| {test} | {times} | {typed} | {acknowledged} | {missing} | {rest} | {survived} \
             | {remark} |"
        )
    }
}
