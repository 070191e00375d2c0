//! Reading a backup: its content, or the true reason why it can't be read.

use std::collections::BTreeSet;

use serde::de::IgnoredAny;

use super::merge::rename_lineage;
use super::wire::{RawBackup, RawInspection, RawRecord, RawWorkspace};
use super::{Backup, FORMAT, FORMAT_VERSION};
use crate::checklist::shape::push;
use crate::inspection::{InspectionId, Timestamp};
use crate::report::sealed::{FileKind, digests_to, misfit, read, unseal};
use crate::report::{ImportError, Misfit};
use crate::stored::{MAX_REVISION, Part, WriterId};

/// The largest backup that is read, in bytes: some thousand inspections.
pub const MAX_BACKUP: usize = 100 * 1024 * 1024;

/// The highest revision that is taken over. A person who types day and night does not come there in
/// a thousand years, and what is typed after it still gets revisions that every reader of JSON
/// keeps exactly.
pub const LAST_HONEST_REVISION: u64 = 1 << 40;

const KIND: FileKind = FileKind { format: FORMAT, version: FORMAT_VERSION, limit: MAX_BACKUP };

/// Reads a backup.
///
/// # Errors
/// The true reason why the bytes are no backup that can be restored.
pub fn read_backup(bytes: &[u8]) -> Result<Backup, ImportError> {
    let mut raw: RawBackup = read("", &unseal(bytes, &KIND)?)?;
    if Timestamp::parse(&raw.made_at).is_none() {
        return Err(misfit("/madeAt", Misfit::BadValue));
    }
    let mut ids = BTreeSet::new();
    for (index, workspace) in raw.workspaces.iter().enumerate() {
        check_workspace(&format!("/workspaces/{index}"), workspace, &mut ids)?;
    }
    for (sha256, definition) in &raw.checklists {
        if !digests_to(definition, sha256) {
            return Err(ImportError::Altered);
        }
    }
    let inspections = raw.workspaces.iter_mut().flat_map(|workspace| &mut workspace.inspections);
    inspections.filter(|inspection| is_out_of_bounds(inspection)).for_each(count_anew);
    Ok(Backup(raw))
}

fn is_out_of_bounds(inspection: &RawInspection) -> bool {
    inspection.records.iter().any(|record| record.revision > LAST_HONEST_REVISION)
}

/// Gives an inspection of which the revisions can't be true a history of its own: it comes back
/// beside what is here, and nothing here ever counts on from them.
fn count_anew(inspection: &mut RawInspection) {
    for record in &mut inspection.records {
        record.revision = 1;
    }
    rename_lineage(inspection);
}

fn check_workspace<'a>(
    pointer: &str,
    workspace: &'a RawWorkspace,
    ids: &mut BTreeSet<&'a str>,
) -> Result<(), ImportError> {
    let id = &workspace.id;
    // It becomes part of the name of a database.
    if !id.is_empty() && InspectionId::parse(id).is_none() {
        return Err(misfit(&format!("{pointer}/id"), Misfit::BadValue));
    }
    once(&format!("{pointer}/id"), ids, id)?;
    if id.is_empty() != workspace.name.trim().is_empty() {
        return Err(misfit(&format!("{pointer}/name"), Misfit::BadValue));
    }
    if let Some(name) =
        workspace.preferences.keys().find(|name| !KEPT_PREFERENCES.contains(&name.as_str()))
    {
        let mut pointer = format!("{pointer}/preferences");
        push(&mut pointer, name);
        return Err(misfit(&pointer, Misfit::Unknown(name.clone())));
    }
    let mut ids = BTreeSet::new();
    for (index, inspection) in workspace.inspections.iter().enumerate() {
        check_inspection(&format!("{pointer}/inspections/{index}"), inspection, &mut ids)?;
    }
    Ok(())
}

/// The preferences that a backup keeps.
pub const KEPT_PREFERENCES: [&str; 2] = ["unit", "unit-type"];

fn check_inspection<'a>(
    pointer: &str,
    inspection: &'a RawInspection,
    ids: &mut BTreeSet<&'a str>,
) -> Result<(), ImportError> {
    if InspectionId::parse(&inspection.id).is_none() {
        return Err(misfit(&format!("{pointer}/id"), Misfit::BadValue));
    }
    once(&format!("{pointer}/id"), ids, &inspection.id)?;
    let mut parts = BTreeSet::new();
    for (index, record) in inspection.records.iter().enumerate() {
        let pointer = format!("{pointer}/records/{index}");
        once(&format!("{pointer}/part"), &mut parts, &record.part)?;
        if let Some(field) = fault_of(record) {
            return Err(misfit(&format!("{pointer}/{field}"), Misfit::BadValue));
        }
    }
    Ok(())
}

/// Returns the field of a record that can't be.
pub(super) fn fault_of(record: &RawRecord) -> Option<&'static str> {
    if Part::parse(&record.part).is_none() {
        Some("part")
    } else if !(1..=MAX_REVISION).contains(&record.revision) {
        Some("revision")
    } else if WriterId::parse(&record.writer).is_none() {
        Some("writer")
    } else {
        serde_json::from_str::<IgnoredAny>(&record.body).is_err().then_some("body")
    }
}

fn once<'a>(pointer: &str, seen: &mut BTreeSet<&'a str>, name: &'a str) -> Result<(), ImportError> {
    if seen.insert(name) {
        Ok(())
    } else {
        Err(misfit(pointer, Misfit::Duplicate(name.to_owned())))
    }
}
