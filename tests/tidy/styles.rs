//! The rules of the style sheets.

use super::check;
use super::source::{Finding, Source};

/// A declaration: its line, the rules and conditional blocks around it, and its text.
type Declaration = (usize, Vec<String>, String);

/// Returns the declarations of a sheet.
fn declarations(sheet: &str) -> Vec<Declaration> {
    let (mut found, mut around, mut words) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut is_comment, mut before) = (1, false, ' ');
    for character in sheet.chars() {
        line += usize::from(character == '\n');
        match (is_comment, before, character) {
            (false, '/', '*') => {
                is_comment = true;
                words.pop();
            }
            (true, '*', '/') => is_comment = false,
            (true, ..) => {}
            (false, _, '{') => around.push(std::mem::take(&mut words).trim().to_owned()),
            (false, _, ';' | '}') => {
                let declared = std::mem::take(&mut words).trim().to_owned();
                if !declared.is_empty() {
                    found.push((line, around.clone(), declared));
                }
                if character == '}' {
                    around.pop();
                }
            }
            (false, ..) => words.push(character),
        }
        before = character;
    }
    found
}

fn findings(source: &Source, is_wrong: impl Fn(&[String], &str) -> bool) -> Vec<Finding> {
    let declared = declarations(&source.text).into_iter();
    let wrong = declared.filter(|(_, around, declared)| is_wrong(around, declared));
    wrong
        .map(|(line, around, declared)| (line, format!("{}: {declared}", around.join(" "))))
        .collect()
}

#[test]
fn only_what_can_hover_hovers() {
    let rule = "`:hover` stands in `@media (hover: hover)`: on a touch screen it would stay";
    check(rule, &["style"], |source| {
        findings(source, |around, _| {
            around.iter().any(|rule| rule.contains(":hover"))
                && !around.iter().any(|block| block == "@media (hover: hover)")
        })
    });
}

#[test]
fn what_went_wrong_has_one_colour() {
    let rule = "what went wrong is `--tkt-danger`; the colours of verdicts are for verdicts";
    check(rule, &["style"], |source| {
        findings(source, |around, declared| {
            let is_of_verdicts =
                ["data-verdict", "data-mark", "data-choice"].map(|name| format!("[{name}"));
            ["var(--tkt-not-met)", "var(--tkt-invalid)"].iter().any(|name| declared.contains(name))
                && !around.iter().any(|rule| is_of_verdicts.iter().any(|of| rule.contains(of)))
        })
    });
}

#[test]
fn a_sheet_is_read_as_it_should_be() {
    let sheet = "/* a { b: c } */\n@media (x) {\n  a,\n  b:hover {\n    c: d;\n    e: f\n  }\n}\ng { h: i; }\n";
    let found = declarations(sheet);
    let expected = [
        (5, vec!["@media (x)", "a,\n  b:hover"], "c: d"),
        (7, vec!["@media (x)", "a,\n  b:hover"], "e: f"),
        (9, vec!["g"], "h: i"),
    ];
    let found: Vec<_> = found
        .iter()
        .map(|(line, around, declared)| {
            (*line, around.iter().map(String::as_str).collect::<Vec<_>>(), declared.as_str())
        })
        .collect();
    assert_eq!(found, expected);
}
