//! Accepts a limited number of connections, each with time limits for heads, for idling and for
//! responses that the client doesn't take.

use std::convert::Infallible;
use std::net::TcpListener as Bound;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use axum::response::{IntoResponse as _, Response};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

use crate::answer::Refusal;
use crate::body;
use crate::limits::Limits;
use crate::paced::Paced;

/// The number of connections beyond the limit that are told to retry at a time. Others are closed
/// at once.
const TURNED_AWAY: usize = 64;

/// The time limit for the connections to end when the receiver stops.
const STOPPING: Duration = Duration::from_secs(10);

/// The maximum size of a request's head in bytes, which is also that of a connection's buffer.
const HEAD: usize = 64 * 1024;

/// Serves until it is stopped. Then pending requests are answered, for a while.
pub async fn serve(
    listener: Bound,
    router: Router,
    places: Arc<Semaphore>,
    limits: Limits,
    mut stopped: oneshot::Receiver<()>,
) {
    // It was bound without error just now.
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    let others = Arc::new(Semaphore::new(TURNED_AWAY));
    let refusing = refusing(&limits);
    let graceful = GracefulShutdown::new();
    loop {
        let stream = tokio::select! {
            stream = accepted(&listener) => stream,
            _ = &mut stopped => break,
        };
        let (place, router) = if let Ok(place) = Arc::clone(&places).try_acquire_owned() {
            (place, router.clone())
        } else if let Ok(place) = Arc::clone(&others).try_acquire_owned() {
            (place, refusing.clone())
        } else {
            // The sender finds a broken connection and retries as after any other.
            continue;
        };
        tokio::spawn(one(stream, router, place, limits.clone(), graceful.watcher()));
    }
    drop(listener);
    let _ = timeout(STOPPING, graceful.shutdown()).await;
}

/// Accepts the next connection.
async fn accepted(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            // It may be this connection's fault, or the system may be out of file handles: soon one
            // is free again.
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    }
}

/// Serves one connection.
async fn one(
    stream: TcpStream,
    router: Router,
    place: OwnedSemaphorePermit,
    limits: Limits,
    watcher: Watcher,
) {
    // Responses are small and are sent at once.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.patience));
    let stream = Paced::new(stream, limits.patience);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // It starts at the end of the previous response, so it also ends idle connections.
        .header_read_timeout(limits.head)
        .max_buf_size(HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let _ = watcher.watch(connection).await;
    drop(place);
}

/// Returns the routes that tell every request to retry.
fn refusing(limits: &Limits) -> Router {
    let limits = limits.clone();
    Router::new().fallback(async move |request: Request| -> Result<Response, Infallible> {
        let refusal = Err(Refusal::busy(limits.again));
        let read = body::read(request.into_body(), refusal, &limits).await;
        let mut response = read.map(drop).into_response();
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        Ok(response)
    })
}
