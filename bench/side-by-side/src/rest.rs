//! The working time of the page's thread, and whether it is idle.

use std::time::Duration;

use anyhow::{Context, Result};
use browser_tests::{Stage, wait_until};
use serde_json::{Value, json};
use tokio::time::sleep;

/// The time for which a page is observed.
const WHILE: Duration = Duration::from_millis(500);

/// The working time in milliseconds up to which the page is idle in that time.
const QUIET: f64 = 20.0;

/// Waits until the page has finished its deferred work, so that it isn't counted as part of an
/// edit.
pub async fn wait(stage: &Stage) -> Result<()> {
    let before = std::cell::Cell::new(working_time(stage).await?);
    wait_until("the page to be at rest", async || {
        sleep(WHILE).await;
        let now = working_time(stage).await?;
        Ok((now - before.replace(now) < QUIET).then_some(()))
    })
    .await
}

/// Returns the working time of the page's thread in milliseconds.
pub async fn working_time(stage: &Stage) -> Result<f64> {
    Ok(metric(stage, "TaskDuration").await? * 1_000.0)
}

pub async fn metric(stage: &Stage, name: &str) -> Result<f64> {
    let metrics = stage.browser.cdp("Performance.getMetrics", json!({})).await?;
    let metrics = metrics.get("metrics").and_then(Value::as_array).context("no metrics")?;
    let metric = metrics.iter().find(|metric| metric.get("name") == Some(&json!(name)));
    metric.and_then(|metric| metric.get("value")?.as_f64()).with_context(|| format!("no {name}"))
}
