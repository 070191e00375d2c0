//! A newer version of a checklist: its changes, and the fate of the answers.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};
use tu_kiem_tra::checklist::{Aspect, Changes, Checklist, ItemId};
use tu_kiem_tra::inspection::{Fate, Inspection, RawEntry};
use tu_kiem_tra::report::{Report, import};

use crate::arbitrary::inspections;
use crate::support::{
    change, day, header_with, inspection, sealed, small_checklist, small_definition,
    small_inspection,
};

/// Returns a version of the small checklist: items without those to remove, with fields replaced.
fn version(number: &str, removed: &[&str], replaced: &Value, added: &[Value]) -> Value {
    let mut definition = small_definition();
    definition["version"] = json!(number);
    let items = definition["items"].as_array_mut().unwrap();
    items.retain(|item| !removed.contains(&item["id"].as_str().unwrap()));
    for (id, fields) in replaced.as_object().unwrap() {
        let item = items.iter_mut().find(|item| item["id"] == *id).unwrap();
        for (name, value) in fields.as_object().unwrap() {
            match value {
                Value::Null => _ = item.as_object_mut().unwrap().remove(name),
                value => item[name] = value.clone(),
            }
        }
    }
    items.extend_from_slice(added);
    definition
}

fn parsed(definition: Value) -> Arc<Checklist> {
    Arc::new(Checklist::from_definition(definition).unwrap())
}

fn attestation(id: &str) -> Value {
    json!({"id": id, "area": "first", "kind": "attestation", "text": {"vi": "Mới"},
        "addressee": "Phường", "performers": ["commune"], "source": {"clause": "15"}})
}

/// Returns a version with every sort of change: an item less and one more, answers that can be kept
/// and answers that can't.
fn newer() -> Arc<Checklist> {
    let replaced = json!({
        "share": {"target": {"moreThan": "95"}},
        "overdue": {"kind": "quantity", "unit": {"vi": "ngày"}, "target": {"atMost": "1.5"}},
        "notice": {"parts": [
            {"id": "address", "text": {"vi": "Địa chỉ"}}, {"id": "mailbox", "text": {"vi": "Hộp thư"}}
        ]},
        "proposals": {"text": {"vi": "Kiến nghị"}},
    });
    let mut definition = version("1.1.0", &["attested"], &replaced, &[attestation("new")]);
    definition["items"].as_array_mut().unwrap().reverse();
    parsed(definition)
}

#[test]
fn each_change_is_named() {
    let old = small_checklist();
    let share = |fields: Value| json!({"share": fields});
    for (replaced, aspects) in [
        (share(json!({"text": {"vi": "b", "en": "B"}})), vec![Aspect::Text]),
        (share(json!({"help": null})), vec![Aspect::Help]),
        (share(json!({"denominator": {"vi": "Hồ sơ"}})), vec![Aspect::Labels]),
        (share(json!({"target": {"atLeast": "96"}})), vec![Aspect::Target]),
        (share(json!({"target": {"own": "moreThan"}})), vec![Aspect::Target]),
        (share(json!({"area": "second"})), vec![Aspect::Area]),
        (share(json!({"addressee": "Xã"})), vec![Aspect::Addressee]),
        (share(json!({"performers": ["commune", "office"]})), vec![Aspect::Performers]),
        (share(json!({"when": {"question": "inspected", "is": true}})), vec![Aspect::Condition]),
        (share(json!({"source": {"clause": "2, đoạn 1"}})), vec![Aspect::Clause]),
        (json!({"attested": {"legal": null}}), vec![Aspect::Legal]),
        (json!({"report": {"due": {"by": "2026-06-16"}}}), vec![Aspect::Due]),
        (json!({"monthly": {"every": "quarter"}}), vec![Aspect::Frequency]),
        (
            json!({"posted": {"columns": [{"id": "desk", "label": {"vi": "Niêm yết"}, "type": "check", "counts": true}]}}),
            vec![Aspect::Columns],
        ),
        (
            json!({"notice": {"parts": [{"id": "a", "text": {"vi": "1"}}, {"id": "b", "text": {"vi": "2"}}]}}),
            vec![Aspect::Parts],
        ),
        (json!({"hours": {"kind": "count", "unit": null}}), vec![Aspect::Kind, Aspect::Labels]),
        (
            json!({"notice": {"kind": "narrative", "parts": null, "text": {"vi": "Ghi rõ"}}}),
            vec![Aspect::Text, Aspect::Kind, Aspect::Parts],
        ),
    ] {
        let changes = old.changes_to(&parsed(version("1.0.1", &[], &replaced, &[])));
        let found: Vec<_> =
            changes.changed.iter().flat_map(|change| change.aspects.clone()).collect();
        assert_eq!(found, aspects, "{replaced}");
        assert_eq!(changes.changed.len(), 1, "{replaced}");
        assert_eq!(changes.unchanged.len(), old.items.len() - 1, "{replaced}");
    }
}

