//! Edits: a typed text is never lost, and nothing foreign gets in.

use proptest::prelude::*;
use serde_json::{Value, json};
use tu_kiem_tra::checklist::{ColumnId, Frequency, PartId};
use tu_kiem_tra::inspection::{
    Cell, Choice, Done, Edit, Entered, Entry, PartState, Period, RawAnswer, RawEntry, Row,
    TypedField, WrongKind, as_seen, read_date, read_decimal, read_whole,
};

use crate::arbitrary::{CHECKLISTS, ops, typed};
use crate::support::{a_year, day, item_with};

/// Returns a blank entry of an item of the small checklist after some edits, as it would be
/// written.
fn edited(item: &str, edits: impl IntoIterator<Item = Edit>) -> Value {
    let item = item_with(item, &json!({}));
    let mut entry = Entry::blank(&item.kind);
    for edit in edits {
        entry.apply(&item.kind, edit, a_year()).unwrap();
    }
    serde_json::to_value(entry.to_raw()).unwrap()
}

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn edits_give_the_answers_of_the_contract() {
    let state = |id, state| Edit::Part(PartId::new(id).unwrap(), state);
    let part = |id, yes| state(id, Some(if yes { PartState::Done } else { PartState::NotDone }));
    let not_arisen = |id| state(id, Some(PartState::NotArisen));
    let month = |text| Period::parse(text).unwrap();
    for (item, edits, expected) in [
        ("attested", vec![Edit::Verdict(Choice::PartlyMet)], json!({"verdict": "partly-met"})),
        (
            "share",
            vec![Edit::Numerator(text("24")), Edit::Denominator(text("1.234"))],
            json!({"numerator": 24, "denominator": 1234}),
        ),
        ("share", vec![Edit::Numerator(text("24a"))], json!({"unread": {"numerator": "24a"}})),
        (
            "share",
            vec![Edit::Numerator(text("24a")), Edit::Numerator(text("24"))],
            json!({"numerator": 24}),
        ),
        (
            "share",
            vec![Edit::Numerator(text("24")), Edit::Numerator(text("24a"))],
            json!({"unread": {"numerator": "24a"}}),
        ),
        ("share", vec![Edit::Numerator(text("24a")), Edit::Numerator(text(" "))], json!({})),
        (
            "attested",
            vec![Edit::Verdict(Choice::NotMet), Edit::Reason(text("a")), Edit::Clear],
            json!({}),
        ),
        ("notice", vec![part("phone", true), Edit::Clear], json!({})),
        (
            "own-share",
            vec![Edit::Numerator(text("1a")), Edit::Target(text("x")), Edit::Clear],
            json!({"unread": {"target": "x"}}),
        ),
        ("overdue", vec![Edit::Count(text("0"))], json!({"count": 0})),
        ("hours", vec![Edit::Quantity(text("4,50"))], json!({"quantity": "4.5"})),
        ("report", vec![Edit::Date(text("30/8/2022"))], json!({"done": "2022-08-30"})),
        ("report", vec![Edit::Date(text("30.8.2022"))], json!({"done": "2022-08-30"})),
        // The period says the year.
        ("report", vec![Edit::Date(text("30/8"))], json!({"done": "2026-08-30"})),
        ("report", vec![Edit::NotYet(true)], json!({"notYet": true})),
        ("report", vec![Edit::NotYet(true), Edit::NotYet(false)], json!({})),
        ("report", vec![Edit::Date(text("mai")), Edit::NotYet(true)], json!({"notYet": true})),
        (
            "report",
            vec![Edit::Date(text("30/8/2022")), Edit::NotYet(false)],
            json!({"done": "2022-08-30"}),
        ),
        (
            "report",
            vec![Edit::Date(text("mai")), Edit::NotYet(false)],
            json!({"unread": {"done": "mai"}}),
        ),
        (
            "monthly",
            vec![
                Edit::DonePeriod(month("2026-11"), true),
                Edit::DonePeriod(month("2026-10"), true),
            ],
            json!({"donePeriods": ["2026-10", "2026-11"]}),
        ),
        (
            "monthly",
            vec![
                Edit::DonePeriod(month("2026-10"), true),
                Edit::DonePeriod(month("2026-10"), false),
            ],
            json!({"donePeriods": []}),
        ),
        ("monthly", vec![Edit::NoneOfThem], json!({"donePeriods": []})),
        ("notice", vec![part("phone", true)], json!({"parts": {"phone": true}})),
        (
            "notice",
            vec![part("phone", true), part("phone", false)],
            json!({"parts": {"phone": false}}),
        ),
        (
            "notice",
            vec![Edit::NoneOfThem],
            json!({"parts": {"address": false, "phone": false, "mailbox": false}}),
        ),
        (
            "notice",
            vec![part("phone", true), not_arisen("phone"), part("address", true)],
            json!({"parts": {"address": true}, "partsNotApplicable": ["phone"]}),
        ),
        ("notice", vec![not_arisen("phone"), state("phone", None)], json!({})),
        (
            "notice",
            vec![not_arisen("phone"), part("address", true), Edit::NoneOfThem],
            json!({"parts": {"address": false, "mailbox": false}, "partsNotApplicable": ["phone"]}),
        ),
        (
            "monthly",
            vec![Edit::DonePeriod(month("2026-10"), true), Edit::Every(Some(Frequency::Quarter))],
            json!({}),
        ),
        (
            "monthly",
            vec![Edit::NoneOfThem, Edit::Every(Some(Frequency::Quarter))],
            json!({"donePeriods": []}),
        ),
        (
            "monthly",
            vec![Edit::Every(Some(Frequency::Quarter)), Edit::DonePeriod(month("2026-Q4"), true)],
            json!({"donePeriods": ["2026-Q4"]}),
        ),
        ("proposals", vec![Edit::Text(text(" a "))], json!({"text": " a "})),
        (
            "proposals",
            vec![Edit::NotApplicable(true), Edit::Reason(text("b"))],
            json!({"notApplicable": true, "reason": "b"}),
        ),
        ("proposals", vec![Edit::NotApplicable(true), Edit::NotApplicable(false)], json!({})),
    ] {
        let name = format!("{item} {edits:?}");
        let answer = edited(item, edits).get("answer").cloned().unwrap_or_else(|| json!({}));
        assert_eq!(answer, expected, "{name}");
    }
}

