//! The attachments of a file are the same however it is cut into pieces, and everything else passes
//! through.
//!
//! The first byte of an input sets the length of the pieces.

use std::collections::BTreeMap;

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Map, Value};
use tu_kiem_tra::attachments::{
    Attachment, MEMBER, SplitError, Splitter, begin, end, member, without,
};
use tu_kiem_tra::checklist::Digest;

use crate::json::{assert_place, object};

/// The maximum size of the rest, in bytes. It is less than that of an input, so that inputs reach
/// it.
const LIMIT: usize = 6_000;

pub fn check(bytes: &[u8]) -> bool {
    let Some((length, file)) = bytes.split_first() else { return false };
    let whole = split(file, usize::MAX);
    assert_eq!(split(file, usize::from(*length).max(1)), whole);
    assert_eq!(split(file, 1), whole);
    assert_eq!(without(file, LIMIT), whole.clone().map(|(_, rest)| rest));
    let parsed = object(file);
    match &whole {
        Ok((found, rest)) => are_whole(file, found, rest),
        Err(SplitError::BadValue { pointer }) => {
            parsed.iter().for_each(|file| assert_place(&Value::Object(file.clone()), pointer));
        }
        Err(_) => {}
    }
    parsed.iter().for_each(agrees_with_json);
    whole.is_ok_and(|(found, _)| !found.is_empty())
}

fn split(file: &[u8], length: usize) -> Result<(Vec<Attachment>, Vec<u8>), SplitError> {
    let mut splitter = Splitter::new(LIMIT);
    let mut found = Vec::new();
    for piece in file.chunks(length) {
        found.extend(splitter.push(piece)?);
    }
    Ok((found, splitter.finish()))
}

fn are_whole(file: &[u8], found: &[Attachment], rest: &[u8]) {
    assert!(rest.len() <= LIMIT && rest.len() <= file.len());
    assert!(found.is_empty() || rest.len() < file.len(), "what is found is taken out");
    for one in found {
        assert_eq!(Digest::of(&one.bytes), one.sha256);
    }
    // Nothing is found in the rest.
    assert_eq!(split(rest, usize::MAX), Ok((Vec::new(), rest.to_vec())));
    if let Some(mut file) = object(file) {
        let mut rest = object(rest).expect("what was JSON stays it");
        file.remove(MEMBER);
        rest.remove(MEMBER);
        assert_eq!(rest, file);
        are_written(found, &serde_json::to_vec(&rest).unwrap());
    }
}

/// Writes the files as the program does and splits them again.
fn are_written(found: &[Attachment], sealed: &[u8]) {
    let files: BTreeMap<_, _> = found.iter().map(|one| (one.sha256, &one.bytes)).collect();
    if files.is_empty() || sealed == b"{}" {
        return;
    }
    let members = files.iter().enumerate();
    let members = members.flat_map(|(index, (sha256, bytes))| member(index == 0, *sha256, bytes));
    let written: Vec<u8> = begin().iter().copied().chain(members).chain(end(sealed)).collect();
    let mut splitter = Splitter::new(LIMIT * 2);
    let again = splitter.push(&written).expect("what is written can be split");
    let again: BTreeMap<_, _> = again.iter().map(|one| (one.sha256, &one.bytes)).collect();
    assert_eq!(again, files);
}

/// Asserts that a file without duplicate names and needless escapes is refused only for a fault of
/// its attachments.
fn agrees_with_json(file: &Map<String, Value>) {
    let is_right = |(sha256, text): (&String, &Value)| {
        let bytes = text.as_str().and_then(|text| BASE64_STANDARD.decode(text).ok());
        bytes.is_some_and(|bytes| Some(Digest::of(&bytes)) == Digest::parse(sha256))
    };
    let are_right = match file.get(MEMBER) {
        Some(Value::Object(attachments)) => attachments.iter().all(is_right),
        // Other values pass through.
        _ => true,
    };
    let written = serde_json::to_vec(file).unwrap();
    if written.len() <= LIMIT {
        assert_eq!(split(&written, usize::MAX).is_ok(), are_right);
    }
}
