//! Everything that is stored in a namespace, for a backup.

use super::{Aside, Record};

/// Everything that is stored in a namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whole {
    /// All records, in the order of their keys.
    pub records: Vec<Record>,
    /// Checklists under their digests, as JSON texts.
    pub checklists: Vec<(String, String)>,
    /// Texts that could not be read. A text is empty where the browser did not give it.
    pub aside: Vec<Aside>,
    /// The places of which the browser did not give what lies there: keys of records, or
    /// `checklists/{SHA-256}`.
    pub lost: Vec<String>,
}
