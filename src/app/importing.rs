//! The standing of an imported report. It is new, it is here unchanged, or the person must be
//! asked: it differs from the inspection here, is in another workspace, or follows an older
//! checklist.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;

use super::attachments::{evidence_of, take_attachments};
use super::bundle::Attachments;
use super::incoming::Incoming;
use super::{App, Failure, OnConflict, Workspace};
use crate::browser::clock;
use crate::checklist::{Item, ItemId, builtin, is_newer};
use crate::evaluation::{Context, Tally, Verdict, evaluate, judge};
use crate::inspection::{Entry, Header, Inspection};
use crate::intake::{Intake, Outcome, is_same};
use crate::messages::Messages;
use crate::words;

/// A report that came in.
#[derive(Clone)]
pub struct Arrived {
    /// Its inspection.
    pub inspection: Arc<Inspection>,
    /// The files that belong to it.
    pub attachments: Attachments,
    /// Whether nothing else was chosen with it.
    pub is_alone: bool,
}

/// The relation of a report to the inspections here.
pub(super) enum Standing {
    /// Nothing here corresponds to it.
    New,
    /// It is here unchanged.
    Same,
    /// The person must be asked.
    Asks(Box<Question>),
}

/// The facts by which a person decides on a report.
#[derive(Clone)]
pub struct Question {
    /// The report's verdicts, counted.
    pub tally: Tally,
    /// Whether an inspection of the same id is on this device.
    pub is_here: bool,
    /// That inspection, if it can be read.
    pub here: Option<Here>,
    /// Another workspace of this device that has it.
    pub elsewhere: Option<Workspace>,
    /// The version of its checklist that is compiled in, where the report has an older one.
    pub newer_checklist: Option<String>,
}

/// A report that waits for the person's decision.
#[derive(Clone)]
pub struct PendingImport {
    /// The report.
    pub arrived: Arrived,
    /// The question.
    pub question: Question,
    /// The number of the question, and the number of questions.
    pub place: [usize; 2],
    /// The rest of the import: outcomes, and reports that still wait.
    pub rest: Intake<Arrived>,
}

/// A person's decision on a report that waits.
#[derive(Clone, Copy)]
pub enum Decision {
    /// It is imported.
    Take(OnConflict),
    /// It is not imported.
    Leave,
    /// Neither it nor any report behind it is imported.
    LeaveAll,
}

/// The inspection on this device with the id of a report.
#[derive(Clone)]
pub struct Here {
    /// Its header.
    pub header: Header,
    /// Its verdicts, counted.
    pub tally: Tally,
    /// The items with different entries.
    pub differences: Vec<Difference>,
}

/// An item on which the report differs from the inspection here.
#[derive(Clone)]
pub struct Difference {
    /// The item.
    pub item: Arc<Item>,
    /// The verdict here.
    pub here: Verdict,
    /// The verdict in the report.
    pub there: Verdict,
}

impl Arrived {
    /// Returns the name for people.
    #[must_use]
    pub fn name(&self, words: &Messages) -> String {
        let header = &self.inspection.header;
        format!("{} · {}", header.unit.name, words::period(header.period, words))
    }
}

impl App {
    /// Returns the standing of a report.
    pub(super) async fn standing(&self, arrived: &Arrived) -> Result<Standing, Failure> {
        let (inspection, today) = (&arrived.inspection, clock::today());
        let id = &inspection.header.id;
        let is_here = self.has(id).await?;
        // A damaged inspection can't be compared. Then a report is most welcome.
        let stored = if is_here { self.load(id).await.ok() } else { None };
        let stored = stored.map(|(stored, _)| stored);
        if stored.as_ref().is_some_and(|stored| is_same(stored, inspection, today)) {
            return Ok(Standing::Same);
        }
        let elsewhere = self.workspace_with(id).await;
        let newer_checklist = newer_checklist(inspection);
        // In an import of several, an older checklist is told when an inspection is opened.
        let asks_of_older = arrived.is_alone && newer_checklist.is_some();
        if !(is_here || elsewhere.is_some() || asks_of_older) {
            return Ok(Standing::New);
        }
        Ok(Standing::Asks(Box::new(Question {
            tally: tally(inspection, today),
            here: stored.map(|stored| Here::of(&stored, inspection, today)),
            is_here,
            elsewhere,
            newer_checklist,
        })))
    }

