//! A page like those of WebForms: one form with a default button around everything.

use browser_tests::{STRICT_POLICY, Stage, TestResult, wait_until};
use fantoccini::key::Key;
use serde_json::json;

use super::{released, start};
use crate::support::scripts::settle;

/// Returns the contents with which the page's form was sent, each time.
fn sent(stage: &Stage) -> Vec<String> {
    let requests = stage.server.requests().into_iter();
    let sent = requests.filter(|request| request.method == "POST");
    sent.map(|request| String::from_utf8_lossy(&request.body).into_owned()).collect()
}

/// Returns the names of the fields that the page's form would send now.
const NAMES: &str = "
    const form = document.getElementById('aspnetForm');
    return [...new FormData(form).keys()].sort();
";

/// Marks the page. Another page does not have the mark.
const MARK: &str = "window.__same = true;";
const IS_SAME: &str = "return window.__same === true;";

#[tokio::test]
async fn enter_in_our_fields_does_not_send_the_page() -> TestResult {
    released()?
        .run(async |stage| {
            let page = stage.open("/examples/aspnet/").await?;
            page.evaluate(MARK, json!(null)).await?;
            // Enter sends our own form, which starts the inspection.
            page.field("unit-name").press(Key::Enter).await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;
            for field in ["numerator", "count", "done-period", "part"] {
                page.find(&format!("[data-item] [data-field={field}]")).press(Key::Enter).await?;
            }
            page.action("add-row").click().await?;
            page.find("[data-row] [data-column]").press(Key::Enter).await?;
            let note = page.find("[data-item] textarea[data-field=note]");
            note.type_text("Đã rà soát").await?;
            note.press(Key::Enter).await?;
            note.type_text("và cập nhật").await?;
            assert_eq!(note.value().await?, "Đã rà soát\nvà cập nhật");
            page.action("next-unanswered").press(Key::Enter).await?;
            page.wait_for_save_state("saved").await?;
            settle(&page).await?;
            assert_eq!(page.evaluate(IS_SAME, json!(null)).await?, json!(true));
            assert_eq!(sent(stage), [""; 0]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_page_is_sent_without_our_fields() -> TestResult {
    // This page, like others of its kind, works by being sent to itself.
    let policy = STRICT_POLICY.replace("form-action 'none'", "form-action 'self'");
    released()?
        .policy(&policy)
        .run(async |stage| {
            let page = stage.open("/examples/aspnet/").await?;
            let before = page.evaluate(NAMES, json!(null)).await?;
            start(&page).await?;
            page.find("[data-item] textarea[data-field=note]").type_text("Ghi chú").await?;
            page.wait_for_save_state("saved").await?;
            assert_eq!(page.evaluate(NAMES, json!(null)).await?, before);

            // Enter in a field of the page's own presses its default button.
            page.outside("#ctl00_txtSearch").type_text("105/UBND").await?;
            page.outside("#ctl00_txtSearch").press(Key::Enter).await?;
            let sent =
                wait_until("the page to be sent", async || Ok(sent(stage).into_iter().next()))
                    .await?;
            let names: Vec<&str> =
                sent.split('&').filter_map(|pair| pair.split('=').next()).collect();
            let expected = [
                "__EVENTTARGET",
                "__EVENTARGUMENT",
                "__VIEWSTATE",
                "__EVENTVALIDATION",
                "ctl00%24txtSearch",
                "ctl00%24btnSearch",
            ];
            assert_eq!(names, expected);

            // The answers are there in the resulting page.
            page.wait_until_ready().await?;
            page.find("[data-inspection] [data-action=open]").click().await?;
            let note = page.find("[data-item] textarea[data-field=note]");
            assert_eq!(note.value().await?, "Ghi chú");
            Ok(())
        })
        .await
}
