//! The upload of a report, as the contract says: `POST` of its bytes as `application/json`, with
//! its SHA-256 as `Idempotency-Key`. The response has that SHA-256 once the report is stored, and
//! not before.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout_at};

use crate::answer::{Refusal, json_answer};
use crate::body;
use crate::budget::Held;
use crate::guard::Sender;
use crate::judges::Undone;
use crate::routes::Shared;
use crate::store::Delivery;

/// The header that identifies a report, so that a retry doesn't count twice.
pub const KEY: &str = "idempotency-key";

/// Checks and stores an upload.
pub async fn receive(
    State(shared): State<Arc<Shared>>,
    request: Request,
) -> Result<Response, Refusal> {
    let (head, body) = request.into_parts();
    let allowed = shared.guard.check_sender(&head.headers);
    let (sender, kept) = match allowed.and_then(|sender| is_json(&head.headers).map(|()| sender)) {
        Ok(sender) => (sender, Ok(shared.uploads.empty())),
        Err(refusal) => (Sender::new(), Err(refusal)),
    };
    let bytes = body::read(body, kept, &shared.limits).await?;
    let key = key(&head.headers)?;
    let (answer, answered) = oneshot::channel();
    let upload = Upload { key, sender, bytes };
    // In a separate task, so that it is finished even if the sender goes away.
    shared.tasks.spawn(take_in(Arc::clone(&shared), upload, answer));
    answered.await.unwrap_or_else(|_| Err(Refusal::storage()))
}

/// A complete upload.
struct Upload {
    key: String,
    sender: Sender,
    bytes: Held,
}

/// Checks and stores an upload. If the check takes too long, the sender is told so; when it is done
/// after all, the next try finds the report stored.
async fn take_in(
    shared: Arc<Shared>,
    upload: Upload,
    answer: oneshot::Sender<Result<Response, Refusal>>,
) {
    let (again, time) = (shared.limits.again, shared.limits.judging);
    let end = Instant::now() + time;
    let length = upload.bytes.as_ref().len();
    let judge = Arc::clone(&shared);
    match shared.judges.judge(length, move || judge.judged(upload)).await {
        Ok(judged) => {
            // A sender that waits no more finds the report stored at the next try.
            let kept = timeout_at(end, shared.keep(judged)).await;
            _ = answer.send(kept.unwrap_or_else(|_| Err(Refusal::late(time, again))));
        }
        Err(Undone::Busy) => _ = answer.send(Err(Refusal::busy(again))),
        Err(Undone::Broken) => _ = answer.send(Err(Refusal::storage())),
        Err(Undone::Late(judging)) => {
            _ = answer.send(Err(Refusal::late(time, again)));
            if let Ok(judged) = judging.await {
                _ = shared.keep(judged).await;
            }
        }
    }
}

impl Shared {
    /// Returns the delivery to store. A report that is stored already was checked before, so that
    /// sending it again costs little.
    fn judged(&self, upload: Upload) -> Result<Delivery, Refusal> {
        let Upload { key, sender, bytes } = upload;
        let is_known = self.store.has(&key, bytes.as_ref());
        let about = if is_known.map_err(|error| self.storage_failed(Some(&error)))? {
            None
        } else {
            let (sha256, about) = self.checker.check(bytes.as_ref())?;
            if key != sha256 {
                let error = "Idempotency-Key không phải mã SHA-256 của báo cáo này.";
                return Err(Refusal::new(StatusCode::BAD_REQUEST, error).at("/integrity/sha256"));
            }
            Some(about)
        };
        Ok(Delivery { sha256: key, about, bytes, sender })
    }

    async fn keep(&self, judged: Result<Delivery, Refusal>) -> Result<Response, Refusal> {
        let delivery = judged?;
        let sha256 = delivery.sha256.clone();
        let kept = self.store.keep(delivery).await;
        let kept = kept.map_err(|error| self.storage_failed(error.as_ref()))?;
        let status = if kept.is_new { StatusCode::CREATED } else { StatusCode::OK };
        Ok(json_answer(status, &json!({"sha256": sha256, "receivedAt": kept.received_at})))
    }
}

/// Checks the type of the body. Parameters such as `charset=utf-8` are ignored.
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
