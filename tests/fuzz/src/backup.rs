//! A backup with matching digests is restored as it is, whatever it holds, or has a fault at a
//! place in it.

use serde_json::{Map, Value};
use tu_kiem_tra::backup::wire::{RawInspection, RawRecord};
use tu_kiem_tra::backup::{Backup, Fate, merge, read_backup};
use tu_kiem_tra::inspection::InspectionId;
use tu_kiem_tra::stored::Record;

use crate::json::{assert_canonical, assert_told, digest, object, sealed};

/// The number up to which revisions are counts of edits. Higher ones may be refused or lowered.
const COUNTED: u64 = 1 << 40;

pub fn check(bytes: &[u8]) -> bool {
    let parsed = object(bytes);
    let read = |bytes: &[u8], backup: Option<&Value>| match read_backup(bytes) {
        Ok(backup) => {
            comes_back(&backup);
            true
        }
        Err(error) => {
            assert_told(&error, bytes, backup);
            false
        }
    };
    let is_read = read(bytes, parsed.clone().map(Value::Object).as_ref());
    let resealed = parsed.map(resealed);
    is_read
        | resealed.is_some_and(|backup| read(&serde_json::to_vec(&backup).unwrap(), Some(&backup)))
}

/// Returns the backup with matching digests, so that the other faults are found.
fn resealed(mut backup: Map<String, Value>) -> Value {
    if let Some(checklists) = backup.get_mut("checklists").and_then(Value::as_object_mut) {
        let definitions = std::mem::take(checklists).into_iter().map(|(_, one)| one);
        *checklists = definitions.map(|one| (digest(&one), one)).collect();
    }
    sealed(backup)
}

fn comes_back(backup: &Backup) {
    let inspections = || backup.inspections();
    let mut records = inspections().flat_map(|inspection| &inspection.records);
    if records.any(|record| record.revision > COUNTED) {
        return;
    }
    let written = Backup::write(backup.raw().clone());
    assert_canonical(&written);
    let again = read_backup(&written).expect("what is written can be read");
    assert_eq!(again.raw().workspaces, backup.raw().workspaces);
    // The digest identifies a checklist; its contents are not checked yet.
    assert!(again.raw().checklists.keys().eq(backup.raw().checklists.keys()));
    assert!(Backup::write(again.raw().clone()) == written);
    inspections().for_each(is_restored);
}

fn is_restored(inspection: &RawInspection) {
    let RawInspection { id, records } = inspection;
    let id = InspectionId::parse(id).expect("an inspection has a UUID");
    records.iter().for_each(|record| can_be_stored(&id, record));

    let new = merge(inspection, |_| Vec::new());
    assert_eq!((new.fate, &new.write), (Fate::New, inspection));
    if !records.is_empty() {
        let same = merge(inspection, |_| records.clone());
        assert_eq!((same.fate, same.write.records.len()), (Fate::Same, 0));
    }
}

/// Asserts that a record of a backup can be stored on the device.
fn can_be_stored(id: &InspectionId, raw: &RawRecord) {
    let record = raw.to_record(id).expect("it is one of ours");
    assert_eq!(RawRecord::from(record.clone()), *raw);
    assert_eq!(Record::parse(&record.to_text()), Ok(record));
}
