//! The rules of the project's layout, checked on its text: which parts may use which, the length of
//! files, the equality of both languages. Each finding names file, line and rule.

#![allow(clippy::expect_used, reason = "a rule that cannot be checked is a failed test")]

mod events;
mod source;
mod styles;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use source::{Finding, Source, files, name, read, root};

/// The folders with the project's own Rust code.
const RUST: &[&str] = &["src", "office", "xtask/src", "examples", "tests", "build.rs"];

/// The crates that the folders of pure calculation may not use.
const PLATFORM: &[&str] = &[
    "leptos",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "wasm_bindgen_futures",
    "gloo_storage",
    "gloo_utils",
    "gloo_net",
    "gloo_timers",
    "gloo_events",
    "gloo",
];

#[test]
fn what_calculates_knows_no_platform() {
    let rule = "what calculates is pure";
    let mut words: Vec<String> = PLATFORM.iter().map(|word| (*word).to_owned()).collect();
    words.extend(
        ["view", "storage", "browser", "app", "element"].map(|module| format!("crate::{module}")),
    );
    let folders = [
        "attachments",
        "backup",
        "checklist",
        "comparison",
        "document",
        "evaluation",
        "inspection",
        "report",
        "review",
        "spreadsheet",
        "stored",
        "upload",
        "words",
    ]
    .map(|folder| ["src/", folder].concat());
    let mut folders: Vec<_> = folders.iter().map(String::as_str).collect();
    folders.extend([
        "src/intake.rs",
        "office/src/document.rs",
        "office/src/docx",
        "office/src/lib.rs",
        "office/src/pack.rs",
        "office/src/sheet.rs",
        "office/src/sparse.rs",
        "office/src/unpack.rs",
        "office/src/xlsx.rs",
    ]);
    check(rule, &folders, |source| source.uses(&words));
}

#[test]
fn the_view_neither_stores_nor_fetches() {
    let rule =
        "the view gets callbacks and signals; storing is storage's, the platform is browser's";
    let words = [
        "crate::storage",
        "crate::browser",
        "gloo_storage",
        "web_sys::Storage",
        "local_storage",
        "session_storage",
        "IndexedDB",
        "indexed_db",
        "IdbFactory",
        "IdbDatabase",
        "fetch",
        "fetch_with_str",
        "fetch_with_request",
    ];
    check(rule, &["src/view"], |source| source.uses(&words.map(str::to_owned)));
}

#[test]
fn the_element_is_on_top() {
    let rule = "only main.rs and lib.rs use the element";
    let words = ["crate::element".to_owned()];
    check(rule, &["src"], |source| {
        let allowed = ["src/main.rs", "src/lib.rs"].contains(&source.name.as_str());
        if allowed { Vec::new() } else { source.uses(&words) }
    });
}

#[test]
fn files_are_short() {
    let folders = ["src", "office", "xtask", "examples/receiver"];
    check("a file has one subject and at most 400 lines", &folders, |source| {
        let lines = source.text.lines().count();
        if lines > 400 { vec![(lines, format!("{lines} lines"))] } else { Vec::new() }
    });
}

#[test]
fn errors_are_values() {
    let rule = "what can go wrong is a Result, outside of tests";
    let words = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!("];
    let for_tests: Vec<String> =
        files("src").iter().flat_map(|file| Source::of(file).test_modules()).collect();
    check(rule, &["src", "office/src", "examples/receiver/src"], |source| {
        if for_tests.contains(&source.name) {
            Vec::new()
        } else {
            source.without_tests().containing(&words)
        }
    });
}

#[test]
fn nothing_is_left_for_later() {
    // In two parts, or this file would be found.
    let words = [concat!("TO", "DO"), concat!("FIX", "ME")];
    check(
        "what is to be done is an issue",
        &["src", "office", "xtask/src", "examples", "tests", "style", "build.rs"],
        |source| source.containing(&words),
    );
}

#[test]
fn each_file_says_what_it_is_for() {
    check("a Rust file opens with a doc comment, `//!`", RUST, |source| {
        let first = source.text.lines().next().unwrap_or_default();
        if !source.name.ends_with(".rs") || first.starts_with("//! ") {
            Vec::new()
        } else {
            vec![(1, first.to_owned())]
        }
    });
}

#[test]
fn comments_name_their_subject() {
    let folders = [
        "src",
        "office/src",
        "xtask",
        "bench",
        "examples",
        "build.rs",
        "tests/browser/src",
        "tests/fuzz",
        "tests/package",
        "tests/tidy",
    ];
    let rule = "a comment is a noun for a thing and 'Returns …' for a function, not 'What …'";
    let begins = ["What ", "Who ", "Whoever ", "The same "];
    check(rule, &folders, |source| {
        if !source.name.ends_with(".rs") {
            return Vec::new();
        }
        let lines = source.text.lines().map(str::trim_start).enumerate();
        let comments =
            lines.filter_map(|(index, line)| Some((index + 1, line.strip_prefix("//")?)));
        let text = |line: &str| line.trim_start_matches(['/', '!']).trim_start().to_owned();
        let texts = comments.map(|(number, line)| (number, text(line)));
        texts.filter(|(_, text)| begins.iter().any(|word| text.starts_with(word))).collect()
    });
}

#[test]
fn each_stylesheet_is_used() {
    let mut users: Vec<String> = files("src").iter().map(|file| read(file)).collect();
    users.push(read(&root().join("index.html")));
    check("a stylesheet is included in src/ or linked in index.html", &["style"], |source| {
        let used = users.iter().any(|user| user.contains(&source.name));
        if used { Vec::new() } else { vec![(1, "nobody names it".to_owned())] }
    });
}

#[test]
fn languages_say_the_same() {
    let locales: BTreeMap<String, Map<String, Value>> = files("locales")
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "json"))
        .map(|file| {
            (name(file), serde_json::from_str(&read(file)).expect("a locale is a JSON object"))
        })
        .collect();
    assert!(locales.contains_key("locales/vi.json"), "locales/vi.json is missing");
    let keys: BTreeSet<&String> = locales.values().flat_map(Map::keys).collect();

    let mut findings = Vec::new();
    for key in keys {
        let mut expected = None;
        for (file, texts) in &locales {
            let Some(text) = texts.get(key) else {
                findings.push(format!("{file}: `{key}` is missing"));
                continue;
            };
            let found = placeholders(text.as_str().unwrap_or_default());
            let (first, wanted) = expected.get_or_insert_with(|| (file, found.clone()));
            if *wanted != found {
                findings.push(format!(
                    "{file}: `{key}` has the placeholders {found:?}, but {wanted:?} in {first}"
                ));
            }
        }
    }
    report("every language has the same keys, with the same {placeholders}", &findings);
}

/// Returns the names in braces, with repetitions.
fn placeholders(text: &str) -> Vec<String> {
    let parts = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    let mut names: Vec<String> = parts.map(|(name, _)| name.to_owned()).collect();
    names.sort();
    names
}

/// Checks every file in some folders.
fn check(rule: &str, folders: &[&str], findings: impl Fn(&Source) -> Vec<Finding>) {
    let mut told = Vec::new();
    for file in folders.iter().flat_map(|folder| files(folder)) {
        let source = Source::of(&file);
        for (line, what) in findings(&source) {
            told.push(format!("{}:{line}: {what}", source.name));
        }
    }
    report(rule, &told);
}

fn report(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{rule}:\n  {}\n", findings.join("\n  "));
}

#[test]
fn placeholders_are_found() {
    assert_eq!(placeholders("{total} trên {n}"), ["n", "total"]);
}