    /// Asks the person to decide on a report.
    pub(super) fn ask(&self, arrived: Arrived, question: Question, mut rest: Intake<Arrived>) {
        let place = rest.ask();
        self.signals().pending_import.set(Some(PendingImport { arrived, question, place, rest }));
    }

    /// Carries out the person's decision on a report.
    pub async fn decide_import(&self, decision: Decision) {
        let pending = self.signals().pending_import.get_untracked();
        self.signals().pending_import.set(None);
        let Some(PendingImport { arrived, mut rest, .. }) = pending else { return };
        let incoming = Incoming::begin(self);
        let mut left = Vec::new();
        match decision {
            Decision::Take(on_conflict) => {
                let outcome = self.settle(&incoming, &arrived, on_conflict).await;
                self.note(&incoming, &mut rest, &arrived, outcome);
            }
            Decision::Leave => left.push(arrived),
            Decision::LeaveAll => {
                left.push(arrived);
                left.extend(std::iter::from_fn(|| rest.pop()));
            }
        }
        for arrived in left {
            rest.tell(arrived.name(self.words()), Outcome::Left, Vec::new());
        }
        self.ask_or_tell(&incoming, rest).await;
    }

    /// Imports a report in a given way.
    pub(super) async fn settle(
        &self,
        incoming: &Incoming,
        arrived: &Arrived,
        on_conflict: OnConflict,
    ) -> Result<Outcome, Failure> {
        let inspection = (*arrived.inspection).clone();
        let taken =
            self.take_in_whole(incoming, inspection, &arrived.attachments, on_conflict).await;
        let (id, undo) = taken?;
        Ok(if undo.is_some() { Outcome::Replaced(id) } else { Outcome::Added(id) })
    }

    /// Adds files of a report that are lacking here to its inspection, which is here unchanged.
    pub(super) async fn mend(
        &self,
        incoming: &Incoming,
        arrived: &Arrived,
    ) -> Result<Outcome, Failure> {
        let Arrived { inspection, attachments, .. } = arrived;
        let store = self.store().ok_or(Failure::NoInspection)?;
        let id = inspection.header.id.clone();
        let evidence = evidence_of(inspection);
        let stored = take_attachments(incoming, &store, [&id, &id], &evidence, attachments).await?;
        Ok(if stored > 0 { Outcome::Mended(id) } else { Outcome::Same(id) })
    }
}

impl Here {
    fn of(stored: &Inspection, report: &Inspection, today: NaiveDate) -> Self {
        let (here, there) =
            (Context::new(&stored.header, today), Context::new(&report.header, today));
        let touched: BTreeSet<_> = stored.entries.keys().chain(report.entries.keys()).collect();
        let differences = touched.into_iter().filter_map(|id| {
            let (old, new) = (entered(stored, id), entered(report, id));
            let item = report.checklist.item(id.as_str())?;
            let verdict = |entry, context| judge(item, entry, context).verdict;
            (old != new).then(|| Difference {
                item: item.clone(),
                here: verdict(old, &here),
                there: verdict(new, &there),
            })
        });
        Self {
            header: stored.header.clone(),
            tally: tally(stored, today),
            differences: differences.collect(),
        }
    }
}

/// Returns the entry for an item. An entry that was emptied again is none.
fn entered<'a>(inspection: &'a Inspection, id: &ItemId) -> Option<&'a Entry> {
    inspection.entries.get(id).filter(|entry| !entry.is_blank())
}

fn tally(inspection: &Inspection, today: NaiveDate) -> Tally {
    let context = Context::new(&inspection.header, today);
    evaluate(&inspection.checklist, &inspection.entries, &context).1.all
}

/// Returns the compiled-in version of a report's checklist, if it is newer.
fn newer_checklist(report: &Inspection) -> Option<String> {
    let current = builtin(report.checklist.id.as_str())?.version;
    is_newer(current, &report.checklist.version).then(|| current.to_owned())
}
