//! Reports: their content, their bytes, and their unchanged return.

use serde_json::{Value, json};
use tu_kiem_tra::checklist::{Digest, canonical_json};
use tu_kiem_tra::inspection::{Entry, Header, Inspection};
use tu_kiem_tra::report::{Report, import};

use crate::arbitrary::{CHECKLISTS, mixed_inspection};
use crate::support::{
    SMALL_REPORT, day, header_with, inspection, sealed, small_checklist, small_definition,
    small_inspection,
};

fn small_report() -> Value {
    SMALL_REPORT.json()
}

#[test]
fn a_report_says_what_the_contract_says() {
    let report = small_report();
    assert_eq!(report["format"], "tu-kiem-tra/report");
    assert_eq!(report["formatVersion"], 1);
    assert_eq!(
        report["generator"],
        json!({"name": "tu-kiem-tra", "version": env!("CARGO_PKG_VERSION")})
    );
    assert_eq!(
        report["inspection"],
        json!({
            "id": "3f2b8c1e-9d4a-4e6b-8a57-0c1d2e3f4a5b",
            "status": "in-progress",
            "createdAt": "2026-11-20T08:00:00+07:00",
            "updatedAt": "2026-11-21T09:30:15.250+07:00",
            "asOf": "2026-11-21",
            "period": "2026-Q4",
            "unit": {"name": "Phường 1", "code": "28759", "type": "commune"},
            "superior": "Ủy ban nhân dân thành phố",
            "inspectors": ["Nguyễn Thị Hạnh", "Trần Văn Đức"],
            "questions": {"inspected": true},
            "own": {"own-share": {"target": "33.3"}, "report": {"due": "2026-12-15"}},
        })
    );
    assert_eq!(
        report["items"],
        json!([
            {"id": "attested", "kind": "attestation", "verdict": "partly-met", "note": "Xem lại",
                "answer": {"verdict": "partly-met", "reason": "Chưa xong"}},
            {"id": "share", "kind": "ratio", "verdict": "not-met",
                "answer": {"numerator": 24, "denominator": 25},
                "computed": {"percent": "96", "shortfall": 1}},
            {"id": "own-share", "kind": "ratio", "verdict": "met",
                "answer": {"numerator": 1, "denominator": 3}, "computed": {"percent": "33.3"}},
            {"id": "overdue", "kind": "count", "verdict": "invalid",
                "answer": {"unread": {"count": "1,5 hồ sơ"}}},
            {"id": "hours", "kind": "quantity", "verdict": "met", "answer": {"quantity": "4.5"}},
            {"id": "report", "kind": "deadline", "verdict": "unanswered", "answer": {"notYet": true}},
            {"id": "old-plan", "kind": "deadline", "verdict": "not-applicable",
                "answer": {"notApplicable": true, "reason": "Đã hết hạn"}},
            {"id": "monthly", "kind": "periodic", "verdict": "met",
                "answer": {"donePeriods": ["2026-10"]}},
            {"id": "posted", "kind": "roster", "verdict": "not-met",
                "answer": {"rows": [
                    {"name": "Khai sinh", "desk": true, "website": true, "since": "2026-10-01"},
                    {"name": "Kết hôn", "desk": true, "seen": true},
                    {}
                ]},
                "computed": {"percent": "50", "shortfall": 1}},
            {"id": "notice", "kind": "parts", "verdict": "partly-met",
                "answer": {"parts": {"address": true, "phone": false}},
                "computed": {"shortfall": 2}},
            {"id": "proposals", "kind": "narrative", "verdict": "met",
                "answer": {"text": "Cần thêm máy quét.\nVà 1 máy in \"A3\"."}},
            {"id": "if-inspected", "kind": "attestation", "verdict": "unanswered"},
            {"id": "office-only", "kind": "attestation", "verdict": "unanswered",
                "note": "Không phải việc của phường"},
        ])
    );
    assert_eq!(
        report["summary"],
        json!({
            "total": 12, "answered": 9, "met": 4, "partlyMet": 2, "notMet": 2, "notApplicable": 1,
            "invalid": 1,
            "areas": [
                {"id": "first", "total": 5, "answered": 4, "met": 2, "partlyMet": 1, "notMet": 1,
                    "notApplicable": 0, "invalid": 1},
                {"id": "second", "total": 7, "answered": 5, "met": 2, "partlyMet": 1, "notMet": 1,
                    "notApplicable": 1, "invalid": 0},
                {"id": "empty", "total": 0, "answered": 0, "met": 0, "partlyMet": 0, "notMet": 0,
                    "notApplicable": 0, "invalid": 0},
            ]
        })
    );
}

