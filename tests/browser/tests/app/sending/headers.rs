//! The host's identification of the sender, by headers and credentials.

use std::time::Duration;

use browser_tests::{Response, TestResult};
use serde_json::json;

use super::{
    heard, inspection, sending_at_leisure_to, sending_away_to, sending_to, wait_for_state,
};
use crate::support::checklists::text;
use crate::support::receiver::{Receiver, Reply};
use crate::support::steps;

#[tokio::test]
async fn a_function_is_asked_again_when_its_headers_are_over() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([Reply::status(419, ""), Reply::Confirms]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            let host = "
                window.__asked = [];
                element.uploadHeaders = async (request) => {
                  __asked.push(request);
                  // Ours can't be changed.
                  return { 'X-CSRF-Token': `t${__asked.length}`, 'Idempotency-Key': 'x', 'Content-Type': 'text/plain' };
                };
            ";
            page.evaluate(host, json!(null)).await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await?;
            let tokens: Vec<_> =
                receiver.attempts().iter().map(|request| request.headers.get("x-csrf-token").cloned()).collect();
            assert_eq!(tokens, [Some("t1".to_owned()), Some("t2".to_owned())]);
            let url = stage.server.url("/nhan");
            let asked = page.evaluate("return __asked;", json!(null)).await?;
            assert_eq!(asked, json!([{ "url": url, "again": false }, { "url": url, "again": true }]));
            assert!(receiver.attempts().iter().all(|request| {
                request.headers.get("content-type").is_some_and(|kind| kind == "application/json")
            }));
            assert_eq!(receiver.taken().len(), 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn new_headers_send_what_was_not_authorized() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([Reply::status(401, "")]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "unauthorized").await?;
            page.evaluate("element.uploadHeaders = { authorization: 'Bearer 1' };", json!(null))
                .await?;
            wait_for_state(&page, "uploaded").await?;
            let last = receiver
                .attempts()
                .pop()
                .and_then(|mut request| request.headers.remove("authorization"));
            assert_eq!(last.as_deref(), Some("Bearer 1"));
            Ok(())
        })
        .await
}

/// Makes pauses endless, so that every attempt is one that the person asked for.
const NEVER_AGAIN: &str = "
    const { setTimeout: wait } = window;
    window.setTimeout = (act, time, ...more) => (time > 900 ? 0 : wait(act, time, ...more));
";

#[tokio::test]
async fn what_cannot_be_added_is_told_and_sends_nothing() -> TestResult {
    let receiver = Receiver::default();
    sending_at_leisure_to(&receiver)?
        .preload(NEVER_AGAIN)
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            let before = text("vi", "error.bad-upload-headers")?.replace("{name}", "");
            for (number, bad) in [
                "element.uploadHeaders = { 'no name': '1' };",
                "element.uploadHeaders = 'x-token: 1';",
                "element.uploadHeaders = () => { throw new Error('phiên đã hết'); };",
                "element.uploadHeaders = async () => { throw new Error('phiên đã hết'); };",
                "element.uploadHeaders = null; element.uploadCredentials = 'always';",
            ]
            .into_iter()
            .enumerate()
            {
                page.evaluate(bad, json!(null)).await?;
                let button = if number == 0 { "upload" } else { "upload-again" };
                page.action(button).click().await?;
                let errors = page.wait_for_events("tkt-error", number + 1).await?;
                let code = errors.last().and_then(|error| error.get("code"));
                assert_eq!(code, Some(&json!("bad-upload-headers")), "{bad}");
                steps::wait_for_notice(&page, "error", before.trim()).await?;
                wait_for_state(&page, "waiting").await?;
                steps::dismiss_notices(&page).await?;
            }
            assert!(receiver.attempts().is_empty());
            page.evaluate("element.uploadCredentials = 'omit';", json!(null)).await?;
            page.action("upload-again").click().await?;
            wait_for_state(&page, "uploaded").await.map(drop)
        })
        .await
}

/// A host that requests a token first can't do that without a network either.
#[tokio::test]
async fn a_function_that_fails_or_never_ends_is_asked_again() -> TestResult {
    let receiver = Receiver::default();
    sending_to(&receiver)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let host = "
                const fails = () => Promise.reject(new TypeError('Failed to fetch'));
                const never = () => new Promise(() => {});
                const ways = [fails, fails, never];
                element.uploadHeaders = () => (ways.shift() ?? (() => ({ 'x-csrf-token': 'k' })))();
            ";
            page.evaluate(host, json!(null)).await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await?;
            assert_eq!(receiver.attempts().len(), 1);
            // The error is reported once, not at each attempt.
            let errors = page.events("tkt-error").await?;
            assert_eq!(errors.len(), 1, "{errors:?}");
            Ok(())
        })
        .await
}

/// A person who has signed in again need not press anything when the page is reopened.
#[tokio::test]
async fn a_page_that_is_opened_again_tries_again() -> TestResult {
    let receiver = Receiver::default();
    receiver.will([Reply::status(401, "")]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "unauthorized").await?;
            page.reload().await?;
            let word = page.find("[data-inspection] [data-upload]");
            word.wait_for_attribute("data-upload", "uploaded").await?;
            assert_eq!(receiver.attempts().len(), 2);
            Ok(())
        })
        .await
}

