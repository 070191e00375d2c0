//! Checklists that are refused: every problem with its place.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value};
use tu_kiem_tra::checklist::{
    Checklist, Fault, Language, MAX_FAULTS, MAX_ITEMS, MAX_PARTS, Problem,
};
use tu_kiem_tra::messages::messages;
use tu_kiem_tra::review::flaws;

use crate::support::{cases, change, small_definition};
use crate::validity::checklist_validator;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    /// The values put into the small checklist, by JSON pointer.
    #[serde(default)]
    set: Map<String, Value>,
    /// The pointers of the values removed from it.
    #[serde(default)]
    remove: Vec<String>,
    /// Every problem: its pointer and its fault, in any order.
    problems: BTreeSet<(String, String)>,
    /// The verdict of the published schema, which can't follow references inside a file.
    #[serde(default)]
    schema: Schema,
}

#[derive(Default, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Schema {
    #[default]
    Refuses,
    Accepts,
}

/// Returns a problem as its pointer and its fault.
fn named(problem: &Problem) -> (String, String) {
    (problem.pointer.clone(), format!("{:?}", problem.fault))
}

#[test]
fn each_problem_is_named_with_its_place() {
    let validator = checklist_validator();
    for case in cases::<Case>("bad-checklists.json") {
        let name = &case.case;
        let mut definition = small_definition();
        change(&mut definition, &case.set, &case.remove);
        assert_eq!(
            validator.is_valid(&definition),
            case.schema == Schema::Accepts,
            "{name}: the schema"
        );
        let problems = Checklist::from_definition(definition).expect_err(name);
        let found: Vec<_> = problems.iter().map(named).collect();
        let unique: BTreeSet<_> = found.iter().cloned().collect();
        assert_eq!(unique, case.problems, "{name}");
        assert_eq!(unique.len(), found.len(), "{name}: said twice: {found:?}");
    }
}

#[test]
fn what_is_not_json_is_said_to_be_so_and_where() {
    let at = |line, column| Fault::NotJson { line, column };
    for (file, fault) in [
        ("", Fault::EndsEarly),
        ("{", Fault::EndsEarly),
        ("{\"id\": \"te", Fault::EndsEarly),
        ("{\n  \"id\": x\n}", at(2, 9)),
        ("{\n  \"tên\": \"Phường\", x\n}", at(2, 20)),
        ("id: tests", at(1, 1)),
        ("{} {}", at(1, 4)),
    ] {
        let problems = Checklist::parse(file).expect_err(file);
        assert_eq!(problems.len(), 1, "{file}");
        assert_eq!(problems[0].pointer, "");
        assert_eq!(problems[0].fault, fault, "{file:?}");
    }
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    for file in [&b"PK\x03\x04\xb5"[..], b"\xff\xfe{\0}\0"] {
        let problems = Checklist::from_bytes(file).unwrap_err();
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].fault, Fault::NotText);
    }
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let file = format!("\u{feff}{}", small_definition());
    let checklist = Checklist::from_bytes(file.as_bytes()).unwrap();
    assert_eq!(*checklist.definition(), small_definition());
}

#[test]
fn problems_know_what_their_places_call_themselves() {
    let mut definition = small_definition();
    definition["items"][8]["columns"][1]["label"] = 1.into();
    definition["items"][0]["legal"][0]["confidence"] = "D".into();
    definition["items"][9]["id"] = 1.into();
    let problems = Checklist::from_definition(definition).unwrap_err();
    let names: Vec<_> = problems.iter().map(|problem| problem.names.join("/")).collect();
    assert_eq!(names, ["attested/NĐ 61/2018/NĐ-CP", "posted/desk", ""]);
}

#[test]
fn a_list_with_very_many_faults_is_read_in_good_time() {
    let mut definition = small_definition();
    definition["items"] = vec![serde_json::json!({}); 20_000].into();
    let problems = Checklist::from_definition(definition).unwrap_err();
    // The last problem says that more are left out, and nothing follows it.
    assert_eq!(problems.len(), MAX_FAULTS + 1);
    let last = problems.last().map(|problem| (&*problem.pointer, &problem.fault));
    assert_eq!(last, Some(("", &Fault::MoreLeftOut(MAX_FAULTS))));
    for language in Language::ALL {
        let line = flaws(&problems, messages(language)).pop().unwrap().line();
        assert!(line.contains(&MAX_FAULTS.to_string()), "{line}");
    }
}

