//! Checklists, reports and backups.

use serde_json::{Value, json};
use tu_kiem_tra::backup::{merge, read_backup};
use tu_kiem_tra::checklist::{Checklist, Digest, Language};
use tu_kiem_tra::messages::messages;
use tu_kiem_tra::report::{Report, import};
use tu_kiem_tra::review::{Preview, flaws};

use super::{Reader, digest, sealed, small};
use crate::{Prepared, definition, inspection, today};

/// Reads a checklist file and describes it or its faults.
fn checklist(file: &Value) -> Prepared {
    let file = file.to_string();
    Box::new(move || match Checklist::from_bytes(file.as_bytes()) {
        Ok(checklist) => Preview::of(&checklist, Language::Vi).lines().len(),
        Err(problems) => flaws(&problems, messages(Language::Vi)).len(),
    })
}

/// Reads the small checklist with another value at a place.
fn with(pointer: &str, value: Value) -> Prepared {
    let mut file = small();
    *file.pointer_mut(pointer).expect("a place") = value;
    checklist(&file)
}

/// Returns `count` copies of the small checklist's first item, each with a change.
fn items(count: usize, change: impl Fn(&mut Value, usize)) -> Value {
    let item = &small()["items"][0];
    let changed = (0..count).map(|place| {
        let mut item = item.clone();
        item["id"] = format!("item-{place}").into();
        change(&mut item, place);
        item
    });
    changed.collect()
}

fn list(count: usize, element: impl Fn(usize) -> Value) -> Value {
    (0..count).map(element).collect()
}

fn object(count: usize, name: &str, value: &Value) -> Value {
    Value::Object((0..count).map(|place| (format!("{name}{place}"), value.clone())).collect())
}

pub fn checklists() -> Vec<Reader> {
    vec![
        Reader::new("checklist", 100, |n| checklist(&definition(n))),
        Reader::new("checklist: items that are {}", 1_000, |n| {
            with("/items", list(n, |_| json!({})))
        }),
        Reader::new("checklist: items that are texts", 2_000, |n| {
            with("/items", list(n, |_| "x".into()))
        }),
        Reader::new("checklist: too many items", 21_000, |n| with("/items", list(n, |_| 1.into()))),
        Reader::new("checklist: areas of another shape", 2_000, |n| {
            with("/areas", list(n, |_| 1.into()))
        }),
        Reader::new("checklist: duplicates", 300, |n| {
            with("/items", items(n, |item, _| item["id"] = "same".into()))
        }),
        Reader::new("checklist: unknown areas", 300, |n| {
            with("/items", items(n, |item, place| item["area"] = format!("area-{place}").into()))
        }),
        Reader::new("checklist: no kind", 300, |n| {
            with("/items", items(n, |item, _| item["kind"] = 1.into()))
        }),
        Reader::new("checklist: nearly known names", 300, |n| {
            with("/items", items(n, |item, _| item["performer"] = 1.into()))
        }),
        Reader::new("checklist: unknown fields of one item", 2_000, |n| {
            with("/items/0", object(n, "numeratorDenominator", &1.into()))
        }),
        Reader::new("checklist: notes on the law without what they need", 5_000, |n| {
            with("/items/0/legal", list(n, |_| json!({})))
        }),
        Reader::new("checklist: performers", 5_000, |n| {
            with("/items/0/performers", list(n, |_| "commune".into()))
        }),
        Reader::new("checklist: columns", 1_000, |n| {
            let column = |place| json!({"id": format!("c{place}"), "label": {"vi": "x"}, "type": "check", "counts": true});
            with("/items/8/columns", list(n, column))
        }),
        Reader::new("checklist: parts", 1_000, |n| {
            with(
                "/items/9/parts",
                list(n, |place| json!({"id": format!("p{place}"), "text": {"vi": "x"}})),
            )
        }),
        Reader::new("checklist: a long identifier", 100_000, |n| {
            with("/items/0/id", "ậ".repeat(n).into())
        }),
        Reader::new("checklist: a long text", 100_000, |n| {
            with("/items/0/text/vi", "ậ".repeat(n).into())
        }),
        Reader::new("checklist: a long name of a field", 100_000, |n| {
            let mut file = small();
            file["items"][0]["x/~".repeat(n)] = 1.into();
            checklist(&file)
        }),
        Reader::new("checklist: deep nesting", 100_000, |n| {
            let file = "[".repeat(n);
            Box::new(move || Checklist::parse(&file).map_or_else(|problems| problems.len(), |_| 0))
        }),
        Reader::new("checklist: JSON that ends in a slip", 20_000, |n| {
            let file = ["[", &"\n\"ậ\",".repeat(n), "x]"].concat();
            Box::new(move || Checklist::parse(&file).map_or_else(|problems| problems.len(), |_| 0))
        }),
    ]
}

