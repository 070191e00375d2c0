//! Browsers that several tests use, one after the other.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use browser_tests::{Page, TestResult};
use serde_json::{Value, json};

use crate::sample;

/// Returns the traces of an earlier test that a page finds.
const FOUND: &str = "
    return navigator.permissions.query({ name: 'clipboard-read' }).then(({ state }) => ({
      state,
      cookie: document.cookie,
      stored: localStorage.getItem('left'),
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      size: [innerWidth, innerHeight],
      dark: matchMedia('(prefers-color-scheme: dark)').matches,
      touch: navigator.maxTouchPoints,
      left: window.__left ?? null,
      focused: document.hasFocus(),
    }));
";

async fn found(page: &Page) -> Result<Value> {
    page.evaluate(FOUND, json!(null)).await
}

/// Leaves every trace that a test can leave in the browser, and returns the folder of its
/// downloads.
async fn leave_traces(elsewhere: &str) -> Result<PathBuf> {
    let mut downloads = PathBuf::new();
    let setup = sample().viewport(360, 640).touch().media("prefers-color-scheme", "dark");
    let run = setup.preload("window.__left = true;").run(async |stage| {
        downloads = stage.browser.downloads();
        let granted = json!({ "permissions": ["clipboardReadWrite"] });
        stage.browser.cdp("Browser.grantPermissions", granted).await?;
        let zone = json!({ "timezoneId": "Pacific/Apia" });
        stage.browser.cdp("Emulation.setTimezoneOverride", zone).await?;
        let page = stage.open("/sample.html").await?;
        let script = "document.cookie = 'left=1; max-age=600'; localStorage.setItem('left', '1');";
        page.evaluate(script, json!(null)).await?;
        page.action("start").click().await?;
        page.action("export").click().await?;
        stage.browser.wait_for_download(".json").await?;
        let other = stage.open_tab_anywhere(elsewhere).await?;
        other.evaluate(script, json!(null)).await?;
        let expected = json!({
            "state": "granted", "cookie": "left=1", "stored": "1", "zone": "Pacific/Apia",
            "size": [360, 640], "dark": true, "touch": 5, "left": true, "focused": true,
        });
        assert_eq!(found(&page).await?, expected);
        Ok(())
    });
    run.await?;
    Ok(downloads)
}

/// Returns whether a test gets the browser with these downloads. Whichever it gets, its state must
/// equal `clean`.
async fn is_again(downloads: &Path, elsewhere: &str, clean: &Value) -> Result<bool> {
    let mut again = false;
    let run = sample().run(async |stage| {
        again = stage.browser.downloads() == downloads;
        assert_eq!(fs::read_dir(stage.browser.downloads())?.count(), 0);
        let page = stage.open("/sample.html").await?;
        assert_eq!(found(&page).await?, *clean);
        let other = stage.open_tab_anywhere(elsewhere).await?;
        let stored = "return [document.cookie, localStorage.getItem('left')];";
        assert_eq!(other.evaluate(stored, json!(null)).await?, json!(["", null]));
        Ok(())
    });
    run.await?;
    Ok(again)
}

/// Checks that the browser of a failed test is removed and not shared.
async fn check_thrown_away() -> TestResult {
    let mut downloads = PathBuf::new();
    let failed = sample().run(async |stage| {
        downloads = stage.browser.downloads();
        bail!("it fails")
    });
    assert!(failed.await.is_err());
    assert!(!downloads.exists(), "the browser of a test that failed is there");
    Ok(())
}

/// A single test, as it takes the places of two.
#[tokio::test]
async fn a_browser_is_for_the_next_test_as_one_of_its_own_or_gone() -> TestResult {
    // While a test runs, waiting browsers are not ended.
    let run = sample().own_browser().run(async |stage| {
        check_thrown_away().await?;
        // This server outlives the tests that visit it.
        let elsewhere = stage.server.url("/sample.html");
        let page = stage.open("/sample.html").await?;
        let clean = found(&page).await?;
        let downloads = leave_traces(&elsewhere).await?;
        for _ in 0..20 {
            // Another test may have taken it in between.
            if is_again(&downloads, &elsewhere, &clean).await? {
                return Ok(());
            }
        }
        bail!("no test gets a browser that another one has left")
    });
    run.await
}

#[tokio::test]
async fn a_browser_that_others_get_is_not_to_be_ended() -> TestResult {
    let run = sample().run(async |stage| {
        let refused = [stage.browser.close().await, stage.browser.kill().await];
        assert!(refused.iter().all(Result::is_err), "{refused:?}");
        stage.open("/sample.html").await.map(drop)
    });
    run.await
}
