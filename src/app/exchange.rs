//! Export of reports.

use leptos::prelude::*;

use super::{App, Failure, HostEvent, Open, Undo};
use crate::browser::share::{self, Shared};
use crate::browser::{clock, download};
use crate::inspection::{Inspection, InspectionId};
use crate::messages::fill;
use crate::report::{Report, file_name};
use crate::words;

/// The media type of a report.
const MIME: &str = "application/json";

impl App {
    /// Returns today's report of the open inspection.
    ///
    /// # Errors
    /// When no inspection is open.
    pub fn report(&self) -> Result<Report, Failure> {
        let open = self.open().ok_or(Failure::NoInspection)?;
        open.judge_anew(clock::today());
        Ok(Report::of(&open.snapshot(), clock::today()))
    }

    /// Exports the open inspection. The host may take over, otherwise a file is downloaded.
    pub fn export(&self) {
        let (Some(open), Ok(report)) = (self.open(), self.report()) else { return };
        let name = open.header.with_untracked(|header| file_name(header, &open.checklist, "json"));
        if self.hand_out(&report, &name) {
            self.note_exported(&open);
            self.tell_lost(&open.snapshot());
        }
    }

    /// Tells which items have no answer in an exported file, as their answers can't be read.
    pub(super) fn tell_lost(&self, inspection: &Inspection) {
        let lost = inspection.lost();
        if !lost.is_empty() {
            let numbers: Vec<_> = lost.iter().map(ToString::to_string).collect();
            self.warn(fill(self.words().export_lost, &[("numbers", &numbers.join(", "))]));
        }
    }

    /// Notes that an exported file has everything that was entered so far.
    pub(super) fn note_exported(&self, open: &Open) {
        self.withdraw(|undo| matches!(undo, Undo::Completion(_)));
        open.exported_at.set(Some(clock::now()));
        open.is_changed.set(false);
        if let Some(store) = self.store() {
            self.put_progress(&store, open);
        }
    }

    /// Exports an inspection that is not open.
    ///
    /// # Errors
    /// When it can't be read, or the note of the export can't be stored.
    pub async fn export_stored(&self, id: &InspectionId) -> Result<(), Failure> {
        let store = self.store().ok_or(Failure::UnknownInspection)?;
        let (inspection, progress) = self.load(id).await?;
        let report = Report::of(&inspection, clock::today());
        let name = file_name(&inspection.header, &inspection.checklist, "json");
        if self.hand_out(&report, &name) {
            self.tell_lost(&inspection);
            let open = Open::new(inspection, clock::today());
            open.take_progress(progress);
            open.exported_at.set(Some(clock::now()));
            open.is_changed.set(false);
            self.put_progress(&store, &open);
            self.flush().await?;
            self.refresh_list().await;
        }
        Ok(())
    }

    /// Exports all inspections of the list that changed since their last export.
    pub async fn export_all(&self) {
        let waiting = |listed: &Vec<super::Listed>| -> Vec<InspectionId> {
            let waiting = listed.iter().filter(|listed| listed.is_unexported());
            waiting.map(|listed| listed.id.clone()).collect()
        };
        let all = self.signals().listed.with_untracked(waiting);
        for id in &all {
            if let Err(failure) = self.export_stored(id).await {
                self.report_failure(&failure);
                return;
            }
        }
        let left = self.signals().listed.with_untracked(waiting);
        let done = all.iter().filter(|id| !left.contains(id)).count().to_string();
        self.notify(fill(self.words().export_all_done, &[("count", &done)]), None);
    }

    /// Gives a report to the host or, if it does not take over, as a file; says whether it went
    /// out.
    fn hand_out(&self, report: &Report, name: &str) -> bool {
        if !self.can_go_out(report) {
            return false;
        }
        !self.tell(HostEvent::Export(report.json())) || self.save_report(report, name)
    }

    /// Has the browser save a report as a file; says whether it did.
    fn save_report(&self, report: &Report, name: &str) -> bool {
        let saved = download::save_file(name, MIME, report.bytes());
        match saved {
            Ok(()) => self.notify(fill(self.words().export_done, &[("file", name)]), None),
            Err(_) => self.warn(self.words().export_failed.to_owned()),
        }
        saved.is_ok()
    }

    /// Downloads what is open, whatever the host does with exports: storing fails, and the person
    /// must have it in some place.
    pub fn download(&self) {
        let (Some(open), Ok(report)) = (self.open(), self.report()) else { return };
        let name = open.header.with_untracked(|header| file_name(header, &open.checklist, "json"));
        self.save_report(&report, &name);
        self.tell_lost(&open.snapshot());
    }

    /// Returns whether the system has a share sheet that takes reports.
    #[must_use]
    pub fn can_share(&self) -> bool {
        share::form().is_some()
    }

    /// Hands the report of the open inspection to the system's share sheet.
    pub async fn share(&self) {
        let (Some(open), Ok(report)) = (self.open(), self.report()) else { return };
        if !self.can_go_out(&report) {
            return;
        }
        let name = open.header.with_untracked(|header| file_name(header, &open.checklist, "json"));
        let shared = match share::form() {
            Some(form) => share::share(&name, form, report.bytes()).await,
            None => Shared::Failed,
        };
        match shared {
            Shared::Done => self.notify(self.words().share_done.to_owned(), None),
            Shared::Left => {}
            Shared::Failed => self.warn(self.words().share_failed.to_owned()),
        }
    }

    /// Copies the result of the open inspection to the clipboard as readable text.
    pub async fn copy(&self) {
        let Some(open) = self.open() else { return };
        let language = self.signals().language.get_untracked();
        if share::copy(&words::result(&open.snapshot(), clock::today(), language)).await {
            self.notify(self.words().copy_done.to_owned(), None);
        } else {
            self.warn(self.words().copy_failed.to_owned());
        }
    }
}
