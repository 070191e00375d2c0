//! The list of areas beside the items. It marks the area where the person is.

use anyhow::{Result, ensure};
use browser_tests::{Page, Setup, TestResult, wait_until};
use serde_json::{Value, json};

use crate::support::keys::tab_to;
use crate::support::start::Start;

/// Waits until the list marks this area and no other.
async fn wait_for_area(page: &Page, id: &str) -> Result<()> {
    let script = "
        const shown = [...root.querySelectorAll('.nav-area[aria-current=true] > span:first-child')];
        const title = root.querySelector(`[data-area=\"${given}\"]`).textContent;
        return [shown.map((area) => area.textContent), title];
    ";
    wait_until(&format!("the list to show {id}"), async || {
        let found = page.evaluate(script, json!(id)).await?;
        let (shown, title): (Vec<String>, String) = serde_json::from_value(found)?;
        ensure!(shown == [title], "it shows {shown:?}");
        Ok(Some(()))
    })
    .await
}

#[tokio::test]
async fn the_list_follows_scrolling_and_the_focus() -> TestResult {
    Setup::dist()
        .viewport(1280, 800)
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            wait_for_area(&page, "leadership").await?;
            for area in ["feedback", "communication", "public-finance"] {
                let script = "place.scrollIntoView({ block: 'start', behavior: 'instant' });";
                let heading = page.find(&format!("[data-area={area}]"));
                heading.on_element(script, Value::Null).await?;
                wait_for_area(&page, area).await?;
            }
            // By keyboard, within the visible part.
            let first = page.item("budget-disclosure").field("note");
            first.on_element("place.focus();", Value::Null).await?;
            wait_for_area(&page, "public-finance").await?;
            let last = page.item("ethics-violations").field("note");
            last.on_element("place.focus({ preventScroll: true });", Value::Null).await?;
            wait_for_area(&page, "civil-service").await?;
            tab_to(&page, &stage.browser, "verdict").await?;
            wait_for_area(&page, "public-finance").await?;
            // The last area can't scroll up to the reading position.
            page.find(".areas li:last-child .nav-area").click().await?;
            wait_for_area(&page, "digital-government").await
        })
        .await
}
