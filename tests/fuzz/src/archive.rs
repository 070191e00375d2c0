//! A ZIP file is read within its limits whatever its header claims, and the files read can be
//! packed again.

use std::collections::BTreeSet;
use std::ops::Range;

use tu_kiem_tra::attachments::{Role, entry_name, role};
use tu_kiem_tra::checklist::Digest;
use tu_kiem_tra_office::{MAX_ENTRIES, Packer, Trouble, Unpacker};

/// The maximum size of one file, in bytes.
const LIMIT: u64 = 65_536;

/// The number of files whose contents are read. Many entries may share one content.
const READ: usize = 20;

pub fn check(bytes: &[u8]) -> bool {
    let Ok(mut archive) = open(bytes) else { return false };
    let names = archive.names();
    assert!(names.len() <= MAX_ENTRIES);
    let mut files = Vec::new();
    for (index, name) in names.iter().enumerate().take(READ) {
        if role(name) != Role::Nothing
            && let Ok(content) = read(&mut archive, bytes, index)
        {
            assert!(content.len() as u64 <= LIMIT);
            files.push((name.as_str(), content));
        }
    }
    // An entry that does not exist is refused.
    assert!(archive.range(names.len(), LIMIT).is_err());
    assert!(archive.read(names.len(), LIMIT).is_err());
    come_back(&files);
    !files.is_empty()
}

/// Opens an archive and gives it the requested ranges.
fn open(bytes: &[u8]) -> Result<Unpacker, Trouble> {
    let mut archive = Unpacker::new(bytes.len() as u64);
    let mut asked = BTreeSet::new();
    while let Some(range) = archive.open()? {
        // The requests come to an end: no range is requested twice.
        assert!(asked.insert(range.start));
        archive.give(range.start, part(bytes, range));
    }
    Ok(archive)
}

fn read(archive: &mut Unpacker, bytes: &[u8], index: usize) -> Result<Vec<u8>, Trouble> {
    let range = archive.range(index, LIMIT)?;
    assert!(range.end - range.start <= LIMIT * 4);
    archive.give(range.start, part(bytes, range));
    archive.read(index, LIMIT)
}

/// Returns the requested bytes, which must exist.
fn part(bytes: &[u8], range: Range<u64>) -> Vec<u8> {
    let [start, end] = [range.start, range.end].map(|place| usize::try_from(place).unwrap());
    assert!(start < end, "{start}..{end}");
    bytes[start..end].to_vec()
}

/// Packs the files under names that every system accepts and unpacks them again.
fn come_back(files: &[(&str, Vec<u8>)]) {
    let mut taken = BTreeSet::new();
    let mut packer = Packer::new();
    let mut packed = Vec::new();
    let mut names = Vec::new();
    let mut digests = BTreeSet::new();
    for (name, content) in files {
        let sha256 = Digest::of(content);
        if digests.insert(sha256) {
            let name = entry_name(name, sha256, &mut taken);
            assert!(!name.is_empty() && !name.contains(['/', '\\', '\0']));
            packed.extend(packer.add(&name, content, true).expect("each has a name of its own"));
            names.push((name, content));
        }
    }
    packed.extend(packer.finish().unwrap());
    let mut archive = open(&packed).expect("what was packed can be opened");
    let packed_names = archive.names();
    assert!(packed_names.iter().eq(names.iter().map(|(name, _)| name)));
    for (index, (_, content)) in names.iter().enumerate() {
        assert!(read(&mut archive, &packed, index).as_ref() == Ok(content));
    }
}
