//! Tapping, and the obstacles that must prevent it.

use std::time::Duration;

use browser_tests::{Page, TestResult};
use serde_json::{Value, json};

use crate::sample;

/// Makes the button this high and wide.
async fn size(page: &Page, pixels: u32) -> TestResult {
    let script = "
        Object.assign(place.style, { boxSizing: 'border-box', padding: '0', minHeight: '0' });
        place.style.width = place.style.height = `${given}px`;
        place.addEventListener('click', (event) => { window.__tapped = event.pointerType; });
    ";
    page.action("start").on_element(script, json!(pixels)).await.map(drop)
}

#[tokio::test]
async fn a_finger_hits_what_is_large_and_free() -> TestResult {
    sample()
        .touch()
        .patience(Duration::from_millis(500))
        .run(async |stage| {
            let page = stage.open("/sample.html").await?;
            let start = page.action("start");
            size(&page, 43).await?;
            let told = start.tap().await.expect_err("it is too small");
            assert!(format!("{told:#}").contains("smaller than a fingertip"), "{told:#}");
            size(&page, 44).await?;
            let cover = "
                const cover = document.createElement('p');
                Object.assign(cover.style, { position: 'fixed', inset: '0', margin: '0' });
                document.body.append(cover);
            ";
            page.evaluate(cover, Value::Null).await?;
            let told = start.tap().await.expect_err("it is covered");
            assert!(format!("{told:#}").contains("p is there"), "{told:#}");
            page.evaluate("document.body.lastElementChild.remove();", Value::Null).await?;
            start.tap().await?;
            page.wait_for("the click of a finger", async |page| {
                Ok(page.evaluate("return window.__tapped;", Value::Null).await? == json!("touch"))
            })
            .await
        })
        .await
}