/// While the host is asked for headers, the person may change their mind.
#[tokio::test]
async fn what_is_deleted_while_the_host_is_asked_is_not_sent() -> TestResult {
    let receiver = Receiver::default();
    sending_to(&receiver)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let host =
                "element.uploadHeaders = () => new Promise((done) => (window.__answer = done));";
            page.evaluate(host, json!(null)).await?;
            let id = inspection(&page).await?;
            page.action("upload").click().await?;
            page.wait_for("the host to be asked", async |page| {
                Ok(page.evaluate("return typeof __answer;", json!(null)).await?
                    == json!("function"))
            })
            .await?;
            steps::go_home(&page).await?;
            steps::listed(&page, &id).find("[data-action=delete]").click().await?;
            steps::wait_for_notice(&page, "done", &text("vi", "home.deleted")?).await?;
            page.evaluate("__answer({});", json!(null)).await?;
            page.call("flush", json!([])).await?;
            // The host is asked again after the undo, and then the report goes out.
            page.evaluate("window.__answer = 0;", json!(null)).await?;
            assert!(receiver.attempts().is_empty());
            page.action("undo").click().await?;
            page.wait_for("the host to be asked", async |page| {
                Ok(page.evaluate("return typeof __answer;", json!(null)).await?
                    == json!("function"))
            })
            .await?;
            assert!(receiver.attempts().is_empty());
            page.evaluate("__answer({});", json!(null)).await?;
            let word = steps::listed(&page, &id).find("[data-upload]");
            word.wait_for_attribute("data-upload", "uploaded").await.map(drop)
        })
        .await
}

/// Headers that arrive while the old ones are being refused are used.
#[tokio::test]
async fn headers_that_come_meanwhile_are_used() -> TestResult {
    let receiver = Receiver::default();
    let slow = Response::new(401, "text/plain", "").after(Duration::from_secs(1));
    receiver.will([Reply::Says(slow)]);
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            page.wait_for("the attempt", async |_| Ok(receiver.attempts().len() == 1)).await?;
            page.evaluate("element.uploadHeaders = { authorization: 'Bearer 1' };", json!(null))
                .await?;
            wait_for_state(&page, "uploaded").await?;
            let states = heard(&page).await?;
            assert!(!states.contains(&"unauthorized".to_owned()), "{states:?}");
            assert_eq!(receiver.attempts().len(), 2);
            Ok(())
        })
        .await
}

/// A host that answers each refusal with the same headers must not flood its server.
#[tokio::test]
async fn headers_that_are_refused_again_and_again_are_slowed_down() -> TestResult {
    let receiver = Receiver::default();
    receiver.will((0..100).map(|_| Reply::status(401, "")));
    sending_to(&receiver)?
        .allow_problem("/nhan")
        .run(async |stage| {
            let page = stage.open("/").await?;
            // By the page's own clock, which is fast here.
            let host = "
                window.__at = [];
                element.addEventListener('tkt-upload', ({ detail: { state } }) => {
                  if (state === 'sending') __at.push(performance.now());
                  if (state === 'unauthorized') element.uploadHeaders = { authorization: 'Bearer 1' };
                });
            ";
            page.evaluate(host, json!(null)).await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            page.wait_for("five attempts", async |_| Ok(receiver.attempts().len() >= 5)).await?;
            let at = page.evaluate("return __at;", json!(null)).await?;
            let at: Vec<f64> =
                at.as_array().into_iter().flatten().filter_map(serde_json::Value::as_f64).collect();
            let waits: Vec<f64> = at.iter().zip(at.iter().skip(1)).map(|(a, b)| b - a).collect();
            // The first headers are tried at once, as they may be new. Then the waits are at least
            // half of 4, 8 and 16 seconds.
            for (wait, least) in waits.iter().skip(1).zip([2_000.0, 4_000.0, 8_000.0]) {
                assert!(*wait >= least, "{waits:?}");
            }
            Ok(())
        })
        .await
}

/// Pages without an origin have no locks: requesting one fails.
#[tokio::test]
async fn without_locks_it_is_sent_all_the_same() -> TestResult {
    let receiver = Receiver::default();
    let refused = "
        LockManager.prototype.request = () =>
          Promise.reject(new DOMException('by the test', 'SecurityError'));
    ";
    sending_to(&receiver)?
        .preload(refused)
        .run(async |stage| {
            let page = stage.open("/").await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await.map(drop)
        })
        .await
}

/// The host's headers go only to the other origin, and credentials only if the host says so.
#[tokio::test]
async fn another_origin_gets_what_is_meant_for_it() -> TestResult {
    let receiver = Receiver::default();
    let server = receiver.server()?;
    sending_away_to(&server)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            page.evaluate("document.cookie = 'phien=1; path=/'; element.uploadHeaders = { 'x-csrf-token': 'k' };", json!(null)).await?;
            inspection(&page).await?;
            page.action("upload").click().await?;
            wait_for_state(&page, "uploaded").await?;
            let attempts = receiver.attempts();
            let [request] = attempts.as_slice() else { panic!("{} attempts", attempts.len()) };
            assert_eq!(request.headers.get("x-csrf-token").map(String::as_str), Some("k"));
            assert_eq!(request.headers.get("cookie"), None);
            let own = stage.server.requests();
            assert!(own.iter().all(|request| !request.headers.contains_key("x-csrf-token")));
            assert_eq!(heard(&page).await?, ["queued", "sending", "uploaded"]);
            Ok(())
        })
        .await
}
