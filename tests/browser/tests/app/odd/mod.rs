//! Odd events and odd pages: autofill, translators, old libraries, scripts that fill fields or move
//! the element. None of them stops the program or makes it show or store anything false.

mod events;
mod libraries;
mod moved;
mod silent;
mod texts;

use anyhow::{Result, ensure};
use browser_tests::Page;
use serde_json::{Value, json};

/// Starts an inspection of the small checklist in the year of its deadline and returns its id.
async fn start(page: &Page) -> Result<String> {
    start_in(page, "2026").await
}

async fn start_in(page: &Page, period: &str) -> Result<String> {
    let new = json!({
        "checklist": "/small.json",
        "unit": { "name": "UBND phường 1", "type": "commune" },
        "period": period,
    });
    let id = page.call("startInspection", json!([new])).await?;
    Ok(id.as_str().unwrap_or_default().to_owned())
}

/// Fails unless the program still responds to a person and to a host.
async fn check_alive(page: &Page, id: &str) -> Result<()> {
    page.call("openInspection", json!([id])).await?;
    let hours = page.item("hours");
    for (typed, verdict) in [("3", "not-met"), ("4", "met")] {
        hours.field("quantity").fill(typed).await?;
        hours.wait_for_verdict(verdict).await?;
    }
    page.wait_for_save_state("saved").await?;
    let stopped = page.evaluate(
        "return root.querySelector('[role=alert] [data-action=reload]')?.parentNode.textContent ?? '';",
        Value::Null,
    );
    let stopped = stopped.await?;
    ensure!(stopped == json!(""), "it says {stopped}");
    Ok(())
}
