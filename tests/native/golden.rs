//! Reports that earlier versions exported are imported, and exported unchanged: `tests/golden/`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tu_kiem_tra::checklist::canonical_json;
use tu_kiem_tra::report::{Report, import};

use crate::support::{day, sealed};

/// Returns the reports of a version, one for each state.
fn reports(version: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folder = root.join(version).join("reports");
    fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn reports_of_version_1_come_in_and_go_out_as_they_were() {
    assert_eq!(come_in_and_go_out("v1"), ["amended", "completed", "in-progress"]);
}

#[test]
fn reports_of_version_2_come_in_and_go_out_as_they_were() {
    assert_eq!(come_in_and_go_out("v2"), ["completed", "in-progress"]);
}

/// Imports each report of a version and writes it anew. Returns the states, in order.
fn come_in_and_go_out(version: &str) -> Vec<String> {
    let mut states = Vec::new();
    for path in reports(version) {
        let name = path.display();
        let bytes = fs::read(&path).unwrap();
        let golden: Value = serde_json::from_slice(&bytes).unwrap();
        let imported = import(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = Report::of(&imported, day("2031-02-03"));

        let said = |report: &Value, member: &str| report[member].clone();
        assert_eq!(said(&again.json(), "items"), said(&golden, "items"), "{name}");
        assert_eq!(said(&again.json(), "summary"), said(&golden, "summary"), "{name}");
        // All of it, except the program that exports it.
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
    states
}

/// The files have the entries of that time: unreadable texts and rosters among them.
#[test]
fn the_reports_of_version_1_hold_what_is_hard_to_keep() {
    let parts = [
        r#""unread":{"count":"1,5 hồ sơ"}"#,
        r#""unread":{"count":"12 hồ sơ"}"#,
        r#""since":"đầu năm""#,
        r#""number":"12/KH-UBND""#,
        r#""incompleteReason":"Chưa đủ số liệu quý III""#,
        r#""own":{"own-share":{"target":"80.5"},"report":{"due":"2026-03-15"}}"#,
    ];
    check_parts("v1", &parts);
}

/// So have these: parts that did not arise, targets and intervals beside printed ones, details of
/// the printed report.
#[test]
fn the_reports_of_version_2_hold_what_came_to_it() {
    let parts = [
        r#""partsNotApplicable":["annex"]"#,
        r#""partsNotApplicable":["forwarding","reception","resolution"]"#,
        r#""own":{"on-time":{"target":"98"},"periodic-reports":{"every":"month"}}"#,
        r#""own":{"remedy-report":{"due":"2026-12-15"}}"#,
        r#""unread":{"target":"gần 4"}"#,
        r#""signer":"Trần Văn Đức""#,
    ];
    check_parts("v2", &parts);
}

fn check_parts(version: &str, parts: &[&str]) {
    let texts: Vec<String> =
        reports(version).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    for part in parts {
        assert!(texts.iter().any(|text| text.contains(part)), "{part}");
    }
}
