//! The stored data, read without the program from the database and from `localStorage`.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use browser_tests::Page;
use serde_json::{Value, json};

/// A version of an item's answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// The revision and the writer. The higher stamp wins.
    pub stamp: (u64, String),
    /// The entry.
    pub body: Value,
}

/// The versions of an inspection's items.
#[derive(Clone, Debug, Default)]
pub struct Stored {
    /// The versions in the vault.
    pub vault: BTreeMap<String, Version>,
    /// The versions in the journal.
    pub journal: BTreeMap<String, Version>,
}

/// Returns the texts of both, by place.
const READ: &str = "
    const result = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    return (async () => {
      // First: an entry leaves it only when the database has it.
      const journal = Object.entries({ ...localStorage })
        .filter(([key]) => key.startsWith('tkt:default:journal:')).map(([, text]) => text.split('\\n')[0]);
      const database = await result(indexedDB.open('tkt:default'));
      const vault = await result(database.transaction('items').objectStore('items').getAll());
      database.close();
      return { vault, journal };
    })();
";

impl Stored {
    /// Reads the stored data of an inspection, in any page of the origin.
    pub async fn of(page: &Page, inspection: &str) -> Result<Self> {
        let read = page.evaluate(READ, json!(null)).await?;
        let versions = |place: &str| versions(read.get(place), inspection);
        Ok(Self { vault: versions("vault")?, journal: versions("journal")? })
    }

    /// Returns the state that the program must reach when it starts: the higher version of each
    /// item.
    pub fn highest(&self) -> BTreeMap<String, Version> {
        let mut highest = self.vault.clone();
        for (item, version) in &self.journal {
            if highest.get(item).is_none_or(|vault| vault.stamp < version.stamp) {
                highest.insert(item.clone(), version.clone());
            }
        }
        highest
    }
}

fn versions(texts: Option<&Value>, inspection: &str) -> Result<BTreeMap<String, Version>> {
    let mut versions = BTreeMap::new();
    for text in texts.and_then(Value::as_array).into_iter().flatten() {
        let text = text.as_str().context("a record is a text")?;
        let record: Value = serde_json::from_str(text).context("a record is JSON")?;
        let word = |name: &str| {
            let word = record.get(name).and_then(Value::as_str).map(str::to_owned);
            word.with_context(|| format!("{record} has no {name}"))
        };
        let part = word("part")?;
        if word("inspection")? == inspection && !part.starts_with('@') {
            let revision = record.get("revision").and_then(Value::as_u64);
            let stamp = (revision.context("a revision")?, word("writer")?);
            let body = record.get("body").cloned().unwrap_or_default();
            versions.insert(part, Version { stamp, body });
        }
    }
    Ok(versions)
}
