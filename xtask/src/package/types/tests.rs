//! Tests of the types that are generated from a schema.

use std::fs;

use serde_json::{Value, json};

use super::of_schema;
use crate::project;

fn made(properties: Value, more: Value) -> String {
    let mut root =
        json!({"title": "Root", "type": "object", "properties": properties, "required": ["a"]});
    root.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    of_schema(&root).unwrap()
}

#[test]
fn each_shape_has_its_type() {
    let cases = [
        (json!({"type": "string", "pattern": "x"}), "a: string;"),
        (json!({"type": "integer", "maximum": 3}), "a: number;"),
        (json!({"type": ["string", "null"]}), "a: string | null;"),
        (json!({"type": "array", "items": {"$ref": "#/$defs/Cell"}}), "a: Array<Cell>;"),
        (
            json!({"type": "object", "additionalProperties": {"type": "boolean"}}),
            "a: Record<string, boolean>;",
        ),
        (json!({"enum": ["x", "y"]}), "a: \"x\" | \"y\";"),
        (
            json!({"oneOf": [{"const": "x", "description": "An x."}, {"type": "boolean"}]}),
            "a: \n    /** An x. */\n    | \"x\"\n    | boolean;",
        ),
    ];
    for (schema, expected) in cases {
        let text = made(json!({"a": schema}), json!({}));
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn a_condition_makes_a_union() {
    let text = made(
        json!({"a": {"type": "string"}, "b": {"type": "integer"}, "c": {"$ref": "#/$defs/C"}}),
        json!({"allOf": [
            {"if": {"properties": {"a": {"const": "x"}}},
             "then": {"properties": {"b": false, "c": {"propertyNames": {"enum": ["p", "q"]}}}}},
            {"if": {"properties": {"a": {"const": "y"}}}, "then": {"required": ["b"]}},
        ], "$defs": {"C": {"type": "object", "properties": {"p": {"type": "null"}}}}}),
    );
    assert!(text.contains("interface RootFields {\n  a: string;\n  b?: number;\n}"), "{text}");
    assert!(text.contains("| { a: \"x\"; b?: never; c?: Pick<C, \"p\" | \"q\"> }"), "{text}");
    assert!(text.contains("| { a: \"y\"; b: number; c?: C }"), "{text}");
}

#[test]
fn what_is_not_known_is_told() {
    let schema =
        json!({"title": "Root", "type": "object", "properties": {"a": {"patternProperties": {}}}});
    let failure = of_schema(&schema).unwrap_err().to_string();
    assert!(failure.contains("`patternProperties` at `Root`"), "{failure}");
}

/// The types are generated from the report's schema alone.
#[test]
fn the_checklists_schema_says_the_same_as_the_reports() {
    let read = |name: &str| -> Value {
        let file = project::root().join("schema").join(name);
        serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
    };
    let (report, mut checklist) = (read("report.schema.json"), read("checklist.schema.json"));
    let root = checklist.as_object_mut().unwrap();
    for (name, definition) in root.remove("$defs").unwrap().as_object().unwrap() {
        assert_eq!(*definition, report["$defs"][name], "{name}");
    }
    root.retain(|keyword, _| keyword != "$schema" && keyword != "title");
    assert_eq!(checklist, report["$defs"]["Checklist"]);
}
