//! Keeping an invalid record from spoiling the backup of all others.

use super::read::fault_of;
use super::wire::{RawAside, RawInspection};

/// Returns an inspection as a backup can hold it, and the records that a backup can't hold as texts
/// that were set aside. `at` is the moment of that, in RFC 3339.
#[must_use]
pub fn fitting(inspection: RawInspection, at: &str) -> (RawInspection, Vec<RawAside>) {
    let RawInspection { id, records } = inspection;
    let (records, others): (Vec<_>, Vec<_>) =
        records.into_iter().partition(|record| fault_of(record).is_none());
    let aside = others.into_iter().map(|record| RawAside {
        origin: [&id, "/", &record.part].concat(),
        at: at.to_owned(),
        text: record.body,
    });
    let aside = aside.collect();
    (RawInspection { id, records }, aside)
}
