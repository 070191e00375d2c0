//! Reading an inspection from its records: its header, and its entries for each version of its
//! checklist.

use std::sync::Arc;

use futures_util::future::join;

use super::document::read_details;
use super::{App, Failure};
use crate::checklist::{BUILTIN, Checklist, ItemId};
use crate::inspection::{Entries, Entry, Header, Inspection, InspectionId, RawEntry, Timestamp};
use crate::report::read_earlier;
use crate::storage::Store;
use crate::stored::{Key, Part, Record, StoredHeader, StoredProgress};

impl App {
    /// Reads an inspection as stored, with its progress.
    ///
    /// # Errors
    /// When it is not there, or can't be read.
    pub(super) async fn load(
        &self,
        id: &InspectionId,
    ) -> Result<(Inspection, Option<StoredProgress>), Failure> {
        let store = self.store().ok_or(Failure::UnknownInspection)?;
        self.load_from(&store, id).await
    }

    /// Reads an inspection with its progress from the store of any workspace.
    pub(super) async fn load_from(
        &self,
        store: &Store,
        id: &InspectionId,
    ) -> Result<(Inspection, Option<StoredProgress>), Failure> {
        let key = Key { inspection: id.clone(), part: Part::Header };
        // The list of inspections mostly knows the header, so that the checklist need not wait for
        // the answers.
        if store.known(&key).is_none() {
            store.load(id).await?;
        }
        let (mut inspection, checklists, records) = loop {
            let header = store.known(&key).ok_or(Failure::UnknownInspection)?;
            let (loaded, read) = join(store.load(id), read_header(store, &header)).await;
            loaded?;
            // Records are read again: another tab may have written while the checklist was fetched.
            // From here to the page there is no further wait in which a change could be missed.
            let records = store.known_of(id);
            if records.contains(&header) {
                let (inspection, checklists) = read?;
                break (inspection, checklists, records);
            }
        };
        let progress = read_records(store, &mut inspection, &checklists, records);
        let updated_at = progress.as_ref().and_then(|p| Timestamp::parse(&p.updated_at));
        if let Some(updated_at) = updated_at {
            inspection.header.updated_at = updated_at;
        }
        Ok((inspection, progress))
    }
}

/// Reads the header of an inspection. Returns the inspection without its entries, and the earlier
/// versions of its checklist as far as they are here.
async fn read_header(
    store: &Store,
    record: &Record,
) -> Result<(Inspection, Vec<Arc<Checklist>>), Failure> {
    let stored: StoredHeader =
        serde_json::from_str(&record.body).map_err(|_| Failure::DamagedInspection)?;
    let checklist = stored_checklist(store, &stored.checklist.sha256).await?;
    let checklist = checklist.ok_or(Failure::DamagedInspection)?;
    let header = Header::from_raw(stored.header).map_err(|_| Failure::DamagedInspection)?;
    let earlier = read_earlier(stored.earlier).map_err(|_| Failure::DamagedInspection)?;
    let mut checklists = Vec::new();
    for version in &earlier {
        checklists.extend(stored_checklist(store, &version.checklist.sha256).await?);
    }
    let inspection =
        Inspection { header, checklist, entries: Entries::new(), earlier, details: None };
    Ok((inspection, checklists))
}

/// Reads the records of an inspection into it. Returns its progress.
fn read_records(
    store: &Store,
    inspection: &mut Inspection,
    checklists: &[Arc<Checklist>],
    records: Vec<Record>,
) -> Option<StoredProgress> {
    let mut progress = None;
    inspection.details = read_details(store, &records);
    for record in records {
        match &record.key.part {
            Part::Header | Part::Upload | Part::Outbox | Part::Document | Part::Detail(_) => {}
            Part::Progress => progress = serde_json::from_str(&record.body).ok(),
            Part::Item(id) => {
                if let Some(entry) = read_entry(&inspection.checklist, id.as_str(), &record.body) {
                    inspection.entries.insert(id.clone(), entry);
                } else if !belongs_to_earlier(inspection, id, checklists, &record.body) {
                    note_lost(inspection, id);
                    store.set_aside(record);
                }
            }
        }
    }
    for key in store.lost() {
        if let Part::Item(id) = &key.part
            && key.inspection == inspection.header.id
        {
            note_lost(inspection, id);
        }
    }
    progress
}

/// Notes that the stored entry of an item can't be read.
fn note_lost(inspection: &mut Inspection, id: &ItemId) {
    if let Some(item) = inspection.checklist.item(id.as_str()) {
        inspection.entries.entry(id.clone()).or_insert_with(|| Entry::lost(&item.kind));
    }
}

/// Returns whether an entry that does not fit the checklist is blank, or belongs to an earlier
/// version, where it is then kept.
fn belongs_to_earlier(
    inspection: &mut Inspection,
    id: &ItemId,
    checklists: &[Arc<Checklist>],
    body: &str,
) -> bool {
    let raw: Option<RawEntry> = serde_json::from_str(body).ok();
    raw.is_some_and(|raw| {
        raw == RawEntry::default() || inspection.keep_as_earlier(id, &raw, checklists)
    })
}

/// Reads a stored entry. Returns `None` if it does not fit the checklist.
pub(super) fn read_entry(checklist: &Checklist, id: &str, body: &str) -> Option<Entry> {
    let raw: RawEntry = serde_json::from_str(body).ok()?;
    Entry::from_raw(raw, checklist.item(id)?).ok()
}

/// Returns a checklist that an inspection follows: from the vault, or a compiled-in one where the
/// vault has no readable one.
///
/// # Errors
/// When the vault can't be read and none is compiled in.
pub(super) async fn stored_checklist(
    store: &Store,
    sha256: &str,
) -> Result<Option<Arc<Checklist>>, Failure> {
    let is_it = |checklist: &Checklist| checklist.digest().to_string() == sha256;
    let stored = store.checklist(sha256).await;
    let text = stored.as_ref().ok().and_then(Option::as_deref);
    let parsed = text.and_then(|text| Checklist::parse(text).ok()).filter(is_it);
    let compiled_in = || BUILTIN.iter().filter_map(|builtin| builtin.read().ok()).find(is_it);
    match parsed.or_else(compiled_in) {
        Some(checklist) => Ok(Some(Arc::new(checklist))),
        None => Ok(stored.map(|_| None)?),
    }
}
