//! The files that the project writes and ships are valid by the published schemas, as an
//! independent validator reads them.

use std::path::Path;
use std::sync::Arc;

use jsonschema::Validator;
use serde_json::{Value, json};
use tu_kiem_tra::checklist::BUILTIN;
use tu_kiem_tra::report::Report;

use crate::arbitrary::mixed_inspection;
use crate::support::{SMALL_REPORT, day, small_definition};

pub fn validator(file: &str) -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(file);
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(jsonschema::meta::is_valid(&schema), "{file} is no JSON Schema");
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

pub fn checklist_validator() -> Validator {
    validator("checklist.schema.json")
}

pub fn report_validator() -> Validator {
    validator("report.schema.json")
}

pub fn assert_valid(validator: &Validator, name: &str, value: &Value) {
    let errors: Vec<_> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error:.200}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}:\n{}", errors.join("\n"));
}

#[test]
fn the_checklists_are_valid() {
    let validator = checklist_validator();
    assert_valid(&validator, "small", &small_definition());
    for builtin in &BUILTIN {
        assert_valid(&validator, builtin.id, builtin.read().unwrap().definition());
    }
}

#[test]
fn reports_are_valid() {
    let validator = report_validator();
    assert_valid(&validator, "small", &SMALL_REPORT.json());
    for builtin in &BUILTIN {
        let checklist = Arc::new(builtin.read().unwrap());
        for variant in 0..4 {
            let inspection = mixed_inspection(&checklist, variant);
            let report = Report::of(&inspection, day("2026-11-21")).json();
            assert_valid(&validator, &format!("{}, {variant}", builtin.id), &report);
        }
    }
}

#[test]
fn the_schema_of_reports_refuses_what_is_no_report() {
    let validator = report_validator();
    let report = SMALL_REPORT.json();
    for (pointer, value) in [
        ("/format", json!("other")),
        ("/formatVersion", json!(2)),
        ("/inspection/asOf", Value::Null),
        ("/inspection/asOf", json!("21/11/2026")),
        ("/inspection/id", json!("1")),
        ("/inspection/period", json!("2026-Q5")),
        ("/inspection/status", json!("completed")),
        ("/inspection/createdAt", json!("2026-11-21")),
        ("/inspection/unit/name", json!(" ")),
        ("/inspection/superior", Value::Null),
        ("/checklist/sha256", json!("abc")),
        ("/checklist/definition/items", json!([])),
        ("/items/0/answer/count", json!(1)),
        ("/items/0/answer/verdict", json!("fine")),
        ("/items/0/note", Value::Null),
        ("/items/1/answer/numerator", json!(9_007_199_254_740_992u64)),
        ("/items/1/answer/numerator", json!(-1)),
        ("/items/1/answer/numerator", json!(1.5)),
        ("/items/1/computed/percent", json!("96,0")),
        ("/items/1/kind", json!("count")),
        ("/summary/total", json!("12")),
        ("/integrity/canonicalization", json!("JCS")),
        ("/colour", json!("red")),
    ] {
        let mut changed = report.clone();
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        changed.pointer_mut(parent).unwrap()[name] = value.clone();
        assert!(!validator.is_valid(&changed), "{pointer} {value}");
    }
    for pointer in ["integrity", "items", "summary", "inspection", "checklist", "generator"] {
        let mut changed = report.clone();
        changed.as_object_mut().unwrap().remove(pointer).unwrap();
        assert!(!validator.is_valid(&changed), "without {pointer}");
    }
}
