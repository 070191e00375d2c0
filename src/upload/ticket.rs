//! What is known of a report that the person sent: one for each inspection, that of the last time.

use serde::{Deserialize, Serialize};

use super::{Doubt, Outcome};

/// How far the sending is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It waits for the network or the server, and goes out by itself.
    Waiting {
        /// The status of the last answer, if there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
    },
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
}

impl State {
    /// The name that hosts hear.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Uploaded { .. } => "uploaded",
            Self::Unauthorized { .. } => "unauthorized",
            Self::Unconfirmed { .. } => "unconfirmed",
            Self::Refused { .. } => "refused",
        }
    }
}

/// A report that the person sent, with what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ticket {
    /// The report's digest.
    pub sha256: String,
    /// When something was last entered that is in the report, as the inspection says it: while that is the
    /// same, nothing was entered since.
    pub updated_at: String,
    /// When the person sent it, RFC 3339.
    pub queued_at: String,
    /// How far it is.
    pub state: State,
}

impl Ticket {
    /// One that waits.
    #[must_use]
    pub const fn new(sha256: String, updated_at: String, queued_at: String) -> Self {
        Self { sha256, updated_at, queued_at, state: State::Waiting { status: None } }
    }

    /// Whether it goes out by itself.
    #[must_use]
    pub const fn is_waiting(&self) -> bool {
        matches!(self.state, State::Waiting { .. })
    }

    /// Whether its report is kept until the server has it.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, State::Uploaded { .. })
    }

    /// Takes note of what an attempt came to; `now` is RFC 3339.
    pub fn settle(&mut self, outcome: Outcome, now: &str) {
        self.state = match outcome {
            Outcome::Uploaded => State::Uploaded { at: now.to_owned() },
            Outcome::Later { status, .. } => State::Waiting { status },
            Outcome::Unauthorized(status) => State::Unauthorized { status },
            Outcome::Unconfirmed(doubt) => State::Unconfirmed { doubt },
            Outcome::Refused { status, reason } => State::Refused { status, reason },
        };
    }
}
