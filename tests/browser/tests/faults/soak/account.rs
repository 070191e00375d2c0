//! The acknowledged answers, compared with the stored ones.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use browser_tests::{Page, Response, Setup};
use serde_json::{Value, json};

/// An item of an inspection.
type Place = (String, String);

/// Records the acknowledgements of pages: the highest number of each place.
#[derive(Clone, Debug, Default)]
pub struct Account(Arc<Mutex<Heard>>);

/// The acknowledged answers.
#[derive(Clone, Debug, Default)]
struct Heard {
    count: u64,
    highest: BTreeMap<Place, u64>,
}

/// Returns the number in each answer of the vault, and the number of files.
const READ: &str = "
    const result = (request) => new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });
    return (async () => {
      const database = await result(indexedDB.open('tkt:default'));
      const transaction = database.transaction(['items', 'attachments']);
      const items = await result(transaction.objectStore('items').getAll());
      const files = await result(transaction.objectStore('attachments').count());
      database.close();
      const numbers = items.map((text) => JSON.parse(text)).map(({ inspection, part, body }) =>
        [[inspection, part], Number(JSON.stringify(body.answer ?? null).replace(/\\D/g, ''))]);
      return [numbers, files];
    })();
";

impl Account {
    /// Makes the pages of a setup report to it.
    pub fn attend(&self, setup: Setup) -> Setup {
        let heard = self.clone();
        setup.route("/acknowledged", move |request| {
            if let Some((place, number)) = told(&request.body) {
                let mut all = heard.0.lock().unwrap_or_else(PoisonError::into_inner);
                all.count += 1;
                let highest = all.highest.entry(place).or_default();
                *highest = number.max(*highest);
            }
            Response::new(204, "text/plain", "")
        })
    }

    /// Fails unless all acknowledged answers and all files are in the vault. Returns the number of
    /// acknowledgements.
    pub async fn check(&self, blank: &Page, files: u64) -> Result<u64> {
        let acknowledged = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (there, count): (Vec<(Place, u64)>, u64) =
            serde_json::from_value(blank.evaluate(READ, json!(null)).await?)?;
        ensure!(count == files, "there are {count} files, not {files}");
        let there: BTreeMap<_, _> = there.into_iter().collect();
        let missing: Vec<_> = acknowledged
            .highest
            .iter()
            .filter(|(place, number)| there.get(*place).is_none_or(|is| is < *number))
            .map(|(place, number)| format!("{place:?}: {number}, {:?} is there", there.get(place)))
            .collect();
        ensure!(missing.is_empty(), "what was acknowledged is missing:\n{}", missing.join("\n"));
        Ok(acknowledged.count)
    }
}

fn told(body: &[u8]) -> Option<(Place, u64)> {
    let told: Value = serde_json::from_slice(body).ok()?;
    let word = |name: &str| told.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(((word("inspection")?, word("item")?), told.get("serial")?.as_u64()?))
}

/// Returns the highest number that a tab has reached.
pub async fn serial(page: &Page) -> Result<u64> {
    let serial = page.evaluate("return window.serial ?? 0;", json!(null)).await?;
    serial.as_u64().context("a number")
}
