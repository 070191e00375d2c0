//! Archives that come and go in pieces.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::io::{Cursor, Read as _, Write as _};

use proptest::collection::vec;
use proptest::prelude::{any, prop_assert_eq, proptest};
use tu_kiem_tra_office::{MAX_ENTRIES, Packer, Trouble, Unpacker};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

const LIMIT: u64 = 1024 * 1024;

type Files = Vec<(String, Vec<u8>)>;

fn named(files: &[(&str, &[u8])]) -> Files {
    files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect()
}

/// An archive as our program writes it; every other file is compressed.
fn pack(files: &Files) -> Vec<u8> {
    let mut packer = Packer::new();
    let mut archive = Vec::new();
    for (index, (name, bytes)) in files.iter().enumerate() {
        archive.extend(packer.add(name, bytes, index % 2 == 0).unwrap());
    }
    archive.extend(packer.finish().unwrap());
    archive
}

/// Opens an archive, giving it what it asks for.
fn open(archive: &[u8]) -> Result<Unpacker, Trouble> {
    let mut unpacker = Unpacker::new(archive.len() as u64);
    while let Some(range) = unpacker.open()? {
        unpacker.give(range.start, part(archive, range));
    }
    Ok(unpacker)
}

fn part(archive: &[u8], range: std::ops::Range<u64>) -> Vec<u8> {
    let [start, end] = [range.start, range.end].map(|place| usize::try_from(place).unwrap());
    archive[start..end].to_vec()
}

fn read(unpacker: &mut Unpacker, archive: &[u8], index: usize) -> Result<Vec<u8>, Trouble> {
    let range = unpacker.range(index, LIMIT)?;
    unpacker.give(range.start, part(archive, range));
    unpacker.read(index, LIMIT)
}

/// All files of an archive, without folders.
fn unpack(archive: &[u8]) -> Result<Files, Trouble> {
    let mut unpacker = open(archive)?;
    let names = unpacker.names().into_iter().enumerate();
    names
        .filter(|(_, name)| !name.ends_with('/'))
        .map(|(index, name)| Ok((name, read(&mut unpacker, archive, index)?)))
        .collect()
}

#[test]
fn what_is_packed_comes_back() {
    let files = named(&[
        ("bao-cao.json", "{\"đơn vị\": \"Phường 2\"}".repeat(1_000).as_bytes()),
        ("Ảnh hồ sơ số 1.jpg", &[0xff, 0xd8, 0, 1, 2]),
        ("tệp/rỗng.pdf", b""),
        ("large.pdf", &vec![7; 700_000]),
    ]);
    let archive = pack(&files);
    assert_eq!(unpack(&archive).unwrap(), files);
    assert_eq!(archive, pack(&files), "the same content, the same file");

    // Another program reads it, too, and finds sizes and checksums in front of each file.
    let mut other = ZipArchive::new(Cursor::new(&archive)).unwrap();
    for (index, (name, bytes)) in files.iter().enumerate() {
        let mut entry = other.by_index(index).unwrap();
        assert_eq!(entry.name().unwrap(), name.as_str());
        let mut read = Vec::new();
        entry.read_to_end(&mut read).unwrap();
        assert_eq!(&read, bytes);
        let header = usize::try_from(entry.header_start()).unwrap();
        let local = &archive[header..header + 30];
        assert_eq!(u16::from_le_bytes([local[6], local[7]]) & 8, 0, "no size behind it: {name}");
        let size = u32::from_le_bytes([local[22], local[23], local[24], local[25]]);
        assert_eq!(size as usize, bytes.len());
    }
}

#[test]
fn what_is_written_is_given_away_at_once() {
    let mut packer = Packer::new();
    let photo = vec![9; 100_000];
    for index in 0..20 {
        let given = packer.add(&format!("{index}.jpg"), &photo, false).unwrap();
        assert!((100_000..100_200).contains(&given.len()), "{}", given.len());
    }
    assert!(packer.finish().unwrap().len() < 2_000);
}

#[test]
fn one_name_stands_once() {
    let mut packer = Packer::new();
    packer.add("a.jpg", b"1", false).unwrap();
    assert!(packer.add("a.jpg", b"2", false).is_err());
}

#[test]
fn many_files_come_back() {
    let files: Files = (0..300).map(|n| (format!("{n}.jpg"), vec![1; n * 10])).collect();
    assert_eq!(unpack(&pack(&files)).unwrap(), files);
    let files: Files = (0..=MAX_ENTRIES).map(|n| (format!("{n}"), Vec::new())).collect();
    assert_eq!(unpack(&pack(&files)), Err(Trouble::TooMany));
}

#[test]
fn a_directory_without_end_is_not_read_to_its_end() {
    let files: Files = (0..150).map(|n| (format!("{n}{}", "x".repeat(60_000)), vec![])).collect();
    assert_eq!(unpack(&pack(&files)), Err(Trouble::TooMany));
}

