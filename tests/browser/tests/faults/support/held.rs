//! The objects that a page holds: nodes, listeners, memory.

use anyhow::{Context, Result};
use browser_tests::{Page, Stage};
use serde_json::{Value, json};

/// The figures after garbage collection.
#[derive(Debug)]
pub struct Held {
    pub nodes: u64,
    pub listeners: u64,
    /// The bytes of JavaScript.
    pub heap: u64,
    /// The bytes of the WebAssembly, which never decrease.
    pub program: u64,
}

/// Measures it in the first tab, after garbage collection. Needs `Performance.enable`.
pub async fn held(page: &Page, stage: &Stage) -> Result<Held> {
    // Collected objects may have held others.
    for _ in 0..3 {
        stage.browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let metrics = stage.browser.cdp("Performance.getMetrics", json!({})).await?;
    let metric = |name: &str| {
        let metrics = metrics.get("metrics").and_then(Value::as_array).into_iter().flatten();
        let mut metrics = metrics.filter(|metric| metric.get("name") == Some(&json!(name)));
        let value = metrics.next().and_then(|metric| metric.get("value")?.as_f64());
        // Counts and bytes are whole numbers.
        value.map(|value| value as u64).with_context(|| format!("there is no {name}"))
    };
    let program = "
        const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
        const glue = loaded.find((name) => /tu-kiem-tra-[0-9a-f]+\\.js$/.test(name));
        return import(glue).then((glue) => glue.default()).then(({ memory }) => memory.buffer.byteLength);
    ";
    let program = page.evaluate(program, json!(null)).await?;
    Ok(Held {
        nodes: metric("Nodes")?,
        listeners: metric("JSEventListeners")?,
        heap: metric("JSHeapUsedSize")?,
        program: program.as_u64().context("a size")?,
    })
}

/// Returns the growth.
pub fn more(before: u64, after: u64) -> i128 {
    i128::from(after).saturating_sub(i128::from(before))
}
