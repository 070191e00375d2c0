//! Backups: written ones can be read, bad files get their true reason, and restoring never replaces
//! anything with an older version.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use tu_kiem_tra::backup::wire::{RawAside, RawBackup, RawInspection, RawRecord, RawWorkspace};
use tu_kiem_tra::backup::{
    Backup, FORMAT, FORMAT_VERSION, Fate, evidence_in, file_name, fitting, merge, read_backup,
};
use tu_kiem_tra::checklist::{Digest, ItemId};
use tu_kiem_tra::report::wire::RawGenerator;
use tu_kiem_tra::report::{ImportError, import};
use tu_kiem_tra::stored::{Detail, MAX_REVISION, Part};

use crate::bad_files::check_reasons;
use crate::support::{SMALL_REPORT, case_text, small_checklist};
use crate::validity::validator;

const ID: &str = "3f2b8c1e-9d4a-4e6b-8a57-0c1d2e3f4a5b";
const HERS: &str = "00000000-0000-4000-8000-000000000001";

fn record(part: &str, revision: u64, writer: u8, body: &Value) -> RawRecord {
    let writer = format!("{writer:016x}");
    RawRecord { part: part.to_owned(), revision, writer, body: body.to_string() }
}

/// Returns a header of a lineage; without one, as in old headers.
fn header(revision: u64, writer: u8, lineage: Option<&str>) -> RawRecord {
    let mut body = json!({"header": {"id": ID, "status": "in-progress", "period": "2026"}});
    if let Some(lineage) = lineage {
        body["lineage"] = lineage.into();
    }
    record("@header", revision, writer, &body)
}

fn inspection(records: Vec<RawRecord>) -> RawInspection {
    RawInspection { id: ID.to_owned(), records }
}

fn sample() -> RawBackup {
    let definition = small_checklist().definition().clone();
    let note = record("share", 3, 1, &json!({"note": "đủ \u{1f4c4} \"\\"}));
    RawBackup {
        format: FORMAT.to_owned(),
        format_version: FORMAT_VERSION,
        generator: RawGenerator::this(),
        made_at: "2026-11-22T08:00:00.000+07:00".to_owned(),
        complete: true,
        workspaces: vec![
            RawWorkspace {
                inspections: vec![inspection(vec![header(2, 1, Some("a")), note])],
                preferences: BTreeMap::from([("unit".to_owned(), "Phường 1".to_owned())]),
                ..RawWorkspace::default()
            },
            RawWorkspace {
                id: HERS.to_owned(),
                name: "Trần Nam".to_owned(),
                set_aside: vec![RawAside {
                    origin: "items/x".to_owned(),
                    at: "2026".to_owned(),
                    text: "{\"version\":9".to_owned(),
                }],
                ..RawWorkspace::default()
            },
        ],
        checklists: BTreeMap::from([(small_checklist().digest().to_string(), definition)]),
        attachments: BTreeMap::new(),
        integrity: None,
    }
}

#[test]
fn what_is_written_is_read_and_written_the_same() {
    let bytes = Backup::write(sample());
    let backup = read_backup(&bytes).unwrap();
    assert_eq!(*backup.raw(), sample());
    assert_eq!(Backup::write(backup.raw().clone()), bytes);
    assert_eq!(backup.inspections().count(), 1);
    assert_eq!(file_name("2026-11-22"), "tu-kiem-tra_sao-luu_2026-11-22.json");
}

fn schema() -> jsonschema::Validator {
    validator("backup.schema.json")
}

#[test]
fn what_is_written_follows_the_schema() {
    let schema = schema();
    let mut backup: Value = serde_json::from_slice(&Backup::write(sample())).unwrap();
    let errors: Vec<_> = schema.iter_errors(&backup).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    backup["workspaces"][0]["inspections"][0]["records"][0]["revision"] = 0.into();
    assert!(!schema.is_valid(&backup));
}

