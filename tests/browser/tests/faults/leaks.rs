//! An element that comes and goes again and again, as pages that change without loading do it, leaves
//! nothing behind: no nodes, no listeners, no memory, no open database.

use anyhow::{Context, Result, ensure};
use browser_tests::{Engine, Page, Stage, TestResult, wait_until};
use serde_json::{Value, json};

use crate::support::figures::Figures;
use crate::support::form::form;
use crate::support::site;

/// How often it comes and goes before anything is measured: what is made once is there then.
const WARM_UP: u64 = 5;

/// Takes the element out and puts another one in, opens the inspection in it, and takes it out again.
const COME_AND_GO: &str = "
    const task = () => new Promise((done) => setTimeout(done));
    return (async () => {
      for (let time = 0; time < given.times; time++) {
        const other = document.createElement('tu-kiem-tra');
        const ready = new Promise((done) => other.addEventListener('tkt-ready', done, { once: true }));
        document.querySelector('main').append(other);
        await ready;
        await other.openInspection(given.id);
        other.remove();
        await task();
      }
    })();
";

/// What there is after the garbage was collected.
#[derive(Debug)]
struct Held {
    nodes: u64,
    listeners: u64,
    /// Bytes of JavaScript.
    heap: u64,
    /// Bytes of the WebAssembly, which never become fewer.
    program: u64,
}

async fn come_and_go(page: &Page, id: &str, times: u64) -> Result<()> {
    // In parts, as a script may not take long.
    let mut left = times;
    while left > 0 {
        let part = left.min(5);
        page.evaluate(COME_AND_GO, json!({ "id": id, "times": part })).await?;
        left -= part;
    }
    Ok(())
}

async fn held(page: &Page, stage: &Stage) -> Result<Held> {
    // What was collected may have held something else.
    for _ in 0..3 {
        stage.browser.cdp("HeapProfiler.collectGarbage", json!({})).await?;
    }
    let metrics = stage.browser.cdp("Performance.getMetrics", json!({})).await?;
    let metric = |name: &str| {
        let metrics = metrics.get("metrics").and_then(Value::as_array).into_iter().flatten();
        let mut metrics = metrics.filter(|metric| metric.get("name") == Some(&json!(name)));
        let value = metrics.next().and_then(|metric| metric.get("value")?.as_f64());
        // Counts and bytes are whole.
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

fn more(before: u64, after: u64) -> i128 {
    i128::from(after).saturating_sub(i128::from(before))
}

fn growth(before: &Held, after: &Held) -> String {
    format!(
        "{:+} nodes, {:+} listeners, {:+} kB of JavaScript, {:+} kB of the program",
        more(before.nodes, after.nodes),
        more(before.listeners, after.listeners),
        more(before.heap, after.heap) / 1000,
        more(before.program, after.program) / 1000,
    )
}

fn nothing_is_left(before: &Held, after: &Held, times: u64) -> Result<()> {
    ensure!(after.nodes <= before.nodes, "nodes are left: {before:?}, {after:?}");
    ensure!(after.listeners <= before.listeners, "listeners are left: {before:?}, {after:?}");
    // Its memory comes in pages of 64 kB, and is not always used in the same order.
    let program = more(before.program, after.program);
    ensure!(program <= 4 * 65_536, "the program grew: {before:?}, {after:?}");
    // The engine's own figures come and go by some kilobytes.
    let allowed = 100_000 + 1_000 * i128::from(times);
    let heap = more(before.heap, after.heap);
    ensure!(heap < allowed, "memory is left: {before:?}, {after:?}");
    Ok(())
}

/// Whether a database can be deleted: nobody holds it open.
const IS_FREE: &str = "
    return new Promise((done) => {
      const request = indexedDB.deleteDatabase('tkt:default');
      request.onsuccess = () => done(true);
      request.onblocked = () => done(false);
    });
";

#[tokio::test]
async fn coming_and_going_leaves_nothing() -> TestResult {
    let times = form().comings;
    let mut figures =
        Figures { test: "Element put in and taken out".to_owned(), times, ..Figures::default() };
    let (setup, _) = site::portal(Engine::Chromium);
    let outcome = setup
        .run(async |stage| {
            stage.browser.cdp("Performance.enable", json!({})).await?;
            let page = stage.open("/").await?;
            let id = site::start(&page).await?;
            page.evaluate("element.remove();", json!(null)).await?;
            come_and_go(&page, &id, WARM_UP).await?;
            let before = held(&page, stage).await?;
            come_and_go(&page, &id, times).await?;
            // What was under way when the last one went comes to its end first.
            wait_until("nothing to be left", async || {
                let after = held(&page, stage).await?;
                figures.remark = growth(&before, &after);
                nothing_is_left(&before, &after, times)?;
                Ok(Some(()))
            })
            .await?;
            let is_free = page.evaluate(IS_FREE, json!(null)).await?;
            ensure!(is_free == json!(true), "the database is held open");
            Ok(())
        })
        .await;
    figures.conclude(outcome)
}
