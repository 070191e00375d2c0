//! The helpers that the tests share: reading cases, a small checklist with an item of every kind,
//! inspections.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tu_kiem_tra::checklist::{Checklist, Digest, Item, canonical_json, date_from_iso};
use tu_kiem_tra::inspection::{Entries, Entry, Header, Inspection, Period, RawEntry, Successive};
use tu_kiem_tra::report::Report;

/// Returns the text of a file in `tests/cases`.
pub fn case_text(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the rows of a file in `tests/cases`; never none.
pub fn cases<T: DeserializeOwned>(file: &str) -> Vec<T> {
    let rows: Vec<T> =
        serde_json::from_str(&case_text(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    assert!(!rows.is_empty(), "{file} is empty");
    rows
}

/// Returns a year as the period of inspections.
pub fn a_year() -> Period {
    Period::parse("2026").unwrap()
}

pub fn day(text: &str) -> NaiveDate {
    date_from_iso(text).unwrap_or_else(|| panic!("{text} is no date"))
}

/// Returns the small checklist's file.
pub fn small_definition() -> Value {
    serde_json::from_str(&case_text("checklist.json")).unwrap()
}

/// Returns a checklist with an item of every kind.
pub fn small_checklist() -> Arc<Checklist> {
    Arc::new(Checklist::from_definition(small_definition()).unwrap())
}

/// Returns an item of the small checklist with some of its fields replaced.
pub fn item_with(id: &str, fields: &Value) -> Arc<Item> {
    let mut definition = small_definition();
    let items = definition["items"].as_array_mut().unwrap();
    let item = items.iter_mut().find(|item| item["id"] == id).unwrap();
    for (name, value) in fields.as_object().unwrap() {
        item[name] = value.clone();
    }
    Checklist::from_definition(definition).unwrap().item(id).unwrap().clone()
}

/// Returns the header of an open inspection by a commune.
pub fn header(period: &str) -> Header {
    header_with(&json!({"period": period}))
}

/// Returns a header with some of its fields replaced.
pub fn header_with(fields: &Value) -> Header {
    let mut raw = json!({
        "id": "3f2b8c1e-9d4a-4e6b-8a57-0c1d2e3f4a5b",
        "status": "in-progress",
        "createdAt": "2026-11-20T08:00:00+07:00",
        "updatedAt": "2026-11-21T09:30:15.250+07:00",
        "period": "2026",
        "unit": {"name": "Phường 1", "type": "commune"},
    });
    for (name, value) in fields.as_object().unwrap() {
        raw[name] = value.clone();
    }
    Header::from_raw(serde_json::from_value(raw).unwrap()).unwrap()
}

/// Returns entries of a checklist, from `{"item": {"answer": …, "own": …, "note": …}}`.
pub fn entries(checklist: &Checklist, raw: &Value) -> Entries {
    let entry = |(id, raw): (&String, &Value)| {
        let item = checklist.item(id).unwrap_or_else(|| panic!("no item {id}"));
        let raw: RawEntry = serde_json::from_value(raw.clone()).unwrap();
        (
            item.id.clone(),
            Entry::from_raw(raw, item).unwrap_or_else(|fault| panic!("{id}: {fault}")),
        )
    };
    raw.as_object().unwrap().iter().map(entry).collect()
}

pub fn inspection(checklist: Arc<Checklist>, header: Header, raw: &Value) -> Inspection {
    let entries = entries(&checklist, raw);
    Inspection { header, checklist, entries, earlier: Vec::new(), details: None }
}

/// Returns an inspection by the small checklist with entries for most kinds.
pub fn small_inspection() -> Inspection {
    let header = header_with(&json!({
        "period": "2026-Q4",
        "superior": "Ủy ban nhân dân thành phố",
        "inspectors": ["Nguyễn Thị Hạnh", "Trần Văn Đức"],
        "questions": {"inspected": true},
        "unit": {"name": "Phường 1", "code": "28759", "type": "commune"},
    }));
    let entries = json!({
        "attested": {"answer": {"verdict": "partly-met", "reason": "Chưa xong"}, "note": "Xem lại"},
        "share": {"answer": {"numerator": 24, "denominator": 25}},
        "own-share": {"answer": {"numerator": 1, "denominator": 3}, "own": {"target": "33.3"}},
        "overdue": {"answer": {"unread": {"count": "1,5 hồ sơ"}}},
        "hours": {"answer": {"quantity": "4.5"}},
        "report": {"answer": {"notYet": true}, "own": {"due": "2026-12-15"}},
        "old-plan": {"answer": {"notApplicable": true, "reason": "Đã hết hạn"}},
        "monthly": {"answer": {"donePeriods": ["2026-10"]}},
        "posted": {"answer": {"rows": [
            {"name": "Khai sinh", "desk": true, "website": true, "since": "2026-10-01"},
            {"name": "Kết hôn", "desk": true, "seen": true},
            {}
        ]}},
        "notice": {"answer": {"parts": {"address": true, "phone": false}}},
        "proposals": {"answer": {"text": "Cần thêm máy quét.\nVà 1 máy in \"A3\"."}},
        "office-only": {"note": "Không phải việc của phường"}
    });
    inspection(small_checklist(), header, &entries)
}

/// The report of the small inspection.
pub static SMALL_REPORT: LazyLock<Report> =
    LazyLock::new(|| Report::of(&small_inspection(), day("2026-11-21")));

/// Returns a report's JSON with a digest that fits it again.
pub fn sealed(mut report: Value) -> Value {
    report.as_object_mut().unwrap().remove("integrity");
    let sha256 = Digest::of(&canonical_json(&report).unwrap()).to_string();
    report["integrity"] = json!({"canonicalization": "RFC8785", "sha256": sha256});
    report
}

/// Puts values at JSON pointers and removes others; a pointer's parent must exist.
pub fn change(value: &mut Value, set: &serde_json::Map<String, Value>, remove: &[String]) {
    for pointer in remove {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = value.pointer_mut(parent).unwrap_or_else(|| panic!("no {pointer}"));
        match parent {
            Value::Object(members) => {
                _ = members.remove(name).unwrap_or_else(|| panic!("no {pointer}"))
            }
            Value::Array(elements) => _ = elements.remove(name.parse().unwrap()),
            _ => panic!("{pointer} has no parent"),
        }
    }
    for (pointer, new) in set {
        if pointer.is_empty() {
            *value = new.clone();
            continue;
        }
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let name = name.replace("~1", "/").replace("~0", "~");
        match value.pointer_mut(parent).unwrap_or_else(|| panic!("no {pointer}")) {
            Value::Array(elements) if name == "-" => elements.push(new.clone()),
            Value::Array(elements) => elements[name.parse::<usize>().unwrap()] = new.clone(),
            Value::Object(members) => _ = members.insert(name, new.clone()),
            _ => panic!("{pointer} has no parent"),
        }
    }
}

/// Returns the period of an inspection, and that of the next one.
pub fn periods(before: &str, next: &str) -> Successive {
    let period = |text| Period::parse(text).unwrap();
    Successive { before: period(before), next: period(next) }
}
