//! The figures, dates and intervals that items require: the printed ones, and those of an
//! inspection.

use super::lower_first;
use crate::checklist::{Comparator, Due, Frequency, Kind, Language, Target};
use crate::inspection::{Own, write_date, write_decimal};
use crate::messages::{Messages, fill};

/// Returns a target with the unit of its figures (`%`, or a word with a space before it).
#[must_use]
pub fn target(target: Target, unit: &str, words: &Messages) -> String {
    let text = match target.comparator {
        Comparator::AtLeast => words.target_at_least,
        Comparator::MoreThan => words.target_more_than,
        Comparator::Exactly => words.target_exactly,
        Comparator::AtMost => words.target_at_most,
    };
    fill(text, &[("figure", &format!("{}{unit}", write_decimal(target.threshold)))])
}

/// Returns the unit of an item's figures, as it is written behind them: `%`, or a word with a space
/// before it.
#[must_use]
pub fn figure_unit(kind: &Kind, language: Language) -> String {
    match kind {
        Kind::Ratio { .. } | Kind::Roster { .. } => "%".to_owned(),
        Kind::Quantity { unit, .. } => format!(" {}", unit.in_language(language)),
        _ => String::new(),
    }
}

/// Returns the figure, date or interval that an item requires: the printed one, and the
/// inspection's own beside it if that differs.
#[must_use]
pub fn asked(kind: &Kind, own: Own, language: Language, words: &Messages) -> String {
    let unit = figure_unit(kind, language);
    let figure = |asked: Target| target(asked, &unit, words);
    let interval = |every| lower_first(frequency(every, words));
    let (label, printed, own) = match kind {
        Kind::Deadline { due: printed } => {
            let own = own.due.map(|date| due(printed.moved_to(date), words));
            (words.asked_due, Some(due(*printed, words)), own)
        }
        Kind::Periodic { every } => {
            (words.asked_figure, Some(interval(*every)), own.every.map(interval))
        }
        _ => {
            let printed = Own::default().target_of(kind).map(figure);
            let own = own.target.and(own.target_of(kind)).map(figure);
            (words.asked_figure, printed, own)
        }
    };
    match (printed, own) {
        (Some(printed), Some(own)) if printed != own => {
            fill(words.asked_both, &[("printed", &printed), ("own", &own)])
        }
        (Some(one), _) | (None, Some(one)) => fill(label, &[("what", &one)]),
        (None, None) => String::new(),
    }
}

/// Returns the interval of a periodic duty.
#[must_use]
pub const fn frequency(every: Frequency, words: &Messages) -> &'static str {
    match every {
        Frequency::Month => words.frequency_month,
        Frequency::Quarter => words.frequency_quarter,
    }
}

/// Returns a due date in words.
#[must_use]
pub fn due(due: Due, words: &Messages) -> String {
    let text = match due {
        Due::Before(_) => words.due_before,
        Due::By(_) => words.due_by,
    };
    fill(text, &[("date", &write_date(due.date()))])
}
