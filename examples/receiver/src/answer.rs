//! Responses in JSON, including refusals: `{"error": "a sentence", "place": "where in the
//! report"}`.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Returns a response in JSON.
pub fn json_answer(status: StatusCode, value: &Value) -> Response {
    let mut response = Response::new(Body::from(value.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The reason why a request is refused.
pub struct Refusal {
    status: StatusCode,
    error: String,
    place: Option<String>,
    /// The schemes by which a caller can authenticate.
    schemes: &'static [&'static str],
    /// The time after which the caller may retry.
    again: Option<Duration>,
}

impl Refusal {
    /// Creates a refusal with a reason.
    pub fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self { status, error: error.into(), place: None, schemes: &[], again: None }
    }

    /// The report is not acceptable.
    pub fn unfit(error: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, error)
    }

    /// Adds the place: a JSON pointer or a line.
    pub fn at(self, place: impl Into<String>) -> Self {
        Self { place: Some(place.into()), ..self }
    }

    /// The report exceeds the limit, which is in bytes.
    pub fn too_large(limit: usize) -> Self {
        let error = format!("Tệp quá lớn: báo cáo không vượt quá {} MB.", limit / 1024 / 1024);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, error)
    }

    /// The token for sending is missing or wrong.
    pub fn unknown_sender() -> Self {
        let error = "Cần tiêu đề Authorization: Bearer với mã gửi đúng.";
        Self { schemes: &["Bearer"], ..Self::new(StatusCode::UNAUTHORIZED, error) }
    }

    /// The token for reading is missing or wrong. A browser asks the person for it.
    pub fn unknown_reader() -> Self {
        let error = "Cần mã xem đúng: là mật khẩu khi trình duyệt hỏi (tên người dùng tùy ý), hoặc ở \
                     tiêu đề Authorization: Bearer.";
        let schemes = &["Basic realm=\"Bao cao tu kiem tra\", charset=\"UTF-8\"", "Bearer"];
        Self { schemes, ..Self::new(StatusCode::UNAUTHORIZED, error) }
    }

    /// A token for sending is set, but none for reading.
    pub fn nobody_reads() -> Self {
        let error = "Chưa ai được xem: có mã gửi thì cũng cần mã xem. Hãy chạy lại nơi nhận với \
                     `--read-token MÃ` hoặc biến môi trường RECEIVER_READ_TOKEN.";
        Self::new(StatusCode::FORBIDDEN, error)
    }

    /// The request is for the name of another machine.
    pub fn foreign_host() -> Self {
        let error = "Nơi nhận không trả lời ở tên này. Khi không có mã xem, chỉ dùng được localhost, \
                     127.0.0.1, [::1], địa chỉ ở `--listen`, và tên ghi bằng `--allow-host TÊN`.";
        Self::new(StatusCode::MISDIRECTED_REQUEST, error)
    }

    /// The receiver is overloaded at the moment.
    pub fn busy(again: Duration) -> Self {
        let error = "Nơi nhận đang có quá nhiều việc; chưa lưu gì. Biểu mẫu sẽ gửi lại sau.";
        Self { again: Some(again), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, error) }
    }

    /// Checking a report took longer than allowed.
    pub fn late(time: Duration, again: Duration) -> Self {
        let error = format!(
            "Báo cáo chưa kiểm tra và lưu xong sau {} giây. Biểu mẫu sẽ gửi lại sau; nếu vẫn vậy, hãy báo \
             người quản trị nơi nhận.",
            time.as_secs_f32()
        );
        Self { again: Some(again), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, error) }
    }

    /// Nothing has this address.
    pub fn missing() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Không có gì ở địa chỉ này.")
    }

    /// The report could not be stored or read, which is not the sender's fault.
    pub fn storage() -> Self {
        let error =
            "Máy chủ chưa ghi hoặc đọc được cơ sở dữ liệu; báo cáo chưa được lưu. Hãy gửi lại sau.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut said = json!({"error": self.error});
        if let (Some(place), Some(said)) = (self.place, said.as_object_mut()) {
            said.insert("place".to_owned(), place.into());
        }
        let mut response = json_answer(self.status, &said);
        if let Some(again) = self.again {
            // In whole seconds; 0 would make it retry at once.
            response.headers_mut().insert(RETRY_AFTER, again.as_secs().max(1).into());
        }
        for scheme in self.schemes {
            response.headers_mut().append(WWW_AUTHENTICATE, HeaderValue::from_static(scheme));
        }
        response
    }
}
