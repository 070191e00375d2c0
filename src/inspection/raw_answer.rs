//! The shape of an answer in reports, in stored records and in `setAnswer`.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

#[cfg(not(target_arch = "wasm32"))]
use super::schema::{done_periods, unread};
use super::{Answer, Cell, Choice, Done, Entered, Own, PartState, Period, Row, TypedField};
#[cfg(not(target_arch = "wasm32"))]
use crate::checklist::schema;
use crate::checklist::wire::{RawKind, present};
use crate::checklist::{
    CellType, Column, Decimal, Item, Kind, MAX_WHOLE, date_from_iso, date_to_iso,
};

/// An answer, with the fields of its item's kind. Values that were not entered are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Answer"))]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct RawAnswer {
    /// Attestation: the person's own verdict.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Choice"))]
    pub verdict: Option<Choice>,
    /// Ratio: the upper number, at most 2^53 − 1.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::whole"))]
    pub numerator: Option<u64>,
    /// Ratio: the lower number, at most 2^53 − 1.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::whole"))]
    pub denominator: Option<u64>,
    /// Count: the number, at most 2^53 − 1.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::whole"))]
    pub count: Option<u64>,
    /// Quantity: a decimal such as `4.5`.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::decimal"))]
    pub quantity: Option<String>,
    /// Deadline: the date on which it was done, such as `2022-08-30`.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "schema::date"))]
    pub done: Option<String>,
    /// Deadline: true when it is not done yet.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "bool"))]
    pub not_yet: Option<bool>,
    /// Periodic: the months (`2026-10`) or quarters (`2026-Q4`) that were done.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "done_periods"))]
    pub done_periods: Option<Vec<String>>,
    /// Roster: the rows, each by column.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<BTreeMap<String, RawCell>>"))]
    pub rows: Option<Vec<BTreeMap<String, RawCell>>>,
    /// Parts: yes or no by part.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "BTreeMap<String, bool>"))]
    pub parts: Option<BTreeMap<String, bool>>,
    /// Parts: those of which no case arose; none of them is in `parts`.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "Vec<String>"))]
    pub parts_not_applicable: Option<BTreeSet<String>>,
    /// Narrative: the text.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub text: Option<String>,
    /// Every kind but attestation: true when the item does not apply.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "bool"))]
    pub not_applicable: Option<bool>,
    /// The reason why it is not met, only partly met, or does not apply.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(with = "String"))]
    pub reason: Option<String>,
    /// Texts that their fields can't read, by field.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(not(target_arch = "wasm32"), schemars(schema_with = "unread"))]
    pub unread: Option<BTreeMap<String, String>>,
}

/// A cell of a roster: yes or no, or a text (a date as `2022-08-30`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema), schemars(rename = "Cell"))]
#[serde(untagged)]
pub enum RawCell {
    /// A check column.
    Check(bool),
    /// A text or date column.
    Text(String),
}

/// The reason why an answer does not fit its item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerFault {
    /// A field that belongs to other kinds of items.
    FieldOfOtherKind(&'static str),
    /// A field with a value that it can't have.
    BadValue(&'static str),
    /// A name that no part, column or period of the item has.
    Unknown(String),
}

impl fmt::Display for AnswerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FieldOfOtherKind(field) => {
                write!(f, "field `{field}` does not belong to this kind of item")
            }
            Self::BadValue(field) => write!(f, "the value of `{field}` can not stand there"),
            Self::Unknown(name) => write!(f, "the item has nothing named `{name}`"),
        }
    }
}

impl RawAnswer {
    /// Returns whether nothing was entered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the given fields that belong to a kind (all but the last three).
    fn given(&self) -> impl Iterator<Item = &'static str> {
        [
            ("verdict", self.verdict.is_some()),
            ("numerator", self.numerator.is_some()),
            ("denominator", self.denominator.is_some()),
            ("count", self.count.is_some()),
            ("quantity", self.quantity.is_some()),
            ("done", self.done.is_some()),
            ("notYet", self.not_yet.is_some()),
            ("donePeriods", self.done_periods.is_some()),
            ("rows", self.rows.is_some()),
            ("parts", self.parts.is_some()),
            ("partsNotApplicable", self.parts_not_applicable.is_some()),
            ("text", self.text.is_some()),
        ]
        .into_iter()
        .filter_map(|(field, given)| given.then_some(field))
    }
}

