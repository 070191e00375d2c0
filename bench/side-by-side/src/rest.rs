//! How long the page's thread has worked, and when it is at rest.

use std::time::Duration;

use anyhow::{Context, Result};
use browser_tests::{Stage, wait_until};
use serde_json::{Value, json};
use tokio::time::sleep;

/// How long a page is looked at to see whether it is at rest.
const WHILE: Duration = Duration::from_millis(500);

/// How many milliseconds its thread may work in that time.
const QUIET: f64 = 20.0;

/// Waits until the page has done what it left for later, so that this isn't counted among what an
/// edit takes.
pub async fn wait(stage: &Stage) -> Result<()> {
    let before = std::cell::Cell::new(working_time(stage).await?);
    wait_until("the page to be at rest", async || {
        sleep(WHILE).await;
        let now = working_time(stage).await?;
        Ok((now - before.replace(now) < QUIET).then_some(()))
    })
    .await
}

/// How long the page's thread has worked, in milliseconds.
pub async fn working_time(stage: &Stage) -> Result<f64> {
    Ok(metric(stage, "TaskDuration").await? * 1_000.0)
}

pub async fn metric(stage: &Stage, name: &str) -> Result<f64> {
    let metrics = stage.browser.cdp("Performance.getMetrics", json!({})).await?;
    let metrics = metrics.get("metrics").and_then(Value::as_array).context("no metrics")?;
    let metric = metrics.iter().find(|metric| metric.get("name") == Some(&json!(name)));
    metric.and_then(|metric| metric.get("value")?.as_f64()).with_context(|| format!("no {name}"))
}
