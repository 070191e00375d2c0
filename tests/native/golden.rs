//! Reports that earlier versions exported come in, and go out as they were: `tests/golden/`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tu_kiem_tra::checklist::canonical_json;
use tu_kiem_tra::report::{Report, import};

use crate::support::{day, sealed};

/// The reports of all versions; of each version one a state at least.
fn reports() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/v1/reports");
    let entries = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let reports: Vec<PathBuf> = entries.collect();
    assert_eq!(reports.len(), 3, "in {}", folder.display());
    reports
}

#[test]
fn reports_of_version_1_come_in_and_go_out_as_they_were() {
    let mut states = Vec::new();
    for path in reports() {
        let name = path.display();
        let bytes = fs::read(&path).unwrap();
        let golden: Value = serde_json::from_slice(&bytes).unwrap();
        let imported = import(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = Report::of(&imported, day("2031-02-03"));

        let said = |report: &Value, member: &str| report[member].clone();
        assert_eq!(said(&again.json(), "items"), said(&golden, "items"), "{name}");
        assert_eq!(said(&again.json(), "summary"), said(&golden, "summary"), "{name}");
        // All of it, but for the name of the program that exports it.
        let mut expected = golden.clone();
        expected["generator"] = again.json()["generator"].clone();
        let expected = canonical_json(&sealed(expected)).unwrap();
        assert!(again.bytes() == expected, "{name} goes out otherwise");
        if golden["generator"] == again.json()["generator"] {
            assert!(again.bytes() == bytes, "{name} goes out otherwise");
        }
        states.push(golden["inspection"]["status"].as_str().unwrap().to_owned());
    }
    states.sort();
    assert_eq!(states, ["amended", "completed", "in-progress"]);
}

/// The files say what was entered then: text that can't be read and rosters among it.
#[test]
fn the_reports_of_version_1_hold_what_is_hard_to_keep() {
    let texts: Vec<String> =
        reports().iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for part in [
        r#""unread":{"count":"1,5 hồ sơ"}"#,
        r#""unread":{"count":"12 hồ sơ"}"#,
        r#""since":"đầu năm""#,
        r#""number":"12/KH-UBND""#,
        r#""incompleteReason":"Chưa đủ số liệu quý III""#,
        r#""own":{"own-share":{"target":"80.5"},"report":{"due":"2026-03-15"}}"#,
    ] {
        assert!(texts.iter().any(|text| text.contains(part)), "{part}");
    }
}
