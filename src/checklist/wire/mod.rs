//! The shape of a checklist file, as serde reads it: unknown fields are refused.
//!
//! It defines the form of a file; `parse` checks whether it makes sense. The published
//! `schema/checklist.schema.json` is generated from these types.

mod item;

pub use item::*;

use serde::{Deserialize, Deserializer};

#[cfg(not(target_arch = "wasm32"))]
use super::{MAX_ITEMS, MAX_PARTS, schema};

/// A checklist: the items that one directive asks for, by area.
// The elements of the lists are read one by one, to find the faults of each. Meanwhile their shapes
// `I`, `A` and `Q` are left open.
#[derive(Debug, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Checklist")
)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawChecklist<I, A = RawArea, Q = RawQuestion> {
    /// Stable name, also of the file: a–z, 0–9 and hyphens.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::id"))]
    pub id: String,
    /// Version of the content, such as `1.0.0`.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::filled"))]
    pub version: String,
    /// The title by which a person chooses the checklist.
    pub title: RawText,
    /// The directive it comes from.
    pub source: RawSource,
    /// A note for people who choose it today.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(with = "RawNote", skip_serializing_if = "Option::is_none")
    )]
    pub note: Option<RawNote>,
    /// Groups of items, in the order in which they are shown.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1, max = MAX_PARTS)))]
    pub areas: Vec<A>,
    /// Yes/no questions of the start screen.
    #[serde(default = "Vec::<Q>::new")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(max = MAX_PARTS)))]
    pub questions: Vec<Q>,
    /// The items, in the order in which they are shown.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(length(min = 1, max = MAX_ITEMS)))]
    pub items: Vec<I>,
}

/// A text: Vietnamese, and English where it is given.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Text"))]
#[serde(deny_unknown_fields)]
pub struct RawText {
    /// Vietnamese.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::filled"))]
    pub vi: String,
    /// English.
    #[serde(default, deserialize_with = "present")]
    #[cfg_attr(
        not(target_arch = "wasm32"),
        schemars(schema_with = "schema::filled", skip_serializing_if = "Option::is_none")
    )]
    pub en: Option<String>,
}

/// The directive. Fields that are blank in print are `null` or blank here.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Source"))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawSource {
    /// The authority that issued it.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::filled"))]
    pub issuer: String,
    /// Number and sign; `null` where the print leaves it blank.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::text_or_null"))]
    pub number: Option<String>,
    /// Date as printed.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::text"))]
    pub date: String,
    /// Subject as printed.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::text"))]
    pub subject: String,
    /// Its addressees as printed.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::texts"))]
    pub addressees: Vec<String>,
    /// The documents it rests on.
    #[serde(default)]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::texts"))]
    pub basis: Vec<String>,
    /// True for a set for reference that no authority issued.
    #[serde(default)]
    pub reference: bool,
}

/// A dated note on a checklist, such as that its issuer is no more.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Note"))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawNote {
    /// The text of the note.
    pub text: RawText,
    /// The date on which that was so.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::date"))]
    pub as_of: String,
}

/// A group of items.
#[derive(Debug, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Area"))]
#[serde(deny_unknown_fields)]
pub struct RawArea {
    /// Stable name.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::id"))]
    pub id: String,
    /// Heading.
    pub title: RawText,
}

/// A yes/no question of the start screen.
#[derive(Debug, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Question")
)]
#[serde(deny_unknown_fields)]
pub struct RawQuestion {
    /// Stable name.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::id"))]
    pub id: String,
    /// The text of the question.
    pub text: RawText,
}

/// Reads a field that may be absent. Serde alone would read `null` as absent; the format does not.
pub(crate) fn present<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}
