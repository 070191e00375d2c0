//! The routes and their handlers.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONNECTION, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY,
    CONTENT_TYPE, DATE, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use chrono::{SecondsFormat, Utc};
use serde_json::json;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio_util::task::TaskTracker;
use tower_http::cors::CorsLayer;

use crate::answer::Refusal;
use crate::body;
use crate::budget::Budget;
use crate::check::Checker;
use crate::guard::Guard;
use crate::hosts::Hosts;
use crate::judges::Judges;
use crate::limits::Limits;
use crate::list::entries;
use crate::options::Options;
use crate::page::{POLICY, STYLE, page};
use crate::store::Store;
use crate::upload::{KEY, receive};

/// The state that all requests share.
pub struct Shared {
    pub guard: Guard,
    pub hosts: Hosts,
    pub checker: Checker,
    pub store: Store,
    pub limits: Limits,
    /// The connections that are still free.
    pub connections: Arc<Semaphore>,
    /// The memory for uploads, and that for responses.
    pub uploads: Budget,
    pub answers: Budget,
    pub judges: Judges,
    /// The uploads that are being checked and stored.
    pub tasks: TaskTracker,
    /// The places of readers, who wait only for other readers, never for uploads.
    pub readers: Arc<Semaphore>,
    pub log: bool,
}

/// The number of readers that are answered at a time.
pub const READERS: usize = 2;

/// Returns all routes.
pub fn routes(shared: Shared, options: &Options) -> Router {
    let shared = Arc::new(shared);
    let mut upload = post(receive);
    if !options.origins.is_empty() {
        // The routes after it, such as the list, are closed to other sites.
        upload = upload.layer(cors(options));
    }
    Router::new()
        .route("/reports", upload.get(as_page))
        .route("/reports.json", get(as_json))
        .route("/reports/{sha256}", get(report))
        .route("/style.css", style())
        .fallback(async || Refusal::missing())
        .layer(from_fn_with_state(Arc::clone(&shared), for_this_host))
        .layer(from_fn_with_state(Arc::clone(&shared), about_answers))
        .with_state(shared)
}

/// Returns the layer that lets the pages of other origins upload.
fn cors(options: &Options) -> CorsLayer {
    let mut headers = vec![CONTENT_TYPE, HeaderName::from_static(KEY)];
    if options.guard.asks_senders() {
        headers.push(AUTHORIZATION);
    }
    for named in &options.headers {
        // It may be one of those above.
        if !headers.contains(named) {
            headers.push(named.clone());
        }
    }
    CorsLayer::new()
        .allow_origin(options.origins.clone())
        .allow_methods([Method::POST])
        .allow_headers(headers)
        // The time to retry and its clock: browsers hide both from pages of other origins.
        .expose_headers([RETRY_AFTER, DATE])
        .allow_credentials(options.credentials)
}

async fn as_page(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let made = |store: &Store| Ok(Some(page(&entries(store.list()?)).into_bytes()));
    let page = shared.read(&headers, made).await?;
    let kind = (CONTENT_TYPE, "text/html; charset=utf-8");
    Ok(([kind, (CONTENT_SECURITY_POLICY, POLICY)], page).into_response())
}

async fn as_json(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let made = |store: &Store| {
        let said = json!({"reports": entries(store.list()?)});
        Ok(Some(said.to_string().into_bytes()))
    };
    let said = shared.read(&headers, made).await?;
    Ok(([(CONTENT_TYPE, "application/json")], said).into_response())
}

async fn report(
    State(shared): State<Arc<Shared>>,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let name = format!("attachment; filename=\"{sha256}.json\"");
    let bytes = shared.read(&headers, move |store| store.bytes(&sha256)).await?;
    let kind = (CONTENT_TYPE, "application/json".to_owned());
    Ok(([kind, (CONTENT_DISPOSITION, name)], bytes).into_response())
}

fn style() -> MethodRouter<Arc<Shared>> {
    get(async || ([(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE))
}

impl Shared {
    /// Returns the response to a reader, if it is admitted. It counts as memory for responses until
    /// it is sent.
    async fn read(
        self: Arc<Self>,
        headers: &HeaderMap,
        made: impl FnOnce(&Store) -> rusqlite::Result<Option<Vec<u8>>> + Send + 'static,
    ) -> Result<Body, Refusal> {
        self.guard.check_reader(headers)?;
        let readers = Arc::clone(&self.readers);
        let place = readers.acquire_owned().await.map_err(|_| Refusal::storage())?;
        let held = spawn_blocking(move || {
            let bytes = made(&self.store).map_err(|error| self.storage_failed(Some(&error)));
            // Only now: if the reader has gone away, the place must not be free earlier.
            drop(place);
            let bytes = bytes?.ok_or_else(Refusal::missing)?;
            self.answers.hold(bytes).map_err(|_| Refusal::busy(self.limits.again))
        });
        let held = held.await.map_err(|_| Refusal::storage())??;
        Ok(Body::from(Bytes::from_owner(held)))
    }

    /// Logs the error for the webmaster, and returns the refusal for the sender.
    pub fn storage_failed(&self, error: Option<&rusqlite::Error>) -> Refusal {
        if let Some(error) = error.filter(|_| self.log) {
            eprintln!("{} {error}", now());
        }
        Refusal::storage()
    }
}

/// If everybody may read, answers only requests for a name of this machine.
async fn for_this_host(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    if !shared.guard.asks_readers()
        && let Err(refusal) = shared.hosts.check(request.uri(), request.headers())
    {
        let read = body::read(request.into_body(), Err(refusal), &shared.limits).await;
        return read.map(drop).into_response();
    }
    next.run(request).await
}

/// Sets the headers of every response: it is not cached, and browsers don't guess another type. The
/// log has the time, the address and the status, and nothing of the contents.
async fn about_answers(
    State(shared): State<Arc<Shared>>,
    request: Request,
    next: Next,
) -> Response {
    let asked = format!("{} {}", request.method(), request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if shared.connections.available_permits() == 0 {
        // Others wait for a connection.
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    if shared.log {
        eprintln!("{} {asked} {}", now(), response.status().as_u16());
    }
    response
}

fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true)
}
