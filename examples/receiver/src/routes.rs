//! Which address answers what.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, DATE,
    RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use chrono::{SecondsFormat, Utc};
use serde_json::json;
use tokio::task::spawn_blocking;
use tower_http::cors::CorsLayer;

use crate::answer::{Refusal, json_answer};
use crate::check::Checker;
use crate::guard::Guard;
use crate::list::{Entry, entries};
use crate::options::Options;
use crate::page::{POLICY, STYLE, page};
use crate::store::Store;
use crate::upload::{KEY, receive};

/// What all requests share.
pub struct Shared {
    pub guard: Guard,
    pub checker: Checker,
    pub store: Store,
    pub patience: Duration,
    pub log: bool,
}

/// All addresses.
pub fn routes(shared: Shared, options: &Options) -> Router {
    let shared = Arc::new(shared);
    let mut upload = post(receive);
    if !options.origins.is_empty() {
        // What stands after it, the list, is no other site's business.
        upload = upload.layer(cors(options));
    }
    Router::new()
        .route("/reports", upload.get(as_page))
        .route("/reports.json", get(as_json))
        .route("/reports/{sha256}", get(report))
        .route("/style.css", style())
        .fallback(async || Refusal::missing())
        .layer(from_fn_with_state(Arc::clone(&shared), about_answers))
        .with_state(shared)
}

/// Lets the pages of other origins upload.
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
        // When to come again, and by which clock: browsers keep both from pages of other origins.
        .expose_headers([RETRY_AFTER, DATE])
        .allow_credentials(options.credentials)
}

async fn as_page(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let entries = shared.entries(&headers).await?;
    let kind = (CONTENT_TYPE, "text/html; charset=utf-8");
    Ok(([kind, (CONTENT_SECURITY_POLICY, POLICY)], page(&entries)).into_response())
}

async fn as_json(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let entries = shared.entries(&headers).await?;
    Ok(json_answer(StatusCode::OK, &json!({"reports": entries})))
}

async fn report(
    State(shared): State<Arc<Shared>>,
    Path(sha256): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    shared.guard.check_reader(&headers)?;
    let name = format!("attachment; filename=\"{sha256}.json\"");
    let bytes = spawn_blocking(move || {
        shared.store.bytes(&sha256).map_err(|error| shared.storage_failed(&error))
    });
    let bytes = bytes.await.map_err(|_| Refusal::storage())??.ok_or_else(Refusal::missing)?;
    let kind = (CONTENT_TYPE, "application/json".to_owned());
    Ok(([kind, (CONTENT_DISPOSITION, name)], bytes).into_response())
}

fn style() -> MethodRouter<Arc<Shared>> {
    get(async || ([(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE))
}

impl Shared {
    async fn entries(self: Arc<Self>, headers: &HeaderMap) -> Result<Vec<Entry>, Refusal> {
        self.guard.check_reader(headers)?;
        let reports =
            spawn_blocking(move || self.store.list().map_err(|error| self.storage_failed(&error)));
        Ok(entries(reports.await.map_err(|_| Refusal::storage())??))
    }

    /// Tells the webmaster why, and the sender that.
    pub fn storage_failed(&self, error: &rusqlite::Error) -> Refusal {
        if self.log {
            eprintln!("{} {error}", now());
        }
        Refusal::storage()
    }
}

/// What holds for every answer: it is kept in no cache and taken for nothing else than it says it is.
/// The log tells when which address was answered how, and nothing of what was sent.
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
    if shared.log {
        eprintln!("{} {asked} {}", now(), response.status().as_u16());
    }
    response
}

fn now() -> String {
    Utc::now().to_rfc3339_opts(SecondsFormat::Secs, true)
}
