//! The checklists that are compiled in.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};
use tu_kiem_tra::checklist::{BUILTIN, Checklist, Due, Kind, Language, Performer, builtin};
use tu_kiem_tra::evaluation::{Context, Verdict, judge};
use tu_kiem_tra::inspection::Entry;

use crate::support::{cases, day, header_with};

fn checklist(id: &str) -> Checklist {
    builtin(id).unwrap().read().unwrap_or_else(|problems| {
        let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
        panic!("{id}:\n{}", problems.join("\n"))
    })
}

fn all() -> Vec<Checklist> {
    BUILTIN.iter().map(|builtin| checklist(builtin.id)).collect()
}

#[test]
fn each_is_known_by_the_id_in_it() {
    let offered = BUILTIN.each_ref().map(|builtin| builtin.id);
    assert_eq!(offered[0], "cap-xa-2026", "the one for a commune of today is offered first");
    let expected = [
        "cap-xa-2026",
        "vinh-long-3747-2022",
        "sa-dec-2023",
        "cao-lanh-2022",
        "phuong-2-105-2022",
        "vung-tau-2022",
    ];
    assert_eq!(BTreeSet::from(offered), BTreeSet::from(expected));
    for id in offered {
        assert_eq!(checklist(id).id.as_str(), id);
    }
    assert!(builtin("tests").is_none() && builtin("").is_none());
}

/// The summary of each, which is known without reading it, is equal to its file, and the file is
/// there unchanged.
#[test]
fn what_is_told_at_once_is_what_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("checklists");
    for builtin in &BUILTIN {
        let read = checklist(builtin.id);
        assert_eq!(builtin.version, read.version, "{}", builtin.id);
        for language in Language::ALL {
            assert_eq!(builtin.title(language), read.title.get(language), "{}", builtin.id);
        }
        let file = std::fs::read(folder.join(format!("{}.json", builtin.id))).unwrap();
        let file = Checklist::from_bytes(&file).unwrap();
        assert_eq!(file.definition(), read.definition(), "{}", builtin.id);
        assert_eq!(file.digest(), read.digest(), "{}", builtin.id);
    }
}

#[test]
fn every_file_of_the_folder_is_compiled_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("checklists");
    let files: BTreeSet<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    let expected: BTreeSet<_> =
        BUILTIN.iter().map(|builtin| format!("{}.json", builtin.id)).collect();
    assert_eq!(files, expected);
}

#[test]
fn ids_are_unique_and_the_items_are_many() {
    let mut items = 0;
    for checklist in all() {
        let ids: BTreeSet<_> = checklist.items.iter().map(|item| &item.id).collect();
        assert_eq!(ids.len(), checklist.items.len(), "{}", checklist.id);
        items += ids.len();
    }
    assert!(items >= 135, "only {items} items");
}

#[test]
fn every_area_has_items_and_every_question_decides_something() {
    for checklist in all() {
        for area in &checklist.areas {
            let used = checklist.items.iter().any(|item| item.area == area.id);
            assert!(used, "{}: {}", checklist.id, area.id);
        }
        for question in &checklist.questions {
            let decides = checklist
                .items
                .iter()
                .any(|item| item.when.as_ref().is_some_and(|when| when.question == question.id));
            assert!(decides, "{}: {}", checklist.id, question.id);
        }
    }
}

fn asked_of(performer: Performer, checklist: &Checklist) -> usize {
    checklist.items.iter().filter(|item| performer.is_among(&item.performers)).count()
}

/// A commune has something to answer in each, and no more than it can answer in two or three hours.
#[test]
fn each_concerns_communes() {
    for checklist in all() {
        let count = asked_of(Performer::Commune, &checklist);
        assert!((10..=35).contains(&count), "{}: {count}", checklist.id);
    }
}

/// The offices of a commune since 01/7/2025 find their items in the set of 2026.
#[test]
fn the_offices_of_a_commune_have_items_of_their_own() {
    let checklist = checklist("cap-xa-2026");
    assert!((20..=25).contains(&checklist.items.len()), "{}", checklist.items.len());
    for office in [
        Performer::CouncilPeopleOffice,
        Performer::Economy,
        Performer::CultureSociety,
        Performer::PublicServiceCentre,
    ] {
        let count = asked_of(office, &checklist);
        assert!(count >= 5, "{office:?}: {count}");
    }
}

