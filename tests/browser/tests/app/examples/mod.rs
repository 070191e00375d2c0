//! The examples of embedding, as a webmaster opens them: from the folder of the release, under the
//! strict policy.

mod api;
mod aspnet;
mod iframe;
mod liferay;
mod look;
mod plain;
mod react;
mod release;
mod strict_csp;
mod themes;

use anyhow::Result;
use browser_tests::{Page, Setup};
use serde_json::{Value, json};

/// The release at `/`, its examples below `/examples/`.
fn released() -> Result<Setup> {
    Ok(Setup::empty().mount("/", release::folder()?))
}

/// Starts the prefilled inspection by the one button and returns its id.
async fn start(page: &Page) -> Result<String> {
    page.action("start").click().await?;
    page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;
    let list = page.call("listInspections", json!([])).await?;
    Ok(list.pointer("/0/id").and_then(Value::as_str).unwrap_or_default().to_owned())
}

/// Returns the number of our elements in the page.
async fn elements(page: &Page) -> Result<Value> {
    page.evaluate("return document.querySelectorAll('tu-kiem-tra').length;", json!(null)).await
}