#[test]
fn a_report_carries_its_checklist_and_both_digests() {
    let mut report = small_report();
    let checklist = report["checklist"].clone();
    let digest = Digest::of(&canonical_json(&small_definition()).unwrap()).to_string();
    assert_eq!(
        checklist,
        json!({
            "id": "tests", "version": "1.0.0", "sha256": digest, "definition": small_definition()
        })
    );
    let integrity = report.as_object_mut().unwrap().remove("integrity").unwrap();
    let digest = Digest::of(&canonical_json(&report).unwrap());
    assert_eq!(integrity, json!({"canonicalization": "RFC8785", "sha256": digest.to_string()}));
    assert_eq!(SMALL_REPORT.sha256(), digest);
}

#[test]
fn the_file_is_the_canonical_form() {
    let report = &SMALL_REPORT;
    assert_eq!(report.bytes(), canonical_json(&report.json()).unwrap());
    let text = std::str::from_utf8(report.bytes()).unwrap();
    assert!(
        text.starts_with(r#"{"checklist":{"definition":{"areas":[{"id":"first","#),
        "{text:.80}"
    );
    assert!(text.contains("Phường 1") && text.contains(r#"Và 1 máy in \"A3\"."#));
}

#[test]
fn what_is_absent_is_absent() {
    let bare = inspection(small_checklist(), header_with(&json!({})), &json!({}));
    let mut report = Report::of(&bare, day("2026-11-21")).json();
    let inspection = report["inspection"].as_object().unwrap();
    let names: Vec<_> = inspection.keys().map(String::as_str).collect();
    assert_eq!(names, ["asOf", "createdAt", "id", "period", "status", "unit", "updatedAt"]);
    assert_eq!(
        report["items"][0],
        json!({"id": "attested", "kind": "attestation", "verdict": "unanswered"})
    );
    // The checklist's own content is unchanged, blanks and all.
    report["checklist"].take();
    assert!(!report["items"].to_string().contains("null"));
}

#[test]
fn items_that_do_not_apply_are_there_only_with_something_entered() {
    let header = header_with(&json!({"questions": {"inspected": false}}));
    let entries = json!({"if-inspected": {"answer": {"verdict": "met"}}});
    let inspection = inspection(small_checklist(), header, &entries);
    let report = Report::of(&inspection, day("2026-11-21")).json();
    let items = report["items"].as_array().unwrap();
    let ids: Vec<_> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 13);
    assert_eq!(ids[11..], ["if-inspected", "if-not-inspected"]);
    assert_eq!(report["summary"]["total"], 12);
    assert_eq!(report["summary"]["met"], 0);
}

#[test]
fn an_entry_in_which_nothing_stands_is_no_entry() {
    let mut inspection = small_inspection();
    let before = Report::of(&inspection, day("2026-11-21"));
    let item = inspection.checklist.item("if-not-inspected").unwrap().clone();
    inspection.entries.insert(item.id.clone(), Entry::blank(&item.kind));
    assert_eq!(Report::of(&inspection, day("2026-11-21")), before);
}

#[test]
fn once_completed_the_report_is_the_same_on_every_day() {
    let completed = header_with(&json!({
        "status": "completed", "completedAt": "2026-11-25T16:00:00+07:00", "asOf": "2026-11-25"
    }));
    let completed = Inspection { header: completed, ..small_inspection() };
    let first = Report::of(&completed, day("2026-11-25"));
    let later = Report::of(&completed, day("2031-01-01"));
    assert_eq!(first.bytes(), later.bytes());
    assert_eq!(first.json()["inspection"]["asOf"], "2026-11-25");

    let open = small_inspection();
    let first = Report::of(&open, day("2026-11-25"));
    assert_ne!(first.bytes(), Report::of(&open, day("2026-12-25")).bytes());
}

fn assert_comes_back(name: &str, inspection: &Inspection) {
    let today = day("2026-11-21");
    let first = Report::of(inspection, today);
    let imported = import(first.bytes()).unwrap_or_else(|error| panic!("{name}: {error}"));
    // A report is judged as of its own day until it is changed.
    let as_of = inspection.header.completed.is_none().then_some(today);
    let header = Header { imported_as_of: as_of, ..inspection.header.clone() };
    assert_eq!(imported.header, header, "{name}");
    assert_eq!(imported.entries, inspection.entries, "{name}");
    assert_eq!(imported.checklist.definition(), inspection.checklist.definition(), "{name}");
    let second = Report::of(&imported, day("2027-02-03"));
    assert!(second.bytes() == first.bytes(), "{name}");
}

#[test]
fn reports_come_back_byte_for_byte() {
    assert_comes_back("small", &small_inspection());
    for checklist in CHECKLISTS.iter() {
        for variant in 0..6 {
            let inspection = mixed_inspection(checklist, variant);
            assert_comes_back(&format!("{}, {variant}", checklist.id), &inspection);
        }
    }
}

#[test]
fn verdicts_in_a_file_are_not_trusted() {
    let mut report = small_report();
    report["items"][1]["verdict"] = json!("met");
    report["items"][1]["computed"] = json!({"percent": "100"});
    report["summary"]["met"] = json!(12);
    let imported = import(&serde_json::to_vec(&sealed(report)).unwrap()).unwrap();
    assert_eq!(Report::of(&imported, day("2026-11-21")).json(), small_report());
}

#[test]
fn a_file_that_was_laid_out_anew_is_the_same_report() {
    let report = small_report();
    let pretty = serde_json::to_string_pretty(&report).unwrap();
    let with_mark = format!("\u{feff}{pretty}\r\n");
    let escaped = report.to_string().replace('ư', "\\u01b0");
    let with_fractions = report.to_string().replace("\"numerator\":24", "\"numerator\":24.0");
    assert_ne!(with_fractions, report.to_string());
    let with_exponent = report.to_string().replace("\"denominator\":25", "\"denominator\":2.5e1");
    assert_ne!(with_exponent, report.to_string());
    for text in [pretty, with_mark, escaped, with_fractions, with_exponent] {
        let imported =
            import(text.as_bytes()).unwrap_or_else(|error| panic!("{error}: {text:.60}"));
        assert_eq!(Report::of(&imported, day("2026-11-21")).json(), report);
    }
}

#[test]
fn an_own_target_needs_no_place_among_the_items() {
    let mut report = small_report();
    let items = report["items"].as_array_mut().unwrap();
    items.retain(|item| item["id"] != "report");
    report["inspection"]["own"]["old-plan"] = json!({});
    let imported = import(&serde_json::to_vec(&sealed(report)).unwrap()).unwrap();
    let entry = &imported.entries["report"];
    assert_eq!(entry.own.due, Some(day("2026-12-15")));
    assert_eq!(entry.answer, Entry::blank(&imported.checklist.item("report").unwrap().kind).answer);
}

#[test]
fn items_with_nothing_entered_are_no_entries() {
    let imported = import(SMALL_REPORT.bytes()).unwrap();
    assert!(!imported.entries.contains_key("if-inspected"));
    assert_eq!(imported.entries.len(), small_inspection().entries.len());
}
