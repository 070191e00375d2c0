//! The corrective work on an item that is not met, or only partly met.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::reading::was_always_read;
use super::{AnswerFault, Unreadable, read_date, write_date};
use crate::checklist::wire::present;
use crate::checklist::{date_from_iso, date_to_iso};
#[cfg(not(target_arch = "wasm32"))]
use {super::schema::unread_dates, crate::checklist::schema::date};

/// The corrective work on an item that is not met, or only partly met. Its cause is the answer's
/// reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// The corrective action.
    pub action: String,
    /// The person in charge.
    pub in_charge: String,
    /// The due date.
    pub due: Option<NaiveDate>,
    /// The progress of the work.
    pub state: FindingState,
    /// The date on which it was done.
    pub done: Option<NaiveDate>,
    /// The proof that it was done.
    pub proof: String,
    /// Dates that can't be read, as typed.
    pub unread: BTreeMap<FindingDate, String>,
}

/// The progress of the work on a finding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FindingState {
    /// Still to be done.
    #[default]
    Open,
    /// Done.
    Done,
    /// Open in an earlier inspection, too.
    CarriedOver,
}

impl FindingState {
    /// All states, in the order of their life.
    pub const ALL: [Self; 3] = [Self::Open, Self::CarriedOver, Self::Done];

    /// Returns the name in files and in the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::CarriedOver => "carried-over",
        }
    }
}

/// A date of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingDate {
    /// The due date.
    Due,
    /// The date on which it was done.
    Done,
}

impl FindingDate {
    /// Both dates.
    pub const ALL: [Self; 2] = [Self::Due, Self::Done];

    /// Returns the name of its field.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Done => "done",
        }
    }
}

/// A gap that keeps people from acting on a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingGap {
    /// The cause.
    Cause,
    /// The corrective action.
    Action,
    /// The person in charge.
    InCharge,
    /// A due date that can be read.
    Due,
    /// The date on which it was done, as one that can be read.
    Done,
    /// The proof of that.
    Proof,
}

/// One edit of a finding, made in a field of the page. Dates come as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after its field in the page")]
pub enum FindingEdit {
    Action(String),
    InCharge(String),
    Due(String),
    State(FindingState),
    Done(String),
    Proof(String),
}

impl Finding {
    /// Returns whether nothing was entered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        *self == Self::default()
    }

    /// Applies one edit.
    pub fn apply(&mut self, edit: FindingEdit) {
        match edit {
            FindingEdit::Action(text) => self.action = text,
            FindingEdit::InCharge(text) => self.in_charge = text,
            FindingEdit::Due(text) => self.due = self.typed(FindingDate::Due, text),
            FindingEdit::State(state) => self.state = state,
            FindingEdit::Done(text) => self.done = self.typed(FindingDate::Done, text),
            FindingEdit::Proof(text) => self.proof = text,
        }
    }

    /// Reads a typed date. A text that can't be read is kept as typed, and there is no date. The
    /// work on a finding is done after the inspection's period as often as in it, so the period
    /// does not tell the year.
    fn typed(&mut self, field: FindingDate, text: String) -> Option<NaiveDate> {
        let read = read_date(&text, None);
        match read {
            Ok(_) => self.unread.remove(&field),
            Err(_) => self.unread.insert(field, text),
        };
        read.ok().flatten()
    }

    /// Returns why a typed date can't be read, if it can't.
    #[must_use]
    pub fn problem(&self, field: FindingDate) -> Option<Unreadable> {
        let read = read_date(self.unread.get(&field)?, None);
        Some(Unreadable::of_kept(read, write_date, Unreadable::Date))
    }

    /// Returns its gaps, in the order of the fields; `cause` is the answer's reason.
    #[must_use]
    pub fn gaps(&self, cause: &str) -> Vec<FindingGap> {
        let lacks = |text: &str| text.trim().is_empty();
        let is_done = self.state == FindingState::Done;
        let gaps = [
            (lacks(cause), FindingGap::Cause),
            (lacks(&self.action), FindingGap::Action),
            (lacks(&self.in_charge), FindingGap::InCharge),
            (self.due.is_none() && !is_done, FindingGap::Due),
            (self.done.is_none() && is_done, FindingGap::Done),
            (lacks(&self.proof) && is_done, FindingGap::Proof),
        ];
        gaps.into_iter().filter(|(is_gap, _)| *is_gap).map(|(_, gap)| gap).collect()
    }

    /// Returns the finding with which the next inspection begins, if it still needs work.
    #[must_use]
    pub fn carried_over(&self) -> Option<Self> {
        let is_open = self.state != FindingState::Done && !self.is_blank();
        is_open.then(|| Self { state: FindingState::CarriedOver, ..self.clone() })
    }
}

/// The corrective work on an item, in reports and in stored records. Its cause is the answer's
/// `reason`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Finding"))]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct RawFinding {
    /// The corrective action.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub action: String,
    /// The person in charge.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub in_charge: String,
    /// The due date, such as `2026-12-15`.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "date"))]
    pub due: Option<String>,
    /// The progress of the work; `open` if it is absent.
    #[serde(skip_serializing_if = "is_open")]
    pub state: FindingState,
    /// The date on which it was done, such as `2026-12-10`.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "date"))]
    pub done: Option<String>,
    /// The proof that it was done.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub proof: String,
    /// Texts of `due` and `done` that can't be read as dates.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "unread_dates"))]
    pub unread: BTreeMap<String, String>,
}

const fn is_open(state: &FindingState) -> bool {
    matches!(state, FindingState::Open)
}

impl RawFinding {
    /// Returns whether nothing was entered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Finding {
    /// Reads a finding.
    ///
    /// # Errors
    /// Returns the field that can't be read.
    pub fn from_raw(raw: RawFinding) -> Result<Self, AnswerFault> {
        let RawFinding { action, in_charge, due, state, done, proof, unread } = raw;
        let date = |text: Option<String>, field: FindingDate| {
            let read =
                |text: String| date_from_iso(&text).ok_or(AnswerFault::BadValue(field.name()));
            text.map(read).transpose()
        };
        let (due, done) = (date(due, FindingDate::Due)?, date(done, FindingDate::Done)?);
        let mut texts = BTreeMap::new();
        for (name, text) in unread {
            let field = FindingDate::ALL.into_iter().find(|field| field.name() == name);
            let field = field.ok_or(AnswerFault::Unknown(name))?;
            let is_given = match field {
                FindingDate::Due => due.is_some(),
                FindingDate::Done => done.is_some(),
            };
            // A text that could not be read once is kept, even if it can be read by now.
            if is_given || was_always_read(&text) {
                return Err(AnswerFault::BadValue("unread"));
            }
            texts.insert(field, text);
        }
        Ok(Self { action, in_charge, due, state, done, proof, unread: texts })
    }

    /// Returns its shape in files.
    #[must_use]
    pub fn to_raw(&self) -> RawFinding {
        let unread = self.unread.iter();
        RawFinding {
            action: self.action.clone(),
            in_charge: self.in_charge.clone(),
            due: self.due.map(date_to_iso),
            state: self.state,
            done: self.done.map(date_to_iso),
            proof: self.proof.clone(),
            unread: unread.map(|(field, text)| (field.name().to_owned(), text.clone())).collect(),
        }
    }
}
