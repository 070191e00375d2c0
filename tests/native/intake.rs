//! Reports that are imported together: the contents of a ZIP file, the reports that are here
//! already, and the outcome of each.

use std::collections::BTreeMap;

use serde_json::json;
use tu_kiem_tra::attachments::{Contents, contents};
use tu_kiem_tra::inspection::{Entry, Inspection, InspectionId};
use tu_kiem_tra::intake::{Intake, Outcome, Told, is_same};
use tu_kiem_tra::report::{Report, import};
use tu_kiem_tra_office::{Packer, Unpacker};

use crate::support::{day, header_with, inspection, small_checklist, small_inspection};

const TODAY: &str = "2026-11-21";

/// The inspections on a device.
type Store = BTreeMap<InspectionId, Inspection>;

/// Returns the inspection of a commune with a number of overdue dossiers.
fn of_commune(number: u8, overdue: u64) -> Inspection {
    let fields = json!({
        "id": format!("00000000-0000-4000-8000-0000000000{number:02}"),
        "period": "2026-Q4",
        "unit": {"name": format!("Phường {number}"), "type": "commune"},
    });
    let entered = json!({"overdue": {"answer": {"count": overdue}}});
    inspection(small_checklist(), header_with(&fields), &entered)
}

fn bytes(inspection: &Inspection) -> Vec<u8> {
    Report::of(inspection, day(TODAY)).bytes().to_vec()
}

fn zip(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut packer = Packer::new();
    let mut archive = Vec::new();
    for (name, bytes) in files {
        archive.extend(packer.add(name, bytes, true).unwrap());
    }
    archive.extend(packer.finish().unwrap());
    archive
}

/// Returns the texts of an archive, each with its name.
fn texts(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
    let part = |range: std::ops::Range<u64>| {
        let [start, end] = [range.start, range.end].map(|place| usize::try_from(place).unwrap());
        (range.start, archive[start..end].to_vec())
    };
    let mut unpacker = Unpacker::new(archive.len() as u64);
    while let Some(range) = unpacker.open().unwrap() {
        let (start, bytes) = part(range);
        unpacker.give(start, bytes);
    }
    let texts = contents(unpacker.names()).texts;
    let read = |(index, name)| {
        let (start, bytes) = part(unpacker.range(index, 1_000_000).unwrap());
        unpacker.give(start, bytes);
        (name, unpacker.read(index, 1_000_000).unwrap())
    };
    texts.into_iter().map(read).collect()
}

/// Imports texts, as a device does: each whole or not at all.
fn take_in(store: &mut Store, texts: Vec<(String, Vec<u8>)>) -> Intake<Inspection> {
    let mut intake = Intake::default();
    for (name, text) in texts {
        let there = match import(&text) {
            Ok(there) => there,
            Err(error) => {
                intake.tell(name, Outcome::Refused(error.to_string()), Vec::new());
                continue;
            }
        };
        let id = there.header.id.clone();
        let outcome = match store.get(&id) {
            None => Outcome::Added(id.clone()),
            Some(here) if is_same(here, &there, day(TODAY)) => Outcome::Same(id.clone()),
            Some(_) => {
                intake.wait(there);
                continue;
            }
        };
        intake.tell(there.header.unit.name.clone(), outcome, Vec::new());
        store.entry(id).or_insert(there);
    }
    intake
}

fn told(told: &[Told]) -> Vec<(&str, &str)> {
    told.iter().map(|told| (&*told.name, told.outcome.name())).collect()
}

#[test]
fn of_three_reports_in_a_zip_file_a_broken_one_costs_itself() {
    let mut half = bytes(&of_commune(2, 0));
    half.truncate(half.len() / 2);
    let archive = zip(&[
        ("anh.jpg", b"a photo".to_vec()),
        ("xa 1/bao-cao.json", bytes(&of_commune(1, 0))),
        ("xa 2/bao-cao.json", half),
        ("xa 3/bao-cao.json", bytes(&of_commune(3, 0))),
    ]);
    let mut store = Store::new();
    let first = take_in(&mut store, texts(&archive)).finish();
    let expected = [("Phường 1", "added"), ("xa 2/bao-cao.json", "refused"), ("Phường 3", "added")];
    assert_eq!(told(&first), expected);
    assert_eq!(store.len(), 2);

    // Importing the file again changes nothing.
    let again = take_in(&mut store, texts(&archive)).finish();
    let expected = [("Phường 1", "same"), ("xa 2/bao-cao.json", "refused"), ("Phường 3", "same")];
    assert_eq!(told(&again), expected);
}

