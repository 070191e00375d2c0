//! Reports that are imported together: the outcome of each, and the reports that wait for the
//! person. Pure: the app reads, stores and asks.

use std::collections::VecDeque;

use chrono::NaiveDate;

use crate::inspection::{Header, Inspection, InspectionId};
use crate::report::Report;

/// The most files that can be chosen at once, and the most texts in one ZIP file.
pub const MAX_AT_ONCE: usize = 200;

/// Returns whether an imported inspection equals the one that is here: their reports, made on the
/// same day, are equal. If something here can't be read, it does not.
#[must_use]
pub fn is_same(here: &Inspection, there: &Inspection, today: NaiveDate) -> bool {
    let report = |inspection: &Inspection| {
        // Until it is changed, an imported inspection is judged as of the day of its report.
        let header = Header { imported_as_of: None, ..inspection.header.clone() };
        Report::of(&Inspection { header, ..inspection.clone() }, today)
    };
    here.lost().is_empty() && report(here) == report(there)
}

/// The outcome of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It could not be imported; the sentence says why.
    Refused(String),
    /// The person did not decide about it, so it is not here.
    Left,
    /// It was added to what is here.
    Added(InspectionId),
    /// It replaced the inspection that was here.
    Replaced(InspectionId),
    /// It is here unchanged, but missing files of its evidence came with it.
    Mended(InspectionId),
    /// It is here unchanged.
    Same(InspectionId),
}

impl Outcome {
    /// The names of all outcomes, in the order in which they are reported: reports that are not
    /// here come first.
    pub const NAMES: [&str; 6] = ["refused", "left", "added", "replaced", "mended", "same"];

    /// Returns the name in the page.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Left => "left",
            Self::Added(_) => "added",
            Self::Replaced(_) => "replaced",
            Self::Mended(_) => "mended",
            Self::Same(_) => "same",
        }
    }
}

/// An imported thing and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The unit and the period of a report, or the name of a file that can't be read.
    pub name: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The files of its evidence that were not imported and why, a line each.
    pub lacks: Vec<String>,
}

/// Reports that are imported together. `R` is a report that waits for the person.
#[derive(Clone, Debug)]
pub struct Intake<R> {
    told: Vec<Told>,
    waiting: VecDeque<R>,
    asked: usize,
}

impl<R> Default for Intake<R> {
    fn default() -> Self {
        Self { told: Vec::new(), waiting: VecDeque::new(), asked: 0 }
    }
}

impl<R> Intake<R> {
    /// Records the outcome of one.
    pub fn tell(&mut self, name: String, outcome: Outcome, lacks: Vec<String>) {
        self.told.push(Told { name, outcome, lacks });
    }

    /// Queues a report that waits for the person.
    pub fn wait(&mut self, report: R) {
        self.waiting.push_back(report);
    }

    /// Removes and returns the next report that waits.
    pub fn pop(&mut self) -> Option<R> {
        self.waiting.pop_front()
    }

    /// Counts a question about a [removed](Self::pop) report. Returns its number, and the number of
    /// all questions known so far.
    pub fn ask(&mut self) -> [usize; 2] {
        self.asked += 1;
        [self.asked, self.asked + self.waiting.len()]
    }

    /// Returns the outcomes, in the order in which they were known.
    #[must_use]
    pub fn finish(self) -> Vec<Told> {
        self.told
    }
}
