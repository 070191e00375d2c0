//! The photos of the evidence in the annex of the printed report.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use tu_kiem_tra::checklist::Digest;
use tu_kiem_tra::document::{self, Block, Details, Document, Photo, Row, Shown};
use tu_kiem_tra::evidence::longest_side_on_paper;
use tu_kiem_tra::inspection::{Earlier, EarlierItem, Entry, Evidence, Inspection, Media};

use crate::support::{day, inspection, small_checklist, small_inspection};

fn piece(name: &str, caption: &str, media: Media) -> Evidence {
    Evidence {
        sha256: Digest::of(name.as_bytes()),
        media,
        size: 1,
        name: name.to_owned(),
        caption: caption.to_owned(),
    }
}

/// Returns an inspection with evidence on two items; the first photo is attached to both.
fn attached() -> Inspection {
    let mut inspection = inspection(small_checklist(), small_inspection().header, &json!({}));
    let board = piece("1.jpg", "Bảng niêm yết", Media::Jpeg);
    let of_items = [
        ("own-share", vec![board.clone(), piece("2.jpg", " ", Media::Jpeg)]),
        ("posted", vec![piece("3.pdf", "Quyết định", Media::Pdf), board]),
    ];
    for (id, evidence) in of_items {
        let item = inspection.checklist.item(id).unwrap();
        let entry = Entry { evidence, ..Entry::blank(&item.kind) };
        inspection.entries.insert(item.id.clone(), entry);
    }
    inspection
}

fn shown(names: &[&str]) -> Shown {
    names.iter().map(|name| (Digest::of(name.as_bytes()), (640, 480))).collect()
}

fn of(inspection: &Inspection, shown: &Shown) -> Document {
    document::of(inspection, &[], &Details::default(), shown, day("2026-11-21"))
}

/// Returns the last cells of the table of all items, by the numbers of the items.
fn said(document: &Document) -> BTreeMap<&str, &str> {
    let rows = document.annex.body.iter().flat_map(|block| match block {
        Block::Table(table) => table.rows.as_slice(),
        _ => &[],
    });
    let cells = rows.filter_map(|row| match row {
        Row::Cells(cells) if cells.len() == 5 => Some((cells[0].as_str(), cells[4].as_str())),
        _ => None,
    });
    cells.collect()
}

fn titles(document: &Document) -> Vec<&str> {
    document.photos().map(|photo| photo.title.as_str()).collect()
}

#[test]
fn each_photo_stands_once_under_a_number_that_the_table_names() {
    let document = of(&attached(), &shown(&["1.jpg", "2.jpg"]));
    assert_eq!(titles(&document), ["Ảnh 1 (mục 3, mục 9): Bảng niêm yết", "Ảnh 2 (mục 3): 2.jpg"]);
    let said = said(&document);
    assert_eq!(said["3"], "Minh chứng: Bảng niêm yết (1.jpg, Ảnh 1); 2.jpg, Ảnh 2");
    assert_eq!(said["9"], "Minh chứng: Quyết định (3.pdf); Bảng niêm yết (1.jpg, Ảnh 1)");
    let id = Digest::of(b"1.jpg").to_string();
    let first = Photo { id, title: titles(&document)[0].to_owned(), width: 640, height: 480 };
    assert_eq!(document.photos().next(), Some(&first));
    assert!(matches!(document.annex.body.last(), Some(Block::Photos(_))));
}

#[test]
fn a_photo_of_two_items_shows_what_is_said_at_both() {
    let mut inspection = attached();
    for (id, caption) in [("own-share", ""), ("posted", "Bảng ở tầng 2")] {
        let (_, entry) =
            inspection.entries.iter_mut().find(|(item, _)| item.as_str() == id).unwrap();
        let board = entry.evidence.iter_mut().find(|one| one.name == "1.jpg").unwrap();
        board.caption = caption.to_owned();
    }
    let document = of(&inspection, &shown(&["1.jpg"]));
    assert_eq!(titles(&document), ["Ảnh 1 (mục 3, mục 9): 1.jpg; Bảng ở tầng 2"]);
}

#[test]
fn what_is_not_on_this_device_is_named_alone() {
    let document = of(&attached(), &shown(&["2.jpg"]));
    assert_eq!(titles(&document), ["Ảnh 1 (mục 3): 2.jpg"]);
    assert_eq!(said(&document)["3"], "Minh chứng: Bảng niêm yết (1.jpg); 2.jpg, Ảnh 1");
    let document = of(&attached(), &Shown::new());
    assert_eq!(document.photos().count(), 0);
    assert!(!document.annex.body.iter().any(|block| matches!(block, Block::Photos(_))));
    assert_eq!(said(&document)["3"], "Minh chứng: Bảng niêm yết (1.jpg); 2.jpg");
}

#[test]
fn photos_of_an_earlier_version_say_so() {
    let mut inspection = attached();
    let item = inspection.checklist.item("own-share").unwrap();
    let evidence = vec![piece("4.jpg", "Cũ", Media::Jpeg)];
    let entry = Entry { evidence, ..Entry::blank(&item.kind) };
    let mut earlier = Earlier::of(&inspection.checklist, day("2026-01-01"));
    earlier.keep(EarlierItem::of(&inspection.checklist, &item.id, entry).unwrap());
    inspection.earlier = vec![earlier];
    let document = of(&inspection, &shown(&["4.jpg", "1.jpg"]));
    let version = &inspection.checklist.version;
    let told = format!("Ảnh 2 (mục 1 của phiên bản {version}): Cũ");
    assert_eq!(titles(&document), ["Ảnh 1 (mục 3, mục 9): Bảng niêm yết", told.as_str()]);
}

#[test]
fn only_what_stands_in_the_document_is_asked_for() {
    let mut inspection = attached();
    let expected: BTreeSet<_> = ["1.jpg", "2.jpg"].map(|name| Digest::of(name.as_bytes())).into();
    assert_eq!(document::photos(&inspection), expected, "no documents, and each once");
    // An item of another unit.
    let item = inspection.checklist.item("office-only").unwrap();
    assert!(!inspection.header.applies(item));
    let evidence = vec![piece("5.jpg", "Của phòng", Media::Jpeg)];
    let entry = Entry { evidence, ..Entry::blank(&item.kind) };
    inspection.entries.insert(item.id.clone(), entry);
    assert_eq!(document::photos(&inspection), expected);
    let document = of(&inspection, &shown(&["1.jpg", "2.jpg", "5.jpg"]));
    assert_eq!(document.photos().count(), 2);
}

#[test]
fn many_photos_share_the_room() {
    assert_eq!(longest_side_on_paper(0), 640);
    assert_eq!(longest_side_on_paper(58), 640);
    for count in [59, 100, 500, 10_000, usize::MAX] {
        let side = u64::from(longest_side_on_paper(count));
        let all = (side * side).saturating_mul(count as u64);
        assert!(side == 1 || all <= 24_000_000, "{count}: {side}");
    }
}
