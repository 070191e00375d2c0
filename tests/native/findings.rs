//! Findings: the measures against an item that is not met, their gaps, and their later course.

use serde_json::json;
use tu_kiem_tra::inspection::{
    Carry, Edit, Entry, Finding, FindingDate, FindingEdit, FindingGap, FindingState, Inspection,
};
use tu_kiem_tra::report::{Report, import};

use crate::support::{a_year, day, entries, periods, sealed, small_checklist, small_inspection};

fn edited(edits: Vec<FindingEdit>) -> Finding {
    let checklist = small_checklist();
    let kind = &checklist.item("attested").unwrap().kind;
    let mut entry = Entry::blank(kind);
    for edit in edits {
        entry.apply(kind, Edit::Finding(edit), a_year()).unwrap();
    }
    entry.finding
}

fn text(text: &str) -> String {
    text.to_owned()
}

/// Returns the edits that fill in a whole finding and mark it as done.
fn planned() -> Vec<FindingEdit> {
    vec![
        FindingEdit::Action(text("Mua máy quét")),
        FindingEdit::InCharge(text("Bà Lan")),
        FindingEdit::Due(text("15/12/2026")),
    ]
}

fn done() -> Vec<FindingEdit> {
    let mut edits = planned();
    edits.push(FindingEdit::State(FindingState::Done));
    edits.push(FindingEdit::Done(text("10/12/2026")));
    edits.push(FindingEdit::Proof(text("Biên bản số 7")));
    edits
}

#[test]
fn what_a_finding_lacks() {
    use FindingGap as Gap;
    let done_without = vec![FindingEdit::State(FindingState::Done)];
    let mut unread = planned();
    unread.push(FindingEdit::Due(text("cuối năm")));
    let mut blank = planned();
    blank.push(FindingEdit::Action(text(" \n")));
    for (edits, cause, expected) in [
        (vec![], "", vec![Gap::Cause, Gap::Action, Gap::InCharge, Gap::Due]),
        (planned(), "Thiếu máy", vec![]),
        (planned(), " ", vec![Gap::Cause]),
        (unread, "Thiếu máy", vec![Gap::Due]),
        (blank, "Thiếu máy", vec![Gap::Action]),
        (done(), "Thiếu máy", vec![]),
        (done_without, "x", vec![Gap::Action, Gap::InCharge, Gap::Done, Gap::Proof]),
    ] {
        assert_eq!(edited(edits.clone()).gaps(cause), expected, "{edits:?}");
    }
}

#[test]
fn a_date_that_cannot_be_read_stays_as_typed() {
    let typed = |text: &str| edited(vec![FindingEdit::Due(text.to_owned())]);
    let bad = typed("31/02/2026");
    assert_eq!((bad.due, bad.unread.len()), (None, 1));
    assert!(bad.problem(FindingDate::Due).is_some() && !bad.is_blank());
    assert!(bad.problem(FindingDate::Done).is_none());
    let mended =
        edited(vec![FindingEdit::Due(text("31/02/2026")), FindingEdit::Due(text("28/02/2026"))]);
    assert_eq!((mended.due, mended.unread.len()), (Some(day("2026-02-28")), 0));
    assert!(typed(" ").is_blank());
    // The period of the inspection does not tell the year of the measure.
    assert_eq!(typed("31/3").due, None);
    assert_eq!(typed("31.3.2027").due, Some(day("2027-03-31")));
}

#[test]
fn clearing_an_answer_keeps_what_is_done_about_it() {
    let checklist = small_checklist();
    let kind = &checklist.item("attested").unwrap().kind;
    let mut entry = Entry::blank(kind);
    for edit in planned() {
        entry.apply(kind, Edit::Finding(edit), a_year()).unwrap();
    }
    let before = entry.clone();
    entry.apply(kind, Edit::Reason(text("Thiếu máy")), a_year()).unwrap();
    entry.apply(kind, Edit::Clear, a_year()).unwrap();
    assert_eq!(entry, before);
}

#[test]
fn only_what_is_still_to_be_done_goes_on() {
    let checklist = small_checklist();
    let before = entries(
        &checklist,
        &json!({
            "attested": {"finding": edited(planned()).to_raw()},
            "share": {"finding": edited(done()).to_raw()},
            "overdue": {"finding": {"action": "Rà soát", "state": "carried-over"}},
            "hours": {"finding": {}},
        }),
    );
    let carry = Carry { rows: false, targets: false, notes: false, findings: true };
    let carried = carry.entries(&before, periods("2022", "2023"), &checklist, |_| false);
    assert_eq!(carried.len(), 2);
    for entry in carried.values() {
        assert_eq!(entry.finding.state, FindingState::CarriedOver);
    }
    let first = &carried.values().next().unwrap().finding;
    assert_eq!((first.action.as_str(), first.due), ("Mua máy quét", Some(day("2026-12-15"))));
    assert!(
        Carry { findings: false, ..carry }
            .entries(&before, periods("2022", "2023"), &checklist, |_| false)
            .is_empty()
    );
    // An item that was met since has nothing left to do.
    assert!(carry.entries(&before, periods("2022", "2023"), &checklist, |_| true).is_empty());
}

/// Returns the small inspection with a finding on one of its items.
fn with_finding(finding: &Finding) -> Inspection {
    let mut inspection = small_inspection();
    let (_, entry) =
        inspection.entries.iter_mut().find(|(id, _)| id.as_str() == "attested").unwrap();
    entry.finding = finding.clone();
    inspection
}

#[test]
fn reports_carry_findings_there_and_back() {
    let unread = edited(vec![FindingEdit::Done(text("hôm qua")), FindingEdit::Due(text("?"))]);
    for finding in [edited(done()), edited(planned()), unread] {
        let report = Report::of(&with_finding(&finding), day("2026-11-21"));
        let back = import(report.bytes()).unwrap();
        let entry = back.entries.iter().find(|(id, _)| id.as_str() == "attested").unwrap().1;
        assert_eq!(entry.finding, finding);
        assert_eq!(Report::of(&back, day("2026-11-21")), report);
    }
    let report = Report::of(&with_finding(&edited(done())), day("2026-11-21")).json();
    assert_eq!(
        report["items"][0]["finding"],
        json!({
            "action": "Mua máy quét", "inCharge": "Bà Lan", "due": "2026-12-15",
            "state": "done", "done": "2026-12-10", "proof": "Biên bản số 7",
        })
    );
    // An item without a finding has no field for it.
    assert_eq!(report["items"][1].get("finding"), None);
}

#[test]
fn a_bad_finding_is_told_with_its_place() {
    for (finding, place) in [
        (json!({"due": "15/12/2026"}), "/items/0/finding/due"),
        (json!({"done": "2026-13-01"}), "/items/0/finding/done"),
        (json!({"state": "later"}), "/items/0/finding/state"),
        (json!({"owner": "x"}), "/items/0/finding/owner"),
        (json!({"due": null}), "/items/0/finding/due"),
        (json!({"unread": {"start": "?"}}), "/items/0/finding"),
        (json!({"unread": {"due": "15/12/2026"}}), "/items/0/finding/unread"),
        (json!({"due": "2026-12-15", "unread": {"due": "?"}}), "/items/0/finding/unread"),
        (json!("x"), "/items/0/finding"),
    ] {
        let mut report = Report::of(&small_inspection(), day("2026-11-21")).json();
        report["items"][0]["finding"] = finding.clone();
        let report = sealed(report);
        let error = import(report.to_string().as_bytes()).unwrap_err();
        let told = format!("{error:?}");
        assert!(told.contains(&format!("{place:?}")), "{finding}: {told}");
    }
}
