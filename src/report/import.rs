//! Reading a report: the inspection in it, or the true reason why it can't be read.
//!
//! Verdicts and summary in a file are not trusted: they follow from the answers, and the program
//! judges anew. The caller checks whether the inspection is known already.

use serde_json::{Number, Value};
use std::collections::BTreeSet;
use std::sync::Arc;

use super::sealed::{FileKind, digests_to, misfit, read, unseal};
use super::wire::{RawReport, RawReportChecklist, RawReportItem};
use super::{FORMAT, FORMAT_VERSION, ImportError, Misfit, read_earlier};
use crate::checklist::shape::push;
use crate::checklist::wire::RawKind;
use crate::checklist::{Checklist, date_from_iso};
use crate::inspection::{
    AnswerFault, Entries, Entry, Evidence, Finding, Header, Inspection, RawEntry, RawHeader, RawOwn,
};

/// The largest report that is read, in bytes.
pub const MAX_REPORT: usize = 20 * 1024 * 1024;

const KIND: FileKind = FileKind { format: FORMAT, version: FORMAT_VERSION, limit: MAX_REPORT };

/// Reads a report.
///
/// # Errors
/// The true reason why there is no inspection in the bytes.
pub fn import(bytes: &[u8]) -> Result<Inspection, ImportError> {
    let mut report = unseal(bytes, &KIND)?;
    // Only now, since the digest covers the numbers as they came.
    whole_numbers(&mut report);
    inspection(read("", &report)?)
}

/// Writes whole numbers without a fraction. To JSON, `24.0` is the number 24, and programs that
/// pass a report on may write it so.
fn whole_numbers(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(whole) = number.as_f64().filter(|_| number.is_f64()).and_then(as_whole) {
                *number = whole;
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(whole_numbers),
        Value::Object(members) => members.values_mut().for_each(whole_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

fn as_whole(number: f64) -> Option<Number> {
    // Up to 2^53 − 1, this writes a whole number exactly.
    let fits = number.fract() == 0.0 && (0.0..9_007_199_254_740_992.0).contains(&number);
    let whole = fits.then(|| format!("{:.0}", number.abs()).parse::<u64>().ok())?;
    whole.map(Number::from)
}

fn inspection(report: RawReport) -> Result<Inspection, ImportError> {
    let checklist = checklist(report.checklist)?;
    let mut own = report.inspection.own.clone();
    let details = report.inspection.document.clone();
    let header = header(report.inspection, &checklist)?;
    let mut entries = Entries::new();
    let mut seen = BTreeSet::new();
    for (index, raw) in report.items.into_iter().enumerate() {
        let pointer = format!("/items/{index}");
        if !seen.insert(raw.id.clone()) {
            return Err(misfit(&format!("{pointer}/id"), Misfit::Duplicate(raw.id)));
        }
        let own = own.remove(&raw.id).unwrap_or_default();
        entry(&pointer, raw, own, &checklist, &mut entries)?;
    }
    // Items that have only a target or a date set may be absent from the list.
    for (id, own) in own {
        let item =
            checklist.item(&id).ok_or_else(|| own_misfit(&id, Misfit::Unknown(id.clone())))?;
        let raw = RawEntry { own, ..RawEntry::default() };
        let entry = Entry::from_raw(raw, item).map_err(|fault| own_fault(&id, fault))?;
        keep(item.id.clone(), entry, &mut entries);
    }
    let earlier = read_earlier(report.earlier)
        .map_err(|(place, fault)| misfit(&format!("/earlier{place}"), fault))?;
    Ok(Inspection { header, checklist: Arc::new(checklist), entries, earlier, details })
}

fn checklist(raw: RawReportChecklist) -> Result<Checklist, ImportError> {
    if !digests_to(&raw.definition, &raw.sha256) {
        return Err(ImportError::Altered);
    }
    let checklist = Checklist::from_definition(raw.definition).map_err(ImportError::Checklist)?;
    if raw.id != checklist.id.as_str() {
        return Err(misfit("/checklist/id", Misfit::BadValue));
    }
    if raw.version != checklist.version {
        return Err(misfit("/checklist/version", Misfit::BadValue));
    }
    Ok(checklist)
}

fn header(raw: RawHeader, checklist: &Checklist) -> Result<Header, ImportError> {
    match raw.as_of.as_deref() {
        None => return Err(misfit("/inspection/asOf", Misfit::Missing)),
        Some(text) if date_from_iso(text).is_none() => {
            return Err(misfit("/inspection/asOf", Misfit::BadValue));
        }
        Some(_) => {}
    }
    let known: BTreeSet<_> = checklist.questions.iter().map(|asked| asked.id.as_str()).collect();
    if let Some(id) = raw.questions.keys().find(|id| !known.contains(&***id)) {
        let mut pointer = "/inspection/questions".to_owned();
        push(&mut pointer, id);
        return Err(misfit(&pointer, Misfit::Unknown(id.clone())));
    }
    Header::from_raw(raw).map_err(|field| misfit(&format!("/inspection/{field}"), Misfit::BadValue))
}

fn entry(
    pointer: &str,
    raw: RawReportItem,
    own: RawOwn,
    checklist: &Checklist,
    entries: &mut Entries,
) -> Result<(), ImportError> {
    let item = checklist
        .item(&raw.id)
        .ok_or_else(|| misfit(&format!("{pointer}/id"), Misfit::Unknown(raw.id.clone())))?;
    if raw.kind != RawKind::from(&item.kind) {
        return Err(misfit(&format!("{pointer}/kind"), Misfit::BadValue));
    }
    // By themselves first, so that their faults are not reported as faults of the answer.
    let own_alone = RawEntry { own: own.clone(), ..RawEntry::default() };
    Entry::from_raw(own_alone, item).map_err(|fault| own_fault(&raw.id, fault))?;
    Finding::from_raw(raw.finding.clone())
        .map_err(|fault| answer_fault(&format!("{pointer}/finding"), fault))?;
    Evidence::all_from_raw(raw.evidence.clone())
        .map_err(|(index, fault)| answer_fault(&format!("{pointer}/evidence/{index}"), fault))?;
    let RawReportItem { answer, note, finding, evidence, .. } = raw;
    let raw = RawEntry { answer, own, note, finding, evidence };
    let entry = Entry::from_raw(raw, item).map_err(|fault| {
        let answer = format!("{pointer}/answer");
        answer_fault(&answer, fault)
    })?;
    keep(item.id.clone(), entry, entries);
    Ok(())
}

/// Adds an entry unless it is blank: blank entries are absent from an inspection.
fn keep(id: crate::checklist::ItemId, entry: Entry, entries: &mut Entries) {
    if !entry.is_blank() {
        entries.insert(id, entry);
    }
}

fn own_misfit(id: &str, fault: Misfit) -> ImportError {
    let mut pointer = "/inspection/own".to_owned();
    push(&mut pointer, id);
    misfit(&pointer, fault)
}

fn own_fault(id: &str, fault: AnswerFault) -> ImportError {
    let mut pointer = "/inspection/own".to_owned();
    push(&mut pointer, id);
    answer_fault(&pointer, fault)
}

fn answer_fault(pointer: &str, fault: AnswerFault) -> ImportError {
    match fault {
        AnswerFault::FieldOfOtherKind(field) => {
            misfit(&format!("{pointer}/{field}"), Misfit::FieldOfOtherKind)
        }
        AnswerFault::BadValue(field) => misfit(&format!("{pointer}/{field}"), Misfit::BadValue),
        AnswerFault::Unknown(name) => misfit(pointer, Misfit::Unknown(name)),
    }
}
