//! The meaning of a server's answer. Only a 2xx whose JSON names the digest of the report that was
//! sent is success. Every other answer leaves the report in the queue. It is retried automatically
//! if a later try may succeed; otherwise it waits for the person or for the host.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The most characters of a server's own text that are shown.
const REASON: usize = 300;

/// The parts of a server's answer that matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status; 0 for a redirect, of which the browser tells nothing more.
    pub status: u16,
    /// The seconds that the server asks to wait.
    pub retry_after: Option<u32>,
    /// The body as text.
    pub body: String,
}

/// The outcome of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has the report.
    Uploaded,
    /// A temporary failure. It is retried automatically.
    Later {
        /// The cause.
        cause: Cause,
        /// The seconds that the server asks to wait.
        wait: Option<u32>,
    },
    /// The server requires authentication: the host has to give other headers.
    Unauthorized(u16),
    /// The answer looks like success but is none, and a retry would not change that.
    Unconfirmed(Doubt),
    /// The server rejects this report.
    Refused {
        /// The status.
        status: u16,
        /// The server's own text, if it gave any.
        reason: Option<String>,
    },
}

/// The reason why a report waits. It is empty before the first attempt, and if there was no answer.
// Stored with the report: unknown members are ignored rather than refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The status of the answer, if that is the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The reason why it was no success, if it looked like one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
    /// The server's own text, if it gave any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Cause {
    /// Returns whether the cause probably lasts until somebody acts. Such a server is asked less
    /// often.
    #[must_use]
    pub fn looks_lasting(&self) -> bool {
        self.doubt.is_some()
            || self.status.is_some_and(|status| match status {
                // Overloaded, restarting or slow; or the host has given other headers since.
                401 | 403 | 408 | 419 | 421 | 425 | 429 => false,
                501 | 505 | 506 | 510 | 511 => true,
                _ => status < 500,
            })
    }
}

/// The reason why an answer that looks like success is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// A redirect, mostly to a sign-in page.
    Redirect,
    /// A page for people, such as a sign-in page, or one of a server under maintenance or of a
    /// guest network.
    Page,
    /// The answer does not name the report, or was cut off before it did.
    NoDigest,
    /// The answer names another report.
    OtherDigest,
}

/// Judges an answer to the report with a digest.
///
/// The statuses are those of RFC 9110. A refusal with `Retry-After` declares itself temporary
/// (section 10.2.3).
#[must_use]
pub fn judge(answer: &Answer, sha256: &str) -> Outcome {
    let Answer { status, retry_after: wait, body } = answer;
    let (status, wait) = (*status, *wait);
    let doubted =
        |doubt| Outcome::Later { cause: Cause { doubt: Some(doubt), ..Cause::default() }, wait };
    match status {
        200..=299 => match doubt(body, sha256) {
            None => Outcome::Uploaded,
            Some(Doubt::OtherDigest) => Outcome::Unconfirmed(Doubt::OtherDigest),
            // The server may have it. Asked again under the same key, it can confirm that.
            Some(doubt) => doubted(doubt),
        },
        // Some portals use 419 for an expired session.
        401 | 403 | 419 => Outcome::Unauthorized(status),
        // A proxy, an address that is missing while the server is set up anew, or a bad moment.
        404 | 405 | 407 | 408 | 421 | 425 | 429 | 500.. => later(status, body, wait),
        400..=499 if wait.is_some() => later(status, body, wait),
        400..=499 => Outcome::Refused { status, reason: reason(body) },
        _ => doubted(Doubt::Redirect),
    }
}

fn later(status: u16, body: &str, wait: Option<u32>) -> Outcome {
    let cause = Cause { status: Some(status), doubt: None, reason: reason_in_json(body) };
    Outcome::Later { cause, wait }
}

/// Returns what is wrong with the body of a success, if anything is.
fn doubt(body: &str, sha256: &str) -> Option<Doubt> {
    let body = without_mark(body);
    if is_page(body) {
        return Some(Doubt::Page);
    }
    let said = serde_json::from_str::<Value>(body).unwrap_or_default();
    match said.get("sha256").and_then(Value::as_str) {
        None => Some(Doubt::NoDigest),
        // Some servers write digests in capitals.
        Some(named) if named.eq_ignore_ascii_case(sha256) => None,
        Some(_) => Some(Doubt::OtherDigest),
    }
}

/// Returns whether the body is a page for people.
fn is_page(body: &str) -> bool {
    body.trim_start().starts_with('<')
}

/// Returns the reason that a server gives: the text of one of the usual members, or a short plain
/// text.
fn reason(body: &str) -> Option<String> {
    if serde_json::from_str::<Value>(without_mark(body)).is_ok() {
        return reason_in_json(body);
    }
    // A page for people has no short reason.
    if is_page(without_mark(body)) { None } else { shortened(without_mark(body)) }
}

/// Returns the reason that a server gives in JSON. Any other text of a server in trouble is mostly
/// its proxy's, and in English.
fn reason_in_json(body: &str) -> Option<String> {
    let json = serde_json::from_str::<Value>(without_mark(body)).ok()?;
    let named = |name: &&str| json.get(*name)?.as_str().map(str::to_owned);
    let text = ["error", "message", "detail", "title", "reason"].iter().find_map(named)?;
    shortened(&text)
}

fn shortened(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = text.chars().take(REASON).collect();
    Some(if short.len() < text.len() { short + "…" } else { short }).filter(|text| !text.is_empty())
}

/// Returns the body without a byte order mark, which some servers put first.
fn without_mark(body: &str) -> &str {
    body.trim_start_matches('\u{feff}')
}