#[test]
fn a_file_that_ends_early_is_damaged() {
    let archive = pack(&named(&[("a.json", b"{}"), ("b.jpg", &[5; 300])]));
    for end in 0..archive.len() {
        assert_eq!(unpack(&archive[..end]), Err(Trouble::Damaged), "{end}");
    }
}

#[test]
fn a_file_that_was_changed_is_damaged() {
    let mut archive = pack(&named(&[("a.json", b"{}"), ("b.jpg", &[5; 300])]));
    let place = archive.windows(9).position(|window| window == [5; 9]).unwrap();
    archive[place] = 6;
    let mut unpacker = open(&archive).unwrap();
    assert_eq!(read(&mut unpacker, &archive, 0).unwrap(), b"{}");
    assert_eq!(read(&mut unpacker, &archive, 1), Err(Trouble::Damaged));
}

#[test]
fn a_bomb_is_not_unpacked() {
    let honest = pack(&named(&[("bomb", &vec![0; 30 * 1024 * 1024])]));
    assert!(honest.len() < 100_000);
    assert_eq!(unpack(&honest), Err(Trouble::TooLarge));
    // One that says that it is small, in both of its headers.
    let mut liar = honest;
    let size = (30_u32 * 1024 * 1024).to_le_bytes();
    while let Some(place) = liar.windows(4).position(|window| window == size) {
        liar[place..place + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    assert_eq!(unpack(&liar), Err(Trouble::Damaged));
}

#[test]
fn a_file_of_exactly_the_limit_comes_back_whole() {
    let limit = usize::try_from(LIMIT).unwrap();
    let files = named(&[("a", &vec![1; limit]), ("b", &vec![2; limit])]);
    assert_eq!(unpack(&pack(&files)).unwrap(), files);
    assert_eq!(unpack(&pack(&named(&[("", b""), ("b", &vec![1; limit + 1])]))), {
        Err(Trouble::TooLarge)
    });
}

#[test]
fn what_needs_a_password_or_another_method_is_unsupported() {
    let archive = pack(&named(&[("a.json", b"{}"), ("b.jpg", &[5; 300])]));
    let directory = archive.windows(4).position(|bytes| bytes == b"PK\x01\x02").unwrap();
    // Both in the local header and in the directory.
    for (places, value) in [([6, directory + 8], 1), ([8, directory + 10], 93)] {
        let mut archive = archive.clone();
        places.into_iter().for_each(|place| archive[place] = value);
        assert_eq!(unpack(&archive), Err(Trouble::Unsupported), "{value}");
    }
}

#[test]
fn archives_of_other_programs_are_read() {
    // Sizes behind the files, as who writes into a pipe has them.
    let mut stream = ZipWriter::new_stream(Vec::new());
    let options = SimpleFileOptions::DEFAULT.compression_method(CompressionMethod::Deflated);
    stream.add_directory("hồ sơ/", options).unwrap();
    let options = options.with_extended_timestamp(Some(1_700_000_000), None, None).unwrap();
    stream.start_file("hồ sơ/a.json", options).unwrap();
    stream.write_all(&b"{\"a\": 1}".repeat(100)).unwrap();
    stream.start_file("__MACOSX/hồ sơ/._a.json", SimpleFileOptions::DEFAULT).unwrap();
    stream.write_all(&[0, 5, 22, 7]).unwrap();
    stream.set_comment("made elsewhere").unwrap();
    let archive = stream.finish().unwrap().into_inner();
    let local = archive.windows(4).position(|window| window == b"PK\x07\x08");
    assert!(local.is_some(), "a data descriptor");
    let files = unpack(&archive).unwrap();
    let content = b"{\"a\": 1}".repeat(100);
    let expected =
        named(&[("hồ sơ/a.json", &content), ("__MACOSX/hồ sơ/._a.json", &[0, 5, 22, 7])]);
    assert_eq!(files, expected);
}

proptest! {
    #[test]
    fn whatever_is_packed_comes_back(contents in vec(vec(any::<u8>(), 0..3_000), 0..8)) {
        let files: Files =
            contents.into_iter().enumerate().map(|(n, bytes)| (format!("{n}"), bytes)).collect();
        prop_assert_eq!(unpack(&pack(&files)).unwrap(), files);
    }

    #[test]
    fn no_file_makes_it_fail_otherwise_than_by_saying_so(
        bytes in vec(any::<u8>(), 0..2_000), place in 0..400_usize, other in any::<u8>(),
    ) {
        let mut archive = pack(&named(&[("a.json", b"{}"), ("b.jpg", &[5; 300])]));
        let last = archive.len() - 1;
        archive[place.min(last)] = other;
        _ = unpack(&archive);
        _ = unpack(&[b"PK\x03\x04".as_slice(), &bytes, &archive[last.saturating_sub(200)..]].concat());
    }
}