#[test]
fn each_bad_file_gets_its_true_reason() {
    let sound: Value = serde_json::from_slice(&Backup::write(sample())).unwrap();
    check_reasons("bad-backups.json", &sound, |bytes| read_backup(bytes).err());
    let bytes = Backup::write(sample());
    for end in 0..bytes.len() {
        assert_eq!(read_backup(&bytes[..end]).err(), Some(ImportError::Truncated), "{end}");
    }
    // Neither kind of file passes for the other.
    assert_eq!(import(&bytes).err(), Some(ImportError::Foreign));
    assert_eq!(read_backup(SMALL_REPORT.bytes()).err(), Some(ImportError::Foreign));
}

/// A new kind of part must be allowed in backups, or they could be written but not read.
#[test]
fn every_part_that_is_stored_can_stand_in_a_backup() {
    let of_whole = [Part::Header, Part::Progress, Part::Upload, Part::Outbox, Part::Document];
    let details = Detail::ALL.map(Part::Detail);
    let parts = of_whole.into_iter().chain(details).chain([Part::Item(ItemId::new("a").unwrap())]);
    for part in parts {
        match part {
            Part::Header
            | Part::Progress
            | Part::Upload
            | Part::Outbox
            | Part::Document
            | Part::Detail(_)
            | Part::Item(_) => {}
        }
        let mut backup = sample();
        let records = vec![record(part.as_str(), 1, 1, &json!({}))];
        backup.workspaces[0].inspections = vec![inspection(records)];
        assert!(read_backup(&Backup::write(backup)).is_ok(), "{part:?}");
    }
}

/// Returns the fate of an inspection, and the id and the parts that are written.
fn fate(here: &[RawRecord], there: Vec<RawRecord>) -> (Fate, String, Vec<String>) {
    let known = |id: &str| if id == ID { here.to_vec() } else { Vec::new() };
    let merged = merge(&inspection(there), known);
    let parts = merged.write.records.iter().map(|record| record.part.clone()).collect();
    (merged.fate, merged.write.id, parts)
}

