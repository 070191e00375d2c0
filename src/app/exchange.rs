//! Reports going out and coming in.

use super::attachments::{evidence_of, take_attachments};
use super::bundle::{Attachments, Bundle, read_text};
use super::incoming::Incoming;
use super::shelf::{json, progress_of};
use super::starting::step_of;
use super::stored::{StoredHeader, StoredProgress, ticket_in};
use super::{App, Failure, HostEvent, Open, Screen, Undo};
use crate::browser::share::{self, Shared};
use crate::browser::{clock, download};
use crate::inspection::{Entry, Inspection, InspectionId, RawEntry};
use crate::messages::fill;
use crate::report::{MAX_REPORT, Report, file_name, import};
use crate::storage::{Aside, Key, Part, Record, Store};
use crate::upload::Ticket;
use leptos::prelude::*;

/// What a report is, to browsers and systems.
const MIME: &str = "application/json";

/// What to do with a report whose inspection is on this device already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnConflict {
    /// Changes nothing, and says so.
    Reject,
    /// Puts the report in the place of what is here.
    Replace,
    /// Keeps what is here, and adds the report as another inspection.
    KeepBoth,
}

impl App {
    /// The report of the open inspection, as of today.
    ///
    /// # Errors
    /// When no inspection is open.
    pub fn report(&self) -> Result<Report, Failure> {
        let open = self.open().ok_or(Failure::NoInspection)?;
        open.judge_anew(clock::today());
        Ok(Report::of(&open.snapshot(), clock::today()))
    }

    /// The person exports: the host may take over, otherwise a file is downloaded.
    pub fn export(&self) {
        let (Some(open), Ok(report)) = (self.open(), self.report()) else { return };
        let name = open.header.with_untracked(|header| file_name(header, &open.checklist, "json"));
        if self.hand_out(&report, &name) {
            self.note_exported(&open);
            self.tell_lost(&open.snapshot());
        }
    }

    /// Tells of which items a file that went out has no answer, as it can't be read.
    pub(super) fn tell_lost(&self, inspection: &Inspection) {
        let lost = inspection.lost();
        if !lost.is_empty() {
            let numbers: Vec<_> = lost.iter().map(ToString::to_string).collect();
            self.warn(fill(self.words().export_lost, &[("numbers", &numbers.join(", "))]));
        }
    }

    /// Everything that was entered so far is in a file that went out.
    pub(super) fn note_exported(&self, open: &Open) {
        open.exported_at.set(Some(clock::now()));
        open.is_changed.set(false);
        if let Some(store) = self.store() {
            self.put_progress(&store, open);
        }
    }

    /// The person exports an inspection that is not open.
    ///
    /// # Errors
    /// When it can't be read.
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

    /// The person exports all inspections of the list that are not exported as they are.
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

    /// Gives a report to the host or, if it does not take over, as a file; says whether it went out.
    fn hand_out(&self, report: &Report, name: &str) -> bool {
        if !self.can_go_out(report) {
            return false;
        }
        !self.tell(HostEvent::Export(report.json())) || self.download(report, name)
    }

    /// Has the browser save a report as a file; says whether it did.
    fn download(&self, report: &Report, name: &str) -> bool {
        let saved = download::save_file(name, MIME, report.bytes());
        let text = match saved {
            Ok(()) => fill(self.words().export_done, &[("file", name)]),
            Err(_) => self.words().export_failed.to_owned(),
        };
        self.notify(text, None);
        saved.is_ok()
    }

    /// Downloads what is open, whatever the host does with exports: storing fails, and the person
    /// must have it in some place.
    pub fn back_up(&self) {
        let (Some(open), Ok(report)) = (self.open(), self.report()) else { return };
        let name = open.header.with_untracked(|header| file_name(header, &open.checklist, "json"));
        self.download(&report, &name);
        self.tell_lost(&open.snapshot());
    }

    /// Whether the system has a share sheet that takes reports.
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

    /// Puts the report of the open inspection on the clipboard.
    pub async fn copy(&self) {
        let Ok(report) = self.report() else { return };
        if !self.can_go_out(&report) {
            return;
        }
        // The report's bytes are its canonical form, which is UTF-8.
        let text = String::from_utf8_lossy(report.bytes()).into_owned();
        if share::copy(&text).await {
            self.notify(self.words().copy_done.to_owned(), None);
        } else {
            self.warn(self.words().copy_failed.to_owned());
        }
    }

    /// Imports a report; gives the id under which it is here.
    ///
    /// # Errors
    /// Why the bytes are no report of ours, or that it is here already. Nothing is changed then.
    pub async fn import_report(
        &self,
        bytes: &[u8],
        on_conflict: OnConflict,
    ) -> Result<InspectionId, Failure> {
        let Bundle { text, attachments } = read_text(bytes, MAX_REPORT)?;
        let inspection = import(&text).map_err(Failure::Import)?;
        let incoming = Incoming::begin(self);
        let taken = self.take_in_whole(&incoming, inspection, &attachments, on_conflict).await;
        Ok(taken?.0)
    }