#[test]
fn those_that_differ_are_asked_about_one_after_the_other() {
    let mut store = Store::new();
    let all = |overdue| {
        let texts = (1..=3).map(|n| (n.to_string(), bytes(&of_commune(n, overdue)))).collect();
        |store: &mut Store| take_in(store, texts)
    };
    assert_eq!(all(0)(&mut store).finish().len(), 3);
    store.remove(&of_commune(2, 0).header.id);
    let mut intake = all(5)(&mut store);
    assert_eq!(intake.pop().unwrap().header.unit.name, "Phường 1");
    assert_eq!(intake.ask(), [1, 2]);
    assert_eq!(intake.pop().unwrap().header.unit.name, "Phường 3");
    assert_eq!(intake.ask(), [2, 2]);
    assert!(intake.pop().is_none());
    assert_eq!(told(&intake.finish()), [("Phường 2", "added")]);
}

#[test]
fn two_of_one_inspection_in_one_file_are_held_against_each_other() {
    let twice = |overdue| {
        let texts =
            [of_commune(1, 0), of_commune(1, overdue)].map(|one| (String::new(), bytes(&one)));
        take_in(&mut Store::new(), texts.to_vec())
    };
    assert_eq!(told(&twice(0).finish()), [("Phường 1", "added"), ("Phường 1", "same")]);
    assert!(twice(1).pop().is_some());
}

#[test]
fn what_is_here_exactly_so_says_the_same_in_every_respect() {
    let here = small_inspection();
    let there = import(&bytes(&here)).unwrap();
    assert!(is_same(&here, &there, day(TODAY)));
    // The day of the judgement makes no difference.
    assert!(is_same(&here, &there, day("2027-03-01")));

    let mut noted = there.clone();
    let item = noted.checklist.item("hours").unwrap().id.clone();
    noted.entries.get_mut(&item).unwrap().note = "Khác".to_owned();
    assert!(!is_same(&here, &noted, day(TODAY)));

    let mut later = there.clone();
    later.header = header_with(&json!({"updatedAt": "2026-11-21T09:30:16+07:00"}));
    assert!(!is_same(&here, &later, day(TODAY)));

    // A cleared answer is none.
    let mut emptied = here.clone();
    let office = emptied.checklist.item("old-plan").unwrap().clone();
    let mut without = emptied.clone();
    without.entries.remove(&office.id);
    emptied.entries.insert(office.id.clone(), Entry::blank(&office.kind));
    assert!(is_same(&emptied, &without, day(TODAY)));

    // An unreadable answer may be anything.
    emptied.entries.insert(office.id.clone(), Entry::lost(&office.kind));
    assert!(!is_same(&emptied, &without, day(TODAY)));
}

#[test]
fn a_zip_file_has_texts_and_what_goes_along() {
    let names = [
        "b/",
        "b/c/sau.json",
        "b/anh.jpg",
        "__MACOSX/b/._x.json",
        ".DS_Store",
        "x.JSON",
        "b/a.json",
    ];
    let Contents { texts, others } = contents(names.map(str::to_owned).to_vec());
    let expected = [(5, "x.JSON"), (6, "b/a.json"), (1, "b/c/sau.json")];
    assert_eq!(texts, expected.map(|(index, name)| (index, name.to_owned())));
    assert_eq!(others, [(2, "b/anh.jpg".to_owned())]);
}

#[test]
fn every_outcome_is_told() {
    let id = || of_commune(1, 0).header.id;
    let all = [
        Outcome::Refused(String::new()),
        Outcome::Left,
        Outcome::Added(id()),
        Outcome::Replaced(id()),
        Outcome::Mended(id()),
        Outcome::Same(id()),
    ];
    assert_eq!(all.map(|outcome| outcome.name()), Outcome::NAMES);
}
