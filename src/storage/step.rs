//! A step that is stored whole or not at all.

use crate::inspection::InspectionId;
use crate::stored::{Aside, Key, Record};

/// A change of many records that is one step for people: importing, replacing, moving, deleting for
/// good.
///
/// It never passes through the journal, which has an entry for each record: a page that dies
/// between two of them would leave a half behind.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// The inspections that are deleted for good.
    pub purged: Vec<InspectionId>,
    /// Checklists under their digests, as JSON texts.
    pub checklists: Vec<(String, String)>,
    /// New versions of records: JSON texts.
    pub put: Vec<(Key, String)>,
    /// Records from elsewhere with the stamps that they have: each gives way to a higher one.
    pub restored: Vec<Record>,
    /// Bodies that are taken away and can be taken back: JSON texts, under the keys of what takes
    /// their place.
    pub kept: Vec<(Key, String)>,
    /// The keys of bodies that are not to be taken back any more.
    pub released: Vec<Key>,
    /// Texts that could not be read.
    pub aside: Vec<Aside>,
}
