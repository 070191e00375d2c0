//! Typed, pasted and stored texts, attachments of files, and generated tables.

use std::collections::BTreeSet;

use tu_kiem_tra::attachments::{Splitter, entry_name};
use tu_kiem_tra::checklist::{Checklist, Digest, Language};
use tu_kiem_tra::inspection::{
    Period, Table, Timestamp, as_seen, read_date, read_decimal, read_whole,
};
use tu_kiem_tra::messages::messages;
use tu_kiem_tra::spreadsheet::{csv, sheet};
use tu_kiem_tra::stored::Record;
use tu_kiem_tra::vietnamese::{fold, sort_key, spelling};
use tu_kiem_tra_office::{Cell, Packer, Sheet, Unpacker, xlsx};

use super::{Reader, small};
use crate::{Prepared, inspection, today};

/// Reads a text `times` times, as one reading takes almost no time.
fn read(text: String, times: usize, read: fn(&str) -> usize) -> Prepared {
    Box::new(move || (0..times).map(|_| read(&text)).sum::<usize>() + 1)
}

/// Returns 1 if reading gave a value, else 0.
fn came<T, E>(read: Result<Option<T>, E>) -> usize {
    usize::from(read.is_ok_and(|read| read.is_some()))
}

/// Reads rows for the small checklist's roster from a pasted text.
fn pasted(text: String) -> Prepared {
    let checklist = Checklist::from_definition(small()).expect("a checklist");
    Box::new(move || {
        let item = checklist.item("posted").expect("a roster");
        Table::read(&text, item.kind.columns(), None).rows.len() + 1
    })
}

fn stored(body: String) -> Prepared {
    let text = format!(
        r#"{{"version":1,"inspection":"00000000-0000-4000-8000-000000000000","part":"@header","revision":7,"writer":"0123456789abcdef","body":{body}}}"#
    );
    read(text, 1, |text| usize::from(Record::parse(text).is_ok()))
}

pub fn texts() -> Vec<Reader> {
    vec![
        Reader::new("whole number: digits", 20_000, |n| {
            read("7".repeat(n), 1, |text| came(read_whole(text)))
        }),
        Reader::new("whole number: groups", 5_000, |n| {
            read("1".to_owned() + &".234".repeat(n), 1, |text| came(read_whole(text)))
        }),
        Reader::new("whole number: points", 10_000, |n| {
            read("1.".repeat(n), 1, |text| came(read_whole(text)))
        }),
        Reader::new("decimal: digits behind the comma", 20_000, |n| {
            read("0,".to_owned() + &"7".repeat(n), 1, |text| came(read_decimal(text)))
        }),
        Reader::new("decimal: commas", 10_000, |n| {
            read("1,234".repeat(n) + ".5", 1, |text| came(read_decimal(text)))
        }),
        Reader::new("date: slashes", 10_000, |n| {
            read("1/".repeat(n), 1, |text| came(read_date(text, None)))
        }),
        Reader::new("date: spaces", 10_000, |n| {
            read(["1", &" ".repeat(n), "1 2026"].concat(), 1, |text| came(read_date(text, None)))
        }),
        Reader::new("period: words", 5_000, |n| {
            read("quý ".repeat(n), 1, |text| usize::from(Period::read(text).is_some()))
        }),
        Reader::new("period: what joins two days", 5_000, |n| {
            read("- den ".repeat(n), 1, |text| usize::from(Period::read(text).is_some()))
        }),
        Reader::new("period: dashes", 10_000, |n| {
            read("2026-".repeat(n), 1, |text| usize::from(Period::read(text).is_some()))
        }),
        Reader::new("moment: a fraction of a second", 50_000, |n| {
            let text = ["2026-11-20T08:00:00.", &"1".repeat(n), "Z"].concat();
            read(text, 1, |text| usize::from(Timestamp::parse(text).is_some()))
        }),
        Reader::new("what nobody sees", 10_000, |n| {
            read("\u{200b}１".repeat(n), 1, |text| as_seen(text).len())
        }),
        Reader::new("words without their marks", 5_000, |n| {
            read("Niêm yết a\u{301} ".repeat(n / 10), 1, |text| {
                fold(text).len() + spelling(text).len() + sort_key(text).0.len()
            })
        }),
        Reader::new("table: rows", 200, |n| pasted("1\tKhai sinh\tx\t\"01/10/2026\"\n".repeat(n))),
        Reader::new("table: cells in quotes", 500, |n| pasted("\"a\"\"b\"\t\"c\nd\"\n".repeat(n))),
        Reader::new("table: doubled quotes in one cell", 5_000, |n| {
            pasted(["\"", &"\"\"".repeat(n), "\"\tx"].concat())
        }),
        Reader::new("table: quotes that don't end", 2_000, |n| pasted("\"a\"b\n".repeat(n))),
        Reader::new("table: columns", 2_000, |n| {
            pasted(["Tên thủ tục", &"\tNiêm yết".repeat(n), "\nx\tx"].concat())
        }),
        Reader::new("table: columns without a name", 5_000, |n| pasted("\t".repeat(n) + "\nx\tx")),
        Reader::new("record", 10_000, |n| {
            stored(serde_json::json!({"note": "ậ\"".repeat(n)}).to_string())
        }),
        Reader::new("record: nested deep", 50_000, |n| stored("[".repeat(n))),
        Reader::new("record: its own words again", 2_000, |n| {
            stored(serde_json::json!({"note": "\",\"body\":".repeat(n)}).to_string() + "x")
        }),
        Reader::new("table made of an inspection", 30, |n| {
            let inspection = inspection(n);
            Box::new(move || {
                let sheet = sheet(&inspection, today(), Language::Vi, messages(Language::Vi));
                csv(&sheet, Language::Vi).len()
            })
        }),
        Reader::new("CSV: a cell of what parts cells", 5_000, |n| {
            let sheet =
                Sheet { rows: vec![vec![Cell::Text("; \"=".repeat(n))]], ..Sheet::default() };
            Box::new(move || csv(&sheet, Language::Vi).len())
        }),
        Reader::new("Excel: rows", 30, |n| {
            let row = vec![Cell::Text("Khai sinh".to_owned()), Cell::Number("1.5".to_owned())];
            let sheet = Sheet { rows: vec![row; n], ..Sheet::default() };
            Box::new(move || xlsx(&sheet).expect("a workbook").len())
        }),
    ]
}

