//! The browser's view of the network, and the behaviour without one.

use anyhow::Result;
use browser_tests::{Stage, TestResult};
use serde_json::json;

use super::{heard, inspection, sending_to, wait_for_state};
use crate::support::checklists::text;
use crate::support::receiver::{Receiver, Reply};
use crate::support::sites::portal;
use crate::support::start::Start;
use crate::support::steps;

/// Disconnects the page from the network, or reconnects it.
pub async fn set_network(stage: &Stage, is_there: bool) -> Result<()> {
    let conditions = json!({
        "offline": !is_there, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
    });
    stage.browser.cdp("Network.enable", json!({})).await?;
    stage.browser.cdp("Network.emulateNetworkConditions", conditions).await.map(drop)
}

#[tokio::test]
async fn losing_it_loses_nothing_and_what_waits_goes_when_it_is_back() -> TestResult {
    let receiver = Receiver::default();
    sending_to(&receiver)?
        // The upload is tried all the same, as is the prefetch.
        .allow_problem("/nhan")
        .allow_problem("/office-")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let tag = page.find("[data-online]");
            tag.wait_for_attribute("data-online", "true").await?;
            assert_eq!(tag.text().await?.trim(), text("vi", "online.online")?);
            set_network(stage, false).await?;
            tag.wait_for_attribute("data-online", "false").await?;
            assert_eq!(steps::notice(&page, "offline").await?, text("vi", "online.what")?);
            assert_eq!(page.axe().await?, Vec::<String>::new());
            // The whole job, to the file and the queue.
            inspection(&page).await?;
            page.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;
            page.action("upload").click().await?;
            let said = text("vi", "upload.waiting")?;
            page.wait_for("the word", async |page| {
                Ok(wait_for_state(page, "waiting").await? == said)
            })
            .await?;
            assert!(receiver.attempts().is_empty());
            set_network(stage, true).await?;
            wait_for_state(&page, "uploaded").await?;
            assert!(!page.find("[data-notice=offline]").is_visible().await?);
            Ok(())
        })
        .await
}

/// As on a device whose browser never notices the network.
const NEVER_ONLINE: &str =
    "Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false });";

#[tokio::test]
async fn a_browser_that_never_sees_one_sends_all_the_same() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([Reply::status(503, "")]);
    sending_to(&receiver)?
        .preload(NEVER_ONLINE)
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            page.find("[data-online=false]")
                .wait_for("to be said", async |tag| tag.exists().await)
                .await?;
            inspection(&page).await?;
            // The person presses once, and the second attempt is automatic.
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await?;
            assert_eq!((receiver.attempts().len(), receiver.taken().len()), (2, 1));
            assert_eq!(heard(&page).await?.first().map(String::as_str), Some("queued"));
            Ok(())
        })
        .await
}

/// In a portal's page everything is loaded at the start: no screen needs more.
#[tokio::test]
async fn a_loaded_page_needs_no_server_any_more() -> TestResult {
    portal("<tu-kiem-tra></tu-kiem-tra>")?
        // The prefetch, where the test takes that long.
        .allow_problem("/office-")
        .run(async |stage| {
            let page = stage.open("/").await?;
            stage.server.stop();
            let id = Start::default().run(&page).await?;
            page.item("thrift").choose("not-met").await?;
            page.item("thrift").field("reason").type_text("Chưa có số liệu").await?;
            page.evaluate("element.lang = 'en';", json!(null)).await?;
            page.action("result").click().await?;
            steps::complete_anyway(&page, "Máy chủ bảo trì").await?;
            page.action("export").click().await?;
            let file = stage.browser.wait_for_download(".json").await?;
            steps::go_home(&page).await?;
            steps::delete_for_good(&page, &id).await?;
            page.field("import-file").upload(&file).await?;
            steps::listed(&page, &id)
                .wait_for("to be back", async |entry| entry.exists().await)
                .await?;
            steps::open(&page, &id).await?;
            assert_eq!(page.item("thrift").field("reason").value().await?, "Chưa có số liệu");
            Ok(())
        })
        .await
}
