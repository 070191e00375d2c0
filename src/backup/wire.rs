//! The shape of a backup, as serde reads and writes it: unknown fields and `null` are refused. The
//! published `schema/backup.schema.json` is generated from these types.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[cfg(not(target_arch = "wasm32"))]
use super::schema::{by_digest, format, format_version, part, revision, workspace_id, writer};
use crate::checklist::wire::present;
use crate::inspection::InspectionId;
#[cfg(not(target_arch = "wasm32"))]
use crate::inspection::schema::{moment, uuid};
#[cfg(not(target_arch = "wasm32"))]
use crate::report::schema::{attachments, integrity_required};
use crate::report::wire::{RawGenerator, RawIntegrity};
use crate::stored::{Key, Part, Record, Stamp, WriterId};

/// Everything that one installation of the program stores on a device: all workspaces, their
/// inspections with every record as it is stored, the checklists, and the texts that could not be
/// read and were set aside. The file is the RFC 8785 form of this object in UTF-8.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Backup", transform = integrity_required)
)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawBackup {
    /// The mark of a backup.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "format"))]
    pub format: String,
    /// The version of the format.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "format_version"))]
    pub format_version: u32,
    /// The program that wrote the file.
    pub generator: RawGenerator,
    /// The time at which the backup was made, RFC 3339 with a zone.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "moment"))]
    pub made_at: String,
    /// Whether everything stored could be read. If not, the file has what the page still held.
    pub complete: bool,
    /// The workspaces, the common one first.
    pub workspaces: Vec<RawWorkspace>,
    /// The checklists of the inspections, by the SHA-256 of their RFC 8785 form.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "by_digest"))]
    pub checklists: BTreeMap<String, Value>,
    /// The files that belong to the inspections, such as photos: base64 of the bytes, by their
    /// SHA-256. They may also be beside the backup, in one ZIP file with it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "attachments"))]
    pub attachments: BTreeMap<String, String>,
    /// The digest that reveals accidental changes of the file. It is no signature.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "RawIntegrity"))]
    // Absent only while the digest is being taken.
    pub integrity: Option<RawIntegrity>,
}

/// A workspace: a list of inspections of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Workspace")
)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawWorkspace {
    /// A UUID; empty for the common workspace.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "workspace_id"))]
    pub id: String,
    /// The name that a person gave it; empty for the common workspace.
    pub name: String,
    /// The name and the type of the unit that was entered last, which are offered again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub preferences: BTreeMap<String, String>,
    /// Its inspections, including deleted ones that can still be restored.
    pub inspections: Vec<RawInspection>,
    /// The values that could not be read, as they were found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<RawAside>,
}

/// An inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "StoredInspection")
)]
#[serde(deny_unknown_fields)]
pub struct RawInspection {
    /// A UUID.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "uuid"))]
    pub id: String,
    /// Its records, one for each part.
    pub records: Vec<RawRecord>,
}

/// A record: the latest version of one part of an inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "StoredRecord")
)]
#[serde(deny_unknown_fields)]
pub struct RawRecord {
    /// `@header`, `@progress`, `@document` and so on, or the id of an item.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "part"))]
    pub part: String,
    /// The number of the record's version. The higher one is newer, whatever the clocks said.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "revision"))]
    pub revision: u64,
    /// The page that wrote it. It decides between versions with equal revisions.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "writer"))]
    pub writer: String,
    /// The record's body: JSON text, exactly as it is stored.
    pub body: String,
}

/// A value that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "SetAside")
)]
#[serde(deny_unknown_fields)]
pub struct RawAside {
    /// The place where it was found.
    pub origin: String,
    /// The time at which it was set aside.
    pub at: String,
    /// The text.
    pub text: String,
}

impl From<Record> for RawRecord {
    fn from(Record { key, stamp, body }: Record) -> Self {
        Self {
            part: key.part.as_str().to_owned(),
            revision: stamp.revision,
            writer: stamp.writer.as_str().to_owned(),
            body,
        }
    }
}

impl RawRecord {
    /// Returns the record as the store has it, if it is one of an inspection; `read_backup` lets no
    /// other through.
    #[must_use]
    pub fn to_record(&self, inspection: &InspectionId) -> Option<Record> {
        let key = Key { inspection: inspection.clone(), part: Part::parse(&self.part)? };
        let writer = WriterId::parse(&self.writer)?;
        let stamp = Stamp { revision: self.revision, writer };
        Some(Record { key, stamp, body: self.body.clone() })
    }

    /// Returns whether it is of that part.
    #[must_use]
    pub fn is(&self, part: &Part) -> bool {
        self.part == part.as_str()
    }

    /// Its place among the versions of its part: the higher revision is newer, between equal ones
    /// the higher writer.
    #[must_use]
    pub fn stamp(&self) -> (u64, &str) {
        (self.revision, &self.writer)
    }
}
