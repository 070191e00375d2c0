//! Rules of the published JSON Schemas that the types of files can't express.
//!
//! The schemas are as strict as the readers, as far as schemas can be. Only the readers check
//! references between the parts of a file.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::wire::RawKind;
use super::{MAX_ID_LENGTH, MAX_PARTS, MAX_TEXT, MAX_WHOLE};

const WHOLE: &str = r"^(0|[1-9][0-9]{0,15})(\.0+)?$";
const PERCENT: &str = r"^(100(\.0+)?|[1-9]?[0-9](\.[0-9]+)?)$";
const PERCENT_BELOW_100: &str = r"^[1-9]?[0-9](\.[0-9]+)?$";

/// Returns the schema of an identifier.
pub(crate) fn id(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "string",
        "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
        "maxLength": MAX_ID_LENGTH,
    })
}

/// Returns the schema of a text that is not blank.
pub(crate) fn filled(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": r"\S", "maxLength": MAX_TEXT})
}

/// Returns the schema of a text that may be blank.
pub(crate) fn text(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "maxLength": MAX_TEXT})
}

/// Returns the schema of a text that may be blank or `null`.
pub(crate) fn text_or_null(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": ["string", "null"], "maxLength": MAX_TEXT})
}

/// Returns the schema of several texts that may be blank.
pub(crate) fn texts(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "array",
        "items": {"type": "string", "maxLength": MAX_TEXT},
        "maxItems": MAX_PARTS,
    })
}

/// Returns the schema of an exact decimal.
pub(crate) fn decimal(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": r"^(0|[1-9][0-9]{0,15})(\.[0-9]+)?$"})
}

/// Returns the schema of a date.
pub(crate) fn date(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "string",
        "format": "date",
        "pattern": "^(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
    })
}

/// Returns the schema of a whole number that every JSON reader keeps exactly.
pub(crate) fn whole(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "integer", "minimum": 0, "maximum": MAX_WHOLE})
}

/// Adds the rules of [`RawKind::fields`], and the targets that a kind can have.
pub(super) fn fields_by_kind(schema: &mut Schema) {
    let every_field: Vec<_> = RawKind::ALL.into_iter().flat_map(RawKind::fields).collect();
    let rules: Vec<_> = RawKind::ALL
        .into_iter()
        .map(|kind| {
            let fields = kind.fields();
            let foreign = every_field.iter().filter(|field| !fields.contains(field));
            let mut properties: serde_json::Map<_, _> =
                foreign.map(|field| ((**field).to_owned(), Value::Bool(false))).collect();
            if fields.contains(&"target") {
                properties.insert("target".to_owned(), target_of(kind));
            }
            json!({
                "if": {"properties": {"kind": {"const": kind}}},
                "then": {"required": fields, "properties": properties},
            })
        })
        .collect();
    schema.insert("allOf".to_owned(), rules.into());
}

/// Returns the schema of a kind's targets, as far as it is narrower than that of all kinds.
fn target_of(kind: RawKind) -> Value {
    let percents = json!({
        "atLeast": {"pattern": PERCENT},
        "moreThan": {"pattern": PERCENT_BELOW_100},
        "exactly": {"pattern": PERCENT},
        "atMost": {"pattern": PERCENT},
    });
    match kind {
        RawKind::Ratio => json!({"properties": percents}),
        RawKind::Roster => json!({"properties": percents, "not": {"required": ["own"]}}),
        RawKind::Count => json!({
            "propertyNames": {"enum": ["atLeast", "atMost"]},
            "additionalProperties": {"pattern": WHOLE},
        }),
        _ => json!({"propertyNames": {"enum": ["atLeast", "atMost"]}}),
    }
}

/// Adds the rule that only a check counts towards a row's passing.
pub(super) fn only_checks_count(schema: &mut Schema) {
    let counts = json!({"properties": {"counts": {"const": true}}, "required": ["counts"]});
    schema.insert("if".to_owned(), counts);
    schema.insert("then".to_owned(), json!({"properties": {"type": {"const": "check"}}}));
}

/// Adds the rule that a roster has a column by which its rows are judged.
pub(super) fn one_column_counts(schema: &mut Schema) {
    let counting = json!({"properties": {"counts": {"const": true}}, "required": ["counts"]});
    schema.insert("contains".to_owned(), counting);
}
