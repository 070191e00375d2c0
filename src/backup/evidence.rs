//! The evidence that a backup's records name.

use std::collections::BTreeMap;

use serde::Deserialize as _;
use serde_json::Value;

use super::wire::RawInspection;
use crate::checklist::Digest;
use crate::inspection::RawEvidence;
use crate::stored::Part;

/// Returns the names of all files that are attached to items of an inspection, by their digests.
/// Items of earlier versions of its checklist are included. A queued report is not, since files
/// that it names may have been removed.
#[must_use]
pub fn evidence_in(inspection: &RawInspection) -> BTreeMap<Digest, String> {
    let mut names = BTreeMap::new();
    let of_items = |part| matches!(part, Some(Part::Header | Part::Item(_)));
    for record in inspection.records.iter().filter(|record| of_items(Part::parse(&record.part))) {
        if let Ok(body) = serde_json::from_str(&record.body) {
            find(&body, &mut names);
        }
    }
    names
}

/// Finds evidence anywhere in a value. The recursion is bounded, because the parser limits the
/// depth of the text.
fn find(value: &Value, names: &mut BTreeMap<Digest, String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| find(one, names)),
        Value::Object(members) => {
            if let Ok(evidence) = RawEvidence::deserialize(value)
                && let Some(sha256) = Digest::parse(&evidence.sha256)
            {
                names.entry(sha256).or_insert(evidence.name);
            }
            members.values().for_each(|one| find(one, names));
        }
        _ => {}
    }
}
