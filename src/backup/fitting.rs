//! Keeping a record that can't be restored from spoiling the backup of all others.

use super::read::fault_of;
use super::wire::{RawAside, RawInspection};

/// Returns an inspection as a backup can have it, and the records that could not be read from one:
/// they go along as texts that were set aside. `at` is when that is, as RFC 3339 has it.
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
