//! What a server's answer means. Only one thing is success: a 2xx whose JSON names the digest of the very
//! report that was sent. Everything else leaves the report where it is.

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

/// What an attempt came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server has the report.
    Uploaded,
    /// Not now: it is tried again by itself.
    Later {
        /// The status, or none where there was no answer.
        status: Option<u16>,
        /// Seconds that the server asks to wait.
        wait: Option<u32>,
    },
    /// The server wants to know who sends: the host has to give other headers.
    Unauthorized(u16),
    /// It looks like success but is none.
    Unconfirmed(Doubt),
    /// The server does not want this report.
    Refused {
        /// The status.
        status: u16,
        /// The server's own words, if it gave any.
        reason: Option<String>,
    },
}

/// Why something that looks like success is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// It leads elsewhere, mostly to a page to sign in.
    Redirect,
    /// It is a page for people, mostly one to sign in.
    Page,
    /// It does not say which report it has.
    NoDigest,
    /// It names another report.
    OtherDigest,
}

/// Judges an answer to a report of this digest.
#[must_use]
pub fn judge(answer: &Answer, sha256: &str) -> Outcome {
    let Answer { status, retry_after, body } = answer;
    match *status {
        200..=299 => match doubt(body, sha256) {
            None => Outcome::Uploaded,
            Some(doubt) => Outcome::Unconfirmed(doubt),
        },
        // A session that is over is 419 on some portals.
        401 | 403 | 419 => Outcome::Unauthorized(*status),
        408 | 429 | 500.. => Outcome::Later { status: Some(*status), wait: *retry_after },
        400..=499 => Outcome::Refused { status: *status, reason: reason(body) },
        _ => Outcome::Unconfirmed(Doubt::Redirect),
    }
}

/// What is wrong with the body of a success, if anything is.
fn doubt(body: &str, sha256: &str) -> Option<Doubt> {
    // Some servers put a byte order mark before whatever they say, and some write digests in capitals.
    let body = body.trim_start_matches('\u{feff}');
    if is_page(body) {
        return Some(Doubt::Page);
    }
    let said = serde_json::from_str::<Value>(body).unwrap_or_default();
    match said.get("sha256").and_then(Value::as_str) {
        None => Some(Doubt::NoDigest),
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
    let body = body.trim_start_matches('\u{feff}');
    let text = match serde_json::from_str::<Value>(body) {
        Ok(json) => {
            let named = |name: &&str| json.get(*name)?.as_str().map(str::to_owned);
            ["error", "message", "detail", "title", "reason"].iter().find_map(named)?
        }
        // A page for people says nothing in few words.
        Err(_) if is_page(body) => return None,
        Err(_) => body.to_owned(),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = text.chars().take(REASON).collect();
    Some(if short.len() < text.len() { short + "…" } else { short }).filter(|text| !text.is_empty())
}
