//! The guide for authors of checklists: its examples are valid files, and it covers every fault.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value};
use tu_kiem_tra::checklist::{Checklist, Comparator, Due, Kind, Language, Performer, RatioTarget};
use tu_kiem_tra::messages::messages;
use tu_kiem_tra::review::flaws;

use crate::support::day;

/// The guide in each language, with its code.
const GUIDES: [(&str, &str); 2] = [("docs/checklists.md", "vi"), ("docs/checklists.en.md", "en")];

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the blocks of JSON in a guide, in order.
fn blocks(guide: &str) -> Vec<Value> {
    let text = read(guide);
    let blocks = text.split("```json\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks
        .map(|block| {
            serde_json::from_str(block).unwrap_or_else(|error| panic!("{guide}: {error}\n{block}"))
        })
        .collect()
}

fn is_whole(block: &Value) -> bool {
    block.get("items").is_some()
}

fn whole_files(guide: &str) -> Vec<Checklist> {
    let files = blocks(guide).into_iter().filter(is_whole);
    let parsed = files.map(|file| Checklist::from_definition(file).unwrap());
    parsed.collect()
}

#[test]
fn the_whole_files_are_good_and_show_every_kind() {
    for (guide, _) in GUIDES {
        let files = whole_files(guide);
        let [first, last] = files.as_slice() else { panic!("{guide}: {}", files.len()) };
        assert_eq!(first.items.len(), 1, "{guide}");
        let items = || last.items.iter();
        let kinds: BTreeSet<_> = items().map(|item| item.kind.name()).collect();
        assert_eq!(kinds.len(), 9, "{guide}: {kinds:?}");
        let has = |wanted: &dyn Fn(&Kind) -> bool| items().any(|item| wanted(&item.kind));
        let own = RatioTarget::Own(Comparator::AtLeast);
        assert!(has(&|kind| matches!(kind, Kind::Ratio { target, .. } if *target == own)));
        for due in [Due::Before(day("2026-02-01")), Due::By(day("2026-06-30"))] {
            assert!(has(&|kind| *kind == Kind::Deadline { due }), "{guide}: {due:?}");
        }
        assert!(items().any(|item| item.when.is_some() && !last.questions.is_empty()));
        assert!(items().any(|item| !item.legal.is_empty()));
    }
}

#[test]
fn the_steps_are_parts_of_the_whole_file() {
    for (guide, _) in GUIDES {
        let blocks = blocks(guide);
        let whole: &Map<String, Value> =
            blocks.iter().rfind(|block| is_whole(block)).unwrap().as_object().unwrap();
        let items = whole["items"].as_array().unwrap();
        let steps: Vec<_> = blocks.iter().filter(|block| !is_whole(block)).collect();
        assert!(steps.len() >= 10, "{guide}: {}", steps.len());
        for step in steps {
            let stands_there = if step.get("kind").is_some() {
                items.contains(step)
            } else {
                let members = step.as_object().unwrap();
                members.iter().all(|(name, value)| whole.get(name) == Some(value))
            };
            assert!(stands_there, "{guide}: {step}");
        }
    }
}

#[test]
fn the_line_that_is_shown_is_what_is_said() {
    for ((guide, _), language) in GUIDES.into_iter().zip(Language::ALL) {
        let mut file = blocks(guide).into_iter().rfind(is_whole).unwrap();
        file["items"][1].as_object_mut().unwrap().remove("target");
        let problems = Checklist::from_definition(file).unwrap_err();
        let line = flaws(&problems, messages(language))[0].line();
        assert!(read(guide).contains(&format!("```text\n{line}\n")), "{guide}: {line}");
    }
}

#[test]
fn both_guides_show_the_same_files() {
    let [(vi, _), (en, _)] = GUIDES;
    assert_eq!(blocks(vi), blocks(en));
}

/// Returns a sentence as the guide quotes it, with its values left open.
fn open(sentence: &str) -> String {
    let mut open = String::new();
    let mut parts = sentence.split('{');
    open.push_str(parts.next().unwrap_or_default());
    for part in parts {
        match part.split_once('}') {
            Some((name, rest)) if !name.trim().is_empty() => {
                open.push('…');
                open.push_str(rest);
            }
            _ => {
                open.push('{');
                open.push_str(part);
            }
        }
    }
    open
}

#[test]
fn every_fault_is_explained() {
    for (guide, language) in GUIDES {
        let text = read(guide);
        let locale: Map<String, Value> =
            serde_json::from_str(&read(&format!("locales/{language}.json"))).unwrap();
        let faults = locale.iter().filter(|(key, _)| key.starts_with("fault."));
        let mut count = 0;
        for (key, sentence) in faults {
            let sentence = open(sentence.as_str().unwrap());
            assert!(text.contains(&sentence), "{guide} has not {key}: {sentence}");
            count += 1;
        }
        assert!(count > 20, "{count}");
    }
}

#[test]
fn every_performer_is_explained() {
    for (guide, _) in GUIDES {
        let text = read(guide);
        for performer in Performer::ALL {
            assert!(
                text.contains(&format!("| `{}` |", performer.name())),
                "{guide}: {performer:?}"
            );
        }
    }
}
