//! Schemas for the published JSON Schema of a report that its types can't express.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::{CANONICALIZATION, FORMAT, FORMAT_VERSION};
use crate::checklist::wire::RawKind;
use crate::inspection::answer_fields;

pub(super) fn format(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "const": FORMAT})
}

pub(super) fn format_version(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "integer", "const": FORMAT_VERSION})
}

pub(super) fn canonicalization(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "const": CANONICALIZATION})
}

pub(crate) fn sha256(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": "^[0-9a-f]{64}$"})
}

/// Returns the schema of files as base64, by the SHA-256 of their bytes.
pub(crate) fn attachments(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "propertyNames": {"pattern": "^[0-9a-f]{64}$"},
        "additionalProperties": {"type": "string", "contentEncoding": "base64"},
    })
}

/// Returns the schema of a percentage with any number of digits.
pub(super) fn percent(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": r"^(100|[1-9]?[0-9])(\.[0-9]+)?$"})
}

/// Makes `integrity` required.
pub(crate) fn integrity_required(schema: &mut Schema) {
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.push("integrity".into());
    }
}

/// Restricts the fields of an answer by its item's kind.
pub(super) fn answer_by_kind(schema: &mut Schema) {
    let rules: Vec<_> = RawKind::ALL
        .into_iter()
        .map(|kind| {
            let mut fields = answer_fields(kind).to_vec();
            if kind != RawKind::Attestation {
                fields.push("notApplicable");
            }
            fields.extend(["reason", "unread"]);
            json!({
                "if": {"properties": {"kind": {"const": kind}}},
                "then": {"properties": {"answer": {"propertyNames": {"enum": fields}}}},
            })
        })
        .collect();
    schema.insert("allOf".to_owned(), rules.into());
}
