//! The received reports as a list, with one entry for each inspection and its earlier versions
//! under the newest.
//!
//! The inspection's id alone does not make two reports versions of one, as anybody may write it
//! into a report. The unit and the sender must be the same, too.

use std::collections::{HashMap, HashSet};

use serde::Serialize;
use tu_kiem_tra::vietnamese::spelling;

use crate::check::About;
use crate::guard::Sender;
use crate::store::Stored;

/// A version of an inspection.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Version {
    /// The report's digest, which is also its name here.
    pub sha256: String,
    /// The time of its first arrival from this sender: RFC 3339, in UTC.
    pub received_at: String,
    /// The sender's name, if it has a token of its own.
    #[serde(skip_serializing_if = "Sender::is_empty")]
    pub sender: Sender,
    /// The description.
    #[serde(flatten)]
    pub about: About,
}

/// An inspection: the latest version, and those before it.
#[derive(Serialize)]
pub struct Entry {
    /// The latest version.
    #[serde(flatten)]
    pub last: Version,
    /// The earlier versions, the newest first.
    pub earlier: Vec<Version>,
    /// Whether a report of another unit or sender claims the same inspection.
    pub clash: bool,
}

/// The identity of reports that are versions of one: the inspection, the unit by its code or else
/// by its name, in any spelling, and the sender.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    inspection: String,
    code: Option<String>,
    name: Option<String>,
    sender: Sender,
}

impl Key {
    fn of(about: &About, sender: &Sender) -> Self {
        let code = about.unit_code.clone();
        let name = code.is_none().then(|| spelling(&about.unit_name));
        Self { inspection: about.inspection.clone(), code, name, sender: sender.clone() }
    }
}

/// Returns the list of reports, which are given in the order of their arrival, the last one first.
pub fn entries(reports: Vec<Stored>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut places = HashMap::new();
    let (mut seen, mut twice) = (HashSet::new(), HashSet::new());
    for Stored { sender, sha256, received_at, about } in reports {
        let place = *places.entry(Key::of(&about, &sender)).or_insert(entries.len());
        let version = Version { sha256, received_at, sender, about };
        match entries.get_mut(place) {
            Some(entry) => entry.earlier.push(version),
            None => {
                let inspection = &version.about.inspection;
                if !seen.insert(inspection.clone()) {
                    twice.insert(inspection.clone());
                }
                entries.push(Entry { last: version, earlier: Vec::new(), clash: false });
            }
        }
    }
    for entry in &mut entries {
        entry.clash = twice.contains(&entry.last.about.inspection);
    }
    entries
}
