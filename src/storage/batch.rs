//! Batches, which go into the vault in one transaction, and the entries that the journal has of
//! them.

use crate::inspection::InspectionId;
use crate::stored::{Aside, Key, Record, Records, Stamp};

/// Everything that one transaction writes into the vault, all of it or nothing.
#[derive(Clone, Default)]
pub struct Batch {
    /// The inspections that are deleted. They go first, as an inspection may come back.
    pub purges: Vec<InspectionId>,
    /// Checklists under their digests.
    pub checklists: Vec<(String, String)>,
    /// Texts that could not be read.
    pub aside: Vec<Aside>,
    /// The records.
    pub records: Records,
    /// Records that can be taken back, under the keys of what took their place.
    pub kept: Records,
    /// The keys of records that are not to be taken back any more.
    pub released: Vec<Key>,
}

/// A record that an earlier page could not bring into the vault, or another tab is about to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// The record.
    pub record: Record,
    /// The highest version of another writer that it was made in knowledge of, as far as that is
    /// known.
    pub base: Option<Stamp>,
    /// The record that it took away, if that can be taken back.
    pub kept: Option<Record>,
}

/// All entries of a journal.
#[derive(Default)]
pub struct Leftovers {
    /// The records.
    pub records: Vec<Leftover>,
    /// Checklists under their digests.
    pub checklists: Vec<(String, String)>,
    /// Texts that could not be read.
    pub unreadable: Vec<Aside>,
}

impl Batch {
    pub fn is_empty(&self) -> bool {
        self.purges.is_empty()
            && self.checklists.is_empty()
            && self.aside.is_empty()
            && self.records.is_empty()
            && self.kept.is_empty()
            && self.released.is_empty()
    }

    pub(super) fn purge(&mut self, id: &InspectionId) {
        if !self.purges.contains(id) {
            self.purges.push(id.clone());
        }
    }
}
