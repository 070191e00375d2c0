//! The responses to uploads.

use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use hyper::Request;
use receiver::Limits;
use serde_json::json;

use crate::support::{Running, Sample, digest, posted, send, send_first};

const ALTERED: &str = "mã kiểm tra SHA-256 không khớp";

#[tokio::test]
async fn golden_reports_are_stored_and_named() {
    let running = Running::start(&[]);
    for name in ["completed.json", "in-progress.json", "amended.json"] {
        let report = Sample::golden(name);
        let first = running.upload(&report).await;
        assert_eq!(first.status, 201, "{name}: {}", first.text());
        let said = first.json();
        assert_eq!(said["sha256"], report.sha256.as_str());
        assert!(said["receivedAt"].as_str().unwrap().ends_with('Z'), "{said}");

        let again = running.upload(&report).await;
        assert_eq!(again.status, 200, "{name}: {}", again.text());
        assert_eq!(again.json(), said);

        let stored = running.get(&format!("/reports/{}", report.sha256)).await;
        assert_eq!(stored.status, 200);
        assert_eq!(stored.header("content-type"), "application/json");
        let attachment = format!("attachment; filename=\"{}.json\"", report.sha256);
        assert_eq!(stored.header("content-disposition"), attachment);
        assert!(stored.body == report.bytes, "{name} comes back otherwise");
    }
    assert_eq!(running.listed().await.len(), 3);
}

#[tokio::test]
async fn a_report_is_the_same_one_however_its_text_is_set() {
    let running = Running::start(&[]);
    let report = Sample::golden("completed.json");
    let value: serde_json::Value = serde_json::from_slice(&report.bytes).unwrap();
    let spread = Sample { bytes: serde_json::to_vec_pretty(&value).unwrap(), ..report.clone() };
    assert_eq!(running.upload(&report).await.status, 201);
    assert_eq!(running.upload(&spread).await.status, 200);
    let stored = running.get(&format!("/reports/{}", report.sha256)).await;
    assert!(stored.body == report.bytes, "the later text replaced the first");
}

#[tokio::test]
async fn what_is_no_report_is_refused_with_the_reason() {
    let running = Running::start(&[]);
    let good = Sample::golden("completed.json");
    let text = String::from_utf8(good.bytes.clone()).unwrap();
    let digest = format!("\"sha256\":\"{}\"", good.sha256);
    assert!(text.contains("UBND") && text.contains(&digest));
    let cases: &[(&str, Vec<u8>, &str, &str)] = &[
        ("nothing", Vec::new(), "bị thiếu phần cuối", ""),
        ("a picture", vec![0x89, b'P', b'N', b'G'], "không phải báo cáo", ""),
        ("other JSON", b"{\"a\": 1}".to_vec(), "không phải báo cáo", ""),
        ("a list", b"[]".to_vec(), "không phải báo cáo", ""),
        ("no JSON", b"{\"a\": x}".to_vec(), "không phải JSON từ chỗ này", "dòng 1, cột 7"),
        ("half of it", good.bytes[..good.bytes.len() / 2].to_vec(), "thiếu phần cuối", ""),
        ("an altered name", text.replace("UBND", "UBNĐ").into_bytes(), ALTERED, ""),
        (
            "a wrong digest",
            text.replace(&digest, &format!("\"sha256\":\"{}\"", "0".repeat(64))).into_bytes(),
            ALTERED,
            "",
        ),
        (
            "a newer format",
            good.changed(|report| report["formatVersion"] = json!(2)).bytes,
            "định dạng 2, mới hơn",
            "/formatVersion",
        ),
        (
            "a field too many",
            good.changed(|report| report["inspection"]["mood"] = json!("good")).bytes,
            "mood",
            "/inspection/mood",
        ),
        (
            "an impossible period",
            good.changed(|report| report["inspection"]["period"] = json!("2026-Q5")).bytes,
            "không hợp lệ",
            "/inspection/period",
        ),
        (
            "an unknown item",
            good.changed(|report| report["items"][0]["id"] = json!("nothing")).bytes,
            "không có trong danh mục",
            "/items/0/id",
        ),
        (
            "another checklist inside",
            good.changed(|report| report["checklist"]["definition"]["version"] = json!("9")).bytes,
            ALTERED,
            "",
        ),
        // Computed values are read leniently, but must match the schema.
        (
            "a figure that the schema forbids",
            good.changed(|report| {
                report["items"][0]["computed"] = json!({"percent": "cả"});
            })
            .bytes,
            "không đúng lược đồ",
            "/items/0/computed/percent",
        ),
    ];
    for (name, bytes, reason, place) in cases {
        let sent = posted(&running.url("/reports")).header("idempotency-key", &good.sha256);
        let (error, said_place) = send(sent, bytes.clone()).await.refusal(422);
        assert!(error.contains(reason), "{name}: {error}");
        assert_eq!(&said_place, place, "{name}");
    }
    assert!(running.listed().await.is_empty());
}