    /// Takes an inspection in with the files that go along. The files are there before the records that name them: who
    /// closes the page meanwhile has the inspection whole or not at all.
    pub(super) async fn take_in_whole(
        &self,
        incoming: &Incoming,
        mut inspection: Inspection,
        attachments: &Attachments,
        on_conflict: OnConflict,
    ) -> Result<(InspectionId, Option<Undo>), Failure> {
        let store = self.store().ok_or(Failure::NoInspection)?;
        let original = inspection.header.id.clone();
        self.settle_id(&store, &mut inspection.header.id, on_conflict).await?;
        let evidence = evidence_of(&inspection);
        take_attachments(
            incoming,
            &store,
            [&original, &inspection.header.id],
            &evidence,
            attachments,
        )
        .await?;
        incoming.go_on()?;
        if !self.is_shown(&store) {
            // Somebody else has the device by now.
            return Err(Failure::UnknownInspection);
        }
        let (id, undo) = self.take_in(inspection, on_conflict, None).await?;
        // Another window may have taken the files for forgotten ones before they were named. The inspection is in, so
        // that a failure here is none of the import: what is not on the device is told where it is shown.
        _ = take_attachments(incoming, &store, [&original, &id], &evidence, attachments).await;
        Ok((id, undo))
    }

    /// Whether an inspection may come in under its id, and under which one.
    async fn settle_id(
        &self,
        store: &Store,
        id: &mut InspectionId,
        on_conflict: OnConflict,
    ) -> Result<(), Failure> {
        match on_conflict {
            OnConflict::Reject if self.has(id).await? => return Err(Failure::ImportConflict),
            // Also beside one that was deleted and may be taken back.
            OnConflict::KeepBoth if !store.load(id).await?.is_empty() => {
                *id = InspectionId::from_random(clock::random_bytes());
            }
            OnConflict::Reject | OnConflict::KeepBoth | OnConflict::Replace => {}
        }
        Ok(())
    }

    /// Takes an inspection in, in one step; gives its id, and what takes back that it replaced another one. `progress`
    /// is where it stood, if that is known.
    pub(super) async fn take_in(
        &self,
        mut inspection: Inspection,
        on_conflict: OnConflict,
        progress: Option<StoredProgress>,
    ) -> Result<(InspectionId, Option<Undo>), Failure> {
        let store = self.store().ok_or(Failure::NoInspection)?;
        self.settle_id(&store, &mut inspection.header.id, on_conflict).await?;
        let id = inspection.header.id.clone();
        // Until it is stored, nothing of what it replaces can be changed.
        let was_shown = self.open().filter(|_| self.open_id().as_ref() == Some(&id));
        if was_shown.is_some() {
            self.signals().open.set(None);
            self.show(Screen::Home);
        }
        let taken = self.replace(&store, inspection, progress).await;
        if let (Err(_), Some(open)) = (&taken, was_shown) {
            self.show_inspection(open.snapshot(), Some(open.progress())).await;
        }
        let undo = taken?;
        self.refresh_list().await;
        Ok((id, undo))
    }

    /// Puts an inspection in the place of what has its id here, if anything has; gives what takes that back.
    async fn replace(
        &self,
        store: &Store,
        mut inspection: Inspection,
        progress: Option<StoredProgress>,
    ) -> Result<Option<Undo>, Failure> {
        let header = Key { inspection: inspection.header.id.clone(), part: Part::Header };
        // What is unsaved may belong to what is replaced.
        store.flush().await?;
        let (before, records) = self.taken_away(store, &header.inspection).await?;
        let mut put = Vec::new();
        // What the report does not have must not shine through what it replaces.
        for record in &records {
            if record.key.part == Part::Upload {
                // What waits to be sent was made of other answers: it waits for the person.
                put.push((record.key.clone(), json(&ticket_in(record).map(Ticket::held))));
            }
            let Part::Item(id) = &record.key.part else { continue };
            match inspection.checklist.item(id.as_str()) {
                Some(item) => {
                    let blank = || Entry::blank(&item.kind);
                    inspection.entries.entry(id.clone()).or_insert_with(blank);
                }
                None => put.push((record.key.clone(), json(&RawEntry::default()))),
            }
        }
        let mut step = step_of(&inspection);
        step.put.append(&mut put);
        let undo = before.as_ref().map(|_| Undo::Kept(header.clone()));
        match before {
            Some(before) => step.kept.push((header, before)),
            // What is damaged as a whole may still be read record by record.
            None => step.aside.extend(records.iter().map(aside_of)),
        }
        let open = Open::new(inspection, clock::today());
        match progress {
            Some(progress) => open.take_progress(Some(progress)),
            None => self.touch(&open),
        }
        step.put.push(progress_of(&open));
        store.commit(step).await?;
        Ok(undo)
    }

    /// Returns what is kept of an inspection as a whole, and its records: both as of the same moment, so that an answer
    /// which comes in from another window is in both or in neither.
    async fn taken_away(
        &self,
        store: &Store,
        id: &InspectionId,
    ) -> Result<(Option<String>, Vec<Record>), Failure> {
        let mut records = store.load(id).await?;
        loop {
            let before = self.as_it_is(id).await?;
            let again = store.load(id).await?;
            if again == records {
                return Ok((before, records));
            }
            records = again;
        }
    }

    /// Whether an inspection is on this device, and not deleted.
    pub(super) async fn has(&self, id: &InspectionId) -> Result<bool, Failure> {
        let store = self.store().ok_or(Failure::NoInspection)?;
        let records = store.load(id).await?;
        let header = records.iter().find(|record| record.key.part == Part::Header);
        Ok(header.is_some_and(StoredHeader::is_there))
    }
}

/// Returns a record as something to be set aside.
fn aside_of(record: &Record) -> Aside {
    Aside { origin: record.key.path(), text: record.to_text(), at: clock::now().to_string() }
}
