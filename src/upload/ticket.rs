//! The stored state of a report that the person sent: one for each inspection, for the latest
//! report.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Cause, Doubt, Outcome};
use crate::report::sealed::digests_to;

/// The state of the sending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It waits for the network or the server and is sent automatically.
    Waiting(Cause),
    /// The server has it.
    Uploaded {
        /// The time of the confirmation, RFC 3339.
        at: String,
    },
    /// The server wants other headers from the host.
    Unauthorized {
        /// The status: 401, 403 or 419.
        status: u16,
    },
    /// The answer looked like success but was none.
    Unconfirmed {
        /// The reason why it was none.
        doubt: Doubt,
    },
    /// The server rejects it.
    Refused {
        /// The status.
        status: u16,
        /// The server's own text.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// The queued file is not the report that the person sent.
    Damaged,
}

impl State {
    /// Returns the name that the host gets.
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

    /// Returns whether it is retried when the page is opened, although it waits for the person or
    /// the host: the person may have signed in meanwhile, and earlier releases gave up too soon.
    #[must_use]
    pub const fn may_be_over(&self) -> bool {
        match self {
            Self::Unauthorized { .. } | Self::Refused { status: 404 | 405, .. } => true,
            Self::Unconfirmed { doubt } => !matches!(doubt, Doubt::OtherDigest),
            _ => false,
        }
    }
}

/// A report that the person sent, and its state.
// Unknown members are ignored rather than refused: an older release must find queued reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ticket {
    /// The report's digest.
    pub sha256: String,
    /// The full address to which the person sent it. A retry goes to no other. Without an address
    /// it is not sent until the person says so, as after a backup was restored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The time of the last entry that is in the report, as the inspection has it. While the two
    /// are equal, nothing was entered since.
    pub updated_at: String,
    /// The time at which the person sent it, RFC 3339.
    pub queued_at: String,
    /// The earliest moment at which the server wants to be asked again, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<i64>,
    /// An earlier report of the inspection that the server has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered: Option<Box<Self>>,
    /// Its state.
    pub state: State,
}

impl Ticket {
    /// Creates a ticket that waits to go to an address. `before` is the ticket that it replaces.
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

    /// Returns the ticket, waiting again to go to an address.
    #[must_use]
    pub fn again(self, url: String) -> Self {
        Self { url: Some(url), not_before: None, state: State::Waiting(Cause::default()), ..self }
    }

    /// Returns the ticket as one from elsewhere, such as a backup: while it is open, it waits for
    /// the person.
    #[must_use]
    pub fn held(self) -> Self {
        if self.is_open() { Self { url: None, ..self } } else { self }
    }

    /// Returns whether it waits to be sent.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        matches!(self.state, State::Waiting(_))
    }

    /// Returns whether its report is kept until the server has it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, State::Uploaded { .. })
    }

    /// Returns whether it was sent to an address.
    #[must_use]
    pub fn is_for(&self, url: &str) -> bool {
        self.url.as_deref() == Some(url)
    }

    /// Returns whether a text is the very report that the person sent.
    #[must_use]
    pub fn is_of(&self, report: &str) -> bool {
        let Ok(Value::Object(mut report)) = serde_json::from_str(report) else { return false };
        report.remove("integrity").is_some() && digests_to(&Value::Object(report), &self.sha256)
    }

    /// Records the outcome of an attempt. `now` is RFC 3339.
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
