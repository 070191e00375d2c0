//! The first screen: the inspection that the host opens, or else the list of inspections on the
//! device.

use std::time::Duration;

use anyhow::{Result, ensure};
use browser_tests::{Page, Response, Setup, TestResult, dist, wait_until};
use serde_json::{Value, json};

use crate::support::checklists::small;
use crate::support::sites::host_page;

/// A host that opens the existing inspection or starts one, and records the screens shown.
const HOST: &str = "
    const element = document.querySelector('tu-kiem-tra');
    globalThis.screens = [];
    element.addEventListener('tkt-ready', async () => {
      const root = element.shadowRoot;
      const note = () => {
        const shown = root.querySelector('[data-item]') ? 'items' : root.querySelector('[data-field=unit-name]') ? 'list' : 'none';
        if (screens.at(-1) !== shown) screens.push(shown);
      };
      new MutationObserver(note).observe(root, { childList: true, subtree: true });
      const [known] = await element.listInspections();
      if (known) return element.openInspection(known.id);
      const unit = { name: 'UBND phường 2' };
      return element.startInspection({ checklist: '/small.json', unit, period: '2022' });
    });
";

/// A portal with that host, and a checklist that loads after `delay`.
fn portal(delay: Duration) -> Result<Setup> {
    let page = host_page("<tu-kiem-tra></tu-kiem-tra>")
        .replace("</head>", r#"<script type="module" src="/host.js"></script></head>"#);
    let checklist = Response::new(200, "application/json", small()?.to_string()).after(delay);
    Ok(Setup::empty()
        .mount("/tkt/", dist())
        .page("/", &page)
        .file("/host.js", "text/javascript", HOST)
        .route("/small.json", move |_| checklist.clone()))
}

/// Waits for the items and returns the screens shown before.
async fn screens(page: &Page) -> Result<Value> {
    wait_until("the items", async || {
        let screens = page.evaluate("return screens;", json!(null)).await?;
        ensure!(
            screens.as_array().and_then(|all| all.last()) == Some(&json!("items")),
            "{screens}"
        );
        Ok(Some(screens))
    })
    .await
}

#[tokio::test]
async fn what_the_host_opens_is_shown_without_the_list_before_it() -> TestResult {
    portal(Duration::ZERO)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let came = screens(&page).await?;
            assert!(!came.to_string().contains("list"), "{came}");
            page.call("flush", json!([])).await?;

            page.reload().await?;
            let came = screens(&page).await?;
            assert!(!came.to_string().contains("list"), "{came}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_list_does_not_wait_for_a_host_that_takes_long() -> TestResult {
    portal(Duration::from_secs(4))?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let came = screens(&page).await?;
            assert_eq!(
                came.as_array().map(|all| all.contains(&json!("list"))),
                Some(true),
                "{came}"
            );
            Ok(())
        })
        .await
}
