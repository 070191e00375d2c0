//! Verdicts on every kind of item, except the arithmetic of ratios, which has its own table.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};
use tu_kiem_tra::checklist::{ItemId, date_from_iso};
use tu_kiem_tra::evaluation::{Context, Shortfall, Verdict, evaluate, judge};
use tu_kiem_tra::inspection::{Entries, Entry, Period, RawEntry};

use crate::support::{
    cases, day, header, header_with, item_with, small_checklist, small_inspection,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Case {
    case: String,
    /// An item of the small checklist.
    item: String,
    /// The fields of it that are replaced.
    #[serde(default = "no_fields")]
    with: Value,
    #[serde(default = "no_fields")]
    own: Value,
    #[serde(default = "year_2026")]
    period: String,
    #[serde(default = "a_november_day")]
    as_of: String,
    answer: Value,
    verdict: Verdict,
    percent: Option<String>,
    shortfall: Option<u64>,
    #[serde(default)]
    missing: Vec<String>,
    #[serde(default)]
    problems: Vec<String>,
}

fn no_fields() -> Value {
    json!({})
}

fn year_2026() -> String {
    "2026".to_owned()
}

fn a_november_day() -> String {
    "2026-11-21".to_owned()
}

#[test]
fn each_kind_gives_its_verdicts() {
    for case in cases::<Case>("judging.json") {
        let name = &case.case;
        let item = item_with(&case.item, &case.with);
        let raw = json!({"answer": case.answer, "own": case.own});
        let raw: RawEntry = serde_json::from_value(raw).unwrap();
        let entry = Entry::from_raw(raw, &item).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let header = header(&case.period);
        let context = Context::new(&header, day(&case.as_of));
        let judgement = judge(&item, Some(&entry), &context);

        assert_eq!(judgement.verdict, case.verdict, "{name}");
        let percent = judgement.computed.percent.map(|percent| percent.to_string());
        assert_eq!(percent, case.percent, "{name}");
        let shortfall = judgement.computed.shortfall.map(Shortfall::cases);
        assert_eq!(shortfall, case.shortfall, "{name}");
        let missing: Vec<_> = judgement.missing.iter().map(|m| format!("{m:?}")).collect();
        assert_eq!(missing, case.missing, "{name}");
        let problems: Vec<_> = judgement.problems.iter().map(|p| format!("{p:?}")).collect();
        assert_eq!(problems, case.problems, "{name}");
    }
}

#[test]
fn an_item_without_an_entry_is_judged_as_a_blank_one() {
    let checklist = small_checklist();
    let header = header("2026");
    let context = Context::new(&header, day("2026-11-21"));
    for item in &checklist.items {
        let blank = Entry::blank(&item.kind);
        assert!(blank.is_blank(), "{}", item.id);
        let judgement = judge(item, None, &context);
        assert_eq!(judgement, judge(item, Some(&blank), &context), "{}", item.id);
        assert_eq!(judgement.verdict, Verdict::Unanswered, "{}", item.id);
    }
}

#[test]
fn once_completed_the_day_of_completion_judges() {
    let due = json!({"due": {"before": "2026-12-01"}});
    let item = item_with("report", &due);
    let raw: RawEntry = serde_json::from_value(json!({"answer": {"notYet": true}})).unwrap();
    let entry = Entry::from_raw(raw, &item).unwrap();
    let open = header("2026");
    let completed = |status: &str| {
        header_with(&json!({
            "status": status, "completedAt": "2026-11-25T16:00:00+07:00", "asOf": "2026-11-25"
        }))
    };
    let verdict = |header: &_, today: NaiveDate| {
        judge(&item, Some(&entry), &Context::new(header, today)).verdict
    };
    assert_eq!(verdict(&open, day("2026-11-30")), Verdict::Unanswered);
    assert_eq!(verdict(&open, day("2026-12-01")), Verdict::NotMet);
    for status in ["completed", "amended"] {
        let header = completed(status);
        for today in ["2026-11-25", "2026-12-01", "2031-01-01"] {
            assert_eq!(verdict(&header, day(today)), Verdict::Unanswered, "{status} {today}");
        }
    }
}

#[test]
fn the_summary_counts_the_items_that_apply() {
    let inspection = small_inspection();
    let context = Context::new(&inspection.header, day("2026-12-20"));
    let (evaluated, summary) = evaluate(&inspection.checklist, &inspection.entries, &context);
    // `office-only` and `if-not-inspected` are there, and do not count.
    assert_eq!(evaluated.len(), 14);
    let verdicts: Vec<_> = evaluated
        .iter()
        .filter(|evaluated| evaluated.applies)
        .map(|e| (e.item.id.as_str(), e.judgement.verdict.name()))
        .collect();
    assert_eq!(
        verdicts,
        [
            ("attested", "partly-met"),
            ("share", "not-met"),
            ("own-share", "met"),
            ("overdue", "invalid"),
            ("hours", "met"),
            ("report", "not-met"),
            ("old-plan", "not-applicable"),
            ("monthly", "partly-met"),
            ("posted", "not-met"),
            ("notice", "partly-met"),
            ("proposals", "met"),
            ("if-inspected", "unanswered"),
        ]
    );
    let all = summary.all;
    assert_eq!((all.total, all.answered(), all.unanswered()), (12, 10, 1));
    assert_eq!((all.met, all.partly_met, all.not_met), (3, 3, 3));
    assert_eq!((all.not_applicable, all.invalid), (1, 1));
    let areas: Vec<_> =
        summary.areas.iter().map(|(id, tally)| (id.as_str(), tally.total, tally.met)).collect();
    assert_eq!(areas, [("first", 5, 2), ("second", 7, 1), ("empty", 0, 0)]);
}

#[test]
fn nothing_entered_at_all_leaves_everything_unanswered() {
    let checklist = small_checklist();
    let header = header("2026");
    let (_, summary) =
        evaluate(&checklist, &Entries::new(), &Context::new(&header, day("2026-11-21")));
    assert_eq!((summary.all.total, summary.all.answered(), summary.all.unanswered()), (13, 0, 13));
}

#[test]
fn years_before_and_after_are_periods_too() {
    for text in ["1900", "2999", "2999-Q4", "2999-12", "1900-01-01/1909-12-31"] {
        let period = Period::parse(text).unwrap();
        assert!(period.first_day() <= period.last_day(), "{text}");
        assert!(period.contains(period.last_day()), "{text}");
    }
    assert_eq!(date_from_iso("2026-02-29"), None);
}

#[test]
fn entries_are_found_in_the_order_of_the_checklist() {
    let checklist = small_checklist();
    let ids: Vec<_> = checklist.items.iter().map(|item| item.id.clone()).collect();
    let known: BTreeMap<_, _> = ids.iter().cloned().zip(0..).collect();
    let all = checklist.in_order(&known);
    assert!(all.iter().enumerate().all(|(place, found)| *found == Some(&place)));
    for (place, id) in ids.iter().enumerate() {
        assert_eq!(checklist.position(id.as_str()), Some(place));
    }
    // Items that are not in the checklist, before, among and behind its own.
    let mut more = known.clone();
    more.extend(["a", "m", "zzz"].map(|id| (ItemId::new(id).unwrap(), 99)));
    assert_eq!(checklist.in_order(&more), all);
    let mut fewer = known.clone();
    fewer.remove(&ids[2]);
    let some = checklist.in_order(&fewer);
    assert_eq!(some[2], None);
    assert_eq!(some.iter().flatten().count(), ids.len() - 1);
    assert_eq!(checklist.in_order(&BTreeMap::<ItemId, ()>::new()), vec![None; ids.len()]);
}