#[test]
fn own_targets_dates_and_notes_stand_beside_the_answer() {
    for (item, edits, expected) in [
        ("own-share", vec![Edit::Target(text("33,30"))], json!({"own": {"target": "33.3"}})),
        (
            "own-share",
            vec![Edit::Target(text("80%"))],
            json!({"answer": {"unread": {"target": "80%"}}}),
        ),
        ("old-plan", vec![Edit::Due(text("15/12/2026"))], json!({"own": {"due": "2026-12-15"}})),
        ("old-plan", vec![Edit::Due(text("15/12"))], json!({"own": {"due": "2026-12-15"}})),
        ("old-plan", vec![Edit::Due(text("15/12/2026")), Edit::Due(text(""))], json!({})),
        ("attested", vec![Edit::Note(text("Xem lại"))], json!({"note": "Xem lại"})),
    ] {
        let name = format!("{item} {edits:?}");
        assert_eq!(edited(item, edits), expected, "{name}");
    }
}

#[test]
fn rows_come_and_go() {
    let name = |name: &str| (ColumnId::new("name").unwrap(), Cell::Text(name.to_owned()));
    let row = |text: &str| Row::from([name(text)]);
    let since = |cell| Edit::Cell(0, ColumnId::new("since").unwrap(), cell);
    let edits = vec![
        Edit::AddRows(vec![row("a"), row("b")]),
        Edit::InsertRow(1, row("c")),
        Edit::InsertRow(99, row("d")),
        Edit::RemoveRow(0),
        Edit::Cell(1, ColumnId::new("desk").unwrap(), Cell::Check(true)),
        since(Cell::from_typed_date(text("1/10/2026"), None)),
    ];
    let expected = json!({"answer": {"rows": [
        {"name": "c", "since": "2026-10-01"}, {"name": "b", "desk": true}, {"name": "d"}
    ]}});
    assert_eq!(edited("posted", edits), expected);
}

