//! Inputs from outside, in any size, good and faulty, so that it can be shown that reading it takes
//! time in proportion to it. A new reader, or a new list that a file can have, gets its lines here.

mod files;
mod texts;

use serde_json::Value;
use tu_kiem_tra::checklist::{Digest, canonical_json};

use crate::Prepared;

/// A reader, with something of any size for it to read.
pub struct Reader {
    /// The input, and its oddity.
    pub name: &'static str,
    /// A size that is small, and yet large enough for what grows faster than its input to stand out
    /// at eight times that.
    pub size: usize,
    prepare: fn(usize) -> Prepared,
}

impl Reader {
    /// A reader, with what makes input of a size for it.
    #[must_use]
    pub const fn new(name: &'static str, size: usize, prepare: fn(usize) -> Prepared) -> Self {
        Self { name, size, prepare }
    }

    /// All of them.
    #[must_use]
    pub fn all() -> Vec<Self> {
        [files::checklists(), files::reports(), files::backups(), texts::texts(), texts::packed()]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Prepares something of a size to be read; each call reads it once.
    #[must_use]
    pub fn prepare(&self, size: usize) -> Prepared {
        (self.prepare)(size)
    }
}

/// The small checklist of the tests, which has an item of every kind.
fn small() -> Value {
    let text = include_str!("../../../../tests/cases/checklist.json");
    serde_json::from_str(text).expect("a checklist")
}

/// A file of ours with a digest that fits it.
fn sealed(mut file: Value) -> Vec<u8> {
    let sha256 = digest(&file);
    file["integrity"] = serde_json::json!({"canonicalization": "RFC8785", "sha256": sha256});
    file.to_string().into_bytes()
}

fn digest(value: &Value) -> String {
    Digest::of(&canonical_json(value).expect("it is JSON")).to_string()
}
