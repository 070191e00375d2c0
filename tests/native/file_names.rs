//! Names of report files: plain ASCII, safe on every system.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::json;
use tu_kiem_tra::checklist::Checklist;
use tu_kiem_tra::report::{MAX_FILE_NAME, file_name};

use crate::arbitrary::{CHECKLISTS, periods};
use crate::support::{cases, header_with, small_checklist, small_definition};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    unit: String,
    period: String,
    name: String,
}

#[test]
fn names_are_made_of_unit_checklist_and_period() {
    let checklist = small_checklist();
    for Case { unit, period, name } in cases("file-names.json") {
        let header = header_with(&json!({"unit": {"name": unit}, "period": period}));
        assert_eq!(file_name(&header, &checklist, "json"), name, "{unit}");
    }
}

/// Macs write some letters as a base and its marks; older Windows keyboards compose half of each.
#[test]
fn composed_and_decomposed_names_are_one() {
    let checklist = small_checklist();
    let name =
        |unit: &str| file_name(&header_with(&json!({"unit": {"name": unit}})), &checklist, "json");
    let composed = name("Phường Mỹ Phước Đệ");
    assert_eq!(composed, "tu-kiem-tra_phuong-my-phuoc-de_tests_2026.json");
    assert_eq!(
        name("Phu\u{31b}o\u{31b}\u{300}ng My\u{303} Phu\u{31b}o\u{31b}\u{301}c Đe\u{323}\u{302}"),
        composed
    );
    assert_eq!(name("Phư\u{1a1}\u{300}ng My\u{303} Phước Đê\u{323}"), composed);
}

/// A checklist with the longest possible id.
static LONG: LazyLock<Checklist> = LazyLock::new(|| {
    let mut definition = small_definition();
    definition["id"] = json!("a".repeat(46) + "-b-" + &"c".repeat(31));
    Checklist::from_definition(definition).unwrap()
});

#[test]
fn long_names_keep_the_period_and_something_of_all() {
    let header = header_with(&json!({
        "unit": {"name": "Ủy ban nhân dân ".repeat(20)}, "period": "2026-10-01/2026-12-31"
    }));
    let name = file_name(&header, &LONG, "json");
    assert!(name.len() <= MAX_FILE_NAME, "{name}");
    assert!(name.starts_with("tu-kiem-tra_uy-ban-nhan-dan-uy-ban"), "{name}");
    assert!(name.ends_with("-b_2026-10-01_2026-12-31.json"), "{name}");
    assert!(!name.contains("-_"), "{name}");
}

proptest! {
    #[test]
    fn every_name_is_safe(unit in "\\PC{0,200}x", period in periods(), long: bool) {
        let header = header_with(&json!({"unit": {"name": unit}, "period": period.to_string()}));
        let name = file_name(&header, if long { &LONG } else { &CHECKLISTS[0] }, "json");
        prop_assert!(name.len() <= MAX_FILE_NAME, "{}", name);
        let safe = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        prop_assert!(name.chars().all(safe), "{}", name);
        prop_assert!(name.starts_with("tu-kiem-tra_") && name.ends_with(".json"), "{}", name);
        for twice in ["--", "-_", "_-", "__", ".."] {
            prop_assert!(!name.contains(twice), "{}", name);
        }
    }
}
