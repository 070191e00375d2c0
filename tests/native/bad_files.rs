//! Cases of our files with a fault: each gets its true reason.

use serde::Deserialize;
use serde_json::{Map, Value};
use tu_kiem_tra::report::{ImportError, Misfit};

use crate::support::{cases, change, sealed};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    case: String,
    /// The values put into a sound file, by JSON pointer.
    #[serde(default)]
    set: Map<String, Value>,
    /// The pointers of the values removed from it.
    #[serde(default)]
    remove: Vec<String>,
    /// Whether the digest is made to fit again.
    #[serde(default = "yes")]
    sealed: bool,
    /// The error; if it has a place, as the place and the fault.
    error: String,
}

fn yes() -> bool {
    true
}

/// Returns the error. The fault of a shape is left to other cases.
fn named(error: &ImportError) -> String {
    match error {
        ImportError::Shape { pointer, fault: Misfit::Shape(_) } => format!("{pointer} Shape"),
        ImportError::Shape { pointer, fault } => format!("{pointer} {fault:?}"),
        error => format!("{error:?}"),
    }
}

/// Changes a sound file by each case of a case file, and compares the errors of reading it.
pub fn check_reasons(file: &str, sound: &Value, read: impl Fn(&[u8]) -> Option<ImportError>) {
    for case in cases::<Case>(file) {
        let mut changed = sound.clone();
        change(&mut changed, &case.set, &case.remove);
        if case.sealed {
            changed = sealed(changed);
        }
        let error = read(&serde_json::to_vec(&changed).unwrap()).expect(&case.case);
        assert_eq!(named(&error), case.error, "{}: {error}", case.case);
        assert!(!error.to_string().is_empty(), "{}", case.case);
    }
}
