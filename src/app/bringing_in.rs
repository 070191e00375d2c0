//! Import and restore of chosen files. Each report is imported by itself. Reports that the person
//! must be asked about come one after the other. All outcomes are told at the end.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::File;

use super::bundle::{Attachments, Limits, Opened};
use super::importing::{Arrived, Question, Standing};
use super::incoming::Incoming;
use super::{App, Failure, OnConflict, Undo};
use crate::attachments::{MAX_BACKUP_WITH_ATTACHMENTS, MAX_WITH_ATTACHMENTS};
use crate::backup::{Backup, MAX_BACKUP, read_backup};
use crate::browser::download::ReadError;
use crate::inspection::{Inspection, InspectionId};
use crate::intake::{Intake, MAX_AT_ONCE, Outcome, Told};
use crate::report::{ImportError, MAX_REPORT, import};
use crate::stored::{Key, Part};

/// The purpose for which the person chose files. Files for the other purpose are welcome as well.
#[derive(Clone, Copy)]
enum Wanted {
    Reports,
    Backup,
}

/// The content of a text.
enum Content {
    Report(Box<Inspection>),
    Backup(Backup),
}

impl Wanted {
    const fn limits(self) -> Limits {
        match self {
            Self::Reports => [MAX_BACKUP, MAX_WITH_ATTACHMENTS],
            Self::Backup => [MAX_BACKUP, MAX_BACKUP_WITH_ATTACHMENTS],
        }
    }

    /// Returns the failure to read a file, adapted to the purpose.
    fn unreadable(self, failure: Failure) -> Failure {
        match (self, failure) {
            // A text that is too large even for a backup is too large for a report.
            (Self::Reports, Failure::Import(ImportError::TooLarge { .. })) => {
                Failure::Import(ImportError::TooLarge { limit: MAX_REPORT })
            }
            (Self::Backup, Failure::File(ReadError::TooLarge { limit, .. })) => {
                Failure::Backup(ImportError::TooLarge { limit })
            }
            (Self::Backup, Failure::Import(error)) => Failure::Backup(error),
            (_, failure) => failure,
        }
    }

    fn read(self, text: &[u8]) -> Result<Content, Failure> {
        match self {
            Self::Reports => match import(text) {
                Ok(inspection) => Ok(Content::Report(Box::new(inspection))),
                Err(error @ (ImportError::Foreign | ImportError::TooLarge { .. })) => {
                    read_backup(text).map(Content::Backup).map_err(|wrong| {
                        // A text that was too large to be looked into may be anything.
                        let is_backup = error == ImportError::Foreign && wrong != error;
                        if is_backup { Failure::Backup(wrong) } else { Failure::Import(error) }
                    })
                }
                Err(error) => Err(Failure::Import(error)),
            },
            Self::Backup => match read_backup(text) {
                Ok(backup) => Ok(Content::Backup(backup)),
                Err(ImportError::Foreign) => match import(text) {
                    Ok(inspection) => Ok(Content::Report(Box::new(inspection))),
                    Err(ImportError::Foreign) => Err(Failure::Backup(ImportError::Foreign)),
                    Err(error) => Err(Failure::Import(error)),
                },
                Err(error) => Err(Failure::Backup(error)),
            },
        }
    }
}

/// An import of chosen files.
struct Run<'a> {
    app: &'a App,
    incoming: Incoming,
    intake: Intake<Arrived>,
    wanted: Wanted,
    /// Whether a single file was chosen.
    is_one: bool,
}

impl App {
    /// Imports the reports that the person chose.
    pub async fn import_files(&self, files: Vec<File>) {
        self.bring_in(files, Wanted::Reports).await;
    }

    /// Restores the backup that the person chose.
    pub async fn restore_files(&self, files: Vec<File>) {
        self.bring_in(files, Wanted::Backup).await;
    }

    async fn bring_in(&self, files: Vec<File>, wanted: Wanted) {
        self.clear_notices();
        if files.len() > MAX_AT_ONCE {
            self.report_failure(&Failure::TooManyReports);
            return;
        }
        let (count, incoming) = (files.len(), Incoming::begin(self));
        let mut run =
            Run { app: self, incoming, intake: Intake::default(), wanted, is_one: count == 1 };
        for (file, number) in files.into_iter().zip(1..) {
            run.incoming.reading(number, count);
            let name = file.name();
            if let Err(failure) = run.bring_in(file).await {
                run.refuse(name, &failure);
            }
        }
        let Run { incoming, intake, .. } = run;
        self.ask_or_tell(&incoming, intake).await;
    }

    /// Asks about the next report that waits for the person. If none waits, tells all outcomes.
    pub(super) async fn ask_or_tell(&self, incoming: &Incoming, mut intake: Intake<Arrived>) {
        let mut asks = None;
        while asks.is_none()
            && let Some(arrived) = intake.pop()
        {
            // Reports that came in before it may have changed its standing.
            let question = self.take_or_ask(incoming, &mut intake, &arrived).await;
            asks = question.map(|question| (arrived, question));
        }
        if !incoming.is_wanted() {
            return;
        }
        self.refresh_list().await;
        match asks {
            Some((arrived, question)) => self.ask(arrived, question, intake),
            None => self.tell_told(intake.finish()),
        }
    }

