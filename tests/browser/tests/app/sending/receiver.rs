//! The receiver that webmasters start from, and the page that sends to it.

use browser_tests::{STRICT_POLICY, TestResult};
use receiver::{Options, Receiver};
use serde_json::json;

use super::{inspection, wait_for_state};
use crate::support::sites::portal;

/// Returns a server's text at an address.
const GET: &str = "return fetch(given).then((answer) => answer.text());";

#[tokio::test]
async fn the_example_takes_what_is_sent_and_each_report_once() -> TestResult {
    let folder = tempfile::tempdir()?;
    let database = folder.path().join("reports.sqlite").display().to_string();
    let tokens = ["--token", "gui", "--read-token", "xem"];
    let options = ["--listen", "127.0.0.1:0", "--database", &database, "--allow-origin"];
    // The page's origin is known only when its server runs, but the upload address is needed
    // earlier, so the page gets it then.
    portal(r#"<tu-kiem-tra checklist="/small.json"></tu-kiem-tra>"#)?
        .policy(
            &STRICT_POLICY.replace("connect-src 'self'", "connect-src 'self' http://127.0.0.1:*"),
        )
        // The receiver has no icon, which browsers request.
        .allow_problem("favicon.ico")
        .run(async |stage| {
            let origin = stage.server.url("");
            let options = tokens.into_iter().chain(options).chain([origin.as_str()]);
            let receiver = Receiver::start(Options::read(options)?)?;
            let page = stage.open("/").await?;
            let settings = "
                element.uploadHeaders = { authorization: 'Bearer gui' };
                element.uploadUrl = given;
            ";
            page.evaluate(settings, json!(receiver.url("/reports"))).await?;
            inspection(&page).await?;
            let sent = page.call("exportReport", json!([])).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await?;
            // The person changes something and sends the newer one, too.
            page.action("answering").click().await?;
            page.item("overdue").field("count").fill("3").await?;
            page.wait_for_save_state("saved").await?;
            page.action("result").click().await?;
            page.action("upload").click().await?;
            page.wait_for("both", async |page| {
                let sent = page.events("tkt-upload").await?;
                Ok(sent
                    .iter()
                    .filter(|event| event.get("state") == Some(&json!("uploaded")))
                    .count()
                    == 2)
            })
            .await?;

            // The receiver has the sent reports. Its list is for its own page only. A browser reads
            // it with the password that it asks the person for, here given in the address.
            let address = receiver.url("/reports").replace("http://", "http://ai:xem@");
            let list = stage.open_tab_anywhere(&address).await?;
            let rows =
                "return [...document.querySelectorAll('tbody tr')].map((row) => row.className);";
            let rows = list.evaluate(rows, json!(null)).await?;
            assert_eq!(rows, json!(["last", "earlier"]));
            let own = stage.open_tab_anywhere(&receiver.url("/reports.json")).await?;
            let list = own.evaluate(GET, json!(receiver.url("/reports.json"))).await?;
            let list: serde_json::Value = serde_json::from_str(list.as_str().unwrap_or_default())?;
            assert_eq!(list.to_string().matches("sha256").count(), 2, "{list}");
            let sha256 = sent
                .pointer("/integrity/sha256")
                .and_then(serde_json::Value::as_str)
                .unwrap_or_default();
            let stored =
                own.evaluate(GET, json!(receiver.url(&format!("/reports/{sha256}")))).await?;
            let stored: serde_json::Value =
                serde_json::from_str(stored.as_str().unwrap_or_default())?;
            assert_eq!(stored, sent);
            Ok(())
        })
        .await
}