/// In files, a cell of a date column is a date if it looks like one; so it is before, too.
#[test]
fn a_cell_is_the_same_before_and_after_a_file() {
    for (typed, cell) in [
        ("16/6/2026", Cell::Date(day("2026-06-16"))),
        ("16.6.2026", Cell::Date(day("2026-06-16"))),
        ("16/6", Cell::Date(day("2026-06-16"))),
        ("2026-06-16", Cell::Date(day("2026-06-16"))),
        ("hôm qua", Cell::Text(text("hôm qua"))),
        ("31/02/2026", Cell::Text(text("31/02/2026"))),
        ("", Cell::Text(text(""))),
    ] {
        assert_eq!(Cell::from_typed_date(text(typed), Some(a_year())), cell, "{typed}");
    }
}

#[test]
fn what_the_item_does_not_have_is_refused() {
    let column = |id| ColumnId::new(id).unwrap();
    let rows = |cell| vec![Row::from([(column("name"), cell)])];
    for (item, edit) in [
        ("attested", Edit::NotApplicable(true)),
        ("attested", Edit::Numerator(text("1"))),
        ("share", Edit::Count(text("1"))),
        ("share", Edit::Verdict(Choice::Met)),
        ("share", Edit::Due(text("1/1/2026"))),
        ("share", Edit::NoneOfThem),
        ("report", Edit::Target(text("1"))),
        ("monthly", Edit::DonePeriod(Period::parse("2026-Q4").unwrap(), true)),
        ("monthly", Edit::DonePeriod(Period::parse("2026").unwrap(), true)),
        ("notice", Edit::Part(PartId::new("fax").unwrap(), Some(PartState::Done))),
        ("notice", Edit::Target(text("1"))),
        ("share", Edit::Every(Some(Frequency::Month))),
        ("posted", Edit::Cell(0, column("name"), Cell::Text(text("a")))),
        ("posted", Edit::RemoveRow(0)),
        ("posted", Edit::AddRows(rows(Cell::Check(true)))),
        ("posted", Edit::InsertRow(0, Row::from([(column("fax"), Cell::Text(text("a")))]))),
        ("posted", Edit::InsertRow(0, Row::from([(column("desk"), Cell::Text(text("a")))]))),
    ] {
        let item = item_with(item, &json!({}));
        let mut entry = Entry::blank(&item.kind);
        assert_eq!(entry.apply(&item.kind, edit.clone(), a_year()), Err(WrongKind), "{edit:?}");
        assert!(entry.is_blank(), "{edit:?}");
    }
}

/// Returns the content of a typed field: its value in the form of files, and its text that was not
/// read.
fn field(entry: &Entry, field: TypedField) -> (Option<String>, Option<&String>) {
    let value = match (&entry.answer.entered, field) {
        (Entered::Ratio { numerator, .. }, TypedField::Numerator) => {
            numerator.map(|n| n.to_string())
        }
        (Entered::Ratio { denominator, .. }, TypedField::Denominator) => {
            denominator.map(|n| n.to_string())
        }
        (Entered::Count(count), TypedField::Count) => count.map(|n| n.to_string()),
        (Entered::Quantity(quantity), TypedField::Quantity) => quantity.map(|q| q.to_string()),
        (Entered::Deadline(Some(Done::On(date))), TypedField::Done) => Some(date.to_string()),
        (_, TypedField::Target) => entry.own.target.map(|target| target.to_string()),
        (_, TypedField::Due) => entry.own.due.map(|due| due.to_string()),
        _ => None,
    };
    (value, entry.answer.unread.get(&field))
}

