//! The fate of an inspection of a backup on a device that may know it already.
//!
//! Revisions can only be compared where they were counted from the same beginning. The header names
//! that beginning: its `lineage` is drawn when an inspection is started or taken in from a report,
//! also in the place of another, and goes along with every later version and every backup. Within
//! one lineage the higher stamp wins, record by record. Between two lineages nothing says which is
//! newer, so neither takes the place of the other.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::wire::{RawInspection, RawRecord};
use crate::checklist::Digest;
use crate::inspection::InspectionId;
use crate::stored::Part;

/// The fate of one inspection of a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is not here and is restored as it was.
    New,
    /// It is here unchanged. Nothing happens.
    Same,
    /// The backup has newer versions of some records, and older ones of none.
    Newer,
    /// The version on the device is newer; nothing happens.
    Older,
    /// Each side has newer versions of some records. The newer of each is kept.
    Mixed,
    /// The device has another history under this id. The inspection of the backup is put beside it.
    Beside,
}

/// The result of restoring one inspection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The fate of the inspection.
    pub fate: Fate,
    /// The inspection under its id on this device, with the records to write.
    pub write: RawInspection,
}

/// Merges an inspection of a backup into a device; `here` gives the records that the device has
/// under an id.
#[must_use]
pub fn merge(there: &RawInspection, here: impl Fn(&str) -> Vec<RawRecord>) -> Merged {
    let known = here(&there.id);
    if known.is_empty() || are_related(&known, &there.records) {
        return by_stamp(there.clone(), &known);
    }
    if content(&known) == content(&there.records) {
        return Merged { fate: Fate::Same, write: nothing(&there.id) };
    }
    // The copy always gets this id, so restoring once more finds it.
    let copy = renamed(there);
    let known = here(&copy.id);
    let merged = by_stamp(copy, &known);
    let fate = if merged.fate == Fate::New { Fate::Beside } else { merged.fate };
    Merged { fate, ..merged }
}

fn by_stamp(there: RawInspection, known: &[RawRecord]) -> Merged {
    let RawInspection { id, records } = there;
    let by_part: BTreeMap<_, _> = known.iter().map(|record| (&*record.part, record)).collect();
    let of_part = |part: &str| by_part.get(part).copied();
    let parts: BTreeSet<_> = records.iter().map(|record| &*record.part).collect();
    let is_older = |record: &RawRecord| {
        of_part(&record.part).is_some_and(|known| known.stamp() > record.stamp())
    };
    // A part that the backup lacks was added later.
    let newer_here =
        records.iter().any(is_older) || by_part.keys().any(|part| !parts.contains(part));
    let records: Vec<_> = records
        .into_iter()
        .filter(|record| of_part(&record.part).is_none_or(|known| known.stamp() < record.stamp()))
        .collect();
    let fate = match (known.is_empty(), records.is_empty(), newer_here) {
        (true, ..) => Fate::New,
        (false, true, false) => Fate::Same,
        (false, true, true) => Fate::Older,
        (false, false, false) => Fate::Newer,
        (false, false, true) => Fate::Mixed,
    };
    Merged { fate, write: RawInspection { id, records } }
}

/// Returns whether the revisions of both were counted from the same beginning.
fn are_related(here: &[RawRecord], there: &[RawRecord]) -> bool {
    match (lineage(here), lineage(there)) {
        (Some(here), Some(there)) => here == there,
        // Headers of before there were lineages. A writer gives a revision once, so a stamp that
        // both have was given by a page that both come from.
        _ => {
            let here: BTreeSet<_> = here.iter().map(|here| (&here.part, here.stamp())).collect();
            there.iter().any(|there| here.contains(&(&there.part, there.stamp())))
        }
    }
}

fn lineage(records: &[RawRecord]) -> Option<String> {
    let lineage = header(records)?.get("lineage")?.as_str()?.to_owned();
    Some(lineage)
}

fn header(records: &[RawRecord]) -> Option<Map<String, Value>> {
    let header = records.iter().find(|record| record.is(&Part::Header))?;
    serde_json::from_str(&header.body).ok()
}

/// Returns whether a part holds something that a person entered, beside the header.
fn is_content(part: &str) -> bool {
    matches!(Part::parse(part), Some(Part::Document | Part::Detail(_) | Part::Item(_)))
}

/// Returns the content that a person entered: the header without the times at which it was written,
/// the answers, and the details of the printed report.
fn content(records: &[RawRecord]) -> (Option<Value>, Vec<(&str, Value)>) {
    let mut content: Vec<_> = records
        .iter()
        .filter(|record| is_content(&record.part))
        .map(|record| (record.part.as_str(), body(record)))
        // A cleared answer is none.
        .filter(|(_, body)| body.as_object().is_none_or(|fields| !fields.is_empty()))
        .collect();
    content.sort_by_key(|(part, _)| *part);
    let header = header(records).map(|mut header| {
        for name in ["lineage", "deletedAt"] {
            header.remove(name);
        }
        if let Some(said) = header.get_mut("header").and_then(Value::as_object_mut) {
            for name in ["updatedAt", "asOf"] {
                said.remove(name);
            }
        }
        header.into()
    });
    (header, content)
}

fn body(record: &RawRecord) -> Value {
    serde_json::from_str(&record.body).unwrap_or_default()
}

/// Returns the inspection under an id that follows from its own and its lineage.
fn renamed(inspection: &RawInspection) -> RawInspection {
    let id = id_beside(inspection);
    let mut records = inspection.records.clone();
    // A report that was sent, or is to be sent, belongs to the other id.
    records
        .retain(|record| !matches!(Part::parse(&record.part), Some(Part::Upload | Part::Outbox)));
    for record in records.iter_mut().filter(|record| record.is(&Part::Header)) {
        let mut header = body(record);
        if let Some(own) = header.pointer_mut("/header/id") {
            *own = id.clone().into();
            record.body = header.to_string();
        }
    }
    RawInspection { id, records }
}

/// Gives an inspection another lineage, which follows from its own and from its records.
pub(super) fn rename_lineage(inspection: &mut RawInspection) {
    let lineage = lineage(&inspection.records).unwrap_or_default();
    let mut text = [&inspection.id, "/", &lineage, "/anew"].concat();
    // Another backup of it gets another history: nothing tells which of the two is newer.
    for record in &inspection.records {
        text.extend(["\n", &record.part, "\n", &record.body]);
    }
    let digest = Digest::of(text.as_bytes());
    let name = InspectionId::from_random(digest.first_16()).to_string();
    for record in inspection.records.iter_mut().filter(|record| record.is(&Part::Header)) {
        let mut header = body(record);
        if let Some(fields) = header.as_object_mut() {
            fields.insert("lineage".to_owned(), name.clone().into());
            record.body = header.to_string();
        }
    }
}

/// Returns the id under which an inspection is put beside another history of its own id.
#[must_use]
pub fn id_beside(inspection: &RawInspection) -> String {
    let lineage = lineage(&inspection.records).unwrap_or_default();
    let digest = Digest::of([&inspection.id, "/", &lineage].concat().as_bytes());
    InspectionId::from_random(digest.first_16()).to_string()
}

fn nothing(id: &str) -> RawInspection {
    RawInspection { id: id.to_owned(), records: Vec::new() }
}