/// Reads a report and writes it again, if it can be read.
fn report(file: Vec<u8>) -> Prepared {
    Box::new(move || match import(&file) {
        Ok(inspection) => Report::of(&inspection, today()).bytes().len(),
        Err(error) => error.to_string().len(),
    })
}

/// Returns the report on the small checklist, with nothing entered.
fn blank() -> Value {
    let definition = small();
    json!({
        "format": "tu-kiem-tra/report", "formatVersion": 1,
        "generator": {"name": "tu-kiem-tra", "version": "0.1.0"},
        "inspection": {
            "id": "3f2b8c1e-9d4a-4e6b-8a57-0c1d2e3f4a5b", "status": "in-progress", "asOf": "2026-11-21",
            "createdAt": "2026-11-20T08:00:00+07:00", "updatedAt": "2026-11-21T09:30:15.250+07:00",
            "period": "2026", "unit": {"name": "Phường 1", "type": "commune"},
        },
        "checklist": {
            "id": definition["id"], "version": definition["version"], "sha256": digest(&definition),
            "definition": definition,
        },
        "items": [],
        "summary": {
            "total": 0, "answered": 0, "met": 0, "partlyMet": 0, "notMet": 0, "notApplicable": 0, "invalid": 0,
            "areas": [],
        },
    })
}

fn changed(change: impl FnOnce(&mut Value)) -> Prepared {
    let mut file = blank();
    change(&mut file);
    report(sealed(file))
}

/// Returns a report with an answer to one item.
fn answered(id: &str, kind: &str, fields: Value) -> Prepared {
    let mut item = json!({"id": id, "kind": kind, "verdict": "unanswered"});
    for (name, value) in fields.as_object().into_iter().flatten() {
        item[name] = value.clone();
    }
    changed(|file| file["items"] = json!([item]))
}

fn evidence(place: usize) -> Value {
    let sha256 = Digest::of(&place.to_le_bytes()).to_string();
    json!({"name": "anh.jpg", "type": "image/jpeg", "size": 1, "sha256": sha256})
}

/// Returns the answers kept from earlier versions of the checklist.
fn earlier(versions: usize, items: usize, same: bool) -> Value {
    let definition = &small()["items"][0];
    let item = |place: usize| {
        let id = if same { "same".to_owned() } else { format!("item-{place}") };
        let mut definition = definition.clone();
        definition["id"] = id.clone().into();
        json!({"id": id, "kind": "attestation", "definition": definition, "verdict": "met", "answer": {"verdict": "met"}})
    };
    let version = |_| {
        let edition = json!({"id": "small", "version": "1", "sha256": "0".repeat(64)});
        json!({"checklist": edition, "asOf": "2026-01-01", "items": list(items, item)})
    };
    list(versions, version)
}

