//! Everything that a device can hold comes back: through a backup unchanged, through a report byte
//! for byte. Damage stays where it is.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use tu_kiem_tra::attachments::{MAX_WITH_ATTACHMENTS, Splitter, begin, end, member};
use tu_kiem_tra::backup::wire::{RawAside, RawBackup, RawInspection, RawRecord, RawWorkspace};
use tu_kiem_tra::backup::{Backup, FORMAT, FORMAT_VERSION, Fate, merge, read_backup};
use tu_kiem_tra::checklist::{Digest, ItemId, canonical_json};
use tu_kiem_tra::inspection::{Earlier, EarlierItem, InspectionId};
use tu_kiem_tra::report::wire::RawGenerator;
use tu_kiem_tra::report::{ImportError, Report, import};
use tu_kiem_tra::stored::{Detail, Key, Part, Record, Records, Stamp, WriterId};

use crate::arbitrary::{CHECKLISTS, days, inspections};

/// The limit of revisions that are counted by edits alone.
const COUNTED: u64 = 1 << 40;

/// Generates any text, including characters that are hard to write.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => any::<String>(),
        2 => "\\PC{0,40}",
        1 => select(vec!["", " ", "\0", "\u{feff}", "\u{2028}\r\n", "\\\"", "{\"version\":1}", "Phường 2 \u{1f4c4}"])
            .prop_map(str::to_owned),
    ]
}

/// Generates any JSON, nested a few times.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e300..1e300).prop_map(Value::from),
        texts().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let members = btree_map(texts(), inner.clone(), 0..4);
        prop_oneof![vec(inner, 0..4).prop_map(Value::from), members.prop_map(Value::from_iter),]
    })
}

/// Generates the text of a record's body: JSON in any form.
fn bodies() -> impl Strategy<Value = String> {
    (values(), any::<bool>()).prop_map(|(value, is_pretty)| {
        if is_pretty { format!(" {value:#}\n") } else { value.to_string() }
    })
}

static PARTS: LazyLock<Vec<Part>> = LazyLock::new(|| {
    let of_whole = [Part::Header, Part::Progress, Part::Upload, Part::Outbox, Part::Document];
    let details = Detail::ALL.map(Part::Detail);
    let items = ["a", "share", "bcci-ratio", "0-9"].map(|id| Part::Item(ItemId::new(id).unwrap()));
    of_whole.into_iter().chain(details).chain(items).collect()
});

fn ids() -> impl Strategy<Value = InspectionId> {
    any::<[u8; 16]>().prop_map(InspectionId::from_random)
}

fn stamps(most: u64) -> impl Strategy<Value = Stamp> {
    let revisions = prop_oneof![Just(1), Just(most), 1..100_u64, 1..=most];
    (revisions, any::<[u8; 8]>())
        .prop_map(|(revision, writer)| Stamp { revision, writer: WriterId::from_random(writer) })
}

fn stored(most: u64) -> impl Strategy<Value = Vec<RawRecord>> {
    let of_parts = btree_map(select(PARTS.clone()), (stamps(most), bodies()), 0..8);
    of_parts.prop_map(|parts| {
        let inspection = InspectionId::from_random([0; 16]);
        let record = |(part, (stamp, body)): (Part, (Stamp, String))| {
            let key = Key { inspection: inspection.clone(), part };
            RawRecord::from(Record { key, stamp, body })
        };
        parts.into_iter().map(record).collect()
    })
}

fn lists(most: u64) -> impl Strategy<Value = RawWorkspace> {
    let inspections = btree_map(ids(), stored(most), 0..4);
    let asides = vec((texts(), texts(), texts()), 0..3);
    let preferences = btree_map(select(vec!["unit", "unit-type"]), texts(), 0..3);
    (inspections, asides, preferences).prop_map(|(inspections, asides, preferences)| RawWorkspace {
        inspections: inspections
            .into_iter()
            .map(|(id, records)| RawInspection { id: id.to_string(), records })
            .collect(),
        set_aside: asides
            .into_iter()
            .map(|(origin, at, text)| RawAside { origin, at, text })
            .collect(),
        preferences: preferences.into_iter().map(|(name, text)| (name.to_owned(), text)).collect(),
        ..RawWorkspace::default()
    })
}

/// Generates the whole content of a device: the common list, those of workspaces, the checklists.
fn devices(most: u64) -> impl Strategy<Value = RawBackup> {
    let named = btree_map(ids(), ("\\PC{0,9}[a-zđ]\\PC{0,9}", lists(most)), 0..3);
    let checklists = btree_set(0..CHECKLISTS.len(), 0..2);
    (lists(most), named, checklists, any::<bool>()).prop_map(
        |(common, named, checklists, complete)| {
            let named = named.into_iter().map(|(id, (name, workspace))| RawWorkspace {
                id: id.to_string(),
                name,
                ..workspace
            });
            let checklist = |index: usize| {
                (CHECKLISTS[index].digest().to_string(), CHECKLISTS[index].definition().clone())
            };
            RawBackup {
                format: FORMAT.to_owned(),
                format_version: FORMAT_VERSION,
                generator: RawGenerator::this(),
                made_at: "2026-11-22T08:00:00.000+07:00".to_owned(),
                complete,
                workspaces: std::iter::once(common).chain(named).collect(),
                checklists: checklists.into_iter().map(checklist).collect(),
                attachments: BTreeMap::new(),
                integrity: None,
            }
        },
    )
}

