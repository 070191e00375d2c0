//! Judging is total: it works for any entries, unit, period and day.

use proptest::prelude::*;
use serde_json::{Value, json};
use tu_kiem_tra::checklist::Kind;
use tu_kiem_tra::evaluation::{Context, Verdict, evaluate};
use tu_kiem_tra::inspection::Header;
use tu_kiem_tra::report::{Report, import};

use crate::arbitrary::{compare_decimals, days, inspections};
use crate::support::{SMALL_REPORT, day, sealed};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_inspection_is_judged(inspection in inspections(), today in days()) {
        let context = Context::new(&inspection.header, today);
        let (evaluated, summary) = evaluate(&inspection.checklist, &inspection.entries, &context);
        prop_assert_eq!(evaluated.len(), inspection.checklist.items.len());

        let applying = || evaluated.iter().filter(|evaluated| evaluated.applies);
        prop_assert_eq!(summary.all.total, applying().count());
        for verdict in Verdict::ALL {
            let of = applying().filter(|e| e.judgement.verdict == verdict).count();
            prop_assert_eq!(summary.all.of(verdict), of);
            let areas: usize = summary.areas.iter().map(|(_, tally)| tally.of(verdict)).sum();
            prop_assert_eq!(areas, of);
        }
        let sum: usize = Verdict::ALL.into_iter().map(|verdict| summary.all.of(verdict)).sum();
        prop_assert_eq!(sum, summary.all.total);
        prop_assert_eq!(summary.all.answered(), applying().filter(|e| e.judgement.verdict.is_answered()).count());

        for evaluated in &evaluated {
            let judgement = &evaluated.judgement;
            let id = &evaluated.item.id;
            // 'Invalid' comes with a reason, 'unanswered' with what is missing.
            prop_assert_eq!(judgement.verdict == Verdict::Invalid, !judgement.problems.is_empty(), "{}", id);
            if judgement.verdict == Verdict::Unanswered {
                prop_assert!(!judgement.missing.is_empty(), "{}", id);
            }
            // No percentage contradicts its verdict.
            let own = inspection.entries.get(id).map(|entry| entry.own).unwrap_or_default();
            let target = match &evaluated.item.kind {
                kind @ (Kind::Ratio { .. } | Kind::Roster { .. }) => own.target_of(kind),
                _ => None,
            };
            if let (Some(percent), Some(target)) = (&judgement.computed.percent, target) {
                let order = compare_decimals(&percent.to_string(), &target.threshold.to_string());
                let shown_met = target.comparator.accepts(order);
                match judgement.verdict {
                    Verdict::Met => prop_assert!(shown_met, "{} {}", id, percent),
                    Verdict::NotMet => prop_assert!(!shown_met, "{} {}", id, percent),
                    verdict => prop_assert_eq!(verdict, Verdict::Invalid, "{}", id),
                }
            }
        }
    }
}

proptest! {
    // Each carries a whole checklist through two exports and an import.
    #![proptest_config(ProptestConfig::with_cases(30))]

    #[test]
    fn export_import_export_changes_no_byte(
        inspection in inspections(),
        today in days(),
        later in days(),
    ) {
        let first = Report::of(&inspection, today);
        let imported = match import(first.bytes()) {
            Ok(imported) => imported,
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        };
        // A report is judged as of its own day until it is changed.
        let as_of = inspection.header.as_of(today);
        let as_of = inspection.header.completed.is_none().then_some(as_of);
        let header = Header { imported_as_of: as_of, ..inspection.header.clone() };
        prop_assert_eq!(&imported.header, &header);
        let second = Report::of(&imported, later);
        prop_assert_eq!(
            std::str::from_utf8(second.bytes()).unwrap(),
            std::str::from_utf8(first.bytes()).unwrap()
        );
        prop_assert_eq!(first.sha256(), second.sha256());
    }
}

/// Collects every pointer into a value.
fn pointers(value: &Value, pointer: &str, all: &mut Vec<String>) {
    all.push(pointer.to_owned());
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                pointers(value, &format!("{pointer}/{name}"), all);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                pointers(value, &format!("{pointer}/{index}"), all);
            }
        }
        _ => {}
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
        Just(json!([[], {}, "", 0])),
        Just(json!({"id": "a", "kind": "ratio"})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Files with changed, lost, doubled or inserted bytes are refused.
    #[test]
    fn damaged_bytes_are_refused_without_panic(
        at in any::<prop::sample::Index>(),
        length in 0..40usize,
        junk in prop::collection::vec(any::<u8>(), 0..8),
    ) {
        let bytes = SMALL_REPORT.bytes();
        let start = at.index(bytes.len());
        let end = (start + length).min(bytes.len());
        let mut damaged = bytes.to_vec();
        damaged.splice(start..end, junk);
        if damaged != bytes {
            prop_assert!(import(&damaged).is_err());
        }
    }

    /// A report with another value somewhere and a digest that fits is refused or is an inspection
    /// that can be exported again.
    #[test]
    fn forged_reports_are_refused_or_sound(at in any::<prop::sample::Index>(), value in any_json()) {
        let mut report = SMALL_REPORT.json();
        let mut places = Vec::new();
        pointers(&report, "", &mut places);
        places.retain(|place| !place.is_empty() && !place.starts_with("/integrity"));
        let place = &places[at.index(places.len())];
        *report.pointer_mut(place).unwrap() = value;
        if place.starts_with("/checklist/definition") {
            let definition = tu_kiem_tra::checklist::canonical_json(&report["checklist"]["definition"]);
            let digest = tu_kiem_tra::checklist::Digest::of(&definition.unwrap());
            report["checklist"]["sha256"] = json!(digest.to_string());
        }
        let bytes = serde_json::to_vec(&sealed(report)).unwrap();
        if let Ok(inspection) = import(&bytes) {
            let again = Report::of(&inspection, day("2026-11-21"));
            prop_assert!(import(again.bytes()).is_ok(), "{}", place);
        }
    }

    #[test]
    fn anything_at_all_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,60}") {
        prop_assert!(import(&bytes).is_err());
        prop_assert!(import(text.as_bytes()).is_err());
    }
}
