//! Rules of the published JSON Schema of reports that the types of a header and an answer can't
//! express.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::{FindingDate, TypedField};

/// Returns the schema of a timestamp with its zone.
pub(crate) fn moment(_: &mut SchemaGenerator) -> Schema {
    const PATTERN: &str = concat!(
        r"^(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]{1,9})?",
        r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$",
    );
    json_schema!({"type": "string", "format": "date-time", "pattern": PATTERN})
}

/// Returns the schema of a typed text that is not blank. It has no limit: a report that the form
/// made is never too long.
pub(super) fn filled(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": r"\S"})
}

/// Returns the schema of an inspection's id.
pub(crate) fn uuid(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "string",
        "format": "uuid",
        "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
    })
}

/// Returns the schema of a year, a quarter, a month, or two days.
pub(super) fn period(_: &mut SchemaGenerator) -> Schema {
    const PATTERN: &str = concat!(
        r"^(19|2[0-9])[0-9]{2}(-Q[1-4]|-(0[1-9]|1[0-2])",
        r"|-[0-9]{2}-[0-9]{2}/(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2})?$",
    );
    json_schema!({"type": "string", "pattern": PATTERN})
}

/// Returns the schema of months or quarters.
pub(super) fn done_periods(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "array",
        "items": {
            "type": "string",
            "pattern": "^(19|2[0-9])[0-9]{2}-(Q[1-4]|0[1-9]|1[0-2])$",
        },
    })
}

/// Returns the schema of texts by typed field.
pub(super) fn unread(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "propertyNames": {"enum": TypedField::ALL.map(TypedField::name)},
        "additionalProperties": {"type": "string"},
    })
}

/// Returns the schema of texts by date of a finding.
pub(super) fn unread_dates(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "propertyNames": {"enum": FindingDate::ALL.map(FindingDate::name)},
        "additionalProperties": {"type": "string"},
    })
}

/// Adds the rules that an inspection in a report has its day of judging, and a time of completion
/// if and only if its status says that it was completed.
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
