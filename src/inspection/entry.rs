//! The entry of an inspection for one item, and the edits that a person makes to it.

use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

use super::{
    Answer, Cell, Choice, Done, Entered, Evidence, EvidenceEdit, Finding, FindingEdit, Own,
    PartState, Period, Row, TypedField, Unreadable, read_date, read_decimal, read_whole,
};
use crate::checklist::{ColumnId, Decimal, Frequency, Kind, PartId};

/// The entry of an inspection for one item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The answer.
    pub answer: Answer,
    /// The inspection's own target, date or interval for the item.
    pub own: Own,
    /// The person's note.
    pub note: String,
    /// The corrective action, where the item is not met or only partly met.
    pub finding: Finding,
    /// The evidence. INVARIANT: each piece once.
    pub evidence: Vec<Evidence>,
    /// Whether something is stored for the item that can't be read, and nothing was entered since.
    /// It is said wherever the item is, and is never stored itself.
    pub lost: bool,
}

/// One edit, made in a field of the page. Typed texts come as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after its field in the page")]
pub enum Edit {
    Verdict(Choice),
    Numerator(String),
    Denominator(String),
    Count(String),
    Quantity(String),
    Date(String),
    NotYet(bool),
    DonePeriod(Period, bool),
    /// The state of one part; `None` as if nothing had been said.
    Part(PartId, Option<PartState>),
    /// None of the parts or periods: an answer, unlike no answer.
    NoneOfThem,
    Text(String),
    NotApplicable(bool),
    Reason(String),
    /// The answer as if nothing had been entered; own target, date, note, finding and evidence
    /// stay.
    Clear,
    Target(String),
    Due(String),
    /// The inspection's own interval; `None` for the printed one.
    Every(Option<Frequency>),
    Note(String),
    Finding(FindingEdit),
    Evidence(EvidenceEdit),
    /// A cell of a roster's row.
    Cell(usize, ColumnId, Cell),
    AddRows(Vec<Row>),
    RemoveRow(usize),
    InsertRow(usize, Row),
    /// Other rows in place of all: they were sorted, pasted or emptied.
    SetRows(Vec<Row>),
}

/// An edit for which the item's kind has no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongKind;

impl Entry {
    /// Returns the entry of an item for which nothing was entered.
    #[must_use]
    pub fn blank(kind: &Kind) -> Self {
        let (own, note, finding, evidence, lost) = Default::default();
        Self { answer: Answer::blank(kind), own, note, finding, evidence, lost }
    }

    /// Returns the entry of an item for which something is stored that can't be read.
    #[must_use]
    pub fn lost(kind: &Kind) -> Self {
        Self { lost: true, ..Self::blank(kind) }
    }

