//! Handing the report on: the system's share sheet, and the clipboard.

use browser_tests::TestResult;
use serde_json::{Value, json};

use super::{inspection, sending_to};
use crate::support::checklists::text;
use crate::support::receiver::Receiver;
use crate::support::{reports, steps};

/// A share sheet like that of tablets.
const SHEET: &str = "
    window.__shared = [];
    navigator.canShare = ({ files }) => files.every(({ type }) => type === 'application/json');
    navigator.share = async ({ files: [file], title }) => {
      if (window.__next) throw new DOMException('x', window.__next);
      __shared.push([file.name, title, file.type, await file.text()]);
    };
";

#[tokio::test]
async fn the_share_sheet_gets_the_file() -> TestResult {
    sending_to(&Receiver::default())?
        .preload(SHEET)
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            page.action("share").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "share.done")?).await?;
            let shared = page.evaluate("return __shared;", json!(null)).await?;
            let (name, file) =
                (shared.pointer("/0/0"), shared.pointer("/0/3").and_then(Value::as_str));
            assert!(
                name.and_then(Value::as_str).is_some_and(|name| name.ends_with(".json")),
                "{name:?}"
            );
            reports::check_file(&page, file.unwrap_or_default().as_bytes()).await?;
            // Cancelling is no error; a failure is reported.
            steps::dismiss_notices(&page).await?;
            page.evaluate("window.__next = 'AbortError';", json!(null)).await?;
            page.action("share").click().await?;
            page.evaluate("window.__next = 'NotAllowedError';", json!(null)).await?;
            page.action("share").click().await?;
            steps::wait_for_notice(&page, "error", &text("vi", "share.failed")?).await?;
            assert_eq!(page.find("[data-notice=error]").count("p").await?, 1);
            Ok(())
        })
        .await
}

/// Chromium's share sheet accepts no JSON files.
const TEXTS_ALONE: &str = "
    navigator.canShare = ({ files }) => files.every(({ name, type }) => name.endsWith('.txt') && type === 'text/plain');
";

#[tokio::test]
async fn a_share_sheet_that_takes_texts_alone_gets_a_text_that_can_be_imported() -> TestResult {
    sending_to(&Receiver::default())?
        .preload(SHEET)
        .preload(TEXTS_ALONE)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = inspection(&page).await?;
            page.action("share").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "share.done")?).await?;
            let shared = page.evaluate("return __shared[0];", json!(null)).await?;
            let part = |place: &str| shared.pointer(place).and_then(Value::as_str);
            let name = part("/0").unwrap_or_default();
            assert!(name.ends_with(".json.txt") && part("/2") == Some("text/plain"), "{shared}");
            let folder = tempfile::tempdir()?;
            let path = folder.path().join(name);
            std::fs::write(&path, part("/3").unwrap_or_default())?;
            steps::go_home(&page).await?;
            steps::delete_for_good(&page, &id).await?;
            page.field("import-file").upload(&path).await?;
            steps::listed(&page, &id)
                .wait_for("to be back", async |entry| entry.exists().await)
                .await
        })
        .await
}

#[tokio::test]
async fn its_result_is_copied_as_a_text() -> TestResult {
    sending_to(&Receiver::default())?
        .preload("delete Navigator.prototype.canShare;")
        // For its clipboard.
        .own_browser()
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            assert!(!page.action("share").is_visible().await?);
            let granted = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
            stage.browser.cdp("Browser.grantPermissions", granted).await?;
            page.action("copy").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "copy.done")?).await?;
            let copied = page.evaluate("return navigator.clipboard.readText();", json!(null)).await?;
            let copied = copied.as_str().unwrap_or_default().to_owned();
            let begin = format!("{}\n{}: ", text("vi", "copy.title")?, text("vi", "copy.unit")?);
            assert!(copied.starts_with(&begin), "{copied}");

            // Pages without TLS don't have this clipboard API: the older way is used.
            let old = "
                Object.defineProperty(navigator, 'clipboard', { value: undefined });
                window.__copied = '';
                addEventListener('copy', (event) => (__copied = event.clipboardData.getData('text/plain')));
            ";
            page.evaluate(old, json!(null)).await?;
            steps::dismiss_notices(&page).await?;
            page.action("copy").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "copy.done")?).await?;
            let again = page.evaluate("return __copied;", json!(null)).await?;
            assert_eq!(again, json!(copied));
            Ok(())
        })
        .await
}
