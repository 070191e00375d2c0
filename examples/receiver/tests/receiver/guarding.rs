//! Permission to send and to read: one secret each.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper::Request;

use crate::support::{Answer, Running, Sample, posted, send, send_first};

const TOKEN: &str = "m4t-kh@u";
const READ_TOKEN: &str = "xem:d@nh-sach";

/// Uploads a report with this in `Authorization`.
async fn upload(running: &Running, report: &Sample, authorization: &str) -> Answer {
    let sent = posted(&running.url("/reports"))
        .header("idempotency-key", &report.sha256)
        .header("authorization", authorization);
    send(sent, report.bytes.clone()).await
}

/// Requests each address of the reports, with this in `Authorization`.
async fn read(running: &Running, report: &Sample, authorization: &str) -> Vec<Answer> {
    let mut answers = Vec::new();
    for path in ["/reports", "/reports.json", &format!("/reports/{}", report.sha256)] {
        let asked = Request::get(running.url(path)).header("authorization", authorization);
        answers.push(send(asked, Vec::new()).await);
    }
    answers
}

fn basic(text: &str) -> String {
    format!("Basic {}", STANDARD.encode(text))
}

#[tokio::test]
async fn senders_are_asked_for_their_token() {
    let running = Running::start(&["--token", TOKEN, "--read-token", READ_TOKEN]);
    let report = Sample::golden("completed.json");
    for authorization in [
        "",
        "Bearer",
        "Bearer ",
        "Bearer m4t-kh@",
        "Bearer m4t-kh@uu",
        "Basic m4t-kh@u",
        &basic(&format!("a:{TOKEN}")),
        &format!("Bearer {READ_TOKEN}"),
    ] {
        let answer = upload(&running, &report, authorization).await;
        assert_eq!(answer.header("www-authenticate"), "Bearer", "{authorization}");
        assert!(answer.refusal(401).0.contains("Authorization: Bearer"));
    }
    let large = vec![b' '; 30 * 1024 * 1024];
    let answer = send_first(&running, &report.sha256, large.len(), &large);
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    assert_eq!(upload(&running, &report, &format!("bearer {TOKEN}")).await.status, 201);
}

#[tokio::test]
async fn readers_are_asked_for_another_one_which_a_browser_can_send() {
    let running = Running::start(&["--token", TOKEN, "--read-token", READ_TOKEN]);
    let report = Sample::golden("completed.json");
    assert_eq!(upload(&running, &report, &format!("Bearer {TOKEN}")).await.status, 201);
    for authorization in [
        "",
        "Basic",
        "Basic ",
        "Basic ?",
        &basic(READ_TOKEN.split(':').next().unwrap()),
        &basic("a:"),
        &basic(&format!("{READ_TOKEN}:a")),
        &basic(&format!("a:{TOKEN}")),
        &format!("Bearer {TOKEN}"),
        &format!("Basic {READ_TOKEN}"),
    ] {
        for answer in read(&running, &report, authorization).await {
            let scheme = answer.header("www-authenticate");
            assert!(scheme.starts_with("Basic realm=\""), "{authorization}: {scheme}");
            let (error, _) = answer.refusal(401);
            assert!(error.starts_with("Cần mã xem đúng"), "{authorization}: {error}");
        }
    }
    for authorization in [
        basic(&format!("a:{READ_TOKEN}")),
        basic(&format!(":{READ_TOKEN}")),
        format!("Bearer {READ_TOKEN}"),
    ] {
        for answer in read(&running, &report, &authorization).await {
            assert_eq!(answer.status, 200, "{authorization}");
        }
    }
}

#[tokio::test]
async fn nobody_reads_where_only_sending_has_a_token() {
    let running = Running::start(&["--token", TOKEN]);
    let report = Sample::golden("completed.json");
    assert_eq!(upload(&running, &report, &format!("Bearer {TOKEN}")).await.status, 201);
    for authorization in ["", &format!("Bearer {TOKEN}"), &basic("a:"), &basic("a:a")] {
        for answer in read(&running, &report, authorization).await {
            assert_eq!(answer.header("www-authenticate"), "", "there is nothing to ask for");
            let (error, _) = answer.refusal(403);
            assert!(error.contains("`--read-token MÃ`"), "{error}");
        }
    }
}

#[tokio::test]
async fn sending_stays_open_where_only_reading_has_a_token() {
    let running = Running::start(&["--read-token", READ_TOKEN]);
    let report = Sample::golden("completed.json");
    assert_eq!(running.upload(&report).await.status, 201);
    for answer in read(&running, &report, "").await {
        answer.refusal(401);
    }
}