/// Returns the value of a text in a field, in the form of files.
fn read(field: TypedField, text: &str) -> Option<String> {
    match field {
        TypedField::Numerator | TypedField::Denominator | TypedField::Count => {
            read_whole(text).ok()?.map(|number| number.to_string())
        }
        TypedField::Quantity | TypedField::Target => {
            read_decimal(text).ok()?.map(|d| d.to_string())
        }
        TypedField::Done | TypedField::Due => {
            read_date(text, Some(a_year())).ok()?.map(|date| date.to_string())
        }
    }
}

/// The parts of an entry that a person undoes apart from each other.
fn parts(entry: &Entry) -> [String; 8] {
    let mut values = entry.clone();
    values.own.target = None;
    values.own.due = None;
    values.answer.unread.retain(|of, _| ![TypedField::Target, TypedField::Due].contains(of));
    [
        format!("{:?}", (values.answer.entered, values.answer.unread, values.own)),
        format!("{:?}", field(entry, TypedField::Target)),
        format!("{:?}", field(entry, TypedField::Due)),
        format!("{:?}", entry.answer.not_applicable),
        entry.answer.reason.clone(),
        entry.note.clone(),
        format!("{:?}", entry.finding),
        format!("{:?}", entry.evidence),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// A typed text that is not blank becomes its value or stays as typed, never both.
    #[test]
    fn no_typed_text_is_lost(before in typed(), text in typed()) {
        for (item, typed_field, edit) in [
            ("share", TypedField::Numerator, Edit::Numerator as fn(String) -> Edit),
            ("share", TypedField::Denominator, Edit::Denominator),
            ("own-share", TypedField::Target, Edit::Target),
            ("overdue", TypedField::Count, Edit::Count),
            ("hours", TypedField::Quantity, Edit::Quantity),
            ("report", TypedField::Done, Edit::Date),
            ("old-plan", TypedField::Due, Edit::Due),
        ] {
            let checklist = &CHECKLISTS[0];
            let kind = &checklist.item(item).unwrap().kind;
            let mut entry = Entry::blank(kind);
            entry.apply(kind, edit(before.clone()), a_year()).unwrap();
            entry.apply(kind, edit(text.clone()), a_year()).unwrap();
            let (value, unread) = field(&entry, typed_field);
            prop_assert_eq!(&value, &read(typed_field, &text), "{} {:?}", item, &text);
            if value.is_none() && !as_seen(&text).trim().is_empty() {
                prop_assert_eq!(unread, Some(&text), "{}", item);
            } else {
                prop_assert_eq!(unread, None, "{} {:?}", item, &text);
            }
        }
    }

    /// Any edits: a refused one changes nothing, and the entry can be written and read.
    #[test]
    fn entries_survive_being_written_and_read(which in 0..2usize, ops in prop::collection::vec(ops(), 1..12)) {
        let checklist = &CHECKLISTS[which];
        let item = ops[0].item(checklist);
        let mut entry = Entry::blank(&item.kind);
        for op in &ops {
            let before = entry.clone();
            if entry.apply(&item.kind, op.edit(item), a_year()).is_err() {
                prop_assert_eq!(&entry, &before);
            }
        }
        let raw = entry.to_raw();
        let text = serde_json::to_string(&raw).unwrap();
        prop_assert!(!text.contains("null"));
        let reread: RawEntry = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&reread, &raw);
        prop_assert_eq!(Entry::from_raw(reread, item), Ok(entry));
    }

    /// Undoing an edit restores the state before it, keeps later entries elsewhere, and names those
    /// that it can't keep.
    #[test]
    fn undoing_an_edit_touches_nothing_else(which in 0..2usize, ops in prop::collection::vec(ops(), 2..12), at in 0..12usize) {
        let checklist = &CHECKLISTS[which];
        let item = ops[0].item(checklist);
        let mut steps = vec![Entry::blank(&item.kind)];
        for op in &ops {
            let mut entry = steps.last().unwrap().clone();
            _ = entry.apply(&item.kind, op.edit(item), a_year());
            steps.push(entry);
        }
        let at = at % ops.len();
        let (before, after, now) = (&steps[at], &steps[at + 1], steps.last().unwrap());
        let mut alone = after.clone();
        prop_assert!(!alone.undo(before, after));
        prop_assert_eq!(&alone, before);

        let mut undone = now.clone();
        let replaced = undone.undo(before, after);
        prop_assert_eq!(Entry::from_raw(undone.to_raw(), item), Ok(undone.clone()));
        // Each part is as it was before the edit if the edit changed it, else as it is now.
        let all = parts(before).into_iter().zip(parts(after)).zip(parts(now)).zip(parts(&undone));
        let mut expected = false;
        for (((before, after), now), undone) in all {
            prop_assert_eq!(&undone, if before == after { &now } else { &before });
            expected |= before != after && now != before && now != after;
        }
        prop_assert_eq!(replaced, expected);
    }

    /// Any answer is refused, or written as it was read.
    #[test]
    fn answers_are_refused_or_kept(answer in raw_answers()) {
        for item in &CHECKLISTS[0].items {
            let Ok(entry) = Entry::from_raw(RawEntry { answer: answer.clone(), ..RawEntry::default() }, item)
            else { continue };
            let raw = entry.to_raw();
            prop_assert_eq!(Entry::from_raw(raw.clone(), item), Ok(entry));
            // Nothing of it is dropped, except values that say nothing.
            let given = serde_json::to_value(&answer).unwrap();
            let kept = serde_json::to_value(&raw.answer).unwrap();
            for (name, value) in given.as_object().unwrap() {
                let says_nothing = [json!(false), json!(""), json!([]), json!({})].contains(value);
                prop_assert!(kept.get(name).is_some() || says_nothing, "{} {}", name, value);
            }
        }
    }
}

