//! A checklist's file is entirely valid, or has faults that are reported with their places.

use chrono::NaiveDate;
use serde_json::Value;
use tu_kiem_tra::checklist::{Checklist, Item, Language, Problem, canonical_json};
use tu_kiem_tra::evaluation::{Context, Verdict, evaluate};
use tu_kiem_tra::inspection::{Entries, Header};
use tu_kiem_tra::messages::messages;
use tu_kiem_tra::review::flaws;

use crate::json::{assert_place, digest, object};

pub fn check(bytes: &[u8]) -> bool {
    let read = Checklist::from_bytes(bytes);
    match &read {
        Ok(checklist) => is_valid(checklist),
        Err(problems) => are_told(bytes, problems),
    }
    read.is_ok()
}

fn is_valid(checklist: &Checklist) {
    let definition = checklist.definition();
    assert_eq!(checklist.digest().to_string(), digest(definition));
    // Both notations give the same checklist.
    let canonical = canonical_json(definition).unwrap();
    for written in [canonical.clone(), serde_json::to_vec_pretty(definition).unwrap()] {
        let again = Checklist::from_bytes(&written).expect("what was read can be read again");
        assert_eq!(again.digest(), checklist.digest());
        assert_eq!(canonical_json(again.definition()).unwrap(), canonical);
        assert_eq!(again.items, checklist.items);
    }
    assert!(checklist.changes_to(checklist).changed.is_empty());

    assert!(!checklist.items.is_empty() && !checklist.areas.is_empty());
    for (position, item) in checklist.items.iter().enumerate() {
        assert_eq!(checklist.position(item.id.as_str()), Some(position));
        assert!(checklist.area(&item.area).is_some(), "{}", item.id);
        let alone = Item::from_definition(checklist.item_definition(&item.id).unwrap());
        assert_eq!(alone.as_ref(), Ok(&**item));
    }
    nothing_is_answered_yet(checklist);
}

fn nothing_is_answered_yet(checklist: &Checklist) {
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    let header = serde_json::json!({
        "id": "3f2b8c1e-9d4a-4e6b-8a57-0c1d2e3f4a5b", "status": "in-progress", "period": "2026",
        "createdAt": "2026-11-20T08:00:00+07:00", "updatedAt": "2026-11-20T08:00:00+07:00",
        "unit": {"name": "Phường 1", "type": "commune"},
    });
    let header = Header::from_raw(serde_json::from_value(header).unwrap()).unwrap();
    let (evaluated, summary) = evaluate(checklist, &Entries::new(), &Context::new(&header, today));
    assert_eq!(evaluated.len(), checklist.items.len());
    let of = |verdict| summary.all.of(verdict);
    assert_eq!(of(Verdict::Met) + of(Verdict::PartlyMet) + of(Verdict::Invalid), 0);
}

fn are_told(bytes: &[u8], problems: &[Problem]) {
    assert!(!problems.is_empty());
    let definition = object(bytes).map(Value::Object);
    for problem in problems.iter().filter(|problem| !problem.pointer.is_empty()) {
        assert_place(definition.as_ref().expect("what has a place is JSON"), &problem.pointer);
    }
    for language in Language::ALL {
        for flaw in flaws(problems, messages(language)) {
            assert!(!flaw.place.trim().is_empty() && !flaw.sentence.trim().is_empty());
            assert!(!flaw.line().contains('\n'), "{}", flaw.line());
        }
    }
}
