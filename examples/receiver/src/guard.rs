//! The guard of the routes: it admits everybody, or only callers with a secret. Sending and reading
//! have separate secrets, since a sender of reports need not see those of others.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq as _;
use tu_kiem_tra::checklist::Digest;

use crate::answer::Refusal;

/// Admits everybody, or only callers who know the secret of their route.
#[derive(Clone, Default)]
pub struct Guard {
    sending: Vec<(Sender, Secret)>,
    reading: Option<Secret>,
}

/// The name of a sender with a token of its own. It is empty for all others, who are
/// indistinguishable.
pub type Sender = String;

impl Guard {
    /// Restricts sending to this token and the others given. Returns `false` if the token was given
    /// for another sender.
    pub fn close_sending(&mut self, sender: &str, token: &str) -> bool {
        let secret = Secret::new(token);
        let is_own = |(name, other): &(Sender, Secret)| name == sender || secret.0 != other.0;
        let is_new = self.sending.iter().all(is_own);
        self.sending.push((sender.to_owned(), secret));
        is_new
    }

    /// Restricts reading to this token.
    pub fn close_reading(&mut self, token: &str) {
        self.reading = Some(Secret::new(token));
    }

    /// Returns whether senders need a secret.
    pub const fn asks_senders(&self) -> bool {
        !self.sending.is_empty()
    }

    /// Returns whether readers need a secret.
    pub const fn asks_readers(&self) -> bool {
        self.reading.is_some()
    }

    /// Returns whether both secrets are the same, so that every sender could read.
    pub fn has_one_secret_for_both(&self) -> bool {
        let is_for_both =
            |reading: &Secret| self.sending.iter().any(|(_, sending)| sending.0 == reading.0);
        self.reading.as_ref().is_some_and(is_for_both)
    }

    /// Returns the sender, or the refusal.
    pub fn check_sender(&self, headers: &HeaderMap) -> Result<Sender, Refusal> {
        if !self.asks_senders() {
            return Ok(Sender::new());
        }
        let sent = Secret::new(after("Bearer ", headers));
        // All are compared, so that the time discloses nothing.
        let known =
            self.sending.iter().fold(
                None,
                |known, (sender, secret)| {
                    if secret.is(&sent) { Some(sender) } else { known }
                },
            );
        known.cloned().ok_or_else(Refusal::unknown_sender)
    }

    /// Admits or refuses a reader. Programs use `Bearer`, people the password that their browser
    /// asks for.
    pub fn check_reader(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let Some(secret) = &self.reading else {
            // Restricting sending alone must not leave reading open.
            return if self.asks_senders() { Err(Refusal::nobody_reads()) } else { Ok(()) };
        };
        let sent = [after("Bearer ", headers), &password(headers)].map(Secret::new);
        let is_known = sent.iter().any(|sent| secret.is(sent));
        if is_known { Ok(()) } else { Err(Refusal::unknown_reader()) }
    }
}

/// A secret as its digest, so that the comparison takes the same time for every length.
#[derive(Clone)]
struct Secret(String);

impl Secret {
    fn new(secret: impl AsRef<[u8]>) -> Self {
        Self(Digest::of(secret.as_ref()).to_string())
    }

    fn is(&self, sent: &Self) -> bool {
        sent.0.as_bytes().ct_eq(self.0.as_bytes()).into()
    }
}

/// Returns the part of `Authorization` after the name of a scheme. It is empty, which is no secret,
/// for any other scheme.
fn after<'a>(scheme: &str, headers: &'a HeaderMap) -> &'a [u8] {
    let sent = headers.get(AUTHORIZATION).map(|value| value.as_bytes()).unwrap_or_default();
    let (named, rest) = sent.split_at_checked(scheme.len()).unwrap_or_default();
    if named.eq_ignore_ascii_case(scheme.as_bytes()) { rest } else { &[] }
}

/// Returns the password that a browser sends, with any user name.
fn password(headers: &HeaderMap) -> Vec<u8> {
    let sent = STANDARD.decode(after("Basic ", headers)).unwrap_or_default();
    let mut parts = sent.splitn(2, |byte| *byte == b':');
    parts.nth(1).unwrap_or_default().to_vec()
}
