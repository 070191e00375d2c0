//! Import of inspections: whole with their files, or not at all.

use leptos::prelude::*;

use super::attachments::{evidence_of, take_attachments};
use super::bundle::{Attachments, Bundle, read_text};
use super::incoming::Incoming;
use super::shelf::{json, progress_of};
use super::starting::step_of;
use super::{App, Failure, Open, Screen, Undo};
use crate::browser::clock;
use crate::inspection::{Entry, Inspection, InspectionId, RawEntry};
use crate::report::{MAX_REPORT, import};
use crate::storage::Store;
use crate::stored::{Aside, Key, Part, Record, StoredHeader, StoredProgress, ticket_in};
use crate::upload::Ticket;

/// The ways to deal with a report whose inspection is on this device already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnConflict {
    /// Changes nothing and returns an error.
    Reject,
    /// Replaces the inspection that is here by the report.
    Replace,
    /// Keeps the inspection that is here and adds the report as another one.
    KeepBoth,
}

impl App {
    /// Imports a report and returns the id that it has here.
    ///
    /// # Errors
    /// When the bytes are no valid report, or the inspection is here already. Nothing is changed
    /// then.
    pub async fn import_report(
        &self,
        bytes: &[u8],
        on_conflict: OnConflict,
    ) -> Result<InspectionId, Failure> {
        let Bundle { text, attachments } = read_text(bytes, MAX_REPORT)?;
        let inspection = import(&text).map_err(Failure::Import)?;
        let incoming = Incoming::begin(self);
        let taken = self.take_in_whole(&incoming, inspection, &attachments, on_conflict).await;
        let (id, _) = taken?;
        self.refresh_list().await;
        Ok(id)
    }

    /// Imports an inspection with its files. The files are there before the records that name them:
    /// if the page is closed meanwhile, the inspection is here whole or not at all.
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
            // Another person has the device by now.
            return Err(Failure::UnknownInspection);
        }
        let (id, undo) = self.take_in(inspection, on_conflict, None).await?;
        // Before they were named, another window may have swept the files. The inspection is
        // stored, so that a failure here does not fail the import. Missing files are told where
        // they are shown.
        _ = take_attachments(incoming, &store, [&original, &id], &evidence, attachments).await;
        Ok((id, undo))
    }

    /// Chooses the id of an imported inspection, or refuses the import.
    async fn settle_id(
        &self,
        store: &Store,
        id: &mut InspectionId,
        on_conflict: OnConflict,
    ) -> Result<(), Failure> {
        match on_conflict {
            OnConflict::Reject if self.has(id).await? => return Err(Failure::ImportConflict),
            // This also holds beside a deleted inspection that may be undeleted.
            OnConflict::KeepBoth if !store.load(id).await?.is_empty() => {
                *id = InspectionId::from_random(clock::random_bytes());
            }
            OnConflict::Reject | OnConflict::KeepBoth | OnConflict::Replace => {}
        }
        Ok(())
    }

    /// Imports an inspection in one step. Returns its id, and the undo if it replaced another one.
    /// `progress` is its known progress. The list of inspections does not know of it yet.
    pub(super) async fn take_in(
        &self,
        mut inspection: Inspection,
        on_conflict: OnConflict,
        progress: Option<StoredProgress>,
    ) -> Result<(InspectionId, Option<Undo>), Failure> {
        let store = self.store().ok_or(Failure::NoInspection)?;
        self.settle_id(&store, &mut inspection.header.id, on_conflict).await?;
        let id = inspection.header.id.clone();
        // Until the import is stored, the replaced inspection can't be changed.
        let was_shown = self.open().filter(|_| self.open_id().as_ref() == Some(&id));
        if was_shown.is_some() {
            self.signals().open.set(None);
            self.show(Screen::Home);
        }
        let taken = self.replace(&store, inspection, progress).await;
        if let (Err(_), Some(open)) = (&taken, was_shown) {
            self.show_inspection(open.snapshot(), Some(open.progress())).await;
        }
        Ok((id, taken?))
    }

    /// Puts an inspection in the place of the one with its id, if there is one. Returns the undo of
    /// that.
    async fn replace(
        &self,
        store: &Store,
        mut inspection: Inspection,
        progress: Option<StoredProgress>,
    ) -> Result<Option<Undo>, Failure> {
        let header = Key { inspection: inspection.header.id.clone(), part: Part::Header };
        // Flushed now, so that the step follows at once on the records that are read here.
        store.flush().await?;
        let (before, records) = self.taken_away(store, &header.inspection).await?;
        let mut put = Vec::new();
        // Replaced records that the report lacks must not remain.
        for record in &records {
            if record.key.part == Part::Upload {
                // A report that waits to be sent was made of other answers. It is held for the
                // person.
                put.push((record.key.clone(), json(&ticket_in(record).map(Ticket::held))));
            }
            if let (Part::Detail(detail), Some(details)) = (&record.key.part, &inspection.details) {
                put.push((record.key.clone(), json(&details.get(*detail))));
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
            // An inspection that is damaged as a whole may still be readable record by record.
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

    /// Returns the body to keep of a whole inspection, and its records. Both are of the same
    /// moment, so that an answer from another window is in both or in neither.
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

    /// Returns whether an inspection is on this device and not deleted.
    pub(super) async fn has(&self, id: &InspectionId) -> Result<bool, Failure> {
        let store = self.store().ok_or(Failure::NoInspection)?;
        let records = store.load(id).await?;
        let header = records.iter().find(|record| record.key.part == Part::Header);
        Ok(header.is_some_and(StoredHeader::is_there))
    }
}

/// Returns a record as a text to be set aside.
fn aside_of(record: &Record) -> Aside {
    Aside { origin: record.key.path(), text: record.to_text(), at: clock::now().to_string() }
}
