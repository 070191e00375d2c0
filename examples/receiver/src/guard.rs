//! The guard of the routes: everybody is answered, or those that know a secret. Sending and reading
//! have secrets of their own, since those that may send a report need not see the reports of
//! others.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq as _;
use tu_kiem_tra::checklist::Digest;

use crate::answer::Refusal;

/// Lets everybody in, or those that know the secret of what is asked for.
#[derive(Clone, Default)]
pub struct Guard {
    sending: Vec<(Sender, Secret)>,
    reading: Option<Secret>,
}

/// The name of a sender with a token of its own; empty for all others, which nothing tells apart.
pub type Sender = String;

impl Guard {
    /// From now on, takes reports only with this token or another one that was given. `false` if
    /// that was given for another sender.
    pub fn close_sending(&mut self, sender: &str, token: &str) -> bool {
        let secret = Secret::new(token);
        let is_own = |(name, other): &(Sender, Secret)| name == sender || secret.0 != other.0;
        let is_new = self.sending.iter().all(is_own);
        self.sending.push((sender.to_owned(), secret));
        is_new
    }

    /// From now on, shows what came only with this token.
    pub fn close_reading(&mut self, token: &str) {
        self.reading = Some(Secret::new(token));
    }

    /// Whether senders have to know a secret.
    pub const fn asks_senders(&self) -> bool {
        !self.sending.is_empty()
    }

    /// Whether readers have to know a secret.
    pub const fn asks_readers(&self) -> bool {
        self.reading.is_some()
    }

    /// Whether both are the same secret: who may send could then read.
    pub fn has_one_secret_for_both(&self) -> bool {
        let is_for_both =
            |reading: &Secret| self.sending.iter().any(|(_, sending)| sending.0 == reading.0);
        self.reading.as_ref().is_some_and(is_for_both)
    }

    /// Returns who sends, or why it is not let in.
    pub fn check_sender(&self, headers: &HeaderMap) -> Result<Sender, Refusal> {
        if !self.asks_senders() {
            return Ok(Sender::new());
        }
        let sent = Secret::new(after("Bearer ", headers));
        // All of them, so that the time tells nothing.
        let known =
            self.sending.iter().fold(
                None,
                |known, (sender, secret)| {
                    if secret.is(&sent) { Some(sender) } else { known }
                },
            );
        known.cloned().ok_or_else(Refusal::unknown_sender)
    }

    /// Lets a reader in or not: programs by `Bearer`, people by the password that their browser
    /// asks for.
    pub fn check_reader(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let Some(secret) = &self.reading else {
            // Closing one door must not leave the other one open.
            return if self.asks_senders() { Err(Refusal::nobody_reads()) } else { Ok(()) };
        };
        let sent = [after("Bearer ", headers), &password(headers)].map(Secret::new);
        let is_known = sent.iter().any(|sent| secret.is(sent));
        if is_known { Ok(()) } else { Err(Refusal::unknown_reader()) }
    }
}

/// A secret as its digest, so that the comparison takes as long for every length of what is sent.
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

/// Returns the text in `Authorization` after the name of a scheme; nothing, which is no secret, for
/// any other.
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
