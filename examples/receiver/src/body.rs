//! Reading of request bodies, whole or not at all.

use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use http_body_util::BodyExt as _;
use tokio::time::{Instant, timeout_at};
use tu_kiem_tra::report::MAX_REPORT;

use crate::answer::Refusal;
use crate::budget::{Exhausted, Held};
use crate::limits::Limits;

/// The extra time for each byte of a body: 20 kB a second is a weak connection.
pub const PATIENCE_A_BYTE: Duration = Duration::from_micros(50);

/// The number of bytes that are read of a refused body.
const DROPPED: usize = 200 * 1024 * 1024;

/// Reads a body of at most [`MAX_REPORT`] bytes, within the time limit plus some time for each byte
/// received. It is written to `kept`, or dropped if it is already refused.
///
/// A refused body is read too: if the connection were closed earlier, many browsers would report a
/// broken network instead of the reason.
///
/// # Errors
/// The given refusal, or that the body is too large, has no room, or is incomplete. After the last
/// two the form retries by itself.
pub async fn read(
    mut body: Body,
    mut kept: Result<Held, Refusal>,
    limits: &Limits,
) -> Result<Held, Refusal> {
    let start = Instant::now();
    let mut length = 0_usize;
    while length <= DROPPED {
        // Neither a trickle of bytes nor a dropped body may hold a connection for ever.
        let counted = u32::try_from(length.min(MAX_REPORT)).unwrap_or(u32::MAX);
        let deadline = start + limits.patience + PATIENCE_A_BYTE * counted;
        let frame = match timeout_at(deadline, body.frame()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(None) => break,
            // The refusal is a better reason.
            _ if kept.is_err() => break,
            // The received part may even be a valid report, but it is not the one sent.
            Ok(Some(Err(_))) => {
                let error = "Kết nối bị ngắt khi đang gửi; chưa lưu gì. Hãy gửi lại.";
                return Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, error));
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
        if let Ok(bytes) = &mut kept {
            if length > MAX_REPORT {
                kept = Err(Refusal::too_large(MAX_REPORT));
            } else if let Err(Exhausted) = bytes.push(&part) {
                kept = Err(Refusal::busy(limits.again));
            }
        }
    }
    kept
}
