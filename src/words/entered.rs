//! The entries of an item, field by field.

use crate::checklist::{Kind, Language};
use crate::inspection::{
    Cell, Done, Entered, Entry, Own, PartState, TypedField, write_date, write_decimal, write_whole,
};
use crate::messages::Messages;
use crate::words::figure_unit;

/// Returns all answers to an item, each with the name of its field, and the texts of an own target
/// or date that can't be read. Reason, note and the rows of a roster are not included.
#[must_use]
pub fn entered(
    kind: &Kind,
    entry: &Entry,
    language: Language,
    words: &Messages,
) -> Vec<(String, String)> {
    let unread = |field| entry.answer.unread.get(&field).cloned();
    let mut facts = Vec::new();
    let mut tell = |label: &str, value: Option<String>| {
        facts
            .extend(value.filter(|value| !value.is_empty()).map(|value| (label.to_owned(), value)));
    };
    match (kind, &entry.answer.entered) {
        (
            Kind::Ratio { numerator: upper, denominator: lower, .. },
            Entered::Ratio { numerator, denominator },
        ) => {
            let upper_text = unread(TypedField::Numerator).or(numerator.map(write_whole));
            let lower_text = unread(TypedField::Denominator).or(denominator.map(write_whole));
            tell(upper.in_language(language), upper_text);
            tell(lower.in_language(language), lower_text);
        }
        (Kind::Count { label, .. }, Entered::Count(count)) => {
            let count = count.map(write_whole);
            tell(label.in_language(language), unread(TypedField::Count).or(count));
        }
        (Kind::Quantity { label, unit, .. }, Entered::Quantity(quantity)) => {
            let unit = unit.in_language(language);
            let quantity = quantity.map(|quantity| format!("{} {unit}", write_decimal(quantity)));
            tell(label.in_language(language), unread(TypedField::Quantity).or(quantity));
        }
        (_, Entered::Deadline(Some(Done::NotYet))) => {
            tell(words.deadline_not_yet, Some(words.yes.to_owned()));
        }
        (_, Entered::Deadline(done)) => {
            let date = done.and_then(|done| match done {
                Done::On(date) => Some(write_date(date)),
                Done::NotYet => None,
            });
            tell(words.deadline_done, unread(TypedField::Done).or(date));
        }
        (_, Entered::Periodic(Some(done))) => {
            let names: Vec<_> = done.iter().map(|one| super::period(*one, words)).collect();
            let names =
                if names.is_empty() { words.none_of_periods.to_owned() } else { names.join(", ") };
            tell(words.periodic_done, Some(names));
        }
        (Kind::Parts { parts }, Entered::Parts(answers)) => {
            for part in parts {
                let state = answers.get(&part.id).map(|state| part_state(*state, words).to_owned());
                tell(part.text.in_language(language), state);
            }
        }
        (_, Entered::Narrative(text)) => tell(words.narrative_text, Some(text.clone())),
        _ => {}
    }
    tell(words.own_target, unread(TypedField::Target));
    tell(words.earlier_due, unread(TypedField::Due));
    facts
}

/// Returns the inspection's own target, date and interval of an item, each with the name of its
/// field.
#[must_use]
pub fn own(kind: &Kind, own: Own, language: Language, words: &Messages) -> Vec<(String, String)> {
    let target = own.target.map(|target| write_decimal(target) + &figure_unit(kind, language));
    let facts = [
        (words.own_target, target),
        (words.earlier_due, own.due.map(write_date)),
        (words.own_every, own.every.map(|every| super::frequency(every, words).to_owned())),
    ];
    facts.into_iter().filter_map(|(label, value)| Some((label.to_owned(), value?))).collect()
}

/// Returns the text of one cell of a roster.
#[must_use]
pub fn cell(cell: Option<&Cell>, words: &Messages) -> String {
    match cell {
        None => String::new(),
        Some(Cell::Text(text)) => text.clone(),
        Some(Cell::Date(date)) => write_date(*date),
        Some(Cell::Check(yes)) => yes_or_no(*yes, words).to_owned(),
    }
}

const fn part_state(state: PartState, words: &Messages) -> &'static str {
    match state {
        PartState::Done => words.yes,
        PartState::NotDone => words.no,
        PartState::NotArisen => words.no_case_arose,
    }
}

const fn yes_or_no(yes: bool, words: &Messages) -> &'static str {
    if yes { words.yes } else { words.no }
}
