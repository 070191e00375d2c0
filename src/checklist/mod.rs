//! The checklist: the questions, their addressees, and the clauses of the directive behind them.
//!
//! A [`Checklist`] is always valid. It is created only by reading a file, as [`Checklist::parse`]
//! does, which returns either the model or every problem with its place. The wire shape of the file
//! is in [`wire`]. Nothing here knows answers, storage or the page.

mod builtin;
mod changes;
mod date;
mod decimal;
mod digest;
mod id;
mod item;
mod near;
mod parse;
mod performer;
mod problem;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod schema;
pub(crate) mod shape;
mod target;
mod text;
mod version;
pub mod wire;

pub use builtin::{BUILTIN, Builtin, builtin};
pub use changes::{Aspect, Change, Changes};
pub use date::{YEARS, date_from_iso, date_to_iso};
pub use decimal::{Decimal, MAX_SCALE};
pub use digest::{Digest, canonical_json};
pub use id::{AreaId, ChecklistId, ColumnId, ItemId, MAX_ID_LENGTH, NotAnId, PartId, QuestionId};
pub use item::{CellType, Column, Condition, Confidence, Frequency, Item, Kind, LegalNote, Part};
pub use performer::Performer;
pub use problem::{Fault, Figure, JsonType, MAX_FAULTS, Problem};
pub use target::{Comparator, Due, RatioTarget, Target};
pub use text::{Language, Text};
pub use version::is_newer;

use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest whole number that a person can enter or a file can hold: 2^53 − 1, the largest
/// that every JSON reader keeps exactly (RFC 8785).
pub const MAX_WHOLE: u64 = (1 << 53) - 1;

/// The longest text of a checklist, in bytes.
const MAX_TEXT: usize = 8_000;

/// The maximum number of items in a checklist.
pub const MAX_ITEMS: usize = 20_000;

/// The maximum length of any other list: areas, questions, the parts or columns of an item. So a
/// scan of such a list for each item or row stays linear in the items or rows.
pub const MAX_PARTS: usize = 200;

/// A versioned list of items by area, derived from one directive.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// Its stable name.
    pub id: ChecklistId,
    /// The version of its content.
    pub version: String,
    /// The title by which a person chooses it.
    pub title: Text,
    /// The directive that it comes from.
    pub source: Source,
    /// A note for people who choose it today.
    pub note: Option<Note>,
    /// The groups of items, in order. INVARIANT: ids are unique.
    pub areas: Vec<Area>,
    /// The yes/no questions of the start screen, which rule items in or out. INVARIANT: ids are
    /// unique.
    pub questions: Vec<Question>,
    /// The items, in order. INVARIANT: ids are unique, areas and questions exist.
    pub items: Vec<Arc<Item>>,
    /// The position of each item in `items`.
    positions: BTreeMap<ItemId, usize>,
    definition: Value,
    digest: Digest,
}

/// The directive that a checklist comes from. Fields that are blank in print are blank here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The authority that issued it.
    pub issuer: String,
    /// Its number and sign.
    pub number: Option<String>,
    /// Its date as printed.
    pub date: String,
    /// Its subject as printed.
    pub subject: String,
    /// Its addressees as printed.
    pub addressees: Vec<String>,
    /// The documents that it rests on.
    pub basis: Vec<String>,
    /// Whether it is a set for reference ('bộ tham khảo') that no authority issued.
    pub reference: bool,
}

/// A dated note on a checklist, such as that its issuer is no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The text of the note.
    pub text: Text,
    /// The date on which that was so.
    pub as_of: NaiveDate,
}

/// A group of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its name.
    pub id: AreaId,
    /// Its heading.
    pub title: Text,
}

/// A yes/no question of the start screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub id: QuestionId,
    /// The text of the question.
    pub text: Text,
}

impl Checklist {
    /// Returns the item with that id.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Arc<Item>> {
        self.items.get(self.position(id)?)
    }

    /// Returns the position of the item with that id, from 0.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// Returns a map's value for each item, in the checklist's order. Both are sorted by id, so one
    /// pass is enough.
    #[must_use]
    pub fn in_order<'a, T>(&self, map: &'a BTreeMap<ItemId, T>) -> Vec<Option<&'a T>> {
        let mut found = vec![None; self.items.len()];
        let mut map = map.iter().peekable();
        for (id, &position) in &self.positions {
            while map.next_if(|(other, _)| *other < id).is_some() {}
            if let (Some((_, value)), Some(place)) =
                (map.next_if(|(other, _)| *other == id), found.get_mut(position))
            {
                *place = Some(value);
            }
        }
        found
    }

    /// Returns the area with that id.
    #[must_use]
    pub fn area(&self, id: &AreaId) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == *id)
    }

    /// Returns the file's content, unchanged. It goes into every report.
    #[must_use]
    pub const fn definition(&self) -> &Value {
        &self.definition
    }

    /// Returns the definition of an item in the file, unchanged.
    #[must_use]
    pub fn item_definition(&self, id: &ItemId) -> Option<&Value> {
        // All items were read, so their positions in the file are those here.
        self.definition.get("items")?.get(self.position(id.as_str())?)
    }

    /// Returns the SHA-256 of the definition's canonical form.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }
}
