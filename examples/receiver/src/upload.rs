//! Taking a report in, as the contract says: `POST` of its bytes as `application/json`, with its SHA-256
//! as `Idempotency-Key`. The answer names that SHA-256 once the report is stored, and not before.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;
use tokio::task::spawn_blocking;
use tu_kiem_tra::report::MAX_REPORT;

use crate::answer::{Refusal, json_answer};
use crate::body;
use crate::routes::Shared;

/// The header that keeps a report from being taken for two.
pub const KEY: &str = "idempotency-key";

/// Checks and stores what is sent.
pub async fn receive(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    let allowed = shared.guard.check_sender(&head.headers).and_then(|()| is_json(&head.headers));
    if let Err(refusal) = allowed {
        // Nothing of it is kept.
        let _ = body::read(body, 0, shared.patience).await;
        return Err(refusal);
    }
    let bytes = body::read(body, MAX_REPORT, shared.patience).await?;
    let key = key(&head.headers)?;
    // Apart from the requests that wait for the network. It is finished even if the sender goes away.
    spawn_blocking(move || shared.take_in(&key, bytes)).await.map_err(|_| Refusal::storage())?
}

impl Shared {
    fn take_in(&self, key: &str, bytes: Vec<u8>) -> Result<Response, Refusal> {
        let report = self.checker.check(bytes)?;
        if key != report.sha256 {
            let error = "Idempotency-Key không phải mã SHA-256 của báo cáo này.";
            return Err(Refusal::new(StatusCode::BAD_REQUEST, error).at("/integrity/sha256"));
        }
        let kept = self.store.keep(&report).map_err(|error| self.storage_failed(&error))?;
        let status = if kept.is_new { StatusCode::CREATED } else { StatusCode::OK };
        let said = json!({"sha256": report.sha256, "receivedAt": kept.received_at});
        Ok(json_answer(status, &said))
    }
}

/// Parameters such as `charset=utf-8` change nothing.
fn is_json(headers: &HeaderMap) -> Result<(), Refusal> {
    let sent = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = sent.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let error = "Báo cáo phải được gửi với Content-Type: application/json.";
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, error))
}

fn key(headers: &HeaderMap) -> Result<String, Refusal> {
    let key = headers.get(KEY).and_then(|value| value.to_str().ok());
    key.map(str::to_owned).ok_or_else(|| {
        let error = "Thiếu tiêu đề Idempotency-Key: mã SHA-256 của báo cáo.";
        Refusal::new(StatusCode::BAD_REQUEST, error)
    })
}