pub fn reports() -> Vec<Reader> {
    vec![
        Reader::new("report", 60, |n| report(Report::of(&inspection(n), today()).bytes().to_vec())),
        Reader::new("report: a checklist of faults alone", 1_000, |n| {
            changed(|file| {
                let definition = json!({"items": list(n, |_| json!({}))});
                file["checklist"]["sha256"] = digest(&definition).into();
                file["checklist"]["definition"] = definition;
            })
        }),
        Reader::new("report: evidence", 500, |n| {
            answered("attested", "attestation", json!({"evidence": list(n, evidence)}))
        }),
        Reader::new("report: evidence named twice at its end", 500, |n| {
            answered(
                "attested",
                "attestation",
                json!({"evidence": list(n, |place| evidence(place.min(n - 2)))}),
            )
        }),
        Reader::new("report: rows", 500, |n| {
            let rows =
                list(n, |_| json!({"name": "Khai sinh", "desk": true, "since": "2026-10-01"}));
            answered("posted", "roster", json!({"answer": {"rows": rows}}))
        }),
        Reader::new("report: cells of one row", 2_000, |n| {
            answered(
                "posted",
                "roster",
                json!({"answer": {"rows": [object(n, "c", &true.into())]}}),
            )
        }),
        Reader::new("report: periods", 1_000, |n| {
            let period =
                |place| format!("{}-{:02}", 1900 + place / 12 % 1_100, place % 12 + 1).into();
            answered("monthly", "periodic", json!({"answer": {"donePeriods": list(n, period)}}))
        }),
        Reader::new("report: unknown parts", 2_000, |n| {
            answered("notice", "parts", json!({"answer": {"parts": object(n, "p", &true.into())}}))
        }),
        Reader::new("report: texts that can't be read", 2_000, |n| {
            answered(
                "attested",
                "attestation",
                json!({"answer": {"unread": object(n, "u", &"x".into())}}),
            )
        }),
        Reader::new("report: a long note", 50_000, |n| {
            answered("attested", "attestation", json!({"note": "ậ\n\"".repeat(n)}))
        }),
        Reader::new("report: items named twice", 1_000, |n| {
            let item = json!({"id": "attested", "kind": "attestation", "verdict": "met"});
            changed(|file| file["items"] = list(n, |_| item.clone()))
        }),
        Reader::new("report: items of another shape", 2_000, |n| {
            changed(|file| file["items"] = list(n, |_| 1.into()))
        }),
        Reader::new("report: questions", 2_000, |n| {
            changed(|file| file["inspection"]["questions"] = object(n, "q", &true.into()))
        }),
        Reader::new("report: own targets", 2_000, |n| {
            changed(|file| file["inspection"]["own"] = object(n, "o", &json!({"target": "1"})))
        }),
        Reader::new("report: inspectors", 2_000, |n| {
            changed(|file| file["inspection"]["inspectors"] = list(n, |_| "Nguyễn Thị Hạnh".into()))
        }),
        Reader::new("report: unknown fields", 2_000, |n| {
            changed(|file| file["inspection"]["unit"] = object(n, "name", &1.into()))
        }),
        Reader::new("report: earlier answers", 60, |n| {
            changed(|file| file["earlier"] = earlier(1, n, false))
        }),
        Reader::new("report: an earlier answer named twice at its end", 60, |n| {
            changed(|file| {
                file["earlier"] = earlier(1, n, false);
                let again = file["earlier"][0]["items"][0].clone();
                file["earlier"][0]["items"][n - 1] = again;
            })
        }),
        Reader::new("report: earlier versions", 60, |n| {
            changed(|file| file["earlier"] = earlier(n, 1, true))
        }),
        Reader::new("report: a summary of many areas", 1_000, |n| {
            let area = json!({"id": "a", "total": 0, "answered": 0, "met": 0, "partlyMet": 0, "notMet": 0, "notApplicable": 0, "invalid": 0});
            changed(|file| file["summary"]["areas"] = list(n, |_| area.clone()))
        }),
        Reader::new("report: deep nesting", 50_000, |n| {
            report(["{\"format\":", &"[".repeat(n)].concat().into_bytes())
        }),
        Reader::new("report: nested as deep as is read", 5_000, |n| {
            let deep = ["[".repeat(120), "]".repeat(120)].concat();
            let deep: Value = serde_json::from_str(&deep).expect("it is JSON");
            changed(|file| file["generator"]["name"] = list(n / 100, |_| deep.clone()))
        }),
        Reader::new("report: not as it was written", 20_000, |n| {
            let mut file = blank();
            file["integrity"] = json!({"canonicalization": "RFC8785", "sha256": ""});
            file["generator"]["name"] = "x".repeat(n).into();
            report(file.to_string().into_bytes())
        }),
    ]
}

