//! Proofs that each invariant can be violated, on invented contents.

use serde_json::{Value, json};

use super::action::Action;
use super::contents::Contents;
use super::invariants::{Run, Told, violations};

/// Returns a device with the inspection `own`, whose item has this count and revision, and perhaps
/// a restorable version.
fn contents(count: Value, revision: u64, kept: bool) -> Contents {
    let record = |part: &str, body: Value| {
        let record = json!({
            "version": 1, "inspection": "own", "part": part, "revision": revision, "writer": "w", "body": body,
        });
        record.to_string()
    };
    let header = record("@header", json!({ "checklist": { "sha256": "c" } }));
    let photo = json!([{ "sha256": "p", "size": 3 }]);
    let item = record("overdue", json!({ "answer": { "count": count }, "evidence": photo }));
    let all = json!({
        "overviews": { "own/@header": header },
        "items": { "own/overdue": item },
        "checklists": { "c": "{}" },
        "attachments": { "own/p": 3 },
        "kept": if kept { json!({ "own/overdue": record("overdue", json!({ "count": 5 })) }) } else { json!({}) },
    });
    looked(&all, &json!({ "own": { "items": [{ "count": count }], "updatedAt": revision } }))
}

fn looked(stores: &Value, reports: &Value) -> Contents {
    let stored = json!({ "databases": { "tkt:default": stores }, "entries": {} });
    let all = json!({ "left": stored, "settled": stored, "reports": reports });
    Contents::read(&all).unwrap_or_default()
}

/// Returns the violations after an answer of 5 was cleared.
fn broken(told: Told, contents: Contents, acknowledged: u64) -> Vec<String> {
    let run = Run {
        struck: "put".to_owned(),
        calls: 1,
        failed: 1,
        told,
        is_saved: false,
        has_stopped: false,
        acknowledged: [("own/overdue".to_owned(), acknowledged)].into(),
        contents,
    };
    violations(Action::Clear, &before(), &done(), &run)
}

fn before() -> Contents {
    contents(json!(5), 2, false)
}

fn done() -> Contents {
    contents(Value::Null, 3, true)
}

#[test]
fn what_is_whole_breaks_nothing() {
    for told in [Told::Done, Told::Nothing] {
        assert_eq!(broken(told, done(), 3), [""; 0]);
    }
    for told in [Told::Refused("storage-failed".to_owned()), Told::Nothing] {
        assert_eq!(broken(told, before(), 2), [""; 0]);
    }
    // Times and revisions make no difference.
    assert_eq!(broken(Told::Done, contents(Value::Null, 9, true), 3).len(), 0);
}

#[test]
fn what_was_said_and_is_not_so() {
    let refused = Told::Refused("storage-failed".to_owned());
    assert_eq!(
        broken(refused, done(), 3),
        ["refused, but kept own/overdue: as wanted; own: as wanted"]
    );
    assert_eq!(
        broken(Told::Done, before(), 2),
        ["said to be done, but kept own/overdue: not there; own: as before"]
    );
    assert_eq!(broken(Told::Never, before(), 2), ["neither done nor refused"]);
}

#[test]
fn what_is_there_in_part() {
    assert_eq!(
        broken(Told::Nothing, contents(Value::Null, 3, false), 3),
        ["in part: kept own/overdue: not there; own: as wanted"]
    );
}

#[test]
fn what_was_acknowledged_and_what_falls() {
    assert_eq!(broken(Told::Nothing, before(), 3), ["own/overdue 3 was said to be saved"]);
    assert_eq!(
        broken(Told::Nothing, contents(json!(5), 1, false), 0),
        ["the stamp of own/@header fell from 2 to 1", "the stamp of own/overdue fell from 2 to 1"]
    );
}

#[test]
fn what_names_something_that_is_not_there() {
    let item = json!({ "revision": 2, "body": { "answer": {}, "evidence": [{ "sha256": "p", "size": 3 }] } });
    let header = json!({ "revision": 2, "body": { "checklist": { "sha256": "c" } } });
    let stores = json!({
        "overviews": { "own/@header": header.to_string() },
        "items": { "own/overdue": item.to_string() },
        "attachments": { "own/p": 2 },
    });
    let reports = json!({ "own": { "error": "damaged-inspection" } });
    assert_eq!(
        broken(Told::Nothing, looked(&stores, &reports), 2),
        [
            "in part: kept own/overdue: not there; own: damaged",
            "no checklist for own/@header",
            "no bytes for a name in items own/overdue",
        ]
    );
}
