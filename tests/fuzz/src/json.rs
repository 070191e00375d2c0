//! JSON for the targets: with matching digests, and with existing places.

use serde_json::{Map, Value, json};
use tu_kiem_tra::checklist::{Digest, canonical_json};
use tu_kiem_tra::report::ImportError;

/// Returns the object in some bytes, which may begin with a byte order mark.
pub fn object(bytes: &[u8]) -> Option<Map<String, Value>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match serde_json::from_slice(bytes).ok()? {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

/// Returns the file with a matching digest, which leaves out its attachments: they have digests of
/// their own.
pub fn sealed(mut file: Map<String, Value>) -> Value {
    let attachments = file.remove("attachments");
    file.remove("integrity");
    let sha256 = digest(&Value::Object(file.clone()));
    file.insert("integrity".to_owned(), json!({"canonicalization": "RFC8785", "sha256": sha256}));
    file.extend(attachments.map(|attachments| ("attachments".to_owned(), attachments)));
    Value::Object(file)
}

/// Returns the digest of a value's canonical form.
pub fn digest(value: &Value) -> String {
    Digest::of(&canonical_json(value).unwrap()).to_string()
}

/// Asserts that bytes are in canonical form.
pub fn assert_canonical(bytes: &[u8]) {
    let value: Value = serde_json::from_slice(bytes).unwrap();
    assert!(canonical_json(&value).unwrap() == bytes, "not canonical");
}

/// Asserts that a pointer names a place of a value, or a missing one in an existing place.
pub fn assert_place(value: &Value, pointer: &str) {
    if let Some((parent, _)) = pointer.rsplit_once('/') {
        assert!(value.pointer(parent).is_some(), "{pointer} is nowhere");
    } else {
        assert!(pointer.is_empty(), "{pointer} is no pointer");
    }
}

/// Asserts that an error tells the fault and its place in the file.
pub fn assert_told(error: &ImportError, bytes: &[u8], file: Option<&Value>) {
    assert!(!error.to_string().is_empty());
    match error {
        ImportError::Damaged { line, .. } => {
            let lines = bytes.split(|byte| *byte == b'\n').count();
            assert!((1..=lines).contains(line), "line {line} of {lines}");
        }
        ImportError::Shape { pointer, .. } => {
            assert_place(file.expect("what has a place is JSON"), pointer);
        }
        ImportError::Checklist(problems) => {
            let file = file.expect("what has a place is JSON");
            assert!(!problems.is_empty());
            let definition = &file["checklist"]["definition"];
            problems.iter().for_each(|problem| assert_place(definition, &problem.pointer));
        }
        _ => {}
    }
}
