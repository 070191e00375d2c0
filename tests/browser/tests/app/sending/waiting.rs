//! What waits: without a network, over a restart, in two windows.

use browser_tests::TestResult;
use serde_json::json;

use super::{check_all_is_there, inspection, sending_away_to, sending_to, wait_for_state};
use crate::support::receiver::{Receiver, Reply, digest};
use crate::support::steps;

#[tokio::test]
async fn it_survives_a_killed_browser_and_goes_when_the_server_is_back() -> TestResult {
    let receiver = Receiver::default();
    let mut server = receiver.server()?;
    server.stop();
    sending_away_to(&server)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = inspection(&page).await?;
            let sent = page.call("exportReport", json!([])).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "waiting").await?;
            // What is entered after that is not what she sent.
            page.action("answering").click().await?;
            page.item("overdue").field("count").fill("7").await?;
            page.wait_for_save_state("saved").await?;
            stage.browser.kill().await?;
            stage.browser.reopen().await?;

            let page = stage.open("/").await?;
            steps::listed(&page, &id)
                .find("[data-upload=waiting]")
                .wait_for("to be said", async |word| word.exists().await)
                .await?;
            server.resume()?;
            steps::listed(&page, &id)
                .find("[data-upload=changed]")
                .wait_for("to be said", async |word| word.exists().await)
                .await?;
            let attempts = receiver.attempts();
            let [request] = attempts.as_slice() else { panic!("{} attempts", attempts.len()) };
            let expected = sent.pointer("/integrity/sha256").cloned();
            assert_eq!(Some(json!(digest(request)?)), expected);
            steps::open(&page, &id).await?;
            assert_eq!(page.item("overdue").field("count").value().await?, "7");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn without_an_address_nothing_is_offered_and_what_waits_is_told() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([Reply::status(503, "")]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            page.evaluate("element.removeAttribute('upload-url');", json!(null)).await?;
            inspection(&page).await?;
            assert!(!page.action("upload").exists().await?);
            // It acts at once, on what waits too.
            page.evaluate("element.uploadUrl = 'ftp://x/';", json!(null)).await?;
            page.action("upload").click().await?;
            let errors = page.wait_for_events("tkt-error", 1).await?;
            assert_eq!(
                errors.last().and_then(|error| error.get("code")),
                Some(&json!("bad-attribute"))
            );
            wait_for_state(&page, "waiting").await?;
            page.evaluate("element.uploadUrl = '/nhan';", json!(null)).await?;
            wait_for_state(&page, "uploaded").await?;
            check_all_is_there(&page).await
        })
        .await
}

#[tokio::test]
async fn the_person_may_let_it_be() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([Reply::status(422, "")]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "refused").await?;
            page.action("upload-let-be").click().await?;
            page.action("upload")
                .wait_for("to be offered", async |go| go.is_visible().await)
                .await?;
            page.call("flush", json!([])).await?;
            page.reload().await?;
            assert!(!page.find("[data-upload]").exists().await?);
            assert_eq!(receiver.attempts().len(), 1);
            Ok(())
        })
        .await
}

/// Two windows have the same report waiting, and both hear that the network is back.
#[tokio::test]
async fn two_windows_send_it_once() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([Reply::Says(
        browser_tests::Response::new(503, "text/plain", "").header("retry-after", "86400"),
    )]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = inspection(&page).await?;
            page.action("upload").click().await?;
            page.wait_for("the first answer", async |_| Ok(receiver.attempts().len() == 1)).await?;
            wait_for_state(&page, "waiting").await?;
            let other = stage.open_tab("/").await?;
            // The other one does not know how long the server wants to be left alone.
            other.wait_for("it to be sent", async |_| Ok(receiver.taken().len() == 1)).await?;
            for window in [&page, &other] {
                window.evaluate("dispatchEvent(new Event('online'));", json!(null)).await?;
            }
            wait_for_state(&page, "uploaded").await?;
            steps::listed(&other, &id)
                .find("[data-upload=uploaded]")
                .wait_for("to be said", async |word| word.exists().await)
                .await?;
            assert_eq!((receiver.attempts().len(), receiver.taken().len()), (2, 1));
            Ok(())
        })
        .await
}
