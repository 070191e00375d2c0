//! The responses of servers.

use anyhow::Result;
use browser_tests::{Response, TestResult};
use serde_json::{Value, json};

use super::{
    check_all_is_there, heard, inspection, last_event, sending_at_leisure_to, sending_to,
    wait_for_state,
};
use crate::support::checklists::text;
use crate::support::receiver::{Receiver, Reply, digest};
use crate::support::reports::check_file;
use crate::support::steps;

#[tokio::test]
async fn a_report_is_sent_and_confirmed() -> TestResult {
    let receiver = Receiver::default();
    sending_to(&receiver)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = inspection(&page).await?;
            page.action("upload").click().await?;
            let said = wait_for_state(&page, "uploaded").await?;
            assert!(said.contains(&text("vi", "upload.uploaded")?), "{said}");
            let attempts = receiver.attempts();
            let [request] = attempts.as_slice() else { panic!("{} attempts", attempts.len()) };
            assert_eq!(request.method, "POST");
            let header = |name: &str| request.headers.get(name).cloned().unwrap_or_default();
            assert_eq!(header("content-type"), "application/json");
            assert_eq!(header("idempotency-key"), digest(request)?);
            let report = check_file(&page, &request.body).await?;
            assert_eq!(report.pointer("/inspection/id"), Some(&json!(id)));
            assert_eq!(heard(&page).await?, ["queued", "sending", "uploaded"]);
            let event = last_event(&page).await?;
            assert_eq!(event.get("inspectionId"), Some(&json!(id)));
            assert_eq!(event.get("sha256"), Some(&json!(digest(request)?)));

            // Nothing is deleted, and the report is not sent again automatically.
            check_all_is_there(&page).await?;
            page.reload().await?;
            let word = page.find("[data-inspection] [data-upload]");
            word.wait_for_attribute("data-upload", "uploaded").await?;
            // Later changes are visible.
            page.find("[data-inspection] [data-action=open]").click().await?;
            page.item("overdue").field("count").fill("2").await?;
            page.wait_for_save_state("saved").await?;
            page.action("result").click().await?;
            page.find("[data-upload-changed=true]")
                .wait_for("to be said", async |line| line.is_visible().await)
                .await?;
            page.action("home").click().await?;
            word.wait_for_attribute("data-upload", "changed").await?;
            assert_eq!(receiver.attempts().len(), 1);
            page.find("[data-inspection] [data-action=open]").click().await?;
            page.action("result").click().await?;
            page.action("upload").click().await?;
            page.wait_for("the newer one", async |_| Ok(receiver.taken().len() == 2)).await?;
            wait_for_state(&page, "uploaded").await.map(drop)
        })
        .await
}

