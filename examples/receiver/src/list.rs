//! What came, as a list: an entry an inspection, with its earlier versions under the newest.

use std::collections::HashMap;

use serde::Serialize;

use crate::check::About;
use crate::store::Stored;

/// One version of an inspection.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// The report's digest, which is also its name here.
    pub sha256: String,
    /// When it came first: RFC 3339, in UTC.
    pub received_at: String,
    /// What it is about.
    #[serde(flatten)]
    pub about: About,
}

/// An inspection: the version that came last, and those before it.
#[derive(Serialize)]
pub struct Entry {
    /// The version that came last.
    #[serde(flatten)]
    pub last: Version,
    /// Those before it, the newest first.
    pub earlier: Vec<Version>,
}

/// The list of reports that come in the order of their arrival, the last one first.
pub fn entries(reports: Vec<Stored>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places = HashMap::new();
    for Stored { sha256, received_at, about } in reports {
        let place = *places.entry(about.inspection.clone()).or_insert(entries.len());
        let version = Version { sha256, received_at, about };
        match entries.get_mut(place) {
            Some(entry) => entry.earlier.push(version),
            None => entries.push(Entry { last: version, earlier: Vec::new() }),
        }
    }
    entries
}