/// A centre of public services has taken over the duties of a one-stop desk.
#[test]
fn a_centre_of_public_services_sees_what_a_one_stop_desk_sees() {
    for checklist in all() {
        for item in &checklist.items {
            let sees = |performer: Performer| performer.is_among(&item.performers);
            let (desk, centre) = (sees(Performer::OneStop), sees(Performer::PublicServiceCentre));
            assert!(!desk || centre, "{} {}", checklist.id, item.id);
        }
    }
}

/// No typed text makes a duty met.
#[test]
fn no_duty_is_met_by_any_text() {
    for checklist in all() {
        let narratives = checklist.items.iter().filter(|item| item.kind == Kind::Narrative);
        assert_eq!(narratives.count(), 0, "{}", checklist.id);
    }
}

fn assert_both_languages(place: &str, value: &Value, texts: &mut usize) {
    match value {
        Value::Object(members) if members.contains_key("vi") => {
            let filled = |language: &str| {
                members
                    .get(language)
                    .and_then(Value::as_str)
                    .is_some_and(|text| !text.trim().is_empty())
            };
            assert!(filled("vi") && filled("en"), "{place}");
            *texts += 1;
        }
        Value::Object(members) => {
            for (name, value) in members {
                assert_both_languages(&format!("{place}/{name}"), value, texts);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                assert_both_languages(&format!("{place}/{index}"), value, texts);
            }
        }
        _ => {}
    }
}

#[test]
fn every_text_has_both_languages() {
    for checklist in all() {
        let mut texts = 0;
        assert_both_languages(checklist.id.as_str(), checklist.definition(), &mut texts);
        assert!(texts > checklist.items.len(), "{}: {texts} texts", checklist.id);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Figure {
    checklist: String,
    item: String,
    kind: String,
    target: Value,
}

#[test]
fn printed_figures_are_typed_targets() {
    for figure in cases::<Figure>("figures.json") {
        let name = format!("{} {}", figure.checklist, figure.item);
        let checklist = checklist(&figure.checklist);
        let items = checklist.definition()["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["id"] == figure.item.as_str());
        let item = item.unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(item["kind"], figure.kind.as_str(), "{name}");
        assert_eq!(item["target"], figure.target, "{name}");
    }
}

fn dues(checklist: &Checklist) -> Vec<Due> {
    let due = |kind: &Kind| if let Kind::Deadline { due } = kind { Some(*due) } else { None };
    checklist.items.iter().filter_map(|item| due(&item.kind)).collect()
}

/// 'Trước ngày 16/6/2023' and 'trước ngày 20/6/2023' leave out the day itself; 'trong tháng 8 năm
/// 2022' takes in the last one.
#[test]
fn printed_dates_are_typed_due_dates() {
    let sa_dec = [Due::Before(day("2023-06-16")), Due::Before(day("2023-06-20"))];
    assert_eq!(dues(&checklist("sa-dec-2023")), sa_dec);
    let vung_tau = dues(&checklist("vung-tau-2022"));
    assert!(!vung_tau.is_empty());
    assert!(vung_tau.iter().all(|due| *due == Due::By(day("2022-08-31"))), "{vung_tau:?}");
}

/// 'Ít nhất 04 giờ/01 tuần.'
#[test]
fn leaders_spend_four_hours_a_week_at_the_desk() {
    let checklist = checklist("vung-tau-2022");
    let items = checklist.definition()["items"].as_array().unwrap();
    let hours: Vec<_> = items.iter().filter(|item| item["kind"] == "quantity").collect();
    assert_eq!(hours.len(), 2);
    assert!(hours.iter().all(|item| item["target"]["atLeast"] == "4"));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Honest {
    checklist: String,
    item: String,
    case: String,
    #[serde(default)]
    period: Option<String>,
    #[serde(default)]
    own: Value,
    answer: Value,
    verdict: Verdict,
}

/// The answers of a ward that did what the directive requires, or that did not, and the verdicts
/// that they must get.
#[test]
fn honest_answers_get_the_verdicts_that_they_deserve() {
    for Honest { checklist: id, item, case, period, own, answer, verdict } in
        cases::<Honest>("honest-wards.json")
    {
        let name = format!("{id} {item}: {case}");
        let checklist = checklist(&id);
        let item = checklist.item(&item).unwrap_or_else(|| panic!("no {name}"));
        let own = if own.is_null() { json!({}) } else { own };
        let raw = serde_json::from_value(json!({"answer": answer, "own": own})).unwrap();
        let entry = Entry::from_raw(raw, item).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let header = header_with(&json!({"period": period.as_deref().unwrap_or("2026")}));
        let context = Context { header: &header, as_of: day("2026-12-31") };
        assert_eq!(judge(item, Some(&entry), &context).verdict, verdict, "{name}");
    }
}