/// Extracts the attachments of a file that comes in pieces.
fn split(file: Vec<u8>, piece: usize) -> Prepared {
    Box::new(move || {
        let mut splitter = Splitter::new(100 * 1024 * 1024);
        let found =
            file.chunks(piece).map(|piece| splitter.push(piece).map_or(0, |found| found.len()));
        found.sum::<usize>() + splitter.finish().len() + 1
    })
}

fn attached(count: usize, length: usize) -> Vec<u8> {
    let members = (0..count).flat_map(|place| {
        let mut bytes = vec![b'x'; length];
        bytes.extend_from_slice(&place.to_le_bytes());
        tu_kiem_tra::attachments::member(place == 0, Digest::of(&bytes), &bytes)
    });
    let (begin, end) =
        (tu_kiem_tra::attachments::begin(), tu_kiem_tra::attachments::end(b"{\"a\":1}"));
    begin.iter().copied().chain(members).chain(end).collect()
}

/// Reads all of an archive with `count` files.
fn unpacked(count: usize, length: usize) -> Prepared {
    let mut packer = Packer::new();
    let bytes = vec![b'x'; length];
    let added = |place| packer.add(&format!("anh-{place}.jpg"), &bytes, true).expect("room");
    let mut archive: Vec<u8> = (0..count).flat_map(added).collect();
    archive.extend(packer.finish().expect("an end"));
    Box::new(move || {
        let part = |range: std::ops::Range<u64>| {
            let place = |place: u64| usize::try_from(place).expect("in memory");
            archive.get(place(range.start)..place(range.end)).unwrap_or_default().to_vec()
        };
        let mut unpacker = Unpacker::new(archive.len() as u64);
        while let Some(range) = unpacker.open().expect("an archive") {
            unpacker.give(range.start, part(range.clone()));
        }
        let limit = 100 * 1024 * 1024;
        let names = unpacker.names();
        let read = names.iter().enumerate().map(|(index, name)| {
            let range = unpacker.range(index, limit).expect("a file");
            unpacker.give(range.start, part(range.clone()));
            unpacker.read(index, limit).expect("a file").len() + name.len()
        });
        read.sum()
    })
}

/// Names the files of an archive.
fn named(name: fn(usize, &str) -> String, count: usize) -> Prepared {
    let digests: Vec<_> = (0..count).map(|place: usize| Digest::of(&place.to_le_bytes())).collect();
    Box::new(move || {
        let mut taken = BTreeSet::new();
        let victim = digests.first().map(ToString::to_string).unwrap_or_default();
        let names =
            digests.iter().enumerate().rev().map(|(place, sha256)| {
                entry_name(&name(place, &victim), *sha256, &mut taken).len()
            });
        names.sum()
    })
}

pub fn packed() -> Vec<Reader> {
    vec![
        Reader::new("attachments: many", 100, |n| split(attached(n, 10), 4_096)),
        Reader::new("attachments: a long one", 100_000, |n| split(attached(1, n), 4_096)),
        Reader::new("attachments: byte by byte", 2_000, |n| split(attached(1, n), 1)),
        Reader::new("attachments: a long name", 20_000, |n| {
            split([b"{\"attachments\":{\"", &*b"a".repeat(n), b"\":\"\"}}"].concat(), 4_096)
        }),
        Reader::new("attachments: names beside them", 2_000, |n| {
            split(["{", &"\"a\\\"b\":[],".repeat(n)].concat().into_bytes(), 4_096)
        }),
        Reader::new("attachments: deep nesting", 20_000, |n| {
            split("{\"a\":[".repeat(n).into_bytes(), 4_096)
        }),
        Reader::new("attachments: not ours", 20_000, |n| split(vec![0xff; n], 4_096)),
        Reader::new("archive: files", 50, |n| unpacked(n, 10)),
        Reader::new("archive: a large file", 200_000, |n| unpacked(1, n)),
        Reader::new("names in an archive: all the same", 300, |n| {
            named(|_, _| "Ảnh.jpg".to_owned(), n)
        }),
        Reader::new("names in an archive: made to collide with the last one's", 300, |n| {
            named(
                |place, victim| format!("{}_{place}_a.jpg", victim.get(..16).unwrap_or_default()),
                n,
            )
        }),
        Reader::new("names in an archive: a long one", 50_000, |n| {
            let name = "ệ".repeat(n) + ".jpg";
            Box::new(move || entry_name(&name, Digest::of(b"1"), &mut BTreeSet::new()).len())
        }),
    ]
}
