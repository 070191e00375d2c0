//! Reading what is sent, whole or not at all.

use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use http_body_util::BodyExt as _;
use tokio::time::{Instant, timeout_at};
use tu_kiem_tra::report::MAX_REPORT;

use crate::answer::Refusal;
use crate::budget::{Exhausted, Held};
use crate::limits::Limits;

/// How much longer a body may take for each of its bytes: 20 kB a second is a weak connection.
pub const PATIENCE_A_BYTE: Duration = Duration::from_micros(50);

/// How much is read of what is not kept.
const DROPPED: usize = 200 * 1024 * 1024;

/// Reads a body of at most [`MAX_REPORT`] bytes, which may take as long as the limits say and some
/// more for what has come. It goes into `kept`, or nowhere where it is refused already.
///
/// A body that is refused is read too, and dropped: if the connection were closed before, many
/// browsers would tell the person of a broken network instead of the reason.
///
/// # Errors
/// The refusal that was given, or that the body is too large, has no room, or does not come whole.
/// After the last two the form sends it again by itself.
pub async fn read(
    mut body: Body,
    mut kept: Result<Held, Refusal>,
    limits: &Limits,
) -> Result<Held, Refusal> {
    let start = Instant::now();
    let mut length = 0_usize;
    while length <= DROPPED {
        // A drop a minute must not keep a connection for ever, nor must what is dropped.
        let counted = u32::try_from(length.min(MAX_REPORT)).unwrap_or(u32::MAX);
        let deadline = start + limits.patience + PATIENCE_A_BYTE * counted;
        let frame = match timeout_at(deadline, body.frame()).await {
            Ok(Some(Ok(frame))) => frame,
            Ok(None) => break,
            // There is a better reason.
            _ if kept.is_err() => break,
            // Whatever came may even be a report by itself: it is not what was sent.
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
