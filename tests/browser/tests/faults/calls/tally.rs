//! The counts and the violations of all runs of an action.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Result, bail};
use browser_tests::TestResult;

use super::action::Action;
use super::contents::Contents;
use super::invariants::{Run, violations};
use crate::support::figures::Figures;

/// The account of an action.
pub struct Tally {
    action: Action,
    before: Contents,
    /// The contents after the action without a fault, and its number of calls.
    done: Contents,
    calls: u64,
    runs: u64,
    failed: u64,
    pub kills: u64,
    pub closings: u64,
    /// The runs with violations, by violation: the number of the call, the call, and its fault.
    broken: BTreeMap<String, Vec<(u64, String, String)>>,
}

impl Tally {
    pub fn new(action: Action, before: Contents, done: Run) -> Self {
        let calls = done.calls;
        let done = done.contents;
        let (runs, failed, kills, closings) = (0, 0, 0, 0);
        Self { action, before, done, calls, runs, failed, kills, closings, broken: BTreeMap::new() }
    }

    /// Adds a run.
    pub fn add(&mut self, at: u64, how: &str, run: &Run) {
        self.runs += 1;
        self.failed += run.failed;
        for violation in violations(self.action, &self.before, &self.done, run) {
            let runs = self.broken.entry(violation).or_default();
            runs.push((at, run.struck.clone(), how.to_owned()));
        }
    }

    /// Adds the figures to the table, and fails if there are violations.
    pub fn conclude(self, outcome: TestResult) -> TestResult {
        let Self { action, calls, runs, failed, kills, closings, broken, .. } = &self;
        let count: usize = broken.values().map(Vec::len).sum();
        let figures = Figures {
            test: format!("Storage fails at call k: {}", action.name()),
            times: *runs,
            remark: format!(
                "{calls} calls; {failed} failed, {kills} killed at one, {closings} pages closed; {count} violations"
            ),
            ..Figures::default()
        };
        figures.conclude(outcome.and(self.verdict()))
    }

    fn verdict(&self) -> Result<()> {
        if self.broken.is_empty() {
            return Ok(());
        }
        let mut table = format!("| {} | broken at | by |\n|---|---|---|\n", self.action.name());
        for (violation, runs) in &self.broken {
            let mut ways: BTreeMap<&str, Vec<String>> = BTreeMap::new();
            for (at, call, how) in runs {
                ways.entry(how).or_default().push(format!("{at} {call}"));
            }
            for (how, calls) in ways {
                writeln!(table, "| {violation} | {} | {how} |", calls.join(", "))?;
            }
        }
        bail!("{table}")
    }
}
