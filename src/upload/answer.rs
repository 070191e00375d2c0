//! The meaning of a server's answer. Only one thing is success: a 2xx whose JSON names the digest
//! of the very report that was sent. Everything else leaves the report where it is: failures that a
//! later try would settle are tried again by themselves, the others wait for the person or for the
//! host.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How much of a server's words is shown, in characters.
const REASON: usize = 300;

/// A server's answer, as far as it matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status; 0 where it redirects, which the browser does not tell more of.
    pub status: u16,
    /// Seconds that the server asks to wait.
    pub retry_after: Option<u32>,
    /// The body as text.
    pub body: String,
}

/// The outcome of an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has the report.
    Uploaded,
    /// Not now: it is tried again by itself.
    Later {
        /// Why.
        cause: Cause,
        /// Seconds that the server asks to wait.
        wait: Option<u32>,
    },
    /// The server wants to know who sends: the host has to give other headers.
    Unauthorized(u16),
    /// It looks like success, and no later try would make it one.
    Unconfirmed(Doubt),
    /// The server does not want this report.
    Refused {
        /// The status.
        status: u16,
        /// The server's own words, if it gave any.
        reason: Option<String>,
    },
}

/// Why a report has to wait. Empty before the first attempt, and where there was no answer.
// Stored with the report: members that are not known are left out rather than refused.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The status of the answer, if that says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why it was no success, if it looked like one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
    /// The server's own words, if it gave any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Cause {
    /// Whether it looks as if it would last until somebody does something about it: such a server
    /// is asked less often.
    #[must_use]
    pub fn looks_lasting(&self) -> bool {
        self.doubt.is_some()
            || self.status.is_some_and(|status| match status {
                // Overloaded, restarting or slow; or the host gave other headers meanwhile.
                401 | 403 | 408 | 419 | 421 | 425 | 429 => false,
                501 | 505 | 506 | 510 | 511 => true,
                _ => status < 500,
            })
    }
}

/// Why something that looks like success is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// It leads elsewhere, mostly to a page to sign in.
    Redirect,
    /// It is a page for people, such as one to sign in, of a server under maintenance, or of a
    /// guest network.
    Page,
    /// It does not say which report it has, or was cut before it did.
    NoDigest,
    /// It names another report.
    OtherDigest,
}

/// Judges an answer to a report of this digest.
///
/// The statuses are those of RFC 9110. A refusal with `Retry-After` is temporary by its own word
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
            // The server may have it: asked once more under the same key, it can say so.
            Some(doubt) => doubted(doubt),
        },
        // A session that is over is 419 on some portals.
        401 | 403 | 419 => Outcome::Unauthorized(status),
        // A proxy, an address that is not there while the server is set up anew, or a moment that
        // is a bad one.
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

/// Returns the doubt about the body of a success, if there is one.
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

/// Whether it is written for people to look at.
fn is_page(body: &str) -> bool {
    body.trim_start().starts_with('<')
}

/// The reason that a server gives: the text of one of the usual members, or a short plain text.
fn reason(body: &str) -> Option<String> {
    if serde_json::from_str::<Value>(without_mark(body)).is_ok() {
        return reason_in_json(body);
    }
    // A page for people says nothing in few words.
    if is_page(without_mark(body)) { None } else { shortened(without_mark(body)) }
}

/// Returns the reason that stands in a JSON body. Other bodies of a server in trouble are mostly
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

/// Some servers put a byte order mark before whatever they say.
fn without_mark(body: &str) -> &str {
    body.trim_start_matches('\u{feff}')
}
