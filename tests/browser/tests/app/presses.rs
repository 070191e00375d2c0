//! A press that leaves a field ends at the button where it began, although the message that appears
//! moves the page.

use anyhow::Result;
use browser_tests::{Control, Page, TestResult};
use serde_json::{Value, json};

use crate::support::keys::press;
use crate::support::pointer::{self, middle};
use crate::support::scripts::settle;
use crate::support::sites::portal;
use crate::support::start::Start;

/// A host's page with its own button below the element, all of it visible.
const TAG: &str =
    r#"<tu-kiem-tra checklist="/small.json"></tu-kiem-tra><button id="host">Gửi</button>"#;

/// Types an unreadable text into a field and returns the field.
async fn mistype(page: &Page) -> Result<Control> {
    let field = page.item("share").field("numerator");
    field.fill("").await?;
    field.type_text("mười").await?;
    settle(page).await?;
    assert_eq!(field.attribute("aria-invalid").await?, None);
    Ok(field)
}

#[tokio::test]
async fn a_press_that_leaves_a_field_is_one_of_its_button() -> TestResult {
    portal(TAG)?
        .viewport(1280, 8000)
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "", ..Start::default() }.run(&page).await?;
            let count = "
                window.__presses = 0;
                document.getElementById('host').addEventListener('click', () => { __presses += 1; });
            ";
            page.evaluate(count, Value::Null).await?;
            let presses = async || page.evaluate("return __presses;", Value::Null).await;
            let host = page.outside("#host");
            for expected in [1, 2] {
                let field = mistype(&page).await?;
                let at = middle(&host).await?;
                pointer::press(&stage.browser, &at).await?;
                settle(&page).await?;
                assert!(!field.is_focused().await?);
                assert_eq!(middle(&host).await?, at, "it moves under the pointer");
                pointer::release(&stage.browser, &at).await?;
                field.wait_for_attribute("aria-invalid", "true").await?;
                assert_eq!(presses().await?, json!(expected));
                settle(&page).await?;
                assert_ne!(middle(&host).await?, at, "the message takes no room");
            }

            // A button of the element works like the host's.
            let (add, rows) = (page.item("posted").action("add-row"), page.item("posted"));
            let field = mistype(&page).await?;
            let at = middle(&add).await?;
            pointer::press(&stage.browser, &at).await?;
            settle(&page).await?;
            assert_eq!(middle(&add).await?, at, "it moves under the pointer");
            pointer::release(&stage.browser, &at).await?;
            rows.wait_for_rows(1).await?;
            field.wait_for_attribute("aria-invalid", "true").await
        })
        .await
}

#[tokio::test]
async fn a_press_whose_end_nobody_tells_of_is_over_at_a_key() -> TestResult {
    portal(TAG)?
        .viewport(1280, 8000)
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "", ..Start::default() }.run(&page).await?;
            let field = mistype(&page).await?;
            let at = middle(&page.item("share").field("note")).await?;
            pointer::press(&stage.browser, &at).await?;
            settle(&page).await?;
            assert_eq!(field.attribute("aria-invalid").await?, None);
            // The element stops this key before it reaches the page around.
            press(&stage.browser, "ArrowDown").await?;
            field.wait_for_attribute("aria-invalid", "true").await
        })
        .await
}
