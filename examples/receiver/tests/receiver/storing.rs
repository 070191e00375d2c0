//! Reports are stored once each and stay, whatever happens in between.

use std::process::Command;
use std::time::{Duration, Instant};

use receiver::Limits;

use crate::process::{Process, log};
use crate::support::{Running, Sample, database, get, send_first, start, upload};

#[tokio::test]
async fn the_same_report_twenty_times_at_once_is_one() {
    let running = Running::start(&[]);
    let report = Sample::golden("completed.json");
    let url = running.url("/reports");
    let uploads: Vec<_> = (0..20)
        .map(|_| {
            let (url, report) = (url.clone(), report.clone());
            tokio::spawn(async move { upload(&url, &report).await })
        })
        .collect();
    let mut said = Vec::new();
    let mut new = 0;
    for upload in uploads {
        let answer = upload.await.unwrap();
        assert!(answer.status.is_success(), "{}", answer.text());
        new += usize::from(answer.status == 201);
        said.push(answer.json());
    }
    assert_eq!(new, 1, "only one of them was the first");
    said.dedup();
    assert_eq!(said.len(), 1, "all name the same time: {said:?}");
    assert_eq!(running.listed().await.len(), 1);
}

#[tokio::test]
async fn two_receivers_of_one_database_agree() {
    let folder = tempfile::tempdir().unwrap();
    let path = database(folder.path());
    let receivers = [start(&path, &[]), start(&path, &[])];
    let report = Sample::golden("completed.json");
    let first = upload(&receivers[0].url("/reports"), &report).await;
    let second = upload(&receivers[1].url("/reports"), &report).await;
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 200));
    assert_eq!(first.json(), second.json());
}

#[tokio::test]
async fn what_is_stored_survives_a_restart() {
    let mut running = Running::start(&[]);
    let report = Sample::golden("completed.json");
    let said = running.upload(&report).await.json();
    running.receiver.stop();
    running.receiver = start(&running.database(), &[]);
    let again = running.upload(&report).await;
    assert_eq!((again.status.as_u16(), again.json()), (200, said));
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let golden = Sample::golden("completed.json");
    let mut acknowledged = Vec::new();
    for round in 0..5 {
        let (process, url) = Process::start(folder.path());
        let report = golden.changed(|report| {
            report["inspection"]["unit"]["name"] = format!("UBND phường {round}").into();
        });
        let answer = upload(&url, &report).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        acknowledged.push((report, answer.json()));
        drop(process);
    }
    let (_process, url) = Process::start(folder.path());
    for (report, said) in acknowledged {
        let stored = get(&format!("{url}/{}", report.sha256)).await;
        assert!(stored.body == report.bytes, "{said} is gone");
        assert_eq!(upload(&url, &report).await.json(), said);
    }
}

#[tokio::test]
async fn a_connection_that_breaks_off_stores_nothing() {
    let running = Running::start(&[]);
    let report = Sample::golden("completed.json");
    let whole = report.bytes.len();
    // The second one has sent a complete report, but not all of the announced length.
    for (sent, said) in [(whole / 2, whole), (whole, whole + 10)] {
        let answer = send_first(&running, &report.sha256, said, &report.bytes[..sent]);
        // Not a status that would make the form give up.
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(running.listed().await.is_empty(), "{sent} of {said} bytes");
    }
    assert_eq!(running.upload(&report).await.status, 201);
}

/// A system that shuts down sends a signal first, and requests under way may finish.
#[cfg(unix)]
#[tokio::test]
async fn asked_to_stop_it_ends_and_its_log_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let (mut process, url) = Process::start(folder.path());
    let report = Sample::golden("completed.json");
    let file: serde_json::Value = serde_json::from_slice(&report.bytes).unwrap();
    assert_eq!(upload(&url, &report).await.status, 201);
    // The reason of this refusal quotes the upload.
    let odd = report.changed(|report| report["inspection"]["Nguyễn Văn A"] = true.into());
    assert!(upload(&url, &odd).await.refusal(422).0.contains("Nguyễn Văn A"));

    let id = process.0.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert!(process.0.wait().unwrap().success(), "it did not end by itself");
    let log = std::fs::read_to_string(log(folder.path())).unwrap();
    let answers: Vec<&str> = log.lines().map(|line| line.split_once(' ').unwrap().1).collect();
    assert_eq!(answers, ["POST /reports 201", "POST /reports 422"]);
    let unit = file["inspection"]["unit"]["name"].as_str().unwrap();
    assert!(!log.contains("Nguyễn") && !log.contains(unit), "{log}");
}

/// As during an administrator's `VACUUM`.
#[tokio::test]
async fn a_database_that_is_locked_keeps_nobody_waiting() {
    let judging = Duration::from_millis(500);
    let running = Running::within(Limits { judging, ..Limits::default() }, &[]);
    let other = rusqlite::Connection::open(running.database()).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let report = Sample::golden("completed.json");
    let start = Instant::now();
    let url = running.url("/reports");
    let sending: Vec<_> = (0..5)
        .map(|_| {
            let (url, report) = (url.clone(), report.clone());
            tokio::spawn(async move { upload(&url, &report).await })
        })
        .collect();
    for sent in sending {
        let answer = sent.await.unwrap();
        assert_eq!(answer.status, 503, "{}", answer.text());
        assert!(!answer.header("retry-after").is_empty());
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    other.execute_batch("ROLLBACK").unwrap();
    let stored = running.upload(&report).await;
    assert!([200, 201].contains(&stored.status.as_u16()), "{}", stored.text());
    assert_eq!(running.listed().await.len(), 1);
}
