//! A report with matching digests is an inspection that is exported as it is, or has a fault at a
//! place in it.

use chrono::NaiveDate;
use serde_json::{Map, Value};
use tu_kiem_tra::checklist::{Language, MAX_WHOLE};
use tu_kiem_tra::evaluation::{Context, Verdict, evaluate};
use tu_kiem_tra::inspection::{Entered, Entry, Header, Inspection, MAX_EVIDENCE};
use tu_kiem_tra::messages::messages;
use tu_kiem_tra::report::{MAX_FILE_NAME, Report, file_name, import};
use tu_kiem_tra::{document, spreadsheet};

use crate::json::{assert_canonical, assert_told, digest, object, sealed};

pub fn check(bytes: &[u8]) -> bool {
    let parsed = object(bytes);
    let read = |bytes: &[u8], report: Option<&Value>| match import(bytes) {
        Ok(inspection) => {
            comes_back(&inspection);
            true
        }
        Err(error) => {
            assert_told(&error, bytes, report);
            false
        }
    };
    let is_read = read(bytes, parsed.clone().map(Value::Object).as_ref());
    let resealed = parsed.map(resealed);
    is_read
        | resealed.is_some_and(|report| read(&serde_json::to_vec(&report).unwrap(), Some(&report)))
}

/// Returns the report with matching digests, so that the other faults are found.
fn resealed(mut report: Map<String, Value>) -> Value {
    if let Some(checklist) = report.get_mut("checklist").and_then(Value::as_object_mut)
        && let Some(definition) = checklist.get("definition")
    {
        let sha256 = digest(definition).into();
        checklist.insert("sha256".to_owned(), sha256);
    }
    sealed(report)
}

fn comes_back(inspection: &Inspection) {
    let day = |year| NaiveDate::from_ymd_opt(year, 11, 21).unwrap();
    let report = Report::of(inspection, day(2026));
    assert_canonical(report.bytes());
    let again = import(report.bytes()).expect("what is exported can be imported");
    assert_eq!(again.header, inspection.header);
    assert_eq!(again.entries, inspection.entries);
    assert_eq!(again.earlier, inspection.earlier);
    assert_eq!(Report::of(&again, day(2031)).bytes(), report.bytes());

    let raw = inspection.header.to_raw();
    assert_eq!(Header::from_raw(raw).as_ref(), Ok(&inspection.header));
    for (id, entry) in &inspection.entries {
        let item = inspection.checklist.item(id.as_str()).expect("entries are of items");
        assert_eq!(Entry::from_raw(entry.to_raw(), item).as_ref(), Ok(entry));
        within_limits(entry);
    }
    is_judged(inspection, day(2026));
    is_shown(inspection, day(2026));
}

fn within_limits(entry: &Entry) {
    assert!(!entry.is_blank());
    for evidence in &entry.evidence {
        assert!((1..=MAX_EVIDENCE).contains(&evidence.size));
    }
    let numbers = match &entry.answer.entered {
        Entered::Ratio { numerator, denominator } => [*numerator, *denominator],
        Entered::Count(count) => [*count, None],
        _ => [None; 2],
    };
    assert!(numbers.into_iter().flatten().all(|number| number <= MAX_WHOLE));
}

fn is_judged(inspection: &Inspection, today: NaiveDate) {
    let context = Context::new(&inspection.header, today);
    let (evaluated, summary) = evaluate(&inspection.checklist, &inspection.entries, &context);
    assert_eq!(evaluated.len(), inspection.checklist.items.len());
    for evaluated in &evaluated {
        let judgement = &evaluated.judgement;
        let is_invalid = judgement.verdict == Verdict::Invalid;
        assert_eq!(is_invalid, !judgement.problems.is_empty(), "{}", evaluated.item.id);
        if judgement.verdict == Verdict::Unanswered {
            assert!(!judgement.missing.is_empty(), "{}", evaluated.item.id);
        }
    }
    let all: usize = Verdict::ALL.into_iter().map(|verdict| summary.all.of(verdict)).sum();
    assert_eq!(all, summary.all.total);
}

/// Asserts that it can be rendered in every form.
fn is_shown(inspection: &Inspection, today: NaiveDate) {
    for language in Language::ALL {
        let sheet = spreadsheet::sheet(inspection, today, language, messages(language));
        assert!(sheet.rows.iter().all(|row| row.len() == sheet.columns.len()));
        assert!(!spreadsheet::csv(&sheet, language).is_empty());
    }
    let details = document::Details::default();
    let shown = document::Shown::default();
    let printed = document::of(inspection, &[], &details, &shown, today);
    assert!(!printed.copies_to.is_empty());
    let name = file_name(&inspection.header, &inspection.checklist, "json");
    assert!(name.is_ascii() && name.len() <= MAX_FILE_NAME, "{name}");
}
