//! Tests that the hand-written files of the package match the element: the attributes, methods,
//! events and codes in the sources, the types and the Custom Elements Manifest are the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{read, read_json};
use crate::project;

type Names = BTreeSet<String>;

#[test]
fn attributes_and_their_properties() {
    let attributes = quoted(between(&scripts(), "const ATTRIBUTES = [", "]"));
    let properties: Names = attributes.iter().map(|name| property(name)).collect();
    let others = quoted(between(&scripts(), "const PROPERTIES = [", "]"));

    assert_eq!(declared("attributes", "name"), attributes);
    assert_eq!(declared("attributes", "fieldName"), properties);
    assert_eq!(members("field"), &properties | &others);
    assert_eq!(of_interface("TuKiemTraUploadSettings"), others);
    assert_eq!(quoted(between(&types(), "export type TuKiemTraAttribute =", ";")), attributes);
    // The address of the page in an iframe may not set where reports are sent.
    let mut of_address = quoted(between(&scripts(), "const PREFILLED = [", "]"));
    assert!(of_address.insert("upload-url".to_owned()));
    assert_eq!(of_address, attributes);
    assert_eq!(of_interface("TuKiemTraProperties"), properties);
}

#[test]
fn methods() {
    let scripts = scripts();
    let methods = quoted(between(&scripts, "const METHODS = [", "]"));
    // The script for pages with an iframe has its own list.
    for list in scripts.split("const METHODS = [").skip(1) {
        assert_eq!(quoted(list.split(']').next().unwrap()), methods);
    }
    assert_eq!(members("method"), methods);
    assert_eq!(of_interface("TuKiemTraMethods"), methods);
}

#[test]
fn events() {
    let element = read(&project::root().join("src/element/telling.rs")).unwrap();
    // Other events pass only between the scripts.
    let names = [after(&element, "\"tkt-"), after(&scripts(), "new CustomEvent(\"tkt-")];
    let fired: Names = names.iter().flatten().map(|name| format!("tkt-{name}")).collect();

    assert_eq!(declared("events", "name"), fired);
    let of_frame = quoted(between(&scripts(), "const EVENTS = [", "]"));
    assert_eq!(of_frame.iter().map(|name| format!("tkt-{name}")).collect::<Names>(), fired);
    assert_eq!(of_interface("TuKiemTraEventDetails"), fired);
}

#[test]
fn codes_of_errors() {
    let failure = read(&project::root().join("src/app/failure.rs")).unwrap();
    let scripts = scripts();
    let mut codes = Names::new();
    codes.extend(body(&failure, "pub const fn code("));
    for function in ["import_code", "backup_code", "archive_code"] {
        codes.extend(body(&failure, &format!("const fn {function}(")));
    }
    codes.extend(after(&scripts, "failure(\""));
    codes.extend(after(&scripts, "#tell(\""));
    assert_eq!(quoted(between(&types(), "export type TuKiemTraErrorCode =", ";")), codes);
}

#[test]
fn reasons_of_what_is_not_saved() {
    let error = read(&project::root().join("src/storage/error.rs")).unwrap();
    let reasons = body(&error, "pub const fn code(");
    assert_eq!(quoted(between(&types(), "export type TuKiemTraSaveErrorReason =", ";")), reasons);
}

#[test]
fn what_a_host_can_style() {
    let tokens = read(&project::root().join("style/tokens.css")).unwrap();
    let lines = tokens.lines().map(str::trim).filter(|line| line.starts_with("--tkt-"));
    let properties: Names =
        lines.filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect();
    assert_eq!(declared("cssProperties", "name"), properties);

    let parts = after(&texts_below(&project::root().join("src/view"), "rs"), "part=\"");
    assert_eq!(declared("cssParts", "name"), parts);
}

/// Returns the element's declaration in the manifest.
fn declaration() -> Value {
    let manifest = read_json(&project::root().join("package/custom-elements.json")).unwrap();
    manifest["modules"][0]["declarations"][0].clone()
}

fn declared(list: &str, field: &str) -> Names {
    texts(&declaration()[list], field, |_| true)
}

fn members(kind: &str) -> Names {
    texts(&declaration()["members"], "name", |member| member["kind"] == kind)
}

fn texts(list: &Value, field: &str, is_meant: impl Fn(&Value) -> bool) -> Names {
    let meant = list.as_array().unwrap().iter().filter(|entry| is_meant(entry));
    meant.map(|entry| entry[field].as_str().unwrap().to_owned()).collect()
}

/// Returns the hand-written types.
fn types() -> String {
    read(&project::root().join("package/types/tu-kiem-tra.d.ts")).unwrap()
}

/// Returns the members that an interface declares, without inherited ones.
fn of_interface(name: &str) -> Names {
    let types = types();
    let lines = between(&types, &format!("export interface {name} {{\n"), "\n}\n").lines();
    let declared = lines.filter_map(|line| line.strip_prefix("  "));
    let declared = declared
        .filter(|line| line.starts_with(|first: char| first == '"' || first.is_alphabetic()));
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '-';
    declared
        .map(|line| {
            line.trim_start_matches('"').split(|letter| !is_part(letter)).next().unwrap().to_owned()
        })
        .collect()
}

/// Returns the scripts of the element as one text.
fn scripts() -> String {
    texts_below(&project::root().join("src"), "js")
}

/// Returns the texts of all files below a folder that have this extension, in one string.
fn texts_below(folder: &Path, ending: &str) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all += &texts_below(&path, ending);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            all += &read(&path).unwrap();
        }
    }
    all
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("`{start}` is not there"));
    rest.split_once(end).unwrap_or_else(|| panic!("`{end}` does not follow `{start}`")).0
}

/// Returns the texts in quotation marks.
fn quoted(text: &str) -> Names {
    text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Returns the texts between `start` and the next quotation mark.
fn after(text: &str, start: &str) -> Names {
    let rests = text.split(start).skip(1);
    rests.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

/// Returns the texts in quotation marks in a function. Its end is found by rustfmt's indentation.
fn body(text: &str, function: &str) -> Names {
    let line = text.lines().find(|line| line.contains(function)).unwrap();
    let indentation = &line[..line.len() - line.trim_start().len()];
    quoted(between(text, line, &format!("\n{indentation}}}\n")))
}

/// Returns the property of an attribute.
fn property(attribute: &str) -> String {
    let mut words = attribute.split('-');
    let mut name = words.next().unwrap().to_owned();
    for word in words {
        name += &word[..1].to_uppercase();
        name += &word[1..];
    }
    name
}
