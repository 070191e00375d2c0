//! An inspection's own target, date or interval for one item, instead of the printed one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::AnswerFault;
#[cfg(not(target_arch = "wasm32"))]
use crate::checklist::schema::{date, decimal};
use crate::checklist::wire::present;
use crate::checklist::{Decimal, Frequency, Kind, Target, date_from_iso, date_to_iso};

/// The inspection's own target, date and interval for one item. The comparator stays the printed
/// one ([`Target::moved_to`]), as does the rule on whether the day itself is in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Own {
    /// The target, in percent or in the item's unit.
    pub target: Option<Decimal>,
    /// The due date.
    pub due: Option<NaiveDate>,
    /// The interval at which it is due.
    pub every: Option<Frequency>,
}

impl Own {
    /// Returns the target in force; `None` if the item has none, or if the directive gives no
    /// figure and the inspection has not set it yet.
    #[must_use]
    pub fn target_of(self, kind: &Kind) -> Option<Target> {
        kind.target()?.in_force(self.target, kind.most())
    }

    /// Returns the interval in force of a periodic duty.
    #[must_use]
    pub fn every_of(self, printed: Frequency) -> Frequency {
        self.every.unwrap_or(printed)
    }

    /// Reads the inspection's own target, date and interval for an item.
    ///
    /// # Errors
    /// Returns the field that can't be read or that the item's kind does not have.
    pub fn from_raw(raw: &RawOwn, kind: &Kind) -> Result<Self, AnswerFault> {
        if raw.target.is_some() && kind.target().is_none() {
            return Err(AnswerFault::FieldOfOtherKind("target"));
        }
        if raw.due.is_some() && kind.due().is_none() {
            return Err(AnswerFault::FieldOfOtherKind("due"));
        }
        if raw.every.is_some() && kind.frequency().is_none() {
            return Err(AnswerFault::FieldOfOtherKind("every"));
        }
        let whole = matches!(kind, Kind::Count { .. });
        let fits = |target: &Decimal| !whole || target.scale() == 0;
        let target = raw
            .target
            .as_deref()
            .map(|text| Decimal::parse(text).filter(fits).ok_or(AnswerFault::BadValue("target")));
        let due = raw.due.as_deref();
        let due = due.map(|text| date_from_iso(text).ok_or(AnswerFault::BadValue("due")));
        Ok(Self { target: target.transpose()?, due: due.transpose()?, every: raw.every })
    }

    /// Returns its shape in files.
    #[must_use]
    pub fn to_raw(self) -> RawOwn {
        RawOwn {
            target: self.target.map(|target| target.to_string()),
            due: self.due.map(date_to_iso),
            every: self.every,
        }
    }
}

/// The inspection's own target, date and interval for one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Own"))]
#[serde(deny_unknown_fields, default)]
pub struct RawOwn {
    /// The target, a decimal such as `80`: in percent for a ratio or roster, a whole number for a
    /// count, in its unit for a quantity.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "decimal"))]
    pub target: Option<String>,
    /// The due date, such as `2026-12-15`.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "date"))]
    pub due: Option<String>,
    /// The interval at which a periodic duty is due.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Frequency"))]
    pub every: Option<Frequency>,
}

impl RawOwn {
    /// Returns whether nothing was set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
