//! A stored answer that can't be read: it is reported with its item everywhere, and damages nothing
//! else.

use tu_kiem_tra::checklist::Language;
use tu_kiem_tra::document::{self, Details, Shown};
use tu_kiem_tra::evaluation::{Context, Missing, Verdict, evaluate};
use tu_kiem_tra::inspection::{Edit, Entry, Inspection};
use tu_kiem_tra::messages::messages;
use tu_kiem_tra::report::{Report, import};
use tu_kiem_tra::spreadsheet::sheet;

use crate::support::{a_year, day, small_inspection};

const TODAY: &str = "2026-11-21";

/// Returns an inspection with one unreadable answer.
fn damaged() -> Inspection {
    let mut inspection = small_inspection();
    let item = inspection.checklist.item("share").unwrap().clone();
    inspection.entries.insert(item.id.clone(), Entry::lost(&item.kind));
    inspection
}

#[test]
fn it_is_unanswered_and_named() {
    let inspection = damaged();
    let context = Context::new(&inspection.header, day(TODAY));
    let (evaluated, _) = evaluate(&inspection.checklist, &inspection.entries, &context);
    let one = evaluated.iter().find(|one| one.item.id.as_str() == "share").unwrap();
    assert_eq!(one.judgement.verdict, Verdict::Unanswered);
    assert_eq!(one.judgement.missing, [Missing::Lost]);
    assert_eq!(inspection.lost(), [inspection.checklist.position("share").unwrap() + 1]);
    assert_eq!(small_inspection().lost(), [0; 0]);
}

#[test]
fn paper_and_sheet_say_of_which_item() {
    let (said, language) = (messages(Language::Vi).missing_lost, Language::Vi);
    let lines = |inspection: &Inspection| {
        let details = Details::default();
        let document = document::of(inspection, &[], &details, &Shown::new(), day(TODAY));
        let sheet = sheet(inspection, day(TODAY), language, messages(language));
        [format!("{document:?}"), format!("{:?}", sheet.rows)]
    };
    for (damaged, whole) in lines(&damaged()).iter().zip(lines(&small_inspection())) {
        assert_eq!(damaged.matches(said).count(), 1, "{damaged}");
        assert!(!whole.contains(said));
    }
}

#[test]
fn the_report_has_everything_else_and_is_read_again() {
    let report = Report::of(&damaged(), day(TODAY));
    let read = import(report.bytes()).unwrap();
    let mut rest = small_inspection();
    rest.entries.retain(|id, _| id.as_str() != "share");
    let kept: Vec<_> = read.entries.iter().filter(|(_, entry)| !entry.is_blank()).collect();
    let entered: Vec<_> = rest.entries.iter().filter(|(_, entry)| !entry.is_blank()).collect();
    assert_eq!(kept, entered);
}

#[test]
fn whatever_is_entered_takes_its_place() {
    let inspection = damaged();
    let item = inspection.checklist.item("share").unwrap();
    for edit in
        [Edit::Note("x".to_owned()), Edit::Numerator("24".to_owned()), Edit::NotApplicable(true)]
    {
        let mut entry = Entry::lost(&item.kind);
        assert!(!entry.is_blank());
        entry.apply(&item.kind, edit, a_year()).unwrap();
        assert!(!entry.lost);
    }
}
