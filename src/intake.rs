//! Reports that come in together: what became of each, and which of them wait for the person. Pure:
//! reading, storing and asking are the app's.

use std::collections::VecDeque;

use chrono::NaiveDate;

use crate::inspection::{Header, Inspection, InspectionId};
use crate::report::Report;

/// The most that is taken in at once: files that are chosen, and texts in one ZIP file.
pub const MAX_AT_ONCE: usize = 200;

/// Whether an inspection that comes in is here exactly so: a report of either, made on the same
/// day, says the same. Where something can't be read here, it is not.
#[must_use]
pub fn is_same(here: &Inspection, there: &Inspection, today: NaiveDate) -> bool {
    let report = |inspection: &Inspection| {
        // Until something is entered, one that came in is judged as of the day of its report.
        let header = Header { imported_as_of: None, ..inspection.header.clone() };
        Report::of(&Inspection { header, ..inspection.clone() }, today)
    };
    here.lost().is_empty() && report(here) == report(there)
}

/// The outcome of something that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It could not be taken in; the sentence says why.
    Refused(String),
    /// The person did not say what is to become of it, so it is not here.
    Left,
    /// It was added to what is here.
    Added(InspectionId),
    /// It took the place of what was here.
    Replaced(InspectionId),
    /// It is here exactly so, but for files of its evidence that were lacking and came along.
    Mended(InspectionId),
    /// It is here exactly so.
    Same(InspectionId),
}

impl Outcome {
    /// The names of all outcomes, in the order in which they are told: what is not here comes
    /// first.
    pub const NAMES: [&str; 6] = ["refused", "left", "added", "replaced", "mended", "same"];

    /// The name in the page.
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

/// Something that came in, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The unit and the period of a report, or the name of a file that can't be read.
    pub name: String,
    /// The outcome.
    pub outcome: Outcome,
    /// The files of its evidence that were not taken in and why, a line each.
    pub lacks: Vec<String>,
}

/// Reports that come in together; `R` is a report that waits for the person.
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
    /// Takes note of what became of one.
    pub fn tell(&mut self, name: String, outcome: Outcome, lacks: Vec<String>) {
        self.told.push(Told { name, outcome, lacks });
    }

    /// Puts a report behind those that wait for the person.
    pub fn wait(&mut self, report: R) {
        self.waiting.push_back(report);
    }

    /// Returns the next one that waits, and takes it out.
    pub fn pop(&mut self) -> Option<R> {
        self.waiting.pop_front()
    }

    /// Counts a question about a report that was [taken out](Self::pop): returns its number, and
    /// how many there are in all as far as is known.
    pub fn ask(&mut self) -> [usize; 2] {
        self.asked += 1;
        [self.asked, self.asked + self.waiting.len()]
    }

    /// Returns what became of each, in the order in which that was known.
    #[must_use]
    pub fn finish(self) -> Vec<Told> {
        self.told
    }
}