#[test]
fn within_a_lineage_the_higher_stamp_wins() {
    let head = || header(2, 1, Some("a"));
    let item = |part, revision, writer| record(part, revision, writer, &json!({"note": revision}));
    let cases = [
        ("not here", vec![], vec![head()], Fate::New, vec!["@header"]),
        ("the same", vec![head()], vec![head()], Fate::Same, vec![]),
        (
            "a part more in the file",
            vec![head()],
            vec![head(), item("a", 1, 1)],
            Fate::Newer,
            vec!["a"],
        ),
        ("a part more here", vec![head(), item("a", 1, 1)], vec![head()], Fate::Older, vec![]),
        (
            "a higher revision, whoever wrote it",
            vec![head(), item("a", 1, 9)],
            vec![head(), item("a", 2, 0)],
            Fate::Newer,
            vec!["a"],
        ),
        (
            "between equal revisions the higher writer",
            vec![head(), item("a", 2, 1)],
            vec![head(), item("a", 2, 2)],
            Fate::Newer,
            vec!["a"],
        ),
        (
            "a lower revision",
            vec![head(), item("a", 3, 0)],
            vec![head(), item("a", 2, 9)],
            Fate::Older,
            vec![],
        ),
        (
            "each something",
            vec![head(), item("a", 3, 0), item("b", 1, 0)],
            vec![head(), item("a", 2, 0), item("b", 2, 0)],
            Fate::Mixed,
            vec!["b"],
        ),
        (
            "a deletion is a version of the header like any other",
            vec![header(3, 1, Some("a"))],
            vec![head()],
            Fate::Older,
            vec![],
        ),
    ];
    for (case, here, there, expected, parts) in cases {
        let (fate, id, written) = fate(&here, there);
        assert_eq!(
            (fate, id.as_str(), written.as_slice()),
            (expected, ID, &*strings(&parts)),
            "{case}"
        );
    }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn revisions_of_another_lineage_say_nothing() {
    let item = |revision, note: &str| record("a", revision, 1, &json!({"note": note}));
    // The file has counted for long; the device got the report yesterday and went on from it.
    let here = [header(1, 5, Some("b")), item(2, "mới")];
    let there = vec![header(9, 1, Some("a")), item(9, "cũ")];
    let (beside, copy, parts) = fate(&here, there.clone());
    assert_eq!((beside, parts.len()), (Fate::Beside, 2));
    assert_ne!(copy, ID);
    // The copy's header says its own id, and restoring again finds it.
    let merged =
        merge(&inspection(there.clone()), |id| if id == ID { here.to_vec() } else { vec![] });
    let written: Value = serde_json::from_str(&merged.write.records[0].body).unwrap();
    assert_eq!((&written["header"]["id"], &written["lineage"]), (&json!(copy), &json!("a")));
    let kept = merged.write.records;
    let again = merge(&inspection(there), |id| if id == ID { here.to_vec() } else { kept.clone() });
    assert_eq!((again.fate, again.write.records.len()), (Fate::Same, 0));

    // Equal content is equal, whatever its stamps; so is an answer that was cleared.
    let same = vec![header(9, 1, Some("a")), item(9, "mới"), record("b", 2, 1, &json!({}))];
    assert_eq!(fate(&here, same).0, Fate::Same);
}

#[test]
fn headers_without_a_lineage_are_related_by_a_stamp_that_both_have() {
    let item = |revision, writer| record("a", revision, writer, &json!({"note": writer}));
    let here = [header(1, 5, None), item(2, 6)];
    assert_eq!(fate(&here, vec![header(1, 5, None), item(1, 5)]).0, Fate::Older);
    assert_eq!(fate(&here, vec![header(1, 4, None), item(9, 4)]).0, Fate::Beside);
    assert_eq!(fate(&here, vec![header(1, 4, Some("a")), item(9, 4)]).0, Fate::Beside);
}

/// Generates versions of some parts of one lineage. Equal stamps have equal bodies.
fn versions() -> impl Strategy<Value = Vec<RawRecord>> {
    let one = ("[abc]", 1..4_u64, 0..3_u8);
    prop::collection::btree_map("[abcd]", one, 0..4).prop_map(|parts| {
        let records = parts.into_iter().map(|(part, (_, revision, writer))| {
            record(&part, revision, writer, &json!({"note": format!("{revision} {writer}")}))
        });
        std::iter::once(header(1, 0, Some("a"))).chain(records).collect()
    })
}

type Known = BTreeMap<String, RawRecord>;

fn by_part(records: &[RawRecord]) -> Known {
    records.iter().map(|record| (record.part.clone(), record.clone())).collect()
}

proptest! {
    /// After restoring, each part has the higher of both versions. Restoring again changes nothing.
    #[test]
    fn restoring_takes_the_higher_of_each_part(here in versions(), there in versions()) {
        let merged = merge(&inspection(there.clone()), |_| here.clone());
        let mut after = by_part(&here);
        after.extend(by_part(&merged.write.records));
        let (old, new) = (by_part(&here), by_part(&there));
        let parts: BTreeSet<_> = old.keys().chain(new.keys()).collect();
        prop_assert_eq!(after.len(), parts.len());
        for part in parts {
            let both = [old.get(part), new.get(part)].into_iter().flatten();
            let higher = both.max_by_key(|record| record.stamp());
            prop_assert_eq!(after.get(part), higher);
        }
        let now: Vec<_> = after.into_values().collect();
        let again = merge(&inspection(there), |_| now.clone());
        prop_assert!(matches!(again.fate, Fate::Same | Fate::Older), "{:?}", again.fate);
        prop_assert_eq!(again.write.records, vec![]);
    }

    /// An inspection of another lineage is never touched.
    #[test]
    fn another_lineage_is_never_touched(mut here in versions(), there in versions()) {
        here[0] = header(1, 0, Some("b"));
        let known = |id: &str| if id == ID { here.clone() } else { Vec::new() };
        let merged = merge(&inspection(there), known);
        prop_assert!(merged.write.id != ID || merged.write.records.is_empty());
    }

    /// Reading survives any bytes.
    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(read_backup(&bytes).is_err());
    }
}

/// A file that the first version wrote in a browser can be read for ever.
#[test]
fn a_file_of_version_1_is_read() {
    let text = case_text("backup.json");
    let backup = read_backup(text.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(Backup::write(backup.raw().clone())).unwrap(), text);
    assert!(schema().is_valid(&serde_json::from_str(&text).unwrap()));
    assert!(backup.raw().complete && backup.inspections().count() > 1);
}