    /// Returns whether nothing was entered.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.note.is_empty()
            && self.own == Own::default()
            && self.finding.is_blank()
            && self.evidence.is_empty()
            && self.answer.to_raw().is_empty()
            && !self.lost
    }

    /// Returns whether nothing but evidence was entered.
    #[must_use]
    pub fn is_evidence_alone(&self) -> bool {
        !self.evidence.is_empty() && Self { evidence: Vec::new(), ..self.clone() }.is_blank()
    }

    /// Applies one edit to the entry of an item of a kind, in an inspection of a period.
    ///
    /// # Errors
    /// [`WrongKind`] when the item has no such field, part, period, row or column; the entry is
    /// then unchanged.
    pub fn apply(&mut self, kind: &Kind, edit: Edit, period: Period) -> Result<(), WrongKind> {
        if !edit.fits(kind) {
            return Err(WrongKind);
        }
        let read_date = |text: &str| read_date(text, Some(period));
        let Self { answer, own, note, finding, evidence, lost } = self;
        let unread = &mut answer.unread;
        match (edit, &mut answer.entered) {
            (Edit::Note(text), _) => *note = text,
            (Edit::Finding(edit), _) => finding.apply(edit),
            (Edit::Evidence(edit), _) => edit.apply(evidence),
            (Edit::Reason(text), _) => answer.reason = text,
            (Edit::Clear, _) => {
                // The unreadable text of an own target or date is no part of the answer.
                let own = [TypedField::Target, TypedField::Due];
                let mut blank = Answer::blank(kind);
                blank.unread = std::mem::take(unread);
                blank.unread.retain(|field, _| own.contains(field));
                *answer = blank;
            }
            (Edit::Verdict(choice), Entered::Attestation(verdict)) => *verdict = Some(choice),
            (Edit::NotApplicable(_), Entered::Attestation(_)) => return Err(WrongKind),
            (Edit::NotApplicable(yes), _) => answer.not_applicable = yes,
            (Edit::Numerator(text), Entered::Ratio { numerator, .. }) => {
                *numerator = typed(unread, TypedField::Numerator, text, read_whole);
            }
            (Edit::Denominator(text), Entered::Ratio { denominator, .. }) => {
                *denominator = typed(unread, TypedField::Denominator, text, read_whole);
            }
            (Edit::Target(text), Entered::Count(_)) => {
                own.target = typed(unread, TypedField::Target, text, read_whole)
                    .and_then(|whole| Decimal::new(whole, 0));
            }
            (Edit::Target(text), _) if kind.target().is_some() => {
                own.target = typed(unread, TypedField::Target, text, read_decimal);
            }
            (Edit::Count(text), Entered::Count(count)) => {
                *count = typed(unread, TypedField::Count, text, read_whole);
            }
            (Edit::Quantity(text), Entered::Quantity(quantity)) => {
                *quantity = typed(unread, TypedField::Quantity, text, read_decimal);
            }
            (Edit::Date(text), Entered::Deadline(done)) => {
                *done = typed(unread, TypedField::Done, text, read_date).map(Done::On);
            }
            (Edit::NotYet(true), Entered::Deadline(done)) => {
                unread.remove(&TypedField::Done);
                *done = Some(Done::NotYet);
            }
            // A date that was entered says more than a box that is not ticked.
            (Edit::NotYet(false), Entered::Deadline(done)) => {
                *done = done.filter(|done| *done != Done::NotYet);
            }
            (Edit::Due(text), Entered::Deadline(_)) => {
                own.due = typed(unread, TypedField::Due, text, read_date);
            }
            (Edit::Every(every), Entered::Periodic(periods)) => {
                let Kind::Periodic { every: printed } = kind else { return Err(WrongKind) };
                own.every = every.filter(|every| every != printed);
                let every = own.every_of(*printed);
                // Months say nothing of quarters, nor the other way round.
                *periods = periods.take().filter(|done| done.iter().all(|one| one.is_one(every)));
            }
            (Edit::DonePeriod(period, yes), Entered::Periodic(periods)) => {
                let Kind::Periodic { every } = kind else { return Err(WrongKind) };
                if !period.is_one(own.every_of(*every)) {
                    return Err(WrongKind);
                }
                let periods = periods.get_or_insert_default();
                if yes {
                    periods.insert(period)
                } else {
                    periods.remove(&period)
                };
            }
            (Edit::NoneOfThem, Entered::Periodic(periods)) => *periods = Some(BTreeSet::new()),
            (Edit::NoneOfThem, Entered::Parts(answers)) => {
                let Kind::Parts { parts } = kind else { return Err(WrongKind) };
                for part in parts {
                    let state = answers.entry(part.id.clone()).or_insert(PartState::NotDone);
                    if *state == PartState::Done {
                        *state = PartState::NotDone;
                    }
                }
            }
            (Edit::Part(id, Some(state)), Entered::Parts(parts)) => _ = parts.insert(id, state),
            (Edit::Part(id, None), Entered::Parts(parts)) => _ = parts.remove(&id),
            (Edit::Text(text), Entered::Narrative(narrative)) => *narrative = text,
            (Edit::Cell(row, column, cell), Entered::Roster(rows)) => {
                rows.get_mut(row).ok_or(WrongKind)?.insert(column, cell);
            }
            (Edit::AddRows(new), Entered::Roster(rows)) => rows.extend(new),
            (Edit::RemoveRow(row), Entered::Roster(rows)) if row < rows.len() => {
                rows.remove(row);
            }
            (Edit::InsertRow(at, row), Entered::Roster(rows)) => {
                rows.insert(at.min(rows.len()), row);
            }
            (Edit::SetRows(new), Entered::Roster(rows)) => *rows = new,
            _ => return Err(WrongKind),
        }
        *lost = false;
        Ok(())
    }

    /// Undoes an edit that led from one entry to another. Every part that the edit changed is as it
    /// was before it, and the others stay as they are now. Returns whether something was replaced
    /// that was entered since the edit.
    pub fn undo(&mut self, before: &Self, after: &Self) -> bool {
        let [mut now, before, after] = [&*self, before, after].map(Parts::of);
        let replaced = [
            undo(&mut now.values, &before.values, &after.values),
            undo(&mut now.target, &before.target, &after.target),
            undo(&mut now.due, &before.due, &after.due),
            undo(&mut now.not_applicable, &before.not_applicable, &after.not_applicable),
            undo(&mut now.reason, &before.reason, &after.reason),
            undo(&mut now.note, &before.note, &after.note),
            undo(&mut now.finding, &before.finding, &after.finding),
            undo(&mut now.evidence, &before.evidence, &after.evidence),
        ];
        *self = now.joined(self.lost);
        replaced.contains(&true)
    }
}

