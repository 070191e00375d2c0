//! A person's actions on a page: keys and presses, sent to the browser as by keyboard and mouse.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use browser_tests::{Page, Stage, wait_until};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::median::median;
use crate::rest;

/// The number of edits of a kind that are measured in a visit.
pub const EDITS: usize = 20;

/// The time between two keys of a person.
const BETWEEN_KEYS: Duration = Duration::from_millis(120);

/// Scrolls a field into view, focuses it, and waits until the page is idle.
pub async fn focus(stage: &Stage, page: &Page, field: &str) -> Result<()> {
    page.evaluate(&format!("race.focus({field});"), Value::Null).await?;
    rest::wait(stage).await?;
    page.evaluate("race.listen();", Value::Null).await?;
    Ok(())
}

/// Types into the field with the focus, and returns the median time of a key.
pub async fn keys(stage: &Stage, page: &Page) -> Result<f64> {
    // The value stays a number, however often it is typed.
    for key in (0..EDITS).map(|place| if place % 2 == 0 { "7" } else { "Backspace" }) {
        let code = if key == "7" { 55 } else { 8 };
        let mut down =
            json!({ "type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code });
        if let (true, Some(down)) = (key == "7", down.as_object_mut()) {
            down.insert("text".to_owned(), key.into());
        }
        stage.browser.cdp("Input.dispatchKeyEvent", down).await?;
        let up = json!({ "type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code });
        stage.browser.cdp("Input.dispatchKeyEvent", up).await?;
        sleep(BETWEEN_KEYS).await;
    }
    // A slow page may not have rendered the last key yet.
    until_measured(page, EDITS).await?;
    median_time(page).await
}

/// Presses radio buttons, each of which changes the summary, and returns the median time.
pub async fn presses(stage: &Stage, page: &Page) -> Result<f64> {
    page.evaluate("race.listen();", Value::Null).await?;
    for place in 0..EDITS {
        // The first item is already answered with one of both.
        let script = "
            const met = bench.radio(0, 0).checked ?? bench.radio(0, 0).querySelector('input')?.checked;
            return race.point(() => bench.radio(0, met ? 2 : 0));
        ";
        let found = page.evaluate(script, Value::Null).await?;
        let at = |index: usize| found.get(index).cloned().context("no place");
        for kind in ["mousePressed", "mouseReleased"] {
            let press = json!({ "type": kind, "x": at(0)?, "y": at(1)?, "button": "left", "clickCount": 1 });
            stage.browser.cdp("Input.dispatchMouseEvent", press).await?;
        }
        until_measured(page, place + 1).await?;
    }
    median_time(page).await
}

/// Waits until the page has rendered this many edits.
async fn until_measured(page: &Page, edits: usize) -> Result<()> {
    wait_until("an edit to be shown", async || {
        let times = page.evaluate("return race.times().length;", Value::Null).await?;
        Ok((times == json!(edits)).then_some(()))
    })
    .await
}

async fn median_time(page: &Page) -> Result<f64> {
    let times = page.evaluate("return race.times();", Value::Null).await?;
    let times = times.as_array().context("no times")?;
    ensure!(times.len() == EDITS, "{} of {EDITS} edits were measured", times.len());
    Ok(median(&mut times.iter().filter_map(Value::as_f64).collect::<Vec<_>>()))
}
