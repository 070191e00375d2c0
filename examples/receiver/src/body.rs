//! Reading what is sent, whole or not at all.

use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use http_body_util::BodyExt as _;
use tokio::time::timeout;

use crate::answer::Refusal;

/// How long the next part of a body may take: connections in communes are unsteady.
const PATIENCE: Duration = Duration::from_secs(60);

/// How much is read of what is not kept.
const DROPPED: usize = 200 * 1024 * 1024;

/// Reads a body of at most `limit` bytes.
///
/// What is longer is read too, and dropped: if the connection were closed before, many browsers would
/// tell the person of a broken network instead of the reason.
pub async fn read(mut body: Body, limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut length = 0_usize;
    while length <= DROPPED {
        let frame = match timeout(PATIENCE, body.frame()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(None) if length <= limit => return Ok(bytes),
            Ok(None) => break,
            // Whatever came may even be a report by itself: it is not what was sent.
            Ok(Some(Err(_))) => {
                let error = "Kết nối bị ngắt khi đang gửi; chưa lưu gì. Hãy gửi lại.";
                return Err(Refusal::new(StatusCode::BAD_REQUEST, error));
            }
            Err(_) => {
                let error = "Gửi quá chậm; chưa lưu gì. Hãy gửi lại.";
                return Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, error));
            }
        };
        let Ok(part) = frame.into_data() else {
            continue;
        };
        length = length.saturating_add(part.len());
        if length <= limit {
            bytes.extend_from_slice(&part);
        } else {
            bytes = Vec::new();
        }
    }
    Err(Refusal::too_large(limit))
}
