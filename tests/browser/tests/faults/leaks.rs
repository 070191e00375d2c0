//! An element that is added and removed repeatedly, as pages do that change without loading, leaves
//! nothing behind: no nodes, no listeners, no memory, no open database.

use anyhow::{Result, ensure};
use browser_tests::{Engine, Page, TestResult, wait_until};
use serde_json::json;

use crate::support::figures::Figures;
use crate::support::form::form;
use crate::support::held::{Held, held, more};
use crate::support::site;

/// The number of rounds before the first measurement, after which one-time objects exist.
const WARM_UP: u64 = 5;

/// Removes the element, adds another one, opens the inspection in it, and removes it again.
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
    // The program's memory comes in pages of 64 kB, and is not always used in the same order.
    let program = more(before.program, after.program);
    ensure!(program <= 4 * 65_536, "the program grew: {before:?}, {after:?}");
    // The engine's own figures fluctuate by some kilobytes.
    let allowed = 100_000 + 1_000 * i128::from(times);
    let heap = more(before.heap, after.heap);
    ensure!(heap < allowed, "memory is left: {before:?}, {after:?}");
    Ok(())
}

/// Returns whether a database can be deleted, so that nobody holds it open.
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
            // Pending work of the last element finishes first.
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
