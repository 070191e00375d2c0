//! The rules that the types of a header and an answer can't express, for the published JSON Schema
//! of reports.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::{FindingDate, TypedField};

/// A moment with its zone.
pub(crate) fn moment(_: &mut SchemaGenerator) -> Schema {
    const PATTERN: &str = concat!(
        r"^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]{1,9})?",
        r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
    );
    json_schema!({"type": "string", "format": "date-time", "pattern": PATTERN})
}

/// A text that a person typed and that is not blank. It has no limit: a report that the form made
/// is never too long.
pub(super) fn filled(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": r"\S"})
}

/// The name of an inspection.
pub(crate) fn uuid(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "string",
        "format": "uuid",
        "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    })
}

/// A year, a quarter, a month, or two days.
pub(super) fn period(_: &mut SchemaGenerator) -> Schema {
    const PATTERN: &str = concat!(
        r"^(19|2[0-9])[0-9]{2}(-Q[1-4]|-(0[1-9]|1[0-2])",
        r"|-[0-9]{2}-[0-9]{2}/(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2})?$",
    );
    json_schema!({"type": "string", "pattern": PATTERN})
}

/// Months or quarters.
pub(super) fn done_periods(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "array",
        "items": {
            "type": "string",
            "pattern": "^(19|2[0-9])[0-9]{2}-(Q[1-4]|0[1-9]|1[0-2])$",
        },
    })
}

/// Texts by typed field.
pub(super) fn unread(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "propertyNames": {"enum": TypedField::ALL.map(TypedField::name)},
        "additionalProperties": {"type": "string"},
    })
}

/// Texts by date of a finding.
pub(super) fn unread_dates(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "propertyNames": {"enum": FindingDate::ALL.map(FindingDate::name)},
        "additionalProperties": {"type": "string"},
    })
}

/// In a report an inspection has its day of judging, and a time of completion just when its status
/// says that it was completed.
pub(super) fn dated_as_status_says(schema: &mut Schema) {
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.push("asOf".into());
    }
    schema.insert("if".to_owned(), json!({"properties": {"status": {"const": "in-progress"}}}));
    schema.insert(
        "then".to_owned(),
        json!({"properties": {"completedAt": false, "incompleteReason": false}}),
    );
    schema.insert("else".to_owned(), json!({"required": ["completedAt"]}));
}