/// Returns a file with attachments in front, as it is written.
fn with_attachments(sealed: &[u8], files: &BTreeMap<Digest, Vec<u8>>) -> Vec<u8> {
    let members = files.iter().enumerate();
    let members = members.flat_map(|(index, (sha256, bytes))| member(index == 0, *sha256, bytes));
    begin().iter().copied().chain(members).chain(end(sealed)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_backup_brings_everything_back(device in devices(COUNTED)) {
        let bytes = Backup::write(device.clone());
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        prop_assert!(canonical_json(&value).unwrap() == bytes);
        let backup = read_backup(&bytes).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(backup.raw(), &device);
        prop_assert!(Backup::write(backup.raw().clone()) == bytes);

        // An empty device has exactly this afterwards. A device that has it already does not
        // change.
        for inspection in backup.inspections() {
            let new = merge(inspection, |_| Vec::new());
            prop_assert_eq!((new.fate, &new.write), (Fate::New, inspection));
            let again = merge(&new.write, |_| inspection.records.clone());
            if !inspection.records.is_empty() {
                prop_assert_eq!((again.fate, again.write.records.len()), (Fate::Same, 0));
            }
        }
    }

    /// A revision above the reach of edits may be refused or lowered, but is never believed in
    /// silence.
    #[test]
    fn any_revision_has_an_answer(device in devices((1 << 53) - 1)) {
        match read_backup(&Backup::write(device.clone())) {
            Ok(backup) => {
                let count = |raw: &RawBackup| raw.workspaces.iter().map(|w| w.inspections.len()).sum::<usize>();
                prop_assert_eq!(count(backup.raw()), count(&device));
            }
            Err(ImportError::Shape { pointer, .. }) => prop_assert!(pointer.ends_with("/revision"), "{pointer}"),
            Err(error) => prop_assert!(false, "{error}"),
        }
    }

    /// The bytes of evidence inside a backup come back with it, in whatever pieces the file is
    /// read.
    #[test]
    fn evidence_goes_along_with_a_backup(
        device in devices(COUNTED),
        files in btree_set(vec(any::<u8>(), 0..200), 1..4),
        length in 1..3_000_usize,
    ) {
        let files: BTreeMap<_, _> = files.into_iter().map(|bytes| (Digest::of(&bytes), bytes)).collect();
        let bytes = with_attachments(&Backup::write(device.clone()), &files);
        let mut splitter = Splitter::new(MAX_WITH_ATTACHMENTS);
        let mut found = BTreeMap::new();
        for piece in bytes.chunks(length) {
            found.extend(splitter.push(piece).unwrap().into_iter().map(|one| (one.sha256, one.bytes)));
        }
        prop_assert_eq!(found, files);
        for bytes in [splitter.finish(), bytes] {
            let backup = read_backup(&bytes).unwrap();
            prop_assert_eq!(backup.raw(), &device);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The report has answers of earlier versions of the checklist, and all sorts of texts in the
    /// header.
    #[test]
    fn a_report_brings_everything_back(
        mut inspection in inspections(), earlier in inspections(),
        [name, superior] in [texts(), texts()], inspectors in vec(texts(), 0..3),
        [left, today, later] in [days(), days(), days()],
    ) {
        inspection.header.unit.name = name + "x";
        inspection.header.superior = Some(superior);
        inspection.header.inspectors = inspectors;
        let mut version = Earlier::of(&earlier.checklist, left);
        for (id, entry) in earlier.entries.iter().filter(|(_, entry)| !entry.is_blank()) {
            version.keep(EarlierItem::of(&earlier.checklist, id, entry.clone()).unwrap());
        }
        inspection.earlier.push(version);

        let first = Report::of(&inspection, today);
        let imported = import(first.bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&imported.earlier, &inspection.earlier);
        let entered = inspection.entries.iter().filter(|(_, entry)| !entry.is_blank());
        prop_assert!(imported.entries.iter().eq(entered));
        prop_assert!(Report::of(&imported, later).bytes() == first.bytes());
    }
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let keys = (select(vec![0_u8, 1]), select(PARTS.clone()));
    btree_map(keys, (stamps(COUNTED), bodies()), 1..8).prop_map(|records| {
        let record = |((inspection, part), (stamp, body))| {
            let inspection = InspectionId::from_random([inspection; 16]);
            Record { key: Key { inspection, part }, stamp, body }
        };
        records.into_iter().map(record).collect()
    })
}

proptest! {
    /// One of the stored texts is cut off, changed or replaced. The others are read as they were,
    /// and that one is not taken for anything that it never was.
    #[test]
    fn one_damaged_record_costs_only_itself(
        records in records(),
        [which, start, end] in any::<[prop::sample::Index; 3]>(),
        junk in prop_oneof![Just(String::new()), texts()],
    ) {
        let which = which.index(records.len());
        let mut stored: Vec<String> = records.iter().map(Record::to_text).collect();
        let text = &mut stored[which];
        let [start, end] = [start, end].map(|place| text.floor_char_boundary(place.index(text.len() + 1)));
        text.replace_range(start.min(end)..start.max(end), &junk);
        let damaged = stored[which].clone();

        let read: Vec<_> = stored.iter().map(|text| Record::parse(text)).collect();
        for (index, (read, record)) in read.iter().zip(&records).enumerate() {
            if index != which {
                prop_assert_eq!(read.as_ref(), Ok(record));
            } else if let Ok(other) = read {
                // A damaged text that is still a record is exactly that record's text.
                prop_assert_eq!(other.to_text(), damaged.clone());
            }
        }
        let mut kept = Records::default();
        read.into_iter().flatten().for_each(|record| _ = kept.merge(record));
        prop_assert!(kept.len() + 1 >= records.len());
    }
}
