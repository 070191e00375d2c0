//! The queue: without a network, over a restart, in two windows.

use std::time::Duration;

use browser_tests::{Response, TestResult};
use serde_json::json;

use super::{check_all_is_there, inspection, sending_away_to, sending_to, wait_for_state};
use crate::support::checklists::text;
use crate::support::receiver::{Receiver, Reply, digest};
use crate::support::steps;

#[tokio::test]
async fn it_survives_a_killed_browser_and_goes_when_the_server_is_back() -> TestResult {
    let receiver = Receiver::default();
    let mut server = receiver.server()?;
    server.stop();
    sending_away_to(&server)?
        .allow_problem("/nhan")
        .own_browser()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = inspection(&page).await?;
            let sent = page.call("exportReport", json!([])).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "waiting").await?;
            // Later entries are not part of the sent report.
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
    receiver.will([Reply::status(422, "")]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            page.evaluate("element.removeAttribute('upload-url');", json!(null)).await?;
            inspection(&page).await?;
            assert!(!page.action("upload").exists().await?);
            // The change acts at once. And browsers fetch nothing from an address with a password
            // in it.
            for (number, bad) in ["ftp://x", "https://a:b@x/", "http://"].into_iter().enumerate() {
                page.evaluate("element.uploadUrl = given;", json!(bad)).await?;
                let errors = page.wait_for_events("tkt-error", number + 1).await?;
                let code = errors.last().and_then(|error| error.get("code"));
                assert_eq!(code, Some(&json!("bad-attribute")), "{bad}");
                assert!(!page.action("upload").exists().await?, "{bad}");
                page.evaluate("element.uploadUrl = '/nhan';", json!(null)).await?;
                page.action("upload")
                    .wait_for("to be offered", async |go| go.is_visible().await)
                    .await?;
            }
            page.action("upload").click().await?;
            wait_for_state(&page, "refused").await?;
            page.evaluate("element.uploadUrl = null;", json!(null)).await?;
            let told = text("vi", "upload.no-address")?;
            page.wait_for("the word", async |page| {
                Ok(page.find(".upload").text().await?.contains(&told))
            })
            .await?;
            assert!(!page.action("upload-again").exists().await?);
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

/// Counts how often the window requests the lock for sending, which one has at a time.
const COUNTING: &str = "
    window.__asked = 0;
    const { request } = LockManager.prototype;
    LockManager.prototype.request = function (name, ...more) {
      if (name.startsWith('tkt:upload:')) window.__asked++;
      return request.call(this, name, ...more);
    };
";

/// Both windows want to send the same report, one while the other is sending it.
#[tokio::test]
async fn two_windows_send_it_once() -> TestResult {
    let receiver = Receiver::default();
    let slow = Response::new(503, "text/plain", "").after(Duration::from_millis(1_500));
    receiver.will([Reply::status(422, ""), Reply::Says(slow)]);
    sending_to(&receiver)?
        .preload(COUNTING)
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "refused").await?;
            let other = stage.open_tab("/").await?;
            let word = steps::listed(&other, &id).find("[data-upload]");
            word.wait_for_attribute("data-upload", "refused").await?;
            page.action("upload-again").click().await?;
            page.wait_for("the attempt", async |_| Ok(receiver.attempts().len() == 2)).await?;
            word.wait_for_attribute("data-upload", "waiting").await?;
            other
                .wait_for("it to ask, too", async |other| {
                    let asked = other.evaluate("return __asked;", json!(null)).await?;
                    Ok(asked.as_u64().is_some_and(|times| times > 0))
                })
                .await?;
            assert_eq!(receiver.attempts().len(), 2, "both sent it");
            wait_for_state(&page, "uploaded").await?;
            word.wait_for_attribute("data-upload", "uploaded").await?;
            assert_eq!((receiver.attempts().len(), receiver.taken().len()), (3, 1));
            Ok(())
        })
        .await
}

/// Without room in the storage, it is sent from memory.
#[tokio::test]
async fn without_room_it_is_sent_all_the_same() -> TestResult {
    let receiver = Receiver::default();
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            let full = "
                const full = () => { throw new DOMException('by the test', 'QuotaExceededError'); };
                IDBObjectStore.prototype.put = full;
                Storage.prototype.setItem = full;
            ";
            page.evaluate(full, json!(null)).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await?;
            assert_eq!(receiver.taken().len(), 1);
            Ok(())
        })
        .await
}
