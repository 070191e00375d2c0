//! The messages of living pages: what was typed, what became an edit, what was acknowledged. They
//! are recorded outside of the browser at the moment they happen.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use browser_tests::{Page, Response, Setup, wait_until};
use serde_json::{Value, json};

/// The contents of an item's fields, in their order.
pub type Fields = Vec<String>;

/// Records the messages of pages.
#[derive(Clone, Debug, Default)]
pub struct Witness {
    /// The messages in their order, by load and number. A message that can't be sent in one way is
    /// sent in the other, and may arrive twice and late.
    heard: Arc<Mutex<BTreeMap<String, BTreeMap<u64, Value>>>>,
}

/// The messages of one load of a page.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// The text typed into a field that did not become an edit yet, by item and place in the item.
    pub typed: BTreeMap<(String, usize), String>,
    /// The number of keystrokes and clicks that reached a field.
    pub strokes: u64,
    /// The revisions of edits, by item, with the contents of the fields at that time if known.
    pub changes: BTreeMap<String, BTreeMap<u64, Option<Fields>>>,
    /// The highest acknowledged revision, by item.
    pub saved: BTreeMap<String, u64>,
    /// The total number of messages, once the page was left.
    all: Option<u64>,
    /// The number up to which all messages have arrived.
    heard: u64,
}

impl Witness {
    /// Makes the pages of a setup, which load `/witness.js`, report to it.
    pub fn attend(&self, setup: Setup) -> Setup {
        let heard = Arc::clone(&self.heard);
        setup
            .file("/witness.js", "text/javascript; charset=utf-8", include_str!("witness.js"))
            .route("/witness", move |request| {
                if let Ok(message) = serde_json::from_slice::<Value>(&request.body)
                    && let Some(load) = message.get("load").and_then(Value::as_str)
                    && let Ok(number) = number(&message, "number")
                {
                    let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                    heard.entry(load.to_owned()).or_default().insert(number, message);
                }
                Response::new(204, "text/plain", "")
            })
    }

    /// Returns the name of a page's load.
    pub async fn load(page: &Page) -> Result<String> {
        let load = page.evaluate("return window.__witness?.load ?? null;", json!(null)).await?;
        Ok(load.as_str().context("the page has no witness")?.to_owned())
    }

    /// Returns the messages of a load so far.
    pub fn told(&self, load: &str) -> Result<Told> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let messages = heard.get(load).cloned().unwrap_or_default();
        drop(heard);
        let heard = (1..).find(|number| !messages.contains_key(number)).unwrap_or(1) - 1;
        let mut told = Told { heard, ..Told::default() };
        for message in messages.into_values() {
            told.take(&message).with_context(|| message.to_string())?;
        }
        Ok(told)
    }

    /// Waits until all messages of a page that was left have arrived.
    pub async fn all_of(&self, load: &str) -> Result<Told> {
        wait_until("all that the page told", async || {
            let told = self.told(load)?;
            let all = told.all.context("it did not tell that it was left")?;
            // The acknowledgement of a save during the leaving may arrive a little later.
            ensure!(told.heard >= all, "{} of {all} arrived", told.heard);
            Ok(Some(told))
        })
        .await
    }
}

impl Told {
    /// Returns whether the page reported that it was left.
    pub fn was_left(&self) -> bool {
        self.all.is_some()
    }

    /// Returns the last revision of an edit, by item.
    pub fn last(&self) -> impl Iterator<Item = (&String, u64)> {
        self.changes.iter().filter_map(|(item, changes)| Some((item, *changes.keys().last()?)))
    }

    fn take(&mut self, message: &Value) -> Result<()> {
        let text = |name: &str| message.get(name).and_then(Value::as_str).map(str::to_owned);
        let item = text("item");
        match (text("kind").context("a kind")?.as_str(), item) {
            ("typed", Some(item)) => {
                self.strokes += 1;
                let place = usize::try_from(number(message, "place")?)?;
                self.typed.insert((item, place), text("entered").context("what was entered")?);
            }
            (kind @ ("change" | "shown"), Some(item)) => {
                let fields = message.get("fields").cloned().map(serde_json::from_value);
                if kind == "shown" {
                    self.typed.retain(|(other, _), _| *other != item);
                }
                let changes = self.changes.entry(item).or_default();
                changes.insert(number(message, "revision")?, fields.transpose()?);
            }
            ("saved", Some(item)) => {
                let saved = self.saved.entry(item).or_default();
                *saved = number(message, "revision")?.max(*saved);
            }
            _ => self.all = Some(number(message, "all")?),
        }
        Ok(())
    }
}

fn number(message: &Value, name: &str) -> Result<u64> {
    message.get(name).and_then(Value::as_u64).with_context(|| format!("{name} is no number"))
}