/// Returns the fields of an answer by kind. Each kind but attestation also has `notApplicable`, and
/// every kind has `reason` and `unread`.
pub(crate) const fn answer_fields(kind: RawKind) -> &'static [&'static str] {
    match kind {
        RawKind::Attestation => &["verdict"],
        RawKind::Ratio => &["numerator", "denominator"],
        RawKind::Count => &["count"],
        RawKind::Quantity => &["quantity"],
        RawKind::Deadline => &["done", "notYet"],
        RawKind::Periodic => &["donePeriods"],
        RawKind::Roster => &["rows"],
        RawKind::Parts => &["parts", "partsNotApplicable"],
        RawKind::Narrative => &["text"],
    }
}

impl Answer {
    /// Reads an answer to an item, with the inspection's own settings for it.
    ///
    /// # Errors
    /// Returns the first thing in it that does not fit the item.
    pub fn from_raw(raw: RawAnswer, item: &Item, own: Own) -> Result<Self, AnswerFault> {
        let fields = answer_fields(RawKind::from(&item.kind));
        if let Some(field) = raw.given().find(|field| !fields.contains(field)) {
            return Err(AnswerFault::FieldOfOtherKind(field));
        }
        let attested = matches!(item.kind, Kind::Attestation);
        if attested && raw.not_applicable.is_some() {
            return Err(AnswerFault::FieldOfOtherKind("notApplicable"));
        }
        let entered = match &item.kind {
            Kind::Attestation => Entered::Attestation(raw.verdict),
            Kind::Ratio { .. } => Entered::Ratio {
                numerator: whole(raw.numerator, "numerator")?,
                denominator: whole(raw.denominator, "denominator")?,
            },
            Kind::Count { .. } => Entered::Count(whole(raw.count, "count")?),
            Kind::Quantity { .. } => {
                let decimal =
                    |text: String| Decimal::parse(&text).ok_or(AnswerFault::BadValue("quantity"));
                Entered::Quantity(raw.quantity.map(decimal).transpose()?)
            }
            Kind::Deadline { .. } => Entered::Deadline(done(raw.done, raw.not_yet)?),
            Kind::Periodic { every } => {
                let every = own.every_of(*every);
                let read = |text: String| match Period::parse(&text) {
                    Some(period) if period.is_one(every) => Ok(period),
                    _ => Err(AnswerFault::Unknown(text)),
                };
                let periods = raw.done_periods.map(|texts| texts.into_iter().map(read).collect());
                Entered::Periodic(periods.transpose()?)
            }
            Kind::Roster { columns, .. } => {
                let rows = raw.rows.unwrap_or_default().into_iter();
                Entered::Roster(rows.map(|raw| row(raw, columns)).collect::<Result<_, _>>()?)
            }
            Kind::Parts { parts } => {
                let said = raw.parts.unwrap_or_default().into_iter().map(|(name, yes)| {
                    (name, if yes { PartState::Done } else { PartState::NotDone })
                });
                let not_arisen = raw.parts_not_applicable.unwrap_or_default().into_iter();
                let mut states = BTreeMap::new();
                for (name, state) in said.chain(not_arisen.map(|name| (name, PartState::NotArisen)))
                {
                    let part = parts.iter().find(|part| part.id.as_str() == name);
                    let part = part.ok_or(AnswerFault::Unknown(name))?;
                    if states.insert(part.id.clone(), state).is_some() {
                        return Err(AnswerFault::BadValue("partsNotApplicable"));
                    }
                }
                Entered::Parts(states)
            }
            Kind::Narrative => Entered::Narrative(raw.text.unwrap_or_default()),
        };
        let mut unread = BTreeMap::new();
        for (name, text) in raw.unread.unwrap_or_default() {
            let field = TypedField::ALL.into_iter().find(|field| field.name() == name);
            let field = field.filter(|field| field.belongs_to(&item.kind) && !entered.has(*field));
            unread.insert(field.ok_or(AnswerFault::Unknown(name))?, text);
        }
        Ok(Self {
            entered,
            not_applicable: raw.not_applicable.unwrap_or_default(),
            reason: raw.reason.unwrap_or_default(),
            unread,
        })
    }

