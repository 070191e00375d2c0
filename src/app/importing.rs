//! A report that comes in beside what is here: it is new, here already exactly so, or the person
//! must be asked, as it differs from what is here, is in another workspace, or follows an older
//! version of its checklist.

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
    /// The files that go along with it.
    pub attachments: Attachments,
    /// Whether nothing else was chosen with it.
    pub is_alone: bool,
}

/// How a report stands to what is here.
pub(super) enum Standing {
    /// Nothing here is like it.
    New,
    /// It is here exactly so.
    Same,
    /// The person must be asked.
    Asks(Box<Question>),
}

/// The facts by which a person decides what becomes of a report.
#[derive(Clone)]
pub struct Question {
    /// How far it is.
    pub tally: Tally,
    /// Whether an inspection of the same id is on this device.
    pub is_here: bool,
    /// The inspection on this device, if it can be read.
    pub here: Option<Here>,
    /// Another workspace of this device that has it.
    pub elsewhere: Option<Workspace>,
    /// The version of its checklist that is compiled in, where the report has an older one.
    pub newer_checklist: Option<String>,
}

/// A report that waits for the person to say what becomes of it.
#[derive(Clone)]
pub struct PendingImport {
    /// The report.
    pub arrived: Arrived,
    /// The question.
    pub question: Question,
    /// The number of the question, and how many there are.
    pub place: [usize; 2],
    /// The other reports that came in with it: the outcomes so far, and those that wait behind it.
    pub rest: Intake<Arrived>,
}

/// The person's decision on a report that waits.
#[derive(Clone, Copy)]
pub enum Decision {
    /// It is taken in.
    Take(OnConflict),
    /// It is left.
    Leave,
    /// It is left with all that wait behind it.
    LeaveAll,
}

/// The inspection that this device has under the id of a report.
#[derive(Clone)]
pub struct Here {
    /// Its facts as a whole.
    pub header: Header,
    /// How far it is.
    pub tally: Tally,
    /// The items on which something else was entered.
    pub differences: Vec<Difference>,
}

/// One item on which the report says something else than what is here.
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
    /// Returns what people call it.
    #[must_use]
    pub fn name(&self, words: &Messages) -> String {
        let header = &self.inspection.header;
        format!("{} · {}", header.unit.name, words::period(header.period, words))
    }
}

impl App {
    /// Returns how a report stands to what is here.
    pub(super) async fn standing(&self, arrived: &Arrived) -> Result<Standing, Failure> {
        let (inspection, today) = (&arrived.inspection, clock::today());
        let id = &inspection.header.id;
        let is_here = self.has(id).await?;
        // A damaged inspection can't be compared: then a report is most welcome.
        let stored = if is_here { self.load(id).await.ok() } else { None };
        let stored = stored.map(|(stored, _)| stored);
        if stored.as_ref().is_some_and(|stored| is_same(stored, inspection, today)) {
            return Ok(Standing::Same);
        }
        let elsewhere = self.workspace_with(id).await;
        let newer_checklist = newer_checklist(inspection);
        // Of many at once, an older checklist is told when one is opened.
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

    /// Asks what becomes of a report.
    pub(super) fn ask(&self, arrived: Arrived, question: Question, mut rest: Intake<Arrived>) {
        let place = rest.ask();
        self.signals().pending_import.set(Some(PendingImport { arrived, question, place, rest }));
    }

    /// The person said what becomes of a report.
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

    /// Takes a report in, in a way that is known.
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

    /// Puts those files of a report beside its inspection, which is here exactly so, that are
    /// lacking here.
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

/// Returns the entry of an item; an entry that was emptied again is none.
fn entered<'a>(inspection: &'a Inspection, id: &ItemId) -> Option<&'a Entry> {
    inspection.entries.get(id).filter(|entry| !entry.is_blank())
}

fn tally(inspection: &Inspection, today: NaiveDate) -> Tally {
    let context = Context::new(&inspection.header, today);
    evaluate(&inspection.checklist, &inspection.entries, &context).1.all
}

/// The version that is compiled in of a report's checklist, if that is a newer one.
fn newer_checklist(report: &Inspection) -> Option<String> {
    let current = builtin(report.checklist.id.as_str())?.version;
    is_newer(current, &report.checklist.version).then(|| current.to_owned())
}
