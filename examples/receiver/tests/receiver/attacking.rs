//! Malicious senders and bad connections: others are answered all the same.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use hyper::body::Bytes;
use receiver::Limits;
use serde_json::{Value, json};
use tu_kiem_tra::report::MAX_REPORT;

use crate::process::Process;
use crate::support::{Answer, Running, Sample, posted, send, start, upload};

/// The number of empty items: a few kB that take long if the time grows faster than the faults.
const FAULTS: usize = 20_000;

const HALF_A_HEAD: &[u8] = b"POST /reports HTTP/1.1\r\nhost: localhost\r\ncontent-ty";
const HEAD: &[u8] =
    b"POST /reports HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
    content-length: 100000\r\n\r\n{";

/// Retries until it is accepted, as the form does.
async fn until_taken(running: &Running, report: &Sample) -> Answer {
    loop {
        let answer = running.upload(report).await;
        if answer.status != 503 {
            return answer;
        }
        come_again(&answer);
        tokio::task::yield_now().await;
    }
}

/// Asserts that a response gives the reason and the time to retry.
fn come_again(answer: &Answer) {
    let (error, _) = answer.refusal(503);
    assert!(error.contains("Biểu mẫu sẽ gửi lại sau"), "{error}");
    assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
}

#[tokio::test]
async fn connections_beyond_the_limit_are_told_to_come_again() {
    let limits = Limits { connections: 4, ..Limits::default() };
    let running = Running::within(limits, &["--allow-origin", "https://portal.example"]);
    let report = Sample::golden("completed.json");
    let mut idle: Vec<TcpStream> = (0..4).map(|_| running.connect()).collect();
    let refused = running.upload(&report).await;
    come_again(&refused);
    assert_eq!(refused.header("connection"), "close");
    idle.pop();
    assert_eq!(until_taken(&running, &report).await.status, 201);
    drop(idle);
}

/// Including connections that did nothing yet, or nothing more.
#[test]
fn half_heads_and_idle_connections_are_ended() {
    let limits = Limits { head: Duration::from_millis(300), ..Limits::default() };
    let running = Running::within(limits, &[]);
    let asked = b"GET /style.css HTTP/1.1\r\nhost: localhost\r\n\r\n";
    for sent in [&b""[..], HALF_A_HEAD, asked, &[asked, HALF_A_HEAD].concat()] {
        let mut stream = running.connect();
        stream.write_all(sent).unwrap();
        let mut answer = String::new();
        // It ends; the time after which this fails is much longer.
        stream.read_to_string(&mut answer).unwrap();
        assert_eq!(answer.contains("200 OK"), sent.starts_with(asked), "{answer}");
    }
}

#[tokio::test]
async fn slow_bodies_keep_nobody_waiting() {
    let running = Running::start(&[]);
    let slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = running.connect();
            stream.write_all(HEAD).unwrap();
            stream
        })
        .collect();
    let report = Sample::golden("completed.json");
    assert_eq!(running.upload(&report).await.status, 201);
    assert_eq!(running.listed().await.len(), 1);
    drop(slow);
}

/// Two gigabytes at once, of which little may be in memory.
#[tokio::test]
async fn a_hundred_of_the_largest_reports_fit_into_the_memory() {
    let folder = tempfile::tempdir().unwrap();
    let (process, url) = Process::start(folder.path());
    let report = Sample::golden("completed.json");
    let mut padded = report.bytes.clone();
    padded.resize(MAX_REPORT, b' ');
    let padded = Bytes::from(padded);
    let uploads: Vec<_> = (0..100)
        .map(|_| {
            let sent = posted(&url).header("idempotency-key", &report.sha256);
            tokio::spawn(send(sent, padded.clone()))
        })
        .collect();
    let mut taken = 0;
    for upload in uploads {
        let answer = upload.await.unwrap();
        if answer.status.is_success() {
            taken += 1;
        } else {
            come_again(&answer);
        }
    }
    assert!(taken > 0, "none was taken");
    if let Some(most) = process.most_memory() {
        println!("{taken} of 100 taken, {} MB at most", most / 1024 / 1024);
        assert!(most < 400 * 1024 * 1024, "{most} bytes");
    }
    assert_eq!(upload(&url, &report).await.status, 200);
}

/// Returns a report with another definition and matching digests.
fn with_definition(definition: Value) -> Sample {
    Sample::golden("completed.json").changed(|report| {
        let canonical = serde_json_canonicalizer::to_vec(&definition).unwrap();
        report["checklist"]["sha256"] = crate::support::digest(&canonical).into();
        report["checklist"]["definition"] = definition;
    })
}

#[tokio::test]
async fn hostile_definitions_are_answered_in_time_and_keep_nobody_waiting() {
    let limits = Limits { judging: Duration::from_secs(2), ..Limits::default() };
    let running = Running::within(limits, &[]);
    let faulty = with_definition(json!({"items": vec![json!({}); FAULTS]}));
    let deep = (0..100).fold(json!([]), |inner, _| json!([inner]));
    let deep = with_definition(json!({"title": deep}));
    let too_deep = Sample { bytes: "[".repeat(1_000_000).into_bytes(), ..deep.clone() };
    let uploads: Vec<_> = [&faulty, &deep, &too_deep, &faulty]
        .map(|report| (running.url("/reports"), report.clone()))
        .map(|(url, report)| tokio::spawn(async move { upload(&url, &report).await }))
        .into_iter()
        .collect();
    assert!(running.listed().await.is_empty());
    let good = Sample::golden("completed.json");
    assert_eq!(until_taken(&running, &good).await.status, 201);
    for upload in uploads {
        let answer = upload.await.unwrap();
        if answer.status == 503 {
            come_again(&answer);
        } else {
            answer.refusal(422);
        }
    }
}

#[tokio::test]
async fn what_was_judged_too_late_is_stored_all_the_same() {
    let limits =
        Limits { judging: Duration::ZERO, again: Duration::from_secs(7), ..Limits::default() };
    let mut running = Running::within(limits, &[]);
    let report = Sample::golden("completed.json");
    let answer = running.upload(&report).await;
    let (error, _) = answer.refusal(503);
    assert!(error.contains("chưa kiểm tra và lưu xong sau 0 giây"), "{error}");
    assert_eq!(answer.header("retry-after"), "7");
    running.receiver.stop();
    running.receiver = start(&running.database(), &[]);
    assert_eq!(running.upload(&report).await.status, 200);
}
