//! Dialogs on a phone: the message on a field is visible above their buttons.

use browser_tests::{Setup, TestResult};
use serde_json::{Value, json};

use crate::support::paper;
use crate::support::scripts::settle;
use crate::support::start::Start;

/// Returns whether all of it is visible, or else the element that covers it.
const SEEN: &str = "
    const { left, top, right, bottom } = place.getBoundingClientRect();
    const at = (y) => place.getRootNode().elementFromPoint((left + right) / 2, y);
    const over = [top + 2, bottom - 2].map(at).find((hit) => hit !== place);
    return over === undefined ? true : `${over?.className} at ${top}`;
";

#[tokio::test]
async fn an_error_stands_above_the_buttons() -> TestResult {
    Setup::dist()
        .viewport(360, 740)
        .touch()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.action("complete").click().await?;
            page.action("complete-anyway").click().await?;
            let reason = page.field("complete-reason");
            reason.wait_for("to have the focus", async |field| field.is_focused().await).await?;
            settle(&page).await?;
            let error = page.find("#complete-reason-error");
            assert_eq!(error.on_element(SEEN, Value::Null).await?, json!(true));
            page.action("go-on").click().await?;

            paper::ask(&page).await?;
            page.field("document-date").fill("31/02/2026").await?;
            page.action("print-now").click().await?;
            page.field("document-date")
                .wait_for("to have the focus", async |field| field.is_focused().await)
                .await?;
            settle(&page).await?;
            let error = page.find("#document-date-error");
            assert_eq!(error.on_element(SEEN, Value::Null).await?, json!(true));
            Ok(())
        })
        .await
}