#[tokio::test]
async fn what_is_final_says_so_and_keeps_everything() -> TestResult {
    let receiver = Receiver::default();
    let unauthorized = |status: u16| -> Result<_> {
        let words = text("vi", "upload.unauthorized")?.replace("{status}", &status.to_string());
        Ok((Reply::status(status, ""), "unauthorized", words))
    };
    let refused = |reply: Reply, status: u16| -> Result<_> {
        let words = text("vi", "upload.refused")?.replace("{status}", &status.to_string());
        Ok((reply, "refused", words))
    };
    let cases = [
        (
            Reply::status(201, r#"{"sha256":"00"}"#),
            "unconfirmed",
            text("vi", "upload.other-digest")?,
        ),
        unauthorized(401)?,
        unauthorized(403)?,
        unauthorized(419)?,
        (
            Reply::status(422, r#"{"error":"Kỳ <b>này</b> đã khóa"}"#),
            "refused",
            text("vi", "upload.refused-reason")?.replace("{reason}", "Kỳ <b>này</b> đã khóa"),
        ),
        refused(Reply::status(409, "<html>"), 409)?,
        // Longer than a machine's answer needs to be, and an answer that is cut short.
        refused(Reply::status(422, &[r#"{"error":"x"}"#, &" ".repeat(100_000)].concat()), 422)?,
        refused(
            Reply::Says(Response::new(413, "text/plain", "Quá lớn".repeat(1_000)).broken_off()),
            413,
        )?,
    ];
    sending_to(&receiver)?
        // The browser logs responses of 400 and more.
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            for (number, (reply, state, words)) in cases.into_iter().enumerate() {
                // If a response breaks off, Chromium retries once by itself.
                receiver.will([reply.clone(), reply.clone()]);
                let before = receiver.attempts().len();
                let button = if number == 0 { "upload" } else { "upload-again" };
                page.action(button).click().await?;
                page.wait_for("the attempt", async |_| Ok(receiver.attempts().len() > before))
                    .await?;
                let told = wait_until_said(&page, &words).await;
                told.map_err(|error| error.context(format!("{reply:?}")))?;
                assert_eq!(wait_for_state(&page, state).await?, words, "{reply:?}");
                assert_eq!(last_event(&page).await?.get("state"), Some(&json!(state)), "{reply:?}");
                check_all_is_there(&page).await?;
            }
            assert!(receiver.taken().is_empty());
            receiver.will([]);
            // It stays in the queue, and the same report goes out when the server accepts it.
            page.reload().await?;
            page.find("[data-inspection] [data-upload=refused]")
                .wait_for("to be listed", async |word| word.exists().await)
                .await?;
            page.find("[data-inspection] [data-action=open]").click().await?;
            page.action("result").click().await?;
            page.action("upload-again").click().await?;
            wait_for_state(&page, "uploaded").await?;
            let attempts = receiver.attempts();
            let bodies: std::collections::BTreeSet<_> =
                attempts.iter().map(|request| &request.body).collect();
            assert_eq!(bodies.len(), 1);
            Ok(())
        })
        .await
}

/// Responses other than a confirmation that may be temporary.
fn what_may_pass() -> Result<[(Reply, String); 8]> {
    let page = Response::new(200, "text/html", "<!doctype html><title>Bảo trì</title>");
    let moved = Response::new(302, "text/plain", "").header("location", "/dang-nhap");
    let place = |status: &str| -> Result<_> {
        Ok(text("vi", "upload.waiting-place")?.replace("{status}", status))
    };
    let no_digest = text("vi", "upload.no-digest")?;
    Ok([
        (Reply::Says(moved), text("vi", "upload.sign-in")?),
        (Reply::Says(page), text("vi", "upload.sign-in")?),
        (Reply::status(200, r#"{"sha256":"b5bb9d80"#), no_digest.clone()),
        (Reply::status(204, ""), no_digest.clone()),
        (Reply::status(200, &"x".repeat(100_000)), no_digest),
        (Reply::status(404, "<html>"), place("404")?),
        (Reply::status(405, ""), place("405")?),
        (
            Reply::status(501, r#"{"message":"Chưa mở"}"#),
            text("vi", "upload.waiting-reason")?
                .replace("{reason}", "Chưa mở")
                .replace("{status}", "501"),
        ),
    ])
}

#[tokio::test]
async fn what_looks_lasting_says_why_and_waits_longer() -> TestResult {
    let receiver = Receiver::default();
    sending_at_leisure_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            for (number, (reply, words)) in what_may_pass()?.into_iter().enumerate() {
                receiver.will([reply.clone()]);
                let button = if number == 0 { "upload" } else { "upload-again" };
                page.action(button).click().await?;
                let told = wait_until_said(&page, &words).await;
                told.map_err(|error| error.context(format!("{reply:?}")))?;
                wait_for_state(&page, "waiting").await?;
                // The person is told once, on any screen.
                steps::wait_for_notice(&page, "error", &words).await?;
                steps::dismiss_notices(&page).await?;
                let event = last_event(&page).await?;
                assert_eq!(event.get("state"), Some(&json!("waiting")), "{reply:?}");
                let wait = event.get("retryIn").and_then(Value::as_f64).unwrap_or_default();
                assert!((15.0..=30.0).contains(&wait), "{event}");
            }
            assert!(stage.server.requests_for("/dang-nhap").is_empty(), "a redirect was followed");
            check_all_is_there(&page).await
        })
        .await
}

#[tokio::test]
async fn what_a_later_try_settles_is_tried_again_by_itself() -> TestResult {
    let receiver = Receiver::default();
    let [moved, page, cut, .., place, _, _] = what_may_pass()?;
    receiver.will([cut.0, moved.0, page.0, place.0]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await?;
            let attempts = receiver.attempts();
            assert_eq!((attempts.len(), receiver.taken().len()), (5, 1));
            let same: std::collections::BTreeSet<_> = attempts
                .iter()
                .map(|request| (request.headers.get("idempotency-key"), &request.body))
                .collect();
            assert_eq!(same.len(), 1);
            assert_eq!(heard(&page).await?.iter().filter(|state| *state == "waiting").count(), 4);
            Ok(())
        })
        .await
}

async fn wait_until_said(page: &browser_tests::Page, words: &str) -> Result<()> {
    page.wait_for(&format!("{words:?}"), async |page| {
        Ok(page.find("[data-upload-state]").text().await? == words)
    })
    .await
}

#[tokio::test]
async fn what_may_work_later_is_tried_again_by_itself() -> TestResult {
    let receiver = Receiver::default();
    let patient =
        Response::new(200, "application/json", "{}").after(std::time::Duration::from_secs(5));
    receiver.will([
        // Longer than the initial timeout.
        Reply::Says(patient),
        Reply::status(503, ""),
        Reply::status(408, ""),
        Reply::status(429, ""),
        Reply::status(500, r#"{"sha256":"of an error"}"#),
        // The server accepted it, but the response was lost.
        Reply::ConfirmsAndBreaksOff,
        Reply::Confirms,
        Reply::Confirms,
    ]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await?;
            let attempts = receiver.attempts();
            assert_eq!(attempts.len(), 7);
            let bodies: std::collections::BTreeSet<_> =
                attempts.iter().map(|request| &request.body).collect();
            assert_eq!((bodies.len(), receiver.taken().len()), (1, 1), "one report arrived as two");
            // After a 408 and a broken connection, Chromium retries once by itself.
            let states = heard(&page).await?;
            assert!(states.iter().filter(|state| *state == "waiting").count() >= 4, "{states:?}");
            check_all_is_there(&page).await
        })
        .await
}

#[tokio::test]
async fn a_server_that_asks_to_wait_is_waited_for() -> TestResult {
    let receiver = Receiver::default();
    receiver
        .will([Reply::Says(Response::new(503, "text/plain", "").header("retry-after", "3600"))]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            page.wait_for("the answer", async |page| {
                Ok(heard(page).await?.last().map(String::as_str) == Some("waiting"))
            })
            .await?;
            let event = last_event(&page).await?;
            let wait = event.get("retryIn").and_then(Value::as_f64).unwrap_or_default();
            assert!((3600.0..3605.0).contains(&wait), "{event}");
            // Neither a reload nor the return of the network shortens it.
            page.reload().await?;
            let word = page.find("[data-inspection] [data-upload]");
            word.wait_for_attribute("data-upload", "waiting").await?;
            page.evaluate("dispatchEvent(new Event('online'));", json!(null)).await?;
            page.find("[data-inspection] [data-action=open]").click().await?;
            page.action("result").click().await?;
            let said = wait_for_state(&page, "waiting").await?;
            assert_eq!(said, text("vi", "upload.waiting-server")?.replace("{status}", "503"));
            assert_eq!(receiver.attempts().len(), 1);
            // The person need not wait.
            page.action("upload-again").click().await?;
            wait_for_state(&page, "uploaded").await?;
            assert_eq!(receiver.attempts().len(), 2);
            Ok(())
        })
        .await
}
