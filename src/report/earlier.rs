//! The answers of earlier versions of the checklist, in reports and in stored records.

use std::sync::Arc;

use super::Misfit;
use super::wire::{RawEarlier, RawEarlierItem, RawEdition};
use crate::checklist::wire::RawKind;
use crate::checklist::{ChecklistId, Item, date_from_iso, date_to_iso};
use crate::evaluation::{Context, judge};
use crate::inspection::{
    Earlier, EarlierItem, Edition, Entry, Evidence, Finding, Header, MAX_EARLIER, RawEntry,
};

/// A place in the list, as a JSON pointer, and the fault there.
type Fault = (String, Misfit);

/// Returns the answers of earlier versions in their published shape. Each has its verdict on the
/// day on which its version was left.
#[must_use]
pub fn write_earlier(earlier: &[Earlier], header: &Header) -> Vec<RawEarlier> {
    let write = |earlier: &Earlier| RawEarlier {
        checklist: RawEdition {
            id: earlier.checklist.id.to_string(),
            version: earlier.checklist.version.clone(),
            sha256: earlier.checklist.sha256.clone(),
        },
        as_of: date_to_iso(earlier.as_of),
        items: earlier.items.iter().map(|kept| item(kept, earlier, header)).collect(),
    };
    earlier.iter().map(write).collect()
}

fn item(kept: &EarlierItem, earlier: &Earlier, header: &Header) -> RawEarlierItem {
    let context = Context { header, as_of: earlier.as_of };
    let RawEntry { answer, own, note, finding, evidence } = kept.entry.to_raw();
    RawEarlierItem {
        id: kept.item.id.to_string(),
        kind: RawKind::from(&kept.item.kind),
        definition: (*kept.definition).clone(),
        answer,
        own,
        verdict: judge(&kept.item, Some(&kept.entry), &context).verdict,
        note,
        finding,
        evidence,
    }
}

/// Reads the answers of earlier versions. The verdicts in them are not trusted: they follow from
/// the answers.
///
/// # Errors
/// The first invalid value, with its place in the list.
pub fn read_earlier(raw: Vec<RawEarlier>) -> Result<Vec<Earlier>, Fault> {
    if raw.len() > MAX_EARLIER {
        return Err((String::new(), Misfit::BadValue));
    }
    let read = |(index, raw)| {
        read_version(raw).map_err(|(place, misfit)| (format!("/{index}{place}"), misfit))
    };
    raw.into_iter().enumerate().map(read).collect()
}

fn read_version(raw: RawEarlier) -> Result<Earlier, Fault> {
    let bad = |place: &str| (place.to_owned(), Misfit::BadValue);
    let RawEdition { id, version, sha256 } = raw.checklist;
    let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
    if version.trim().is_empty() {
        return Err(bad("/checklist/version"));
    }
    if sha256.len() != 64 || !sha256.bytes().all(is_digit) {
        return Err(bad("/checklist/sha256"));
    }
    let id = ChecklistId::new(&id).map_err(|_| bad("/checklist/id"))?;
    let as_of = date_from_iso(&raw.as_of).ok_or_else(|| bad("/asOf"))?;
    let checklist = Edition { id, version, sha256 };
    let mut earlier = Earlier::new(checklist, as_of);
    for (index, raw) in raw.items.into_iter().enumerate() {
        let at = |field: &str| format!("/items/{index}/{field}");
        let name = raw.id.clone();
        let kept = read_item(raw).map_err(|(field, misfit)| (at(field), misfit))?;
        if earlier.item(&kept.item.id).is_some() {
            return Err((at("id"), Misfit::Duplicate(name)));
        }
        earlier.keep(kept);
    }
    Ok(earlier)
}

/// Reads one item.
///
/// # Errors
/// The invalid field.
fn read_item(raw: RawEarlierItem) -> Result<EarlierItem, (&'static str, Misfit)> {
    let item = Item::from_definition(&raw.definition);
    let item = item.map_err(|_| ("definition", Misfit::BadValue))?;
    if raw.id != item.id.as_str() {
        return Err(("id", Misfit::BadValue));
    }
    if raw.kind != RawKind::from(&item.kind) {
        return Err(("kind", Misfit::BadValue));
    }
    let RawEarlierItem { definition, answer, own, note, finding, evidence, .. } = raw;
    // By themselves first, so that their faults are not reported as faults of the answer.
    Finding::from_raw(finding.clone()).map_err(|_| ("finding", Misfit::BadValue))?;
    Evidence::all_from_raw(evidence.clone()).map_err(|_| ("evidence", Misfit::BadValue))?;
    let entry = RawEntry { answer, own, note, finding, evidence };
    let entry = Entry::from_raw(entry, &item).map_err(|_| ("answer", Misfit::BadValue))?;
    Ok(EarlierItem { item: Arc::new(item), definition: Arc::new(definition), entry })
}
