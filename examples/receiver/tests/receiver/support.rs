//! The receiver of a test, reports to send to it, and its responses.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream as BlockingStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::{HeaderMap, Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use receiver::{Limits, Options, Receiver};
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tokio::net::TcpStream;

/// A receiver with its own database. Both are gone after the test.
pub struct Running {
    pub receiver: Receiver,
    pub folder: TempDir,
}

impl Running {
    pub fn start(options: &[&str]) -> Self {
        Self::within(Limits::default(), options)
    }

    /// Starts a receiver with other limits.
    pub fn within(limits: Limits, given: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = options(&database(folder.path()), given);
        options.limits = limits;
        Self { receiver: Receiver::start(options).unwrap(), folder }
    }

    /// Opens a connection on which nothing was sent.
    pub fn connect(&self) -> BlockingStream {
        connect(&self.url(""))
    }

    pub fn url(&self, path: &str) -> String {
        self.receiver.url(path)
    }

    pub fn database(&self) -> PathBuf {
        database(self.folder.path())
    }

    pub async fn get(&self, path: &str) -> Answer {
        get(&self.url(path)).await
    }

    /// Uploads a report as the contract says.
    pub async fn upload(&self, report: &Sample) -> Answer {
        upload(&self.url("/reports"), report).await
    }

    /// Returns the entries of the list.
    pub async fn listed(&self) -> Vec<Value> {
        let listed = self.get("/reports.json").await.json();
        listed["reports"].as_array().unwrap().clone()
    }
}

pub fn database(folder: &Path) -> PathBuf {
    folder.join("reports.sqlite")
}

pub fn options(database: &Path, options: &[&str]) -> Options {
    let arguments = ["--listen", "127.0.0.1:0", "--database", database.to_str().unwrap()];
    Options::read(arguments.into_iter().chain(options.iter().copied())).unwrap()
}

pub fn start(database: &Path, given: &[&str]) -> Receiver {
    Receiver::start(options(database, given)).unwrap()
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json", "{}", self.text());
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Returns the reason of a refusal with this status, and its place.
    pub fn refusal(&self, status: u16) -> (String, String) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        let said = self.json();
        let text = |name| said[name].as_str().unwrap_or_default().to_owned();
        (text("error"), text("place"))
    }
}

/// Opens a connection to the receiver at an address.
pub fn connect(url: &str) -> BlockingStream {
    let authority = url.trim_start_matches("http://").split('/').next().unwrap();
    let stream = BlockingStream::connect(authority).unwrap();
    // A missing response fails the test.
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

/// A report, and the digest in it.
#[derive(Clone)]
pub struct Sample {
    pub bytes: Vec<u8>,
    pub sha256: String,
}

impl Sample {
    /// Returns a report that a version of the program exported.
    pub fn golden(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/v1/reports");
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let report: Value = serde_json::from_slice(&bytes).unwrap();
        Self { bytes, sha256: report["integrity"]["sha256"].as_str().unwrap().to_owned() }
    }

    /// Returns a changed report with a matching digest.
    pub fn changed(&self, change: impl FnOnce(&mut Value)) -> Self {
        let mut report: Value = serde_json::from_slice(&self.bytes).unwrap();
        change(&mut report);
        let mut integrity = report.as_object_mut().unwrap().remove("integrity").unwrap();
        let canonical = serde_json_canonicalizer::to_vec(&report).unwrap();
        let sha256 = digest(&canonical);
        integrity["sha256"] = sha256.clone().into();
        report["integrity"] = integrity;
        Self { bytes: serde_json_canonicalizer::to_vec(&report).unwrap(), sha256 }
    }
}

/// Returns the SHA-256 in lower-case hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub async fn get(url: &str) -> Answer {
    send(Request::get(url), Vec::new()).await
}

pub async fn upload(url: &str, report: &Sample) -> Answer {
    send(posted(url).header("idempotency-key", &report.sha256), report.bytes.clone()).await
}

/// Returns an upload without its key.
pub fn posted(url: &str) -> hyper::http::request::Builder {
    Request::builder().method(Method::POST).uri(url).header("content-type", "application/json")
}

/// Sends a request on a separate connection.
pub async fn send(request: hyper::http::request::Builder, body: impl Into<Bytes>) -> Answer {
    let mut request = request.body(Full::new(body.into())).unwrap();
    let authority = request.uri().authority().unwrap().to_string();
    request.headers_mut().entry("host").or_insert(authority.parse().unwrap());
    *request.uri_mut() = request.uri().path_and_query().unwrap().as_str().parse().unwrap();
    let stream = TcpStream::connect(authority).await.unwrap();
    let (mut sender, connection) =
        hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.unwrap();
    let connection = tokio::spawn(connection);
    let (head, body) = sender.send_request(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes().to_vec();
    connection.abort();
    Answer { status: head.status, headers: head.headers, body }
}

/// Sends a whole body before it reads a response, as simple programs do. The connection breaks off
/// there if more was announced. Returns everything until the receiver closes its side.
pub fn send_first(running: &Running, key: &str, said: usize, body: &[u8]) -> String {
    let mut stream = running.connect();
    let head = format!(
        "POST /reports HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-type: application/json\r\n\
         idempotency-key: {key}\r\ncontent-length: {said}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    if body.len() < said {
        stream.shutdown(Shutdown::Write).unwrap();
    }
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