/// A device that counted on from the highest revision could make no backup that can be read again.
#[test]
fn an_inspection_of_impossible_revisions_comes_back_with_a_history_of_its_own() {
    let mut raw = sample();
    let honest = raw.workspaces[0].inspections[0].clone();
    let forged = json!({"note": "khác"}).to_string();
    let record = &mut raw.workspaces[0].inspections[0].records[1];
    (record.revision, record.body) = (MAX_REVISION, forged.clone());
    let read = |raw: &RawBackup| read_backup(&Backup::write(raw.clone())).unwrap().raw().clone();
    let there = &read(&raw).workspaces[0].inspections[0];
    assert!(there.records.iter().all(|record| record.revision == 1));
    assert_eq!(there.records[1].body, forged);

    // It is put beside the inspection that it pretends to be, once.
    let beside = merge(there, |id| if id == ID { honest.records.clone() } else { Vec::new() });
    assert_eq!(beside.fate, Fate::Beside);
    let again = merge(&read(&raw).workspaces[0].inspections[0], |id| match id {
        ID => honest.records.clone(),
        id if id == beside.write.id => beside.write.records.clone(),
        _ => Vec::new(),
    });
    assert_eq!(again.fate, Fate::Same);
    // Revisions that are counted on from it can be read again.
    raw.workspaces[0].inspections = vec![beside.write];
    raw.workspaces[0].inspections[0].records[1].revision += 1_000;
    assert_eq!(read(&raw), raw);
}

#[test]
fn a_record_that_could_not_be_restored_costs_itself() {
    let good = record("share", 3, 1, &json!({"note": "đủ"}));
    let bad = [
        record("thrift", u64::MAX, 1, &json!({"note": "quá lớn"})),
        record("contact", 0, 1, &json!({"note": "không"})),
        RawRecord { writer: "?".to_owned(), ..record("gifts", 1, 1, &json!({})) },
        RawRecord { body: "{\"note\":".to_owned(), ..record("rules", 1, 1, &json!({})) },
    ];
    let all = bad.iter().cloned().chain([header(2, 1, None), good.clone()]);
    let (left, aside) = fitting(inspection(all.collect()), "2026-11-22T08:00:00.000+07:00");
    assert_eq!(left.records, [header(2, 1, None), good]);
    let texts: Vec<_> = aside.iter().map(|aside| aside.text.as_str()).collect();
    assert_eq!(texts, bad.each_ref().map(|record| record.body.as_str()));
    assert_eq!(aside[0].origin, format!("{ID}/thrift"));
    // Such a file can be read, and has all of it.
    let mut raw = sample();
    raw.workspaces[0].inspections = vec![left];
    raw.workspaces[0].set_aside = aside;
    assert!(read_backup(&Backup::write(raw)).is_ok());
}

#[test]
fn evidence_is_found_wherever_items_name_it() {
    let piece = |bytes: &[u8], name: &str| {
        let sha256 = Digest::of(bytes).to_string();
        json!({"name": name, "type": "image/jpeg", "size": bytes.len(), "sha256": sha256})
    };
    let mut of_header = header(2, 1, None);
    let mut body: Value = serde_json::from_str(&of_header.body).unwrap();
    body["earlier"] = json!([{"items": [{"evidence": [piece(b"old", "cũ.jpg")]}]}]);
    of_header.body = body.to_string();
    let records = vec![
        of_header,
        record("share", 1, 1, &json!({"evidence": [piece(b"a", "a.jpg"), piece(b"b", "b.jpg")]})),
        // That evidence on a second item, a digest that is no evidence, and a queued report.
        record("thrift", 1, 1, &json!({"evidence": [piece(b"a", "khác.jpg")]})),
        record("contact", 1, 1, &json!({"note": Digest::of(b"note").to_string()})),
        record("@outbox", 1, 1, &json!({"items": [{"evidence": [piece(b"sent", "đã bỏ.jpg")]}]})),
    ];
    let expected = [(&b"old"[..], "cũ.jpg"), (b"a", "a.jpg"), (b"b", "b.jpg")];
    let expected = expected.map(|(bytes, name)| (Digest::of(bytes), name.to_owned()));
    assert_eq!(evidence_in(&inspection(records)), BTreeMap::from(expected));
}
