//! The record of a report that the person sent: one for each inspection, that of the last time.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Cause, Doubt, Outcome};
use crate::report::sealed::digests_to;

/// How far the sending is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It waits for the network or the server, and goes out by itself.
    Waiting(Cause),
    /// The server has it.
    Uploaded {
        /// Since when, RFC 3339.
        at: String,
    },
    /// The server wants other headers from the host.
    Unauthorized {
        /// The status: 401, 403 or 419.
        status: u16,
    },
    /// The answer looked like success but was none.
    Unconfirmed {
        /// Why it was none.
        doubt: Doubt,
    },
    /// The server does not want it.
    Refused {
        /// The status.
        status: u16,
        /// The server's own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// The text stored to be sent is not the report that the person sent.
    Damaged,
}

impl State {
    /// The name that hosts hear.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Waiting(_) => "waiting",
            Self::Uploaded { .. } => "uploaded",
            Self::Unauthorized { .. } => "unauthorized",
            Self::Unconfirmed { .. } => "unconfirmed",
            Self::Refused { .. } => "refused",
            Self::Damaged => "damaged",
        }
    }

    /// Whether it is tried again when the page is opened, although it waits for the person or the
    /// host: she may have signed in meanwhile, and earlier releases gave up too soon.
    #[must_use]
    pub const fn may_be_over(&self) -> bool {
        match self {
            Self::Unauthorized { .. } | Self::Refused { status: 404 | 405, .. } => true,
            Self::Unconfirmed { doubt } => !matches!(doubt, Doubt::OtherDigest),
            _ => false,
        }
    }
}

/// A report that the person sent, with what became of it.
// Members that are not known are left out rather than refused: an older release must find what
// waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// The report's digest.
    pub sha256: String,
    /// Where the person sent it to, in full: by itself it goes there and nowhere else. Without an
    /// address it goes nowhere before the person says so, as after a backup was restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When something was last entered that is in the report, as the inspection says it: while that
    /// is the same, nothing was entered since.
    pub updated_at: String,
    /// When the person sent it, RFC 3339.
    pub queued_at: String,
    /// Before which moment the server does not want to be asked again, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<i64>,
    /// An earlier report of the inspection that the server has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered: Option<Box<Self>>,
    /// How far it is.
    pub state: State,
}

impl Ticket {
    /// One that waits to go to an address; `before` is what it takes the place of.
    #[must_use]
    pub fn new(
        sha256: String,
        url: String,
        updated_at: String,
        queued_at: String,
        before: Option<Self>,
    ) -> Self {
        let delivered = before.and_then(|before| match before.state {
            State::Uploaded { .. } => Some(Box::new(Self { delivered: None, ..before })),
            _ => before.delivered,
        });
        let state = State::Waiting(Cause::default());
        Self { sha256, url: Some(url), updated_at, queued_at, not_before: None, delivered, state }
    }

    /// Returns the ticket waiting once more, to go to an address.
    #[must_use]
    pub fn again(self, url: String) -> Self {
        Self { url: Some(url), not_before: None, state: State::Waiting(Cause::default()), ..self }
    }

    /// Returns the ticket as it is kept when it came from elsewhere, as from a backup: while it is
    /// open, it waits for the person.
    #[must_use]
    pub fn held(self) -> Self {
        if self.is_open() { Self { url: None, ..self } } else { self }
    }

    /// Whether it waits to go out.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        matches!(self.state, State::Waiting(_))
    }

    /// Whether its report is kept until the server has it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, State::Uploaded { .. })
    }

    /// Whether that is where it was sent to.
    #[must_use]
    pub fn is_for(&self, url: &str) -> bool {
        self.url.as_deref() == Some(url)
    }

    /// Whether a text is the very report that the person sent.
    #[must_use]
    pub fn is_of(&self, report: &str) -> bool {
        let Ok(Value::Object(mut report)) = serde_json::from_str(report) else { return false };
        report.remove("integrity").is_some() && digests_to(&Value::Object(report), &self.sha256)
    }

    /// Takes note of what an attempt came to; `now` is RFC 3339.
    pub fn settle(&mut self, outcome: Outcome, now: &str) {
        self.state = match outcome {
            Outcome::Uploaded => State::Uploaded { at: now.to_owned() },
            Outcome::Later { cause, .. } => State::Waiting(cause),
            Outcome::Unauthorized(status) => State::Unauthorized { status },
            Outcome::Unconfirmed(doubt) => State::Unconfirmed { doubt },
            Outcome::Refused { status, reason } => State::Refused { status, reason },
        };
    }
}