#[test]
fn as_many_faults_as_are_told_are_all_there_are() {
    let mut definition = small_definition();
    let unknown = |count: usize| {
        let mut item = small_definition()["items"][0].clone();
        (0..count).for_each(|place| item[format!("unknown-{place}")] = 1.into());
        item
    };
    for (count, told) in [
        (MAX_FAULTS - 1, MAX_FAULTS - 1),
        (MAX_FAULTS, MAX_FAULTS),
        (MAX_FAULTS + 1, MAX_FAULTS + 1),
    ] {
        definition["items"][0] = unknown(count);
        let problems = Checklist::from_definition(definition.clone()).unwrap_err();
        assert_eq!(problems.len(), told);
        let is_cut = problems.iter().any(|problem| problem.fault == Fault::MoreLeftOut(MAX_FAULTS));
        assert_eq!(is_cut, count > MAX_FAULTS);
    }
}

#[test]
fn lists_have_an_end() {
    let elements = |element: &Value, count: usize, named: bool| -> Value {
        let element = |place: usize| {
            let mut element = element.clone();
            if named {
                element["id"] = format!("name-{place}").into();
            }
            element
        };
        (0..count).map(element).collect()
    };
    let small = small_definition();
    for (pointer, most, named) in [
        ("/items", MAX_ITEMS, true),
        ("/questions", MAX_PARTS, true),
        ("/items/8/columns", MAX_PARTS, true),
        ("/items/9/parts", MAX_PARTS, true),
        ("/items/0/legal", MAX_PARTS, false),
        ("/items/0/performers", MAX_PARTS, false),
        ("/source/basis", MAX_PARTS, false),
        ("/source/addressees", MAX_PARTS, false),
    ] {
        let mut definition = small.clone();
        let list = definition.pointer_mut(pointer).unwrap();
        let element = list.as_array().and_then(|list| list.last()).cloned();
        let element = element.unwrap_or_else(|| "văn bản".into());
        *list = elements(&element, most + 1, named);
        let problems = Checklist::from_definition(definition.clone()).expect_err(pointer);
        assert!(
            problems
                .iter()
                .any(|problem| problem.pointer == pointer && problem.fault == Fault::TooMany(most)),
            "{pointer}: {:?}",
            problems.iter().map(ToString::to_string).take(3).collect::<Vec<_>>()
        );
        assert!(problems.len() < 3, "{pointer}: {}", problems.len());
    }
}

#[test]
fn problems_can_be_printed() {
    let problems = Checklist::parse(r#"{"id": 1}"#).unwrap_err();
    assert!(problems[0].to_string().starts_with("/id: "), "{}", problems[0]);
}

#[test]
fn a_good_file_is_kept_as_it_is() {
    let definition = small_definition();
    let checklist = Checklist::from_definition(definition.clone()).unwrap();
    assert_eq!(*checklist.definition(), definition);
    let reread = Checklist::parse(&serde_json::to_string_pretty(&definition).unwrap()).unwrap();
    assert_eq!(reread.digest(), checklist.digest());
}

/// Finds every place of a value, as a pointer.
fn places(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                places(member, format!("{pointer}/{name}"), found);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                places(element, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(pointer);
}

/// Any value in any place: a file that the schema refuses is refused, and each refusal names a
/// place that the change concerns.
#[test]
fn nothing_wrong_goes_unsaid() {
    let validator = checklist_validator();
    let good = small_definition();
    let mut pointers = Vec::new();
    places(&good, String::new(), &mut pointers);
    assert!(pointers.len() > 200, "{}", pointers.len());
    let values = serde_json::json!([null, true, -1, "", "x", [], {"x": null}]);
    for pointer in &pointers {
        for value in values.as_array().unwrap() {
            let mut definition = good.clone();
            *definition.pointer_mut(pointer).unwrap() = value.clone();
            let schema_accepts = validator.is_valid(&definition);
            let Err(problems) = Checklist::from_definition(definition) else {
                assert!(schema_accepts, "{value} at {pointer} is taken");
                continue;
            };
            assert!(!problems.is_empty(), "{value} at {pointer}");
            for language in Language::ALL {
                for flaw in flaws(&problems, messages(language)) {
                    assert!(!flaw.place.is_empty() && !flaw.sentence.is_empty());
                    assert!(!flaw.line().contains(['{', '}']) || flaw.line().contains("{ }"));
                }
            }
            let mut faults: Vec<_> = problems.iter().map(named).collect();
            let count = faults.len();
            faults.sort();
            faults.dedup();
            assert_eq!(faults.len(), count, "{value} at {pointer}: said twice: {problems:?}");
            // A removed area, question or kind of an item is missed elsewhere.
            let elsewhere = |problem: &Problem| {
                let fault = &problem.fault;
                matches!(
                    fault,
                    Fault::UnknownArea(_)
                        | Fault::UnknownQuestion(_)
                        | Fault::NothingCounts
                        | Fault::OnlyChecksCount
                )
            };
            for problem in problems.iter().filter(|problem| !elsewhere(problem)) {
                assert!(
                    problem.pointer.starts_with(pointer.as_str()),
                    "{value} at {pointer}: {problem}"
                );
            }
        }
    }
}
