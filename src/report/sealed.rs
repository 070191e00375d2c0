//! Files of ours, of whatever kind: a JSON object that says what it is and in which version, with a
//! digest over all the rest of it but its attachments.

use serde::Serialize;
use serde_json::Value;

use super::wire::RawIntegrity;
use super::{CANONICALIZATION, ImportError, Misfit};
use crate::attachments::{MEMBER, without};
use crate::checklist::shape::read_shape;
use crate::checklist::{Digest, Fault, canonical_json};

/// A kind of files.
pub struct FileKind {
    /// The mark of such a JSON file.
    pub format: &'static str,
    /// The newest version of the format that is read.
    pub version: u32,
    /// The largest file that is read, in bytes, without its attachments.
    pub limit: usize,
}

/// The digest of a file that has no `integrity` yet, and that as it stands in the file.
pub fn integrity_of(file: &impl Serialize) -> (Digest, RawIntegrity) {
    let sha256 = Digest::of(&canonical(file));
    let canonicalization = CANONICALIZATION.to_owned();
    (sha256, RawIntegrity { canonicalization, sha256: sha256.to_string() })
}

/// The bytes of a file: its RFC 8785 form in UTF-8.
///
/// Files hold texts, whole numbers, and maps that are keyed by texts: all of that is JSON, and the
/// fallback can't be reached.
pub fn canonical(file: &impl Serialize) -> Vec<u8> {
    canonical_json(file).unwrap_or_default()
}

/// Reads a file that is whole and as it was written; `integrity` and attachments are taken out of
/// it.
///
/// # Errors
/// The true reason why it is no such file.
pub fn unseal(bytes: &[u8], kind: &FileKind) -> Result<Value, ImportError> {
    let mut file =
        if bytes.len() > kind.limit { parse(&without(bytes, kind.limit)?)? } else { parse(bytes)? };
    recognise(&file, kind)?;
    if take_attachments(&mut file)? {
        without(bytes, kind.limit)?;
    }
    check_digest(&mut file)?;
    Ok(file)
}

/// The file's digest does not go over attachments: each has its own. Says whether there are any.
fn take_attachments(file: &mut Value) -> Result<bool, ImportError> {
    match file.as_object_mut().and_then(|file| file.remove(MEMBER)) {
        None => Ok(false),
        Some(Value::Object(attachments)) => Ok(!attachments.is_empty()),
        Some(_) => Err(misfit(&format!("/{MEMBER}"), Misfit::BadValue)),
    }
}

/// The file as JSON.
fn parse(bytes: &[u8]) -> Result<Value, ImportError> {
    // Editors and spreadsheets like to put a byte order mark in front.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // A file can end in the midst of a letter; what stands before tells whether it was JSON.
        Err(error) if error.error_len().is_none() => {
            let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
            return match serde_json::from_slice::<Value>(whole) {
                Err(error) if error.is_eof() => Err(ImportError::Truncated),
                _ => Err(ImportError::NotText),
            };
        }
        Err(_) => return Err(ImportError::NotText),
    };
    // A file of ours is an object: whatever begins otherwise is another kind of file.
    if text.trim_start().starts_with(|first| first != '{') {
        return Err(ImportError::Foreign);
    }
    serde_json::from_str(text).map_err(|error| {
        if error.is_eof() {
            ImportError::Truncated
        } else {
            ImportError::Damaged { line: error.line(), column: error.column() }
        }
    })
}

/// Whether it is of that kind, and of a version that is known here.
fn recognise(file: &Value, kind: &FileKind) -> Result<(), ImportError> {
    if file.get("format").and_then(Value::as_str) != Some(kind.format) {
        return Err(ImportError::Foreign);
    }
    let version =
        file.get("formatVersion").ok_or_else(|| misfit("/formatVersion", Misfit::Missing))?;
    match version.as_u64() {
        Some(version) if version == u64::from(kind.version) => Ok(()),
        Some(version) if version > u64::from(kind.version) => {
            Err(ImportError::NewerFormat { version })
        }
        _ => Err(misfit("/formatVersion", Misfit::BadValue)),
    }
}

/// Whether the file is as it was written; takes `integrity` out of it.
fn check_digest(file: &mut Value) -> Result<(), ImportError> {
    let integrity = file.as_object_mut().and_then(|file| file.remove("integrity"));
    let integrity = integrity.ok_or_else(|| misfit("/integrity", Misfit::Missing))?;
    let integrity: RawIntegrity = read("/integrity", &integrity)?;
    if integrity.canonicalization != CANONICALIZATION {
        return Err(misfit("/integrity/canonicalization", Misfit::BadValue));
    }
    if !digests_to(file, &integrity.sha256) {
        return Err(ImportError::Altered);
    }
    Ok(())
}

/// Whether that is the digest of a value.
pub fn digests_to(value: &Value, sha256: &str) -> bool {
    canonical_json(value).is_ok_and(|bytes| Digest::of(&bytes).to_string() == sha256)
}

/// Reads a value that stands at a pointer.
pub fn read<T: serde::de::DeserializeOwned>(
    pointer: &str,
    value: &Value,
) -> Result<T, ImportError> {
    read_shape(pointer, value).map_err(|problem| match problem.fault {
        Fault::MissingField(_) => misfit(&problem.pointer, Misfit::Missing),
        fault => misfit(&problem.pointer, Misfit::Shape(fault)),
    })
}

/// Something that is wrong at a place.
pub fn misfit(pointer: &str, fault: Misfit) -> ImportError {
    ImportError::Shape { pointer: pointer.to_owned(), fault }
}
