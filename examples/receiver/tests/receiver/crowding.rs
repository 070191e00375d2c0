//! Many reports from many connections at once: no acknowledged report is missing, and refused ones
//! are accepted on a retry.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use receiver::Limits;
use tokio::net::TcpStream;
use tokio::sync::Mutex;

use crate::process::Process;
use crate::support::{Running, Sample, database, digest, posted};

/// The size of a report with notes on its items.
const LENGTH: usize = 60_000;

/// Reports that differ in unit and inspection, made faster than by canonicalizing each.
struct Series {
    /// The canonical report without `integrity`.
    text: String,
    /// The place of `integrity`.
    place: usize,
}

impl Series {
    fn new() -> Self {
        let golden = Sample::golden("completed.json");
        let lacking = LENGTH - golden.bytes.len();
        let report = golden.changed(|report| {
            report["inspection"]["id"] = id(0).into();
            report["inspection"]["unit"]["name"] = unit(0).into();
            let items = report["items"].as_array_mut().unwrap();
            let share = lacking / items.len();
            for item in items {
                item["note"] = "Có ghi chú. ".repeat(share / 15).into();
            }
        });
        let text = String::from_utf8(report.bytes).unwrap();
        let place = text.find("\"integrity\":").unwrap();
        Self { text: text.replace(&integrity(&report.sha256), ""), place }
    }

    fn nth(&self, number: usize) -> Sample {
        let text = self.text.replace(&id(0), &id(number)).replace(&unit(0), &unit(number));
        let sha256 = digest(text.as_bytes());
        let (before, after) = text.split_at(self.place);
        let bytes = [before, &integrity(&sha256), after].concat().into_bytes();
        Sample { bytes, sha256 }
    }
}

fn id(number: usize) -> String {
    format!("0c0ffee0-0000-4000-8000-{number:012}")
}

fn unit(number: usize) -> String {
    format!("UBND xã số {number:06}")
}

fn integrity(sha256: &str) -> String {
    format!("\"integrity\":{{\"canonicalization\":\"RFC8785\",\"sha256\":\"{sha256}\"}},")
}

/// A connection that is reopened when it ends.
struct Connection {
    url: String,
    open: Option<SendRequest<Full<Bytes>>>,
}

impl Connection {
    /// Returns the status and the seconds until a retry, or `None` if the connection broke off.
    async fn post(&mut self, report: &Sample) -> Option<(u16, u64)> {
        let url: hyper::Uri = self.url.parse().unwrap();
        let authority = url.authority().unwrap().as_str();
        let mut sender = match self.open.take().filter(|sender| !sender.is_closed()) {
            Some(sender) => sender,
            None => {
                let stream = TcpStream::connect(authority).await.ok()?;
                let shaken = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
                let (sender, connection) = shaken.ok()?;
                tokio::spawn(connection);
                sender
            }
        };
        let request = posted(url.path())
            .header("host", authority)
            .header("idempotency-key", &report.sha256)
            .body(Full::new(Bytes::from(report.bytes.clone())))
            .unwrap();
        let (head, body) = sender.send_request(request).await.ok()?.into_parts();
        let body = body.collect().await.ok()?.to_bytes();
        let again =
            head.headers.get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
        let status = head.status.as_u16();
        assert!(status != 201 || String::from_utf8_lossy(&body).contains(&report.sha256));
        assert!(status == 201 || again.is_some(), "{status}: {body:?}");
        self.open = Some(sender);
        Some((status, again.unwrap_or_default()))
    }
}

/// The results of the uploads.
#[derive(Debug, Default)]
struct Crowd {
    taken: Vec<String>,
    refused: usize,
    broken: usize,
}

/// Sends all reports over this many connections, each until it is accepted.
async fn crowd(url: &str, reports: Vec<Sample>, connections: usize) -> Crowd {
    let (next, reports) = (Arc::new(AtomicUsize::new(0)), Arc::new(reports));
    let crowd = Arc::new(Mutex::new(Crowd::default()));
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let (next, reports, crowd) = (next.clone(), reports.clone(), crowd.clone());
            let mut connection = Connection { url: url.to_owned(), open: None };
            tokio::spawn(async move {
                while let Some(report) = reports.get(next.fetch_add(1, Ordering::Relaxed)) {
                    loop {
                        let said = connection.post(report).await;
                        let mut crowd = crowd.lock().await;
                        match said {
                            Some((201, _)) => break crowd.taken.push(report.sha256.clone()),
                            Some(_) => crowd.refused += 1,
                            None => crowd.broken += 1,
                        }
                        drop(crowd);
                        // As the receiver asks.
                        let again = said.map_or(1, |(_, again)| again);
                        tokio::time::sleep(Duration::from_secs(again)).await;
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    Arc::into_inner(crowd).unwrap().into_inner()
}

/// Asserts that the database has each acknowledged report, complete.
fn all_are_there(folder: &Path, taken: &[String]) {
    let database = rusqlite::Connection::open(database(folder)).unwrap();
    let mut query = database.prepare("SELECT body FROM report WHERE sha256 = ?1").unwrap();
    for sha256 in taken {
        let body: Vec<u8> = query.query_row([sha256], |row| row.get(0)).unwrap();
        let text = String::from_utf8(body).unwrap().replace(&integrity(sha256), "");
        assert_eq!(&digest(text.as_bytes()), sha256);
    }
    let count = |table: &str| -> i64 {
        let query = format!("SELECT count(*) FROM {table}");
        database.query_row(&query, [], |row| row.get(0)).unwrap()
    };
    let all = i64::try_from(taken.len()).unwrap();
    assert_eq!([count("report"), count("delivery")], [all; 2]);
}

#[tokio::test]
async fn a_crowd_loses_nothing_where_memory_and_connections_are_short() {
    let limits = Limits {
        memory: 10 * LENGTH,
        connections: 20,
        again: Duration::from_secs(1),
        ..Limits::default()
    };
    let running = Running::within(limits, &[]);
    let series = Series::new();
    let reports = (1..=300).map(|number| series.nth(number)).collect();
    let crowd = crowd(&running.url("/reports"), reports, 40).await;
    assert_eq!(crowd.taken.len(), 300);
    assert!(crowd.refused > 0, "nothing was short");
    all_are_there(running.folder.path(), &crowd.taken);
    assert_eq!(running.listed().await.len(), 300);
}

/// README.md tells the rate of `taskset -c 0 cargo test --release -p receiver --test receiver --
/// --ignored --nocapture`: sender and receiver then share one core.
#[tokio::test]
#[ignore = "takes a minute"]
async fn a_province_sends_everything_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (process, url) = Process::start(folder.path());
    let series = Series::new();
    let reports: Vec<Sample> = (1..=3_500).map(|number| series.nth(number)).collect();
    let lengths = reports.iter().map(|report| report.bytes.len());
    assert!(lengths.clone().all(|length| length.abs_diff(LENGTH) < LENGTH / 20));
    let start = Instant::now();
    let crowd = crowd(&url, reports, 200).await;
    let time = start.elapsed().as_secs_f64();
    let rate = 3_500.0 / time;
    println!(
        "{rate:.0} reports a second, {time:.1} s, {} refused, {} broken, memory {:?}",
        crowd.refused,
        crowd.broken,
        process.most_memory()
    );
    assert_eq!(crowd.taken.len(), 3_500);
    all_are_there(folder.path(), &crowd.taken);
}
