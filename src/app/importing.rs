//! Bringing a report in where the person must be asked: it is here already, in another workspace, or
//! follows an older version of its checklist.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;
use leptos::prelude::*;

use super::bundle::{Attachments, Bundle, read_bundle};
use super::incoming::Incoming;
use super::{App, Failure, OnConflict, Workspace};
use crate::attachments::MAX_WITH_ATTACHMENTS;
use crate::backup::{MAX_BACKUP, read_backup};
use crate::browser::clock;
use crate::checklist::{Item, ItemId, builtin, is_newer};
use crate::evaluation::{Context, Tally, Verdict, evaluate, judge};
use crate::inspection::{Entry, Header, Inspection};
use crate::report::{ImportError, MAX_REPORT, import};

/// A report that waits for the person to say what becomes of it.
#[derive(Clone)]
pub struct PendingImport {
    /// The inspection of the report.
    pub inspection: Arc<Inspection>,
    /// The files that go along with it.
    pub attachments: Attachments,
    /// How far it is.
    pub tally: Tally,
    /// Whether an inspection of the same id is on this device.
    pub is_here: bool,
    /// What that is, if it can be read.
    pub here: Option<Here>,
    /// Another workspace of this device that has it.
    pub elsewhere: Option<Workspace>,
    /// The version of its checklist that is compiled in, where the report has an older one.
    pub newer_checklist: Option<String>,
}

/// What is on this device under the id of a report.
#[derive(Clone)]
pub struct Here {
    /// What is said of it as a whole.
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

impl App {
    /// The person chose a file to import.
    pub async fn import_file(&self, file: web_sys::File) {
        self.clear_notices();
        let incoming = Incoming::begin(self);
        incoming.reading();
        let result = match read_bundle(&file, MAX_BACKUP, MAX_WITH_ATTACHMENTS).await {
            Ok(Bundle { text, attachments }) => match import(&text) {
                Ok(inspection) => self.ask_or_take_in(inspection, attachments).await,
                // A backup is as welcome.
                Err(error @ (ImportError::Foreign | ImportError::TooLarge { .. })) => {
                    match read_backup(&text) {
                        Ok(backup) => self.ask_to_restore(backup, attachments).await,
                        // What was not looked into, as it is too large, may be anything.
                        Err(wrong) if error == ImportError::Foreign && wrong != error => {
                            Err(Failure::Backup(wrong))
                        }
                        Err(_) => Err(Failure::Import(error)),
                    }
                }
                Err(error) => Err(Failure::Import(error)),
            },
            // What is too large even for a backup is so for a report.
            Err(Failure::Import(ImportError::TooLarge { .. })) => {
                Err(Failure::Import(ImportError::TooLarge { limit: MAX_REPORT }))
            }
            Err(failure) => Err(failure),
        };
        self.report_unless_erased(&incoming, result);
    }

    /// Tells what went wrong with what was brought in, unless everything was deleted meanwhile.
    pub(super) fn report_unless_erased(&self, incoming: &Incoming, result: Result<(), Failure>) {
        if let Err(failure) = result
            && incoming.is_wanted()
        {
            self.report_failure(&failure);
        }
    }

    pub(super) async fn ask_or_take_in(
        &self,
        inspection: Inspection,
        attachments: Attachments,
    ) -> Result<(), Failure> {
        let today = clock::today();
        let is_here = self.has(&inspection.header.id).await?;
        let here = if is_here {
            // What is damaged can't be compared: then a report is most welcome.
            let stored = self.load(&inspection.header.id).await.ok();
            stored.map(|(stored, _)| Here::of(&stored, &inspection, today))
        } else {
            None
        };
        let pending = PendingImport {
            tally: tally(&inspection, today),
            elsewhere: self.workspace_with(&inspection.header.id).await,
            newer_checklist: newer_checklist(&inspection),
            is_here,
            here,
            inspection: Arc::new(inspection),
            attachments,
        };
        if pending.is_here || pending.elsewhere.is_some() || pending.newer_checklist.is_some() {
            self.signals().pending_import.set(Some(pending));
            Ok(())
        } else {
            self.settle(&Incoming::begin(self), &pending, OnConflict::Reject).await
        }
    }

    /// The person said what becomes of a report.
    pub async fn decide_import(&self, on_conflict: Option<OnConflict>) {
        let pending = self.signals().pending_import.get_untracked();
        self.signals().pending_import.set(None);
        if let (Some(pending), Some(on_conflict)) = (pending, on_conflict) {
            let incoming = Incoming::begin(self);
            let result = self.settle(&incoming, &pending, on_conflict).await;
            self.report_unless_erased(&incoming, result);
        }
    }

    async fn settle(
        &self,
        incoming: &Incoming,
        report: &PendingImport,
        on_conflict: OnConflict,
    ) -> Result<(), Failure> {
        let PendingImport { inspection, attachments, .. } = report;
        let inspection = (**inspection).clone();
        let taken = self.take_in_whole(incoming, inspection, attachments, on_conflict).await;
        let (_, undo) = taken?;
        let words = self.words();
        let text = if undo.is_some() { words.import_replaced } else { words.import_done };
        self.notify(text.to_owned(), undo);
        Ok(())
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

/// What was entered for an item; an entry that was emptied again is none.
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
