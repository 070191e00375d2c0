//! The contract with hosts: attributes, methods, events, hooks, imports, and the behaviour on
//! foreign pages.

mod attributes;
mod checklists;
mod events;
mod first_screen;
mod hooks;
pub mod hosts;
pub mod imports;
mod methods;
pub mod namespaces;
pub mod origins;

use anyhow::Result;
use browser_tests::Page;
use serde_json::{Value, json};

/// Starts an inspection of the small checklist in a past year and returns its id.
async fn start_small(page: &Page) -> Result<String> {
    let new = json!({
        "checklist": "/small.json",
        "unit": { "name": "UBND phường 1", "code": "29551", "type": "commune" },
        "period": "2022",
    });
    let id = page.call("startInspection", json!([new])).await?;
    Ok(id.as_str().unwrap_or_default().to_owned())
}

/// Sets the answer to an item and returns its verdict.
async fn set_answer(page: &Page, item: &str, answer: Value) -> Result<Value> {
    page.call("setAnswer", json!([item, answer])).await
}

/// Returns the report of the open inspection.
async fn report(page: &Page) -> Result<Value> {
    page.call("exportReport", json!([])).await
}