/// An entry in parts, each of which means something by itself.
struct Parts {
    /// The values, their interval, and the texts of their fields that can't be read.
    values: (Entered, Option<Frequency>, BTreeMap<TypedField, String>),
    /// The own target, or the text in its field.
    target: (Option<Decimal>, Option<String>),
    /// The own due date, or the text in its field.
    due: (Option<NaiveDate>, Option<String>),
    not_applicable: bool,
    reason: String,
    note: String,
    finding: Finding,
    evidence: Vec<Evidence>,
}

impl Parts {
    fn of(entry: &Entry) -> Self {
        let Entry { answer, own, note, finding, evidence, lost: _ } = entry.clone();
        let Answer { entered, not_applicable, reason, mut unread } = answer;
        let target = (own.target, unread.remove(&TypedField::Target));
        let due = (own.due, unread.remove(&TypedField::Due));
        let values = (entered, own.every, unread);
        Self { values, target, due, not_applicable, reason, note, finding, evidence }
    }

    fn joined(self, lost: bool) -> Entry {
        let Self { values, target, due, not_applicable, reason, note, finding, evidence } = self;
        let (entered, every, mut unread) = values;
        let fields = [(TypedField::Target, target.1), (TypedField::Due, due.1)];
        unread.extend(fields.into_iter().filter_map(|(field, text)| Some((field, text?))));
        let answer = Answer { entered, not_applicable, reason, unread };
        let own = Own { target: target.0, due: due.0, every };
        Entry { answer, own, note, finding, evidence, lost }
    }
}

/// Undoes an edit of one part.
fn undo<T: Clone + PartialEq>(now: &mut T, before: &T, after: &T) -> bool {
    if before == after {
        return false;
    }
    let replaced = now != before && now != after;
    now.clone_from(before);
    replaced
}

impl Edit {
    /// Returns whether the item has the parts and columns that the edit names.
    fn fits(&self, kind: &Kind) -> bool {
        match (self, kind) {
            (Self::Part(id, _), Kind::Parts { parts }) => parts.iter().any(|part| part.id == *id),
            (Self::Cell(_, id, cell), Kind::Roster { columns, .. }) => cell.fits(columns, id),
            (Self::AddRows(rows) | Self::SetRows(rows), Kind::Roster { columns, .. }) => {
                rows.iter().flatten().all(|(id, cell)| cell.fits(columns, id))
            }
            (Self::InsertRow(_, row), Kind::Roster { columns, .. }) => {
                row.iter().all(|(id, cell)| cell.fits(columns, id))
            }
            // [`Entry::apply`] checks the others.
            _ => true,
        }
    }
}

/// Reads a typed text. A text that can't be read is kept as typed, and the field has no value.
fn typed<T>(
    unread: &mut BTreeMap<TypedField, String>,
    field: TypedField,
    text: String,
    read: impl Fn(&str) -> Result<Option<T>, Unreadable>,
) -> Option<T> {
    match read(&text) {
        Ok(value) => {
            unread.remove(&field);
            value
        }
        Err(_) => {
            unread.insert(field, text);
            None
        }
    }
}
