//! An inspection in two tabs, or in two elements on one page: each shows the other's edits and says
//! so, and both end the same.

mod interleaved;
mod merging;
mod sightings;

use anyhow::{Context, Result, ensure};
use browser_tests::{Page, Stage, wait_until};
use serde_json::{Value, json};

use crate::support::ledger;
use crate::support::site::{self, TWO};
use crate::support::stored::Stored;

/// The place where the inspection is open twice.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Where {
    Tabs,
    Elements,
}

/// Both pages, with the inspection open.
struct Two {
    a: Page,
    b: Page,
    id: String,
}

/// Records the element's edits: their revisions by item.
const LISTEN: &str = "
    element.__edits = [];
    element.addEventListener('tkt-change', ({ detail }) => element.__edits.push(...detail.items));
";

impl Two {
    async fn open(stage: &mut Stage, place: Where) -> Result<Self> {
        let (a, b) = match place {
            Where::Tabs => (stage.open("/").await?, stage.open_tab("/").await?),
            Where::Elements => {
                let page = stage.goto(TWO).await?;
                page.wait_for_events("tkt-ready", 2).await?;
                (page.with_host("#a"), page.with_host("#b"))
            }
        };
        let id = site::start(&a).await?;
        site::open(&b, &id).await?;
        for page in [&a, &b] {
            page.evaluate(LISTEN, json!(null)).await?;
        }
        Ok(Self { a, b, id })
    }

    fn both(&self) -> [&Page; 2] {
        [&self.a, &self.b]
    }

    /// Returns the number of edits since they were opened.
    async fn edits(&self) -> Result<u64> {
        let mut edits = 0;
        for page in self.both() {
            let count = page.evaluate("return element.__edits.length;", json!(null)).await?;
            edits += count.as_u64().context("a count")?;
        }
        Ok(edits)
    }

    /// Waits until both have the same items in their reports, their fields and the vault, and
    /// nothing is pending. Returns the items.
    async fn agree(&self) -> Result<Value> {
        for page in self.both() {
            page.evaluate("root.activeElement?.blur();", json!(null)).await?;
            page.call("flush", json!([])).await?;
        }
        wait_until("both to have the same", async || {
            let (a, b) = (items(&self.a).await?, items(&self.b).await?);
            ensure!(a == b, "they have\n{a}\n{b}");
            let (in_a, in_b) = (ledger::fields(&self.a).await?, ledger::fields(&self.b).await?);
            ensure!(in_a == in_b, "they show\n{in_a:?}\n{in_b:?}");
            let stored = Stored::of(&self.a, &self.id).await?;
            ensure!(stored.journal.is_empty(), "on the way is {:?}", stored.journal);
            for item in a.as_array().into_iter().flatten() {
                let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
                let body = stored.vault.get(id).map(|version| &version.body);
                for part in ["answer", "note"] {
                    let is = body.and_then(|body| body.get(part)).filter(|part| !is_empty(part));
                    let has = item.get(part).filter(|part| !is_empty(part));
                    ensure!(is == has, "{id}: {has:?} is shown, {is:?} is stored");
                }
            }
            Ok(Some(a))
        })
        .await
    }
}

async fn items(page: &Page) -> Result<Value> {
    let report = page.call("exportReport", json!([])).await?;
    report.get("items").cloned().context("a report has items")
}

/// Returns whether nothing was entered: absent and empty mean the same here.
fn is_empty(part: &Value) -> bool {
    part == &json!({}) || part == &json!("")
}
