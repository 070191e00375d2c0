//! The header of an inspection: the data on it as a whole.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;

use super::{Period, Timestamp};
use crate::checklist::{Item, Performer, QuestionId};

/// The id of an inspection on every device.
///
/// INVARIANT: a UUID, lower-case and hyphenated.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InspectionId(String);

impl InspectionId {
    /// Creates a version 4 UUID of random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string())
    }

    /// Reads a hyphenated, lower-case UUID.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let id = uuid::Uuid::try_parse(text).ok()?.to_string();
        (id == text).then_some(Self(id))
    }

    /// Returns the UUID as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for InspectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The stage of an inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being answered.
    InProgress,
    /// Finished; the day of completion is its day of judging from then on.
    Completed,
    /// Changed after it was finished.
    Amended,
}

impl Status {
    /// Returns the name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InProgress => "in-progress",
            Self::Completed => "completed",
            Self::Amended => "amended",
        }
    }
}

/// The unit that inspects itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name. INVARIANT: not blank.
    pub name: String,
    /// Its code in the province's lists.
    pub code: Option<String>,
    /// The kind of unit.
    pub kind: Performer,
}

/// The data on an inspection as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its id.
    pub id: InspectionId,
    /// Its stage.
    pub status: Status,
    /// The time at which it was started.
    pub created_at: Timestamp,
    /// The time at which something was last entered.
    pub updated_at: Timestamp,
    /// The time of its first completion, and its day of judging from then on.
    pub completed: Option<Completion>,
    /// The day of judging of an imported report. It holds until something is changed, so that a
    /// report always gives the same verdicts.
    pub imported_as_of: Option<NaiveDate>,
    /// The period that it covers.
    pub period: Period,
    /// The unit that inspects itself.
    pub unit: Unit,
    /// The body that gets the report.
    pub superior: Option<String>,
    /// The inspectors.
    pub inspectors: Vec<String>,
    /// The answers to the questions of the start screen.
    pub questions: BTreeMap<QuestionId, bool>,
}

/// The completion of an inspection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The time of completion.
    pub at: Timestamp,
    /// The day of judging.
    pub as_of: NaiveDate,
    /// The reason for completing it although something was missing. INVARIANT: not blank.
    pub incomplete_reason: Option<String>,
}

impl Header {
    /// Returns the day of judging: that of its completion or of the report that it came from,
    /// otherwise today.
    #[must_use]
    pub fn as_of(&self, today: NaiveDate) -> NaiveDate {
        let completed = self.completed.as_ref().map(|completion| completion.as_of);
        completed.or(self.imported_as_of).unwrap_or(today)
    }

    /// Returns whether an item applies: the unit performs it, and no answer on the start screen
    /// rules it out.
    #[must_use]
    pub fn applies(&self, item: &Item) -> bool {
        self.unit.kind.is_among(&item.performers)
            && item.when.as_ref().is_none_or(|when| {
                // A question without an answer rules nothing out: a duty is never hidden silently.
                self.questions.get(&when.question).is_none_or(|answer| *answer == when.is)
            })
    }
}