#[tokio::test]
async fn the_key_must_be_the_digest_of_the_report() {
    let running = Running::start(&[]);
    let report = Sample::golden("completed.json");
    let url = running.url("/reports");
    let (error, _) = send(posted(&url), report.bytes.clone()).await.refusal(400);
    assert!(error.contains("Thiếu tiêu đề Idempotency-Key"), "{error}");
    for key in ["", "1", &report.sha256.to_uppercase(), &"0".repeat(64)] {
        let sent = posted(&url).header("idempotency-key", key);
        let (error, place) = send(sent, report.bytes.clone()).await.refusal(400);
        assert!(error.contains("không phải mã SHA-256"), "{error}");
        assert_eq!(place, "/integrity/sha256");
    }
    assert!(running.listed().await.is_empty());
}

#[tokio::test]
async fn other_types_are_refused() {
    let running = Running::start(&[]);
    let report = Sample::golden("completed.json");
    for kind in ["text/plain", "application/jsonp", "multipart/form-data; boundary=x", ""] {
        let sent = Request::post(running.url("/reports"))
            .header("content-type", kind)
            .header("idempotency-key", &report.sha256);
        let (error, _) = send(sent, report.bytes.clone()).await.refusal(415);
        assert!(error.contains("application/json"), "{error}");
    }
    let sent = Request::post(running.url("/reports"))
        .header("content-type", "Application/JSON; charset=utf-8")
        .header("idempotency-key", &report.sha256);
    assert_eq!(send(sent, report.bytes).await.status, 201);
}

#[tokio::test]
async fn what_is_too_large_is_refused_with_an_answer_that_arrives() {
    let running = Running::start(&[]);
    let limit = 20 * 1024 * 1024;
    let url = running.url("/reports");
    // A report may have spaces around it, which are JSON, up to the limit.
    let report = Sample::golden("completed.json");
    let mut padded = report.clone();
    padded.bytes.resize(limit, b' ');
    assert_eq!(running.upload(&padded).await.status, 201);
    let sent = posted(&url).header("idempotency-key", &report.sha256);
    let (error, _) = send(sent, vec![b' '; limit + 1]).await.refusal(413);
    assert!(error.contains("không vượt quá 20 MB"), "{error}");
    let answer = send_first(&running, &report.sha256, 3 * limit, &vec![b' '; 3 * limit]);
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("20 MB"), "{answer}");
}

/// The method in README.md for programs without RFC 8785.
#[test]
fn the_digest_can_be_taken_of_the_bytes_alone() {
    for name in ["completed.json", "in-progress.json", "amended.json"] {
        let report = Sample::golden(name);
        let text = String::from_utf8(report.bytes).unwrap();
        let sha256 = &report.sha256;
        let mark =
            format!("\"integrity\":{{\"canonicalization\":\"RFC8785\",\"sha256\":\"{sha256}\"}},");
        assert_eq!(text.matches(&mark).count(), 1, "{name}");
        assert_eq!(&digest(text.replace(&mark, "").as_bytes()), sha256, "{name}");
    }
}

/// A trickle of bytes must not hold a connection for ever. It is no reason for the form to give up.
#[test]
fn what_comes_too_slowly_is_ended() {
    let limits = Limits { patience: Duration::from_millis(500), ..Limits::default() };
    let running = Running::within(limits, &[]);
    let mut stream = running.connect();
    let head = "POST /reports HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                content-length: 100000\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
    let start = Instant::now();
    let mut answer = [0; 12];
    // Each byte comes in time; all of them would take half an hour.
    while stream.read_exact(&mut answer).is_err() {
        assert!(start.elapsed() < Duration::from_secs(20), "it listens to every drop");
        stream.write_all(b" ").unwrap();
    }
    assert_eq!(std::str::from_utf8(&answer), Ok("HTTP/1.1 408"));
}
