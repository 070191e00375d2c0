//! The web server of a test, which can be stopped and started again.

use std::collections::BTreeSet;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::thread::JoinHandle;

use anyhow::{Context as _, Result};
use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::sync::oneshot;

use crate::site::{Request, Response, Site};

/// The ports of all servers so far.
static TAKEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// A running server. It keeps its port when it is stopped and started again.
#[derive(Debug)]
pub struct Server {
    site: Arc<Site>,
    address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Server {
    /// Starts a server on a free port that no other server had before: browsers store much by
    /// origin, and tests share browsers.
    pub fn start(site: Site) -> Result<Self> {
        site.check()?;
        let mut server = Self {
            site: Arc::new(site),
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            requests: Arc::default(),
            running: None,
        };
        loop {
            server.resume()?;
            let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
            if taken.insert(server.address.port()) {
                return Ok(server);
            }
            drop(taken);
            server.stop();
            server.address.set_port(0);
        }
    }

    /// Returns the address of a path on it.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Stops it and breaks its connections, like a network failure.
    pub fn stop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            let _ = stop.send(());
            let _ = thread.join();
        }
    }

    /// Starts it again on the same port.
    pub fn resume(&mut self) -> Result<()> {
        if self.running.is_some() {
            return Ok(());
        }
        // It runs on its own thread and runtime, so that it answers even while a test blocks.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let listener = TcpListener::bind(self.address).context("there is no port to listen on")?;
        listener.set_nonblocking(true)?;
        self.address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let (site, requests) = (Arc::clone(&self.site), Arc::clone(&self.requests));
        let thread = std::thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = accept(listener, site, requests) => {}
                    _ = stopped => {}
                }
            });
            // Dropping the runtime drops the connections.
        });
        self.running = Some((stop, thread));
        Ok(())
    }

    /// Returns the requests since it was first started.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the requests for one path.
    pub fn requests_for(&self, path: &str) -> Vec<Request> {
        self.requests().into_iter().filter(|request| request.path == path).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn accept(listener: TcpListener, site: Arc<Site>, requests: Arc<Mutex<Vec<Request>>>) {
    // It was bound without an error just now.
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let (site, requests) = (Arc::clone(&site), Arc::clone(&requests));
        tokio::spawn(async move {
            let service = service_fn(async |request| {
                let request = read(request).await?;
                requests.lock().unwrap_or_else(PoisonError::into_inner).push(request.clone());
                let response = site.answer(&request);
                tokio::time::sleep(response.delay).await;
                write(response)
            });
            // The browser handles a broken connection.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn read(request: hyper::Request<Incoming>) -> Result<Request> {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.iter();
    Ok(Request {
        method: parts.method.to_string(),
        path: decode(parts.uri.path()),
        headers: headers
            .map(|(name, value)| {
                (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            })
            .collect(),
        body: body.collect().await?.to_bytes().to_vec(),
    })
}

fn write(response: Response) -> Result<hyper::Response<Content>> {
    let mut built = hyper::Response::builder().status(response.status);
    for (name, value) in response.headers {
        built = built.header(name, value);
    }
    let mut bytes = Bytes::from(response.body);
    if response.breaks_off {
        bytes.truncate(bytes.len() / 2);
    }
    Ok(built.body(Content {
        bytes: Some(bytes),
        breaks_off: response.breaks_off,
        is_out: false,
    })?)
}

/// The body of a response.
struct Content {
    bytes: Option<Bytes>,
    breaks_off: bool,
    /// Whether the sent part was flushed.
    is_out: bool,
}

impl Body for Content {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<std::result::Result<Frame<Bytes>, io::Error>>> {
        // The first part is sent only when no more is ready. Without this pause the connection
        // would break before the response's head.
        if self.bytes.is_none() && self.breaks_off && !self.is_out {
            self.is_out = true;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(match self.bytes.take() {
            Some(bytes) => Some(Ok(Frame::data(bytes))),
            None if self.breaks_off => Some(Err(io::ErrorKind::ConnectionAborted.into())),
            None => None,
        })
    }

    fn size_hint(&self) -> SizeHint {
        match &self.bytes {
            Some(bytes) if !self.breaks_off => SizeHint::with_exact(bytes.len() as u64),
            _ => SizeHint::default(),
        }
    }
}

/// Replaces each `%41` by its byte.
fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex =
            after.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
