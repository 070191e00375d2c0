//! Who is answered: everybody, or who knows a secret. Sending and reading have one each, since whoever may
//! send a report need not see those of others.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq as _;
use tu_kiem_tra::checklist::Digest;

use crate::answer::Refusal;

/// Lets everybody in, or who knows the secret of what is asked for.
#[derive(Clone, Default)]
pub struct Guard {
    sending: Option<Secret>,
    reading: Option<Secret>,
}

impl Guard {
    /// From now on, takes reports only from who knows this.
    pub fn close_sending(&mut self, token: &str) {
        self.sending = Some(Secret::new(token));
    }

    /// From now on, shows what came only to who knows this.
    pub fn close_reading(&mut self, token: &str) {
        self.reading = Some(Secret::new(token));
    }

    /// Whether senders have to know a secret.
    pub const fn asks_senders(&self) -> bool {
        self.sending.is_some()
    }

    /// Whether both are the same secret: who may send could then read.
    pub fn has_one_secret_for_both(&self) -> bool {
        let secrets = self.sending.as_ref().zip(self.reading.as_ref());
        secrets.is_some_and(|(sending, reading)| sending.0 == reading.0)
    }

    /// Lets a sender in or not.
    pub fn check_sender(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let Some(secret) = &self.sending else {
            return Ok(());
        };
        let is_known = secret.is(after("Bearer ", headers));
        if is_known { Ok(()) } else { Err(Refusal::unknown_sender()) }
    }

    /// Lets a reader in or not: programs by `Bearer`, people by the password that their browser asks for.
    pub fn check_reader(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let Some(secret) = &self.reading else {
            // Who closes one door does not mean to leave the other one open.
            return if self.asks_senders() { Err(Refusal::nobody_reads()) } else { Ok(()) };
        };
        let is_known = secret.is(after("Bearer ", headers)) || secret.is(&password(headers));
        if is_known { Ok(()) } else { Err(Refusal::unknown_reader()) }
    }
}

/// A secret as its digest, so that the comparison takes as long for every length of what is sent.
#[derive(Clone)]
struct Secret(String);

impl Secret {
    fn new(secret: &str) -> Self {
        Self(digest(secret.as_bytes()))
    }

    fn is(&self, sent: &[u8]) -> bool {
        digest(sent).as_bytes().ct_eq(self.0.as_bytes()).into()
    }
}

fn digest(secret: &[u8]) -> String {
    Digest::of(secret).to_string()
}

/// What stands in `Authorization` after the name of a scheme; nothing, which is no secret, for any other.
fn after<'a>(scheme: &str, headers: &'a HeaderMap) -> &'a [u8] {
    let sent = headers.get(AUTHORIZATION).map(|value| value.as_bytes()).unwrap_or_default();
    let (named, rest) = sent.split_at_checked(scheme.len()).unwrap_or_default();
    if named.eq_ignore_ascii_case(scheme.as_bytes()) { rest } else { &[] }
}

/// The password that a browser sends, with any name of a user.
fn password(headers: &HeaderMap) -> Vec<u8> {
    let sent = STANDARD.decode(after("Basic ", headers)).unwrap_or_default();
    let mut parts = sent.splitn(2, |byte| *byte == b':');
    parts.nth(1).unwrap_or_default().to_vec()
}
