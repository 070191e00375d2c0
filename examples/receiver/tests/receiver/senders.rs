//! Named senders, and the reports that count as versions of each other.

use receiver::{Options, Receiver};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Answer, Running, Sample, database, posted, send, start};

const SENDERS: &str =
    "# Tên, rồi mã\n\nPhường An Bình   ma-cua-an-binh\nPhường Cái Vồn\tma-cua-cai-von\n";

/// Starts a receiver with those senders and a token that others share.
fn with_senders() -> (Running, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("senders.txt");
    std::fs::write(&path, SENDERS).unwrap();
    let options = ["--token", "chung", "--read-token", "xem", "--senders", path.to_str().unwrap()];
    (Running::start(&options), folder)
}

async fn upload_as(running: &Running, token: &str, report: &Sample) -> Answer {
    let sent = posted(&running.url("/reports"))
        .header("authorization", format!("Bearer {token}"))
        .header("idempotency-key", &report.sha256);
    send(sent, report.bytes.clone()).await
}

async fn listed(running: &Running) -> Vec<Value> {
    let asked = hyper::Request::get(running.url("/reports.json"));
    let answer = send(asked.header("authorization", "Bearer xem"), Vec::new()).await.json();
    answer["reports"].as_array().unwrap().clone()
}

/// Returns the same inspection of another unit.
fn of(name: &str, code: Option<&str>) -> Sample {
    Sample::golden("completed.json").changed(|report| {
        report["inspection"]["unit"] = json!({"name": name, "type": "commune"});
        if let Some(code) = code {
            report["inspection"]["unit"]["code"] = code.into();
        }
    })
}

/// Returns the unit, the sender and the number of earlier versions of each entry.
fn rows(listed: &[Value]) -> Vec<(&str, &str, usize)> {
    listed
        .iter()
        .map(|entry| {
            let earlier = entry["earlier"].as_array().unwrap().len();
            let text = |name: &str| entry[name].as_str().unwrap_or_default();
            (text("unitName"), text("sender"), earlier)
        })
        .collect()
}

#[tokio::test]
async fn a_report_supersedes_none_of_another_unit() {
    let running = Running::start(&[]);
    let theirs = of("Xã A", Some("84-001"));
    for report in [
        &of("Xã A", None),
        &theirs,
        &of("Xã B", None),
        &of("Xã A đổi tên", Some("84-001")),
        &of("Xã A", Some("84-002")),
        &of("xã  a", None),
    ] {
        assert_eq!(running.upload(report).await.status, 201);
    }
    let listed = running.listed().await;
    let expected = [("xã  a", 1), ("Xã A", 0), ("Xã A đổi tên", 1), ("Xã B", 0)];
    assert_eq!(rows(&listed), expected.map(|(unit, earlier)| (unit, "", earlier)));
    assert!(listed.iter().all(|entry| entry["clash"] == true), "all say one inspection");
    let page = running.get("/reports").await;
    assert_eq!(page.text().matches("khác cũng gửi báo cáo của đợt này").count(), 4);
}

#[tokio::test]
async fn a_report_supersedes_none_of_another_sender() {
    let (running, _folder) = with_senders();
    let first = of("Phường An Bình", Some("84-003"));
    let forged = first.changed(|report| report["inspection"]["inspectors"] = json!(["Ai đó"]));
    let newer = first.changed(|report| report["inspection"]["inspectors"] = json!(["Người khác"]));
    for (token, report, status) in [
        ("ma-cua-an-binh", &first, 201),
        ("chung", &forged, 201),
        ("ma-cua-cai-von", &forged, 201),
        ("ma-cua-an-binh", &newer, 201),
        ("ma-cua-an-binh", &first, 200),
        ("ma-cua-ai-do", &first, 401),
    ] {
        assert_eq!(upload_as(&running, token, report).await.status.as_u16(), status, "{token}");
    }
    let listed = listed(&running).await;
    let name = "Phường An Bình";
    assert_eq!(rows(&listed), [(name, name, 1), (name, "Phường Cái Vồn", 0), (name, "", 0)]);
    assert_eq!(listed[0]["sha256"], newer.sha256.as_str());
    assert_eq!(listed[0]["earlier"][0]["sha256"], first.sha256.as_str());
}

/// Sending another's report first takes nothing away: it is the other's, too, once they send it.
#[tokio::test]
async fn a_report_that_another_one_sent_first_is_still_ones_own() {
    let (running, _folder) = with_senders();
    let report = of("Phường An Bình", None);
    assert_eq!(upload_as(&running, "chung", &report).await.status, 201);
    let said = upload_as(&running, "ma-cua-an-binh", &report).await;
    assert_eq!(said.status, 201);
    let again = upload_as(&running, "ma-cua-an-binh", &report).await;
    assert_eq!((again.status.as_u16(), again.json()), (200, said.json()));
    let listed = listed(&running).await;
    assert_eq!(listed[0]["sender"], "Phường An Bình");
    assert_eq!(listed[0]["receivedAt"], said.json()["receivedAt"]);
    assert_eq!((listed.len(), listed[1]["sender"].as_str()), (2, None));
}

#[test]
fn wrong_files_of_senders_are_answered_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("senders.txt");
    for (text, answer) in [
        ("# trống\n", "không có người gửi nào"),
        ("\u{feff}Phường A mot\nchi-co-ma\n", "Dòng 2 của"),
        ("Phường A mã\n", "Mã của `--senders` phải gồm"),
        ("Phường A mot\nPhường B mot\n", "Mã của Phường B trùng mã của người gửi khác"),
        ("Phường A xem\n", "Mã gửi và mã xem phải khác nhau"),
    ] {
        std::fs::write(&path, text).unwrap();
        let options = ["--read-token", "xem", "--senders", path.to_str().unwrap()];
        let said = Options::read(options).and_then(Receiver::start).err().unwrap().to_string();
        assert!(said.contains(answer), "{text}: {said}");
        assert!(!said.contains("chi-co-ma"), "it may be a secret: {said}");
    }
    // Two tokens of one sender, for a change of tokens.
    std::fs::write(&path, "Phường A mot\nPhường A hai\n").unwrap();
    assert!(Options::read(["--senders", path.to_str().unwrap()]).is_ok());
}

#[tokio::test]
async fn a_database_of_the_first_version_goes_on() {
    let mut running = Running::start(&[]);
    let reports = [of("Xã A", None), of("Xã B", None)];
    let mut said = Vec::new();
    for report in &reports {
        said.push(running.upload(report).await.json());
    }
    running.receiver.stop();
    // Undoes the changes of the second version.
    let connection = rusqlite::Connection::open(running.database()).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = DELETE; DROP TABLE delivery; PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(connection);

    running.receiver = start(&database(running.folder.path()), &[]);
    assert_eq!(rows(&running.listed().await), [("Xã B", "", 0), ("Xã A", "", 0)]);
    for (report, said) in reports.iter().zip(said) {
        let again = running.upload(report).await;
        assert_eq!((again.status.as_u16(), again.json()), (200, said));
    }
}