fn raw_answers() -> impl Strategy<Value = RawAnswer> {
    let number = || prop_oneof![0..100u64, any::<u64>()];
    let name = || {
        prop::sample::select(vec![
            "phone",
            "address",
            "name",
            "desk",
            "since",
            "fax",
            "count",
            "numerator",
            "due",
            "target",
            "done",
            "2026-10",
            "2026-Q1",
            "2026",
        ])
    };
    let one = prop_oneof![
        Just(json!({})),
        prop::sample::select(Choice::ALL.to_vec()).prop_map(|choice| json!({"verdict": choice})),
        number().prop_map(|n| json!({"numerator": n})),
        number().prop_map(|n| json!({"denominator": n})),
        number().prop_map(|n| json!({"count": n})),
        typed().prop_map(|text| json!({"quantity": text})),
        "[0-9]{1,3}(\\.[0-9]{1,10})?".prop_map(|text| json!({"quantity": text})),
        typed().prop_map(|text| json!({"done": text})),
        any::<bool>().prop_map(|yes| json!({"notYet": yes})),
        prop::collection::vec(name(), 0..3).prop_map(|names| json!({"donePeriods": names})),
        (name(), any::<bool>()).prop_map(|(name, yes)| json!({"parts": {name: yes}})),
        (name(), name())
            .prop_map(|(one, two)| { json!({"parts": {one: true}, "partsNotApplicable": [two]}) }),
        (name(), any::<bool>()).prop_map(|(name, yes)| json!({"rows": [{name: yes}, {}]})),
        (name(), typed()).prop_map(|(name, text)| json!({"rows": [{name: text}]})),
        typed().prop_map(|text| json!({"text": text})),
    ];
    let common = (
        prop::option::of(any::<bool>()),
        prop::option::of(typed()),
        prop::option::weighted(0.3, (name(), typed())),
    );
    (one, common).prop_map(|(mut answer, (not_applicable, reason, unread))| {
        if let Some(yes) = not_applicable {
            answer["notApplicable"] = json!(yes);
        }
        if let Some(reason) = reason {
            answer["reason"] = json!(reason);
        }
        if let Some((name, text)) = unread {
            answer["unread"] = json!({name: text});
        }
        serde_json::from_value(answer).unwrap()
    })
}
