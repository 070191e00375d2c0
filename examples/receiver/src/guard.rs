//! Who is answered: everybody, or who knows the token.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use subtle::ConstantTimeEq as _;
use tu_kiem_tra::checklist::Digest;

use crate::answer::Refusal;

/// Lets everybody in, or who knows the token.
#[derive(Clone, Default)]
pub struct Guard {
    /// A digest, so that the comparison takes as long for every length of what is sent.
    token: Option<String>,
}

impl Guard {
    /// Lets in who knows the token.
    pub fn new(token: &str) -> Self {
        Self { token: Some(digest(token.as_bytes())) }
    }

    /// Whether it lets not everybody in.
    pub const fn is_closed(&self) -> bool {
        self.token.is_some()
    }

    /// Lets a request in or not.
    pub fn check(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let Some(token) = &self.token else {
            return Ok(());
        };
        let sent = headers.get(AUTHORIZATION).map(|value| value.as_bytes()).unwrap_or_default();
        let (scheme, sent) = sent.split_at_checked("Bearer ".len()).unwrap_or_default();
        let is_known = digest(sent).as_bytes().ct_eq(token.as_bytes());
        if scheme.eq_ignore_ascii_case(b"Bearer ") && bool::from(is_known) {
            Ok(())
        } else {
            Err(Refusal::unknown_caller())
        }
    }
}

fn digest(token: &[u8]) -> String {
    Digest::of(token).to_string()
}