    /// Returns the answer's shape in files.
    #[must_use]
    pub fn to_raw(&self) -> RawAnswer {
        let mut raw = RawAnswer::default();
        match &self.entered {
            Entered::Attestation(verdict) => raw.verdict = *verdict,
            Entered::Ratio { numerator, denominator } => {
                raw.numerator = *numerator;
                raw.denominator = *denominator;
            }
            Entered::Count(count) => raw.count = *count,
            Entered::Quantity(quantity) => raw.quantity = quantity.map(|q| q.to_string()),
            Entered::Deadline(None) => {}
            Entered::Deadline(Some(Done::On(date))) => raw.done = Some(date_to_iso(*date)),
            Entered::Deadline(Some(Done::NotYet)) => raw.not_yet = Some(true),
            Entered::Periodic(periods) => {
                let texts = |p: &BTreeSet<Period>| p.iter().map(ToString::to_string).collect();
                raw.done_periods = periods.as_ref().map(texts);
            }
            Entered::Roster(rows) => {
                raw.rows = (!rows.is_empty()).then(|| rows.iter().map(raw_row).collect());
            }
            Entered::Parts(parts) => {
                for (id, state) in parts {
                    let id = id.to_string();
                    if *state == PartState::NotArisen {
                        raw.parts_not_applicable.get_or_insert_default().insert(id);
                    } else {
                        let yes = *state == PartState::Done;
                        raw.parts.get_or_insert_default().insert(id, yes);
                    }
                }
            }
            Entered::Narrative(text) => raw.text = filled(text),
        }
        raw.not_applicable = self.not_applicable.then_some(true);
        raw.reason = filled(&self.reason);
        if !self.unread.is_empty() {
            let named = self.unread.iter().map(|(f, text)| (f.name().to_owned(), text.clone()));
            raw.unread = Some(named.collect());
        }
        raw
    }
}

impl Entered {
    /// Returns whether a typed field has a value here.
    fn has(&self, field: TypedField) -> bool {
        match (self, field) {
            (Self::Ratio { numerator, .. }, TypedField::Numerator) => numerator.is_some(),
            (Self::Ratio { denominator, .. }, TypedField::Denominator) => denominator.is_some(),
            (Self::Count(count), TypedField::Count) => count.is_some(),
            (Self::Quantity(quantity), TypedField::Quantity) => quantity.is_some(),
            (Self::Deadline(done), TypedField::Done) => done.is_some(),
            _ => false,
        }
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn whole(number: Option<u64>, field: &'static str) -> Result<Option<u64>, AnswerFault> {
    match number {
        Some(number) if number > MAX_WHOLE => Err(AnswerFault::BadValue(field)),
        number => Ok(number),
    }
}

fn done(date: Option<String>, not_yet: Option<bool>) -> Result<Option<Done>, AnswerFault> {
    match (date, not_yet.unwrap_or_default()) {
        (Some(_), true) => Err(AnswerFault::BadValue("notYet")),
        (Some(text), false) => {
            let date = date_from_iso(&text).ok_or(AnswerFault::BadValue("done"))?;
            Ok(Some(Done::On(date)))
        }
        (None, not_yet) => Ok(not_yet.then_some(Done::NotYet)),
    }
}

fn row(raw: BTreeMap<String, RawCell>, columns: &[Column]) -> Result<Row, AnswerFault> {
    let read = |(name, cell): (String, RawCell)| {
        let column = columns.iter().find(|column| column.id.as_str() == name);
        let Some(Column { id, cell: cell_type, .. }) = column else {
            return Err(AnswerFault::Unknown(name));
        };
        let cell = match (cell_type, cell) {
            (CellType::Check { .. }, RawCell::Check(yes)) => Cell::Check(yes),
            (CellType::Text, RawCell::Text(text)) => Cell::Text(text),
            (CellType::Date, RawCell::Text(text)) => {
                date_from_iso(&text).map_or(Cell::Text(text), Cell::Date)
            }
            _ => return Err(AnswerFault::BadValue("rows")),
        };
        Ok((id.clone(), cell))
    };
    raw.into_iter().map(read).collect()
}

fn raw_row(row: &Row) -> BTreeMap<String, RawCell> {
    let raw_cell = |cell: &Cell| match cell {
        Cell::Check(yes) => RawCell::Check(*yes),
        Cell::Text(text) => RawCell::Text(text.clone()),
        Cell::Date(date) => RawCell::Text(date_to_iso(*date)),
    };
    row.iter().map(|(id, cell)| (id.to_string(), raw_cell(cell))).collect()
}
