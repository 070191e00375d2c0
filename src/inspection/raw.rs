//! The shapes of an inspection's header and entries in reports and in stored records.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::{
    Answer, AnswerFault, Completion, Entry, Evidence, Finding, Header, InspectionId, Own, Period,
    RawAnswer, RawEvidence, RawFinding, RawOwn, Status, Timestamp, TypedField, Unit,
};
use crate::checklist::wire::present;
use crate::checklist::{Item, Performer, QuestionId, date_from_iso, date_to_iso};
use crate::document::Details;
#[cfg(not(target_arch = "wasm32"))]
use {super::schema, crate::checklist::schema::date};

/// The data on an inspection as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Inspection", transform = schema::dated_as_status_says))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct RawHeader {
    /// A UUID.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::uuid"))]
    pub id: String,
    /// Its stage.
    pub status: Status,
    /// The time at which it was started, RFC 3339 with a zone.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::moment"))]
    pub created_at: String,
    /// The time at which something was last entered.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::moment"))]
    pub updated_at: String,
    /// The time of completion.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::moment"))]
    pub completed_at: Option<String>,
    /// The reason for completing it although something was missing.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::filled"))]
    pub incomplete_reason: Option<String>,
    /// The day of judging, such as `2026-11-21`.
    // Stored headers have it only if the day of judging is fixed; reports always.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "date"))]
    pub as_of: Option<String>,
    /// `2026`, `2026-Q4`, `2026-11` or `2026-10-01/2026-12-31`.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::period"))]
    pub period: String,
    /// The unit that inspects itself.
    pub unit: RawUnit,
    /// The body that gets the report.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub superior: Option<String>,
    /// The inspectors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inspectors: Vec<String>,
    /// The answers to the questions of the start screen.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub questions: BTreeMap<String, bool>,
    /// The inspection's own targets, dates and intervals, by item.
    // Only reports have it here: in storage it is with each item's answer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own: BTreeMap<String, RawOwn>,
    /// The details that people gave for the printed report.
    // Only reports have it here: in storage each field is a record.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Details"))]
    pub document: Option<Details>,
}

/// The unit that inspects itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Unit"))]
#[serde(deny_unknown_fields)]
pub struct RawUnit {
    /// Its name.
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::filled"))]
    pub name: String,
    /// Its code in the province's lists.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub code: Option<String>,
    /// The kind of unit.
    #[serde(rename = "type", default)]
    pub kind: Performer,
}

/// The stored entry for one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RawEntry {
    /// The answer.
    #[serde(skip_serializing_if = "RawAnswer::is_empty")]
    pub answer: RawAnswer,
    /// The inspection's own target, date or interval.
    #[serde(skip_serializing_if = "RawOwn::is_empty")]
    pub own: RawOwn,
    /// The person's note.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The corrective work.
    #[serde(skip_serializing_if = "RawFinding::is_empty")]
    pub finding: RawFinding,
    /// The evidence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<RawEvidence>,
}

impl Header {
    /// Reads a header, without the items' own targets and dates and the details of the printed
    /// report, which are read by themselves.
    ///
    /// # Errors
    /// Returns the name of the first field that can't be read.
    pub fn from_raw(raw: RawHeader) -> Result<Self, &'static str> {
        let timestamp = |text: &str, field| Timestamp::parse(text).ok_or(field);
        let as_of = raw.as_of.map(|text| date_from_iso(&text).ok_or("asOf")).transpose()?;
        let incomplete_reason = raw.incomplete_reason;
        if incomplete_reason.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
            return Err("incompleteReason");
        }
        let completed = match (raw.status, raw.completed_at, as_of) {
            (Status::InProgress, None, _) if incomplete_reason.is_some() => {
                return Err("incompleteReason");
            }
            (Status::InProgress, None, _) => None,
            (Status::Completed | Status::Amended, Some(at), Some(as_of)) => {
                let at = timestamp(&at, "completedAt")?;
                Some(Completion { at, as_of, incomplete_reason })
            }
            _ => return Err("completedAt"),
        };
        let questions = raw.questions.into_iter();
        let questions = questions.map(|(id, yes)| Some((QuestionId::new(&id).ok()?, yes)));
        Ok(Self {
            id: InspectionId::parse(&raw.id).ok_or("id")?,
            status: raw.status,
            created_at: timestamp(&raw.created_at, "createdAt")?,
            updated_at: timestamp(&raw.updated_at, "updatedAt")?,
            imported_as_of: as_of.filter(|_| completed.is_none()),
            completed,
            period: Period::parse(&raw.period).ok_or("period")?,
            unit: Unit::from_raw(raw.unit).ok_or("unit")?,
            superior: raw.superior,
            inspectors: raw.inspectors,
            questions: questions.collect::<Option<_>>().ok_or("questions")?,
        })
    }

    /// Returns the header's shape in files, with `asOf` if the day of judging is fixed.
    #[must_use]
    pub fn to_raw(&self) -> RawHeader {
        let completed = self.completed.as_ref();
        RawHeader {
            id: self.id.to_string(),
            status: self.status,
            created_at: self.created_at.to_string(),
            updated_at: self.updated_at.to_string(),
            completed_at: completed.map(|completion| completion.at.to_string()),
            incomplete_reason: completed.and_then(|c| c.incomplete_reason.clone()),
            as_of: completed.map(|c| c.as_of).or(self.imported_as_of).map(date_to_iso),
            period: self.period.to_string(),
            unit: RawUnit {
                name: self.unit.name.clone(),
                code: self.unit.code.clone(),
                kind: self.unit.kind,
            },
            superior: self.superior.clone(),
            inspectors: self.inspectors.clone(),
            questions: self.questions.iter().map(|(id, yes)| (id.to_string(), *yes)).collect(),
            own: BTreeMap::new(),
            document: None,
        }
    }
}

impl Unit {
    /// Reads a unit; `None` if its name is blank.
    #[must_use]
    pub fn from_raw(raw: RawUnit) -> Option<Self> {
        let RawUnit { name, code, kind } = raw;
        (!name.trim().is_empty()).then_some(Self { name, code, kind })
    }
}

impl Entry {
    /// Reads the stored entry for an item.
    ///
    /// # Errors
    /// Returns the first thing in it that does not fit the item.
    pub fn from_raw(raw: RawEntry, item: &Item) -> Result<Self, AnswerFault> {
        let own = Own::from_raw(&raw.own, &item.kind)?;
        let answer = Answer::from_raw(raw.answer, item, own)?;
        for (field, given) in
            [(TypedField::Target, own.target.is_some()), (TypedField::Due, own.due.is_some())]
        {
            if given && answer.unread.contains_key(&field) {
                return Err(AnswerFault::BadValue(field.name()));
            }
        }
        let finding = Finding::from_raw(raw.finding)?;
        let evidence = Evidence::all_from_raw(raw.evidence).map_err(|(_, fault)| fault)?;
        Ok(Self { answer, own, note: raw.note, finding, evidence, lost: false })
    }

    /// Returns its shape in stored records.
    #[must_use]
    pub fn to_raw(&self) -> RawEntry {
        RawEntry {
            answer: self.answer.to_raw(),
            own: self.own.to_raw(),
            note: self.note.clone(),
            finding: self.finding.to_raw(),
            evidence: self.evidence.iter().map(Evidence::to_raw).collect(),
        }
    }
}
