//! Inputs from outside of any size, valid and faulty, to show that reading takes time in proportion
//! to the size. Every new reader, and every new list that a file can have, is added here.

mod files;
mod texts;

use serde_json::Value;
use tu_kiem_tra::checklist::{Digest, canonical_json};

use crate::Prepared;

/// A reader with input of any size.
pub struct Reader {
    /// The input and its peculiarity.
    pub name: &'static str,
    /// A size that is small, and yet large enough to reveal superlinear growth at eight times that.
    pub size: usize,
    prepare: fn(usize) -> Prepared,
}

impl Reader {
    /// Creates a reader. `prepare` makes input of a size for it.
    #[must_use]
    pub const fn new(name: &'static str, size: usize, prepare: fn(usize) -> Prepared) -> Self {
        Self { name, size, prepare }
    }

    /// Returns all readers.
    #[must_use]
    pub fn all() -> Vec<Self> {
        [files::checklists(), files::reports(), files::backups(), texts::texts(), texts::packed()]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Prepares input of a size. Each call reads it once.
    #[must_use]
    pub fn prepare(&self, size: usize) -> Prepared {
        (self.prepare)(size)
    }
}

/// Returns the small checklist of the tests, which has an item of every kind.
fn small() -> Value {
    let text = include_str!("../../../../tests/cases/checklist.json");
    serde_json::from_str(text).expect("a checklist")
}

/// Returns a file of ours with a matching digest.
fn sealed(mut file: Value) -> Vec<u8> {
    let sha256 = digest(&file);
    file["integrity"] = serde_json::json!({"canonicalization": "RFC8785", "sha256": sha256});
    file.to_string().into_bytes()
}

fn digest(value: &Value) -> String {
    Digest::of(&canonical_json(value).expect("it is JSON")).to_string()
}