    /// Imports a report, or returns a question for the person.
    async fn take_or_ask(
        &self,
        incoming: &Incoming,
        intake: &mut Intake<Arrived>,
        arrived: &Arrived,
    ) -> Option<Question> {
        let outcome = match self.standing(arrived).await {
            Ok(Standing::Asks(question)) => return Some(*question),
            Ok(Standing::New) => self.settle(incoming, arrived, OnConflict::Reject).await,
            Ok(Standing::Same) => self.mend(incoming, arrived).await,
            Err(failure) => Err(failure),
        };
        self.note(incoming, intake, arrived, outcome);
        None
    }

    /// Notes the outcome of a report.
    pub(super) fn note(
        &self,
        incoming: &Incoming,
        intake: &mut Intake<Arrived>,
        arrived: &Arrived,
        outcome: Result<Outcome, Failure>,
    ) {
        let name = arrived.name(self.words());
        match outcome {
            Ok(outcome) => intake.tell(name, outcome, incoming.refused()),
            Err(failure) => self.refuse(incoming, intake, name, &failure),
        }
    }

    /// Notes that something is refused, unless everything was deleted in the meantime.
    fn refuse(
        &self,
        incoming: &Incoming,
        intake: &mut Intake<Arrived>,
        name: String,
        failure: &Failure,
    ) {
        if incoming.is_wanted() {
            let reason = self.tell_failure(failure);
            intake.tell(name, Outcome::Refused(reason), incoming.refused());
        }
    }

    /// Tells the outcomes: one in a sentence, several in a list.
    fn tell_told(&self, told: Vec<Told>) {
        let words = self.words();
        let [one] = &*told else {
            self.signals().told.set(told);
            return;
        };
        match &one.outcome {
            Outcome::Refused(reason) => self.warn(reason.clone()),
            Outcome::Left => {}
            Outcome::Added(_) => self.notify(words.import_done.to_owned(), None),
            Outcome::Replaced(id) => {
                self.notify(words.import_replaced.to_owned(), Some(undo_of(id.clone())));
            }
            Outcome::Mended(_) => self.notify(words.import_mended.to_owned(), None),
            Outcome::Same(_) => self.signals().told.set(told.clone()),
        }
        if !one.lacks.is_empty() {
            self.warn([&[words.import_lacks.to_owned()], &*one.lacks].concat().join("\n"));
        }
    }

    /// Notes that the person has read the outcomes.
    pub fn dismiss_told(&self) {
        self.signals().told.set(Vec::new());
    }
}

impl Run<'_> {
    /// Imports or restores everything in a file.
    async fn bring_in(&mut self, file: File) -> Result<(), Failure> {
        let wanted = self.wanted;
        let mut opened =
            Opened::new(file, wanted.limits()).await.map_err(|why| wanted.unreadable(why))?;
        for (name, failure) in opened.refused() {
            self.refuse(name, &failure);
        }
        let count = opened.count();
        let (mut known, mut backups, mut foreign) = (0_usize, Vec::new(), Vec::new());
        for number in 1.. {
            if count > 1 {
                self.incoming.reading(number, count);
            }
            let Some((name, bundle)) = opened.next().await else { break };
            self.incoming.go_on()?;
            known += 1;
            let read = bundle.map_err(|why| wanted.unreadable(why)).and_then(|bundle| {
                let content = wanted.read(&bundle.text)?;
                Ok((content, bundle.attachments))
            });
            match read {
                Ok((Content::Report(inspection), attachments)) => {
                    self.arrive(*inspection, attachments, self.is_one && count == 1).await;
                }
                Ok((Content::Backup(backup), attachments)) => {
                    backups.push((name, backup, attachments));
                }
                Err(failure) if is_foreign(&failure) && count > 1 => {
                    known -= 1;
                    foreign.push((name, failure));
                }
                Err(failure) => self.refuse(name, &failure),
            }
        }
        // A file beside a single text of ours may belong to anything. Beside several, each is meant
        // to be one.
        if known != 1 {
            for (name, failure) in foreign {
                self.refuse(name, &failure);
            }
        }
        let is_alone = self.is_one && known == 1;
        for (name, backup, attachments) in backups {
            if is_alone {
                self.app.ask_to_restore(backup, attachments).await?;
            } else {
                self.refuse(name, &Failure::BackupAmongReports);
            }
        }
        Ok(())
    }

    async fn arrive(&mut self, inspection: Inspection, attachments: Attachments, is_alone: bool) {
        let arrived = Arrived { inspection: Arc::new(inspection), attachments, is_alone };
        let asks = self.app.take_or_ask(&self.incoming, &mut self.intake, &arrived).await;
        if asks.is_some() {
            self.intake.wait(arrived);
        }
    }

    fn refuse(&mut self, name: String, failure: &Failure) {
        self.app.refuse(&self.incoming, &mut self.intake, name, failure);
    }
}

/// Returns whether a text belongs to another program.
fn is_foreign(failure: &Failure) -> bool {
    matches!(failure, Failure::Import(ImportError::Foreign) | Failure::Backup(ImportError::Foreign))
}

/// Returns the undo of a replacement of an inspection.
fn undo_of(inspection: InspectionId) -> Undo {
    Undo::Kept(Key { inspection, part: Part::Header })
}
