//! Our files of every kind: a JSON object that names its kind and version, with a digest of
//! everything but its attachments.

use serde::Serialize;
use serde_json::Value;

use super::wire::RawIntegrity;
use super::{CANONICALIZATION, ImportError, Misfit};
use crate::attachments::{MEMBER, without};
use crate::checklist::shape::read_shape;
use crate::checklist::{Digest, Fault, canonical_json};

/// A kind of file.
pub struct FileKind {
    /// The value of `format` that marks a JSON file as one of them.
    pub format: &'static str,
    /// The newest version of the format that is read.
    pub version: u32,
    /// The largest file that is read, in bytes, without its attachments.
    pub limit: usize,
}

/// Returns the digest of a file that has no `integrity` yet, also in the form that the file
/// contains.
pub fn integrity_of(file: &impl Serialize) -> (Digest, RawIntegrity) {
    let sha256 = Digest::of(&canonical(file));
    let canonicalization = CANONICALIZATION.to_owned();
    (sha256, RawIntegrity { canonicalization, sha256: sha256.to_string() })
}

/// Returns the bytes of a file: its RFC 8785 form in UTF-8.
///
/// Files consist of texts, whole numbers, and maps with text keys. JSON can express all of them, so
/// the fallback is unreachable.
pub fn canonical(file: &impl Serialize) -> Vec<u8> {
    canonical_json(file).unwrap_or_default()
}

/// Reads a file and checks that it is complete and unchanged. Removes `integrity` and attachments
/// from it.
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

/// Removes the attachments, which the file's digest does not cover: each has its own. Returns
/// whether there are any.
fn take_attachments(file: &mut Value) -> Result<bool, ImportError> {
    match file.as_object_mut().and_then(|file| file.remove(MEMBER)) {
        None => Ok(false),
        Some(Value::Object(attachments)) => Ok(!attachments.is_empty()),
        Some(_) => Err(misfit(&format!("/{MEMBER}"), Misfit::BadValue)),
    }
}

/// Parses the file as JSON.
fn parse(bytes: &[u8]) -> Result<Value, ImportError> {
    // Editors and spreadsheets often put a byte order mark first.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        // A file can end inside a character. The text before it tells whether it was JSON.
        Err(error) if error.error_len().is_none() => {
            let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
            return match serde_json::from_slice::<Value>(whole) {
                Err(error) if error.is_eof() => Err(ImportError::Truncated),
                _ => Err(ImportError::NotText),
            };
        }
        Err(_) => return Err(ImportError::NotText),
    };
    // Our files are objects. Anything else is another kind of file.
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

/// Checks that the file is of a kind, and of a version that this program reads.
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

/// Checks that the file is unchanged, and removes `integrity` from it.
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

/// Returns whether a value has this digest.
pub fn digests_to(value: &Value, sha256: &str) -> bool {
    canonical_json(value).is_ok_and(|bytes| Digest::of(&bytes).to_string() == sha256)
}

/// Reads the value at a pointer.
pub fn read<T: serde::de::DeserializeOwned>(
    pointer: &str,
    value: &Value,
) -> Result<T, ImportError> {
    read_shape(pointer, value).map_err(|problem| match problem.fault {
        Fault::MissingField(_) => misfit(&problem.pointer, Misfit::Missing),
        fault => misfit(&problem.pointer, Misfit::Shape(fault)),
    })
}

/// Returns the error for a fault at a place.
pub fn misfit(pointer: &str, fault: Misfit) -> ImportError {
    ImportError::Shape { pointer: pointer.to_owned(), fault }
}