#[test]
fn a_checklist_differs_in_nothing_from_itself() {
    for checklist in crate::arbitrary::CHECKLISTS.iter() {
        let changes = checklist.changes_to(checklist);
        assert_eq!(changes, Changes { unchanged: checklist.items.clone(), ..Changes::default() });
    }
}

#[test]
fn questions_of_the_start_come_and_go() {
    let mut definition = version("2.0.0", &["if-inspected", "if-not-inspected"], &json!({}), &[]);
    definition["questions"] = json!([{"id": "merged", "text": {"vi": "Mới sáp nhập?"}}]);
    let newer = parsed(definition);
    let changes = small_checklist().changes_to(&newer);
    let ids = |questions: &[tu_kiem_tra::checklist::Question]| -> Vec<String> {
        questions.iter().map(|question| question.id.to_string()).collect()
    };
    assert_eq!(ids(&changes.questions_added), ["merged"]);
    assert_eq!(ids(&changes.questions_removed), ["inspected"]);
    let moved = small_inspection().moved_to(&newer, day("2026-11-21"));
    assert!(moved.header.questions.is_empty());
}

/// Generates checklists with some items of the small one, in any order, some of them changed.
fn versions() -> impl Strategy<Value = Arc<Checklist>> {
    let items = small_definition()["items"].as_array().unwrap().clone();
    let change = prop_oneof![3 => Just(0_u8), 1 => 1..5_u8];
    let each = prop::collection::vec((any::<bool>(), change), items.len());
    (each, any::<u64>()).prop_map(move |(choices, seed)| {
        let mut definition = small_definition();
        let mut chosen: Vec<Value> = Vec::new();
        for (item, (there, change)) in items.iter().zip(choices) {
            let mut item = item.clone();
            match change {
                1 => item["text"] = json!({"vi": "khác"}),
                2 => item["source"] = json!({"clause": "99"}),
                3 => item["performers"] = json!(["office"]),
                4 => item["help"] = json!({"vi": "Cách đếm", "en": "How to count"}),
                _ => {}
            }
            // Now and then it goes to the front: places must not matter.
            if there && seed.rotate_left(chosen.len() as u32) & 1 == 1 {
                chosen.insert(0, item);
            } else if there {
                chosen.push(item);
            }
        }
        chosen.push(attestation("always"));
        definition["items"] = chosen.into();
        parsed(definition)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_item_of_both_stands_in_just_one_list(old in versions(), new in versions()) {
        let changes = old.changes_to(&new);
        let mut seen: BTreeMap<ItemId, Vec<&str>> = BTreeMap::new();
        let lists = [
            ("unchanged", changes.unchanged.iter().map(|item| item.id.clone()).collect::<Vec<_>>()),
            ("changed", changes.changed.iter().map(|change| change.new.id.clone()).collect()),
            ("added", changes.added.iter().map(|item| item.id.clone()).collect()),
            ("removed", changes.removed.iter().map(|item| item.id.clone()).collect()),
        ];
        for (list, ids) in lists {
            for id in ids {
                seen.entry(id).or_default().push(list);
            }
        }
        for item in old.items.iter().chain(&new.items) {
            let expected = match (old.item(item.id.as_str()), new.item(item.id.as_str())) {
                (Some(old), Some(new)) if old == new => "unchanged",
                (Some(_), Some(_)) => "changed",
                (Some(_), None) => "removed",
                _ => "added",
            };
            prop_assert_eq!(seen.get(&item.id), Some(&vec![expected]));
        }
        prop_assert!(seen.keys().all(|id| old.item(id.as_str()).or(new.item(id.as_str())).is_some()));
        // The differences are named, and nothing else.
        for change in &changes.changed {
            prop_assert_eq!(&change.old.id, &change.new.id);
            prop_assert!(!change.aspects.is_empty());
        }
        // The reverse has the same changes.
        let back = new.changes_to(&old);
        prop_assert_eq!(back.changed.len(), changes.changed.len());
        prop_assert_eq!(back.added, changes.removed);
    }

    /// Every entry is in the moved inspection: as an answer, or as an earlier one.
    #[test]
    fn moving_loses_no_answer(before in inspections(), keep in any::<u32>(), text in any::<u32>()) {
        let mut definition = before.checklist.definition().clone();
        definition["version"] = json!("99.0.0");
        let area = definition["areas"][0]["id"].clone();
        let items = definition["items"].as_array_mut().unwrap();
        let bit = |mask: u32, index: usize| mask.rotate_right(index as u32) & 1 == 1;
        for (index, item) in items.iter_mut().enumerate() {
            if bit(text, index) {
                item["text"] = json!({"vi": "Nội dung đã sửa"});
            }
        }
        let mut index = 0;
        items.retain(|_| { index += 1; bit(keep, index) });
        items.push(json!({"id": "always", "area": area, "kind": "attestation",
            "text": {"vi": "Mới"}, "addressee": "", "performers": ["commune"], "source": {"clause": "1"}}));
        let after = before.moved_to(&parsed(definition), day("2026-11-21"));
        let left = after.earlier.last().unwrap();
        prop_assert_eq!(after.earlier.len(), 1);
        for (id, entry) in before.entries.iter().filter(|(_, entry)| !entry.is_blank()) {
            let kept = after.entries.get(id);
            let earlier = left.item(id).map(|kept| &kept.entry);
            prop_assert_eq!(kept.is_some(), earlier.is_none(), "{}", id);
            prop_assert_eq!(kept.or(earlier), Some(entry), "{}", id);
        }
        prop_assert_eq!(
            after.entries.len() + left.items.len(),
            before.entries.values().filter(|entry| !entry.is_blank()).count()
        );
        let report = Report::of(&after, day("2026-11-21"));
        let imported = import(report.bytes()).unwrap();
        prop_assert_eq!(&imported.earlier, &after.earlier);
        prop_assert!(Report::of(&imported, day("2028-01-01")).bytes() == report.bytes());
    }
}

#[test]
fn answers_that_fit_go_on_and_the_others_stay() {
    let before = small_inspection();
    let newer = newer();
    let fates: BTreeMap<_, _> = before
        .checklist
        .changes_to(&newer)
        .changed
        .iter()
        .map(|change| (change.new.id.to_string(), before.fate_of_changed(change)))
        .collect();
    let expected = [
        ("notice", Fate::LeftBehind),
        ("overdue", Fate::LeftBehind),
        ("proposals", Fate::Kept),
        ("share", Fate::Kept),
    ];
    assert_eq!(fates, expected.map(|(id, fate)| (id.to_owned(), fate)).into());
    let removed = before.checklist.item("attested").unwrap();
    assert_eq!(before.fate_of_removed(removed), Fate::LeftBehind);
    let untouched = before.checklist.item("if-inspected").unwrap();
    assert_eq!(before.fate_of_removed(untouched), Fate::Nothing);

    let report = Report::of(&before.moved_to(&newer, day("2026-11-21")), day("2026-11-30")).json();
    assert_eq!(report["checklist"]["version"], "1.1.0");
    let definition = |id: &str| {
        let items = small_definition()["items"].as_array().unwrap().clone();
        items.into_iter().find(|item| item["id"] == *id).unwrap()
    };
    assert_eq!(
        report["earlier"],
        json!([{
            "checklist": {"id": "tests", "version": "1.0.0", "sha256": before.checklist.digest().to_string()},
            "asOf": "2026-11-21",
            "items": [
                {"id": "attested", "kind": "attestation", "definition": definition("attested"),
                    "answer": {"verdict": "partly-met", "reason": "Chưa xong"},
                    "verdict": "partly-met", "note": "Xem lại"},
                {"id": "overdue", "kind": "count", "definition": definition("overdue"),
                    "answer": {"unread": {"count": "1,5 hồ sơ"}}, "verdict": "invalid"},
                {"id": "notice", "kind": "parts", "definition": definition("notice"),
                    "answer": {"parts": {"address": true, "phone": false}}, "verdict": "partly-met"},
            ]
        }])
    );
    // Judged by the newer item: 24 of 25 is over 95 %, and was not over 96 %.
    let items = report["items"].as_array().unwrap();
    let share = items.iter().find(|item| item["id"] == "share").unwrap();
    assert_eq!(share["verdict"], "met");
    assert_eq!(share["answer"], json!({"numerator": 24, "denominator": 25}));
    // The earlier ones count for nothing.
    let blank = inspection(newer, before.header.clone(), &json!({}));
    let counted = Report::of(&blank, day("2026-11-30")).json();
    assert_eq!(report["summary"]["total"], counted["summary"]["total"]);
    assert_eq!(report["summary"]["invalid"], 0);
}

#[test]
fn several_moves_accumulate() {
    let today = day("2026-11-21");
    let second = newer();
    let mut moved = small_inspection().moved_to(&second, today);
    // The item comes back with the next version, unanswered, and 'new' goes.
    let raw: RawEntry = serde_json::from_value(json!({"answer": {"verdict": "met"}})).unwrap();
    let new = second.item("new").unwrap();
    let entry = tu_kiem_tra::inspection::Entry::from_raw(raw, new).unwrap();
    moved.entries.insert(new.id.clone(), entry);
    let third = parsed(version("1.2.0", &[], &json!({}), &[]));
    let twice = moved.moved_to(&third, today);
    let left: Vec<Vec<_>> = twice
        .earlier
        .iter()
        .map(|earlier| earlier.items.iter().map(|kept| kept.item.id.as_str()).collect())
        .collect();
    assert_eq!(left, [vec!["attested", "overdue", "notice"], vec!["new"]]);
    assert!(!twice.entries.contains_key("attested"));
    assert!(!twice.entries.contains_key("overdue"));
    let report = Report::of(&twice, today);
    let imported = import(report.bytes()).unwrap();
    assert_eq!(imported.earlier, twice.earlier);
    assert!(Report::of(&imported, day("2027-01-01")).bytes() == report.bytes());
}

#[test]
fn what_another_tab_entered_for_the_version_before_is_kept() {
    let (old, today) = (small_checklist(), day("2026-11-21"));
    let mut moved = small_inspection().moved_to(&newer(), today);
    let late = |raw: Value| -> RawEntry { serde_json::from_value(raw).unwrap() };
    let id = |id: &str| ItemId::new(id).unwrap();
    let answer = late(json!({"answer": {"verdict": "met"}, "note": "Đã xong"}));
    let second = late(json!({"answer": {"count": 3}}));
    let other = late(json!({"answer": {"text": "Không có ở đâu"}}));
    // A newer entry replaces an answer that was kept already.
    assert!(moved.keep_as_earlier(&id("attested"), &answer, &[]));
    assert!(moved.keep_as_earlier(&id("overdue"), &second, &[]));
    assert_eq!(moved.earlier[0].items.len(), 3);
    assert_eq!(moved.earlier[0].item(&id("attested")).unwrap().entry.to_raw(), answer);
    assert_eq!(moved.earlier[0].item(&id("overdue")).unwrap().entry.to_raw(), second);
    // An item without a kept answer is found in its checklist.
    let mut bare =
        inspection(old.clone(), header_with(&json!({})), &json!({})).moved_to(&newer(), today);
    assert!(!bare.keep_as_earlier(&id("attested"), &answer, &[]));
    assert!(bare.keep_as_earlier(&id("attested"), &answer, std::slice::from_ref(&old)));
    assert_eq!(bare.earlier[0].items.len(), 1);
    // An answer that fits none of them is not swallowed.
    for (id, raw) in [(id("attested"), &other), (id("elsewhere"), &answer)] {
        assert!(!moved.keep_as_earlier(&id, raw, std::slice::from_ref(&old)));
    }
    let mut never_moved = small_inspection();
    assert!(!never_moved.keep_as_earlier(&id("attested"), &answer, &[old]));
}

#[test]
fn a_completed_inspection_is_left_as_of_its_day() {
    let completed = header_with(&json!({
        "status": "amended", "completedAt": "2026-10-05T16:00:00+07:00", "asOf": "2026-10-05"
    }));
    let before = Inspection { header: completed, ..small_inspection() };
    let moved = before.moved_to(&newer(), day("2026-11-21"));
    assert_eq!(moved.earlier[0].as_of, day("2026-10-05"));
    assert_eq!(moved.header.completed, before.header.completed);
}

#[test]
fn a_report_with_something_else_among_the_earlier_answers_is_refused() {
    let today = day("2026-11-21");
    let good = Report::of(&small_inspection().moved_to(&newer(), today), today).json();
    for (pointer, value, place) in [
        ("/0/checklist/id", json!("Sa Đéc"), "/0/checklist/id"),
        ("/0/checklist/version", json!(" "), "/0/checklist/version"),
        ("/0/checklist/sha256", json!("ABC"), "/0/checklist/sha256"),
        ("/0/asOf", json!("hôm qua"), "/0/asOf"),
        ("/0/items/0/id", json!("share"), "/0/items/0/id"),
        ("/0/items/0/kind", json!("ratio"), "/0/items/0/kind"),
        ("/0/items/0/definition/performers", json!([]), "/0/items/0/definition"),
        ("/0/items/0/definition/colour", json!("red"), "/0/items/0/definition"),
        ("/0/items/0/answer", json!({"count": 3}), "/0/items/0/answer"),
        ("/0/items/1", good["earlier"][0]["items"][0].clone(), "/0/items/1/id"),
        ("/0/items/0/verdict", json!("good"), "/0/items/0/verdict"),
    ] {
        let mut report = good.clone();
        let set = [(format!("/earlier{pointer}"), value)].into_iter().collect();
        change(&mut report, &set, &[]);
        let error = import(&serde_json::to_vec(&sealed(report)).unwrap()).unwrap_err();
        assert!(error.to_string().starts_with(&format!("/earlier{place}: ")), "{pointer}: {error}");
    }
    assert!(import(&serde_json::to_vec(&good).unwrap()).is_ok());
}
