//! The checklist: what is asked, of whom, and from which clause of which directive.
//!
//! A [`Checklist`] is always valid: it comes into being by [`Checklist::parse`] alone, which gives
//! either the model or every problem with its place. The wire shape of the file is in [`wire`].
//! Nothing here knows answers, storage or the page.

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

/// The most items of a checklist.
pub const MAX_ITEMS: usize = 20_000;

/// The most elements of any other list in it: areas, questions, the parts or columns of an item. So
/// whatever looks through one of them for each item or row takes time in proportion to these.
pub const MAX_PARTS: usize = 200;

/// A versioned list of items by area, derived from one directive.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// Its stable name.
    pub id: ChecklistId,
    /// The version of its content.
    pub version: String,
    /// The title, by which a person chooses it.
    pub title: Text,
    /// The directive that it comes from.
    pub source: Source,
    /// A note for those who choose it today.
    pub note: Option<Note>,
    /// The groups of items, in order. INVARIANT: ids are unique.
    pub areas: Vec<Area>,
    /// Yes/no questions at the start that rule items in or out. INVARIANT: ids are unique.
    pub questions: Vec<Question>,
    /// The items, in order. INVARIANT: ids are unique, areas and questions exist.
    pub items: Vec<Arc<Item>>,
    /// Where each item stands among them.
    positions: BTreeMap<ItemId, usize>,
    definition: Value,
    digest: Digest,
}

/// The directive that a checklist comes from. What is blank in the print is blank here.
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
    /// Whom it is addressed to, as printed.
    pub addressees: Vec<String>,
    /// The documents that it rests on.
    pub basis: Vec<String>,
    /// Whether no authority issued it: a set for reference ('bộ tham khảo').
    pub reference: bool,
}

/// A dated note on a checklist, such as that its issuer is no more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The note's words.
    pub text: Text,
    /// The day on which that was so.
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

/// A yes/no question asked at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name.
    pub id: QuestionId,
    /// The text of the question.
    pub text: Text,
}

impl Checklist {
    /// The item of that name.
    #[must_use]
    pub fn item(&self, id: &str) -> Option<&Arc<Item>> {
        self.items.get(self.position(id)?)
    }

    /// Where the item of that name stands among all items, from 0.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.positions.get(id).copied()
    }

    /// Returns a map's value for each item, in the checklist's order. Both are ordered by id, so it
    /// takes one walk.
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

    /// The area of that name.
    #[must_use]
    pub fn area(&self, id: &AreaId) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == *id)
    }

    /// The file's content, unchanged: it goes into every report.
    #[must_use]
    pub const fn definition(&self) -> &Value {
        &self.definition
    }

    /// Returns an item's definition as the file has it, unchanged.
    #[must_use]
    pub fn item_definition(&self, id: &ItemId) -> Option<&Value> {
        // All of them were read, so each stands in the file where it stands here.
        self.definition.get("items")?.get(self.position(id.as_str())?)
    }

    /// SHA-256 of the definition's canonical form.
    #[must_use]
    pub const fn digest(&self) -> &Digest {
        &self.digest
    }
}