fn record(part: &str, body: &str) -> Value {
    json!({"part": part, "revision": 1, "writer": "0123456789abcdef", "body": body})
}

fn uuid(place: usize) -> String {
    format!("00000000-0000-4000-8000-{place:012x}")
}

/// Reads a backup with these workspaces.
fn backup(workspaces: Value, checklists: Value) -> Prepared {
    let file = sealed(json!({
        "format": "tu-kiem-tra/backup", "formatVersion": 1,
        "generator": {"name": "tu-kiem-tra", "version": "0.1.0"}, "madeAt": "2026-11-20T08:00:00+07:00",
        "complete": true, "workspaces": workspaces, "checklists": checklists,
    }));
    Box::new(move || match read_backup(&file) {
        Ok(backup) => backup.inspections().count() + 1,
        Err(error) => error.to_string().len(),
    })
}

fn workspace(inspections: Value) -> Value {
    json!([{"id": "", "name": "", "inspections": inspections}])
}

pub fn backups() -> Vec<Reader> {
    vec![
        Reader::new("backup: inspections", 300, |n| {
            let inspection =
                |place| json!({"id": uuid(place), "records": [record("@header", "{}")]});
            backup(workspace(list(n, inspection)), json!({}))
        }),
        Reader::new("backup: records", 500, |n| {
            let records = list(n, |place| record(&format!("item-{place}"), "{}"));
            backup(workspace(json!([{"id": uuid(0), "records": records}])), json!({}))
        }),
        Reader::new("backup: workspaces", 500, |n| {
            let workspace = |place| json!({"id": uuid(place), "name": "Tổ 1", "inspections": []});
            backup(list(n, workspace), json!({}))
        }),
        Reader::new("backup: what was set aside", 500, |n| {
            let aside = list(n, |_| json!({"origin": "x", "at": "", "text": "x"}));
            backup(json!([{"id": "", "name": "", "inspections": [], "setAside": aside}]), json!({}))
        }),
        Reader::new("backup: checklists", 300, |n| {
            let checklists = (0..n).map(|place| {
                let checklist = json!({"id": place.to_string()});
                (digest(&checklist), checklist)
            });
            backup(json!([]), Value::Object(checklists.collect()))
        }),
        Reader::new("backup: a long record", 20_000, |n| {
            let body = json!({"note": "ậ\"".repeat(n)}).to_string();
            backup(workspace(json!([{"id": uuid(0), "records": [record("a", &body)]}])), json!({}))
        }),
        Reader::new("backup: a record nested deep", 20_000, |n| {
            backup(
                workspace(json!([{"id": uuid(0), "records": [record("a", &"[".repeat(n))]}])),
                json!({}),
            )
        }),
        Reader::new("backup: restoring what is here in part", 200, |n| {
            let records = |revision: u64| {
                let records = (0..n).map(|place| {
                    let mut record = record(&format!("item-{place}"), "{}");
                    record["revision"] = (revision + place as u64 % 2).into();
                    record
                });
                let header = record("@header", r#"{"lineage":"a"}"#);
                records.chain([header]).collect::<Vec<_>>()
            };
            let there = json!({"id": uuid(0), "records": records(1)});
            let there = serde_json::from_value(there).expect("an inspection");
            let here: Vec<_> = serde_json::from_value(records(2).into()).expect("records");
            Box::new(move || merge(&there, |_| here.clone()).write.records.len() + 1)
        }),
    ]
}
