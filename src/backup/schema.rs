//! Schemas for the published JSON Schema of a backup that its types can't express.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::{FORMAT, FORMAT_VERSION};
use crate::checklist::wire::{RawChecklist, RawItem};
use crate::stored::{Detail, MAX_REVISION, Part};

pub(super) fn format(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "const": FORMAT})
}

pub(super) fn format_version(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "integer", "const": FORMAT_VERSION})
}

pub(super) fn workspace_id(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "string",
        "pattern": "^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$",
    })
}

pub(super) fn part(_: &mut SchemaGenerator) -> Schema {
    let whole = Part::OF_WHOLE.map(|part| format!("{}|", part.as_str())).concat();
    let details = Detail::ALL.map(|detail| format!("{}|", detail.part())).concat();
    let id = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
    let pattern = format!("^({whole}{details}{id})$");
    json_schema!({"type": "string", "pattern": pattern})
}

/// Returns the schema of a revision: a whole number that every JSON reader keeps exactly.
pub(super) fn revision(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "integer", "minimum": 1, "maximum": MAX_REVISION})
}

pub(super) fn writer(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": "^[0-9a-f]{16}$"})
}

/// Returns the schema of checklists under their digests.
pub(super) fn by_digest(generator: &mut SchemaGenerator) -> Schema {
    let checklist = generator.subschema_for::<RawChecklist<RawItem>>();
    json_schema!({
        "type": "object",
        "propertyNames": {"pattern": "^[0-9a-f]{64}$"},
        "additionalProperties": checklist,
    })
}
