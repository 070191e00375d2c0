//! The contents of a device, as a bare reader finds them, and as the program shows them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use serde_json::Value;

use super::action::Action;

/// The members that each start or each writer sets anew.
const VOLATILE: [&str; 12] = [
    "asOf",
    "at",
    "completedAt",
    "createdAt",
    "exportedAt",
    "generator",
    "integrity",
    "lineage",
    "revision",
    "touched",
    "updatedAt",
    "writer",
];

/// Keys and values: texts, or the number of bytes of other values.
type Entries = BTreeMap<String, Value>;

/// The contents found by a bare reader.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// The object stores of all databases, by database and name.
    databases: BTreeMap<String, BTreeMap<String, Entries>>,
}

/// The contents after an action, after its page was closed, and after a fresh start with working
/// storage.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Before the start.
    pub left: Stored,
    /// After the start.
    pub settled: Stored,
    /// The export of each listed inspection, or the error code if it can't be opened.
    reports: BTreeMap<String, Value>,
}

impl Stored {
    fn read(value: Option<&Value>) -> Result<Self> {
        let databases = value.and_then(|value| value.get("databases")).cloned();
        Ok(Self { databases: serde_json::from_value(databases.context("databases")?)? })
    }

    /// Returns all entries of the stores of this name.
    pub fn entries(&self, store: &str) -> impl Iterator<Item = (&str, &Value)> {
        let stores = self.databases.values().filter_map(move |stores| stores.get(store));
        stores.flatten().map(|(key, value)| (key.as_str(), value))
    }

    /// Returns the records of the stores of this name.
    pub fn records(&self, store: &str) -> impl Iterator<Item = (&str, Value)> {
        let read = |value: &Value| serde_json::from_str(value.as_str()?).ok();
        self.entries(store).filter_map(move |(key, value)| Some((key, read(value)?)))
    }

    /// Returns the revisions of all records, by key.
    pub fn revisions(&self) -> BTreeMap<&str, u64> {
        let records = self.records("overviews").chain(self.records("items"));
        let revision = |record: &Value| record.get("revision").and_then(Value::as_u64);
        records.filter_map(|(key, record)| Some((key, revision(&record)?))).collect()
    }
}

impl Contents {
    /// Parses the driver's result.
    pub fn read(value: &Value) -> Result<Self> {
        let reports = value.get("reports").cloned().context("reports")?;
        Ok(Self {
            left: Stored::read(value.get("left"))?,
            settled: Stored::read(value.get("settled"))?,
            reports: serde_json::from_value(reports)?,
        })
    }

    /// Returns everything that a person has, piece by piece, without times: the exports of the
    /// inspections, the deleted ones, and what can be restored. The id of an inspection unknown to
    /// `before` is random, unless it comes from a file.
    pub fn pieces(&self, before: &Self, action: Action) -> BTreeMap<String, Value> {
        let known: BTreeSet<&String> = before.reports.keys().collect();
        let new: Vec<_> = self.reports.keys().filter(|id| !known.contains(id)).collect();
        let named = |text: &str| match new.as_slice() {
            [only] if !action.goes_by_inspection() => text.replace(*only, "new"),
            _ => text.to_owned(),
        };
        let lasting = |value: &Value| {
            let mut value: Value =
                serde_json::from_str(&named(&value.to_string())).unwrap_or_default();
            drop_volatile(&mut value);
            value
        };
        let mut pieces = BTreeMap::new();
        for (id, report) in &self.reports {
            pieces.insert(named(id), lasting(report));
        }
        for (key, record) in self.settled.records("kept") {
            pieces.insert(named(&format!("kept {key}")), lasting(&record));
        }
        for (key, header) in self.settled.records("overviews") {
            if header.pointer("/body/deletedAt").is_some_and(|at| !at.is_null()) {
                pieces.insert(named(&format!("deleted {key}")), Value::Null);
            }
        }
        pieces
    }
}

fn drop_volatile(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|name, _| !VOLATILE.contains(&name.as_str()));
            members.values_mut().for_each(drop_volatile);
        }
        Value::Array(values) => values.iter_mut().for_each(drop_volatile),
        _ => {}
    }
}
