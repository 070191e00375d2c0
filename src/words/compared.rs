//! Phrases for comparisons between inspections: periods, shares, and verdicts with their figures.

use super::{period, verdict};
use crate::checklist::{Item, Kind, Language};
use crate::comparison::{Change, Comparison, Figure, Judged};
use crate::document::Side;
use crate::evaluation::Verdict;
use crate::inspection::write_decimal;
use crate::messages::{Messages, fill};

/// Returns the name of a period beside others.
#[must_use]
pub fn compared_period(judged: &Judged, side: Side, words: &Messages) -> String {
    let period = period(judged.period, words);
    match side {
        Side::This => fill(words.compare_this, &[("period", &period)]),
        Side::With => fill(words.compare_compared, &[("period", &period)]),
        Side::Other => period,
    }
}

/// Returns the comparison of a period with the one before, in the words of `sentence`. `period` is
/// the name of the earlier one in it.
#[must_use]
pub fn compared_summary(
    sentence: &str,
    this: &Judged,
    with: &Judged,
    period: &str,
    comparison: &Comparison,
) -> String {
    let count = |change| comparison.with(change).count().to_string();
    let (now, then) = (this.summary.all, with.summary.all);
    let values = [
        ("met", &*now.met.to_string()),
        ("total", &now.meetable().to_string()),
        ("period", period),
        ("then-met", &then.met.to_string()),
        ("then-total", &then.meetable().to_string()),
        ("rose", &count(Change::Rose)),
        ("fell", &count(Change::Fell)),
        ("new", &count(Change::NewlyAnswered)),
        ("lasting", &comparison.lasting().count().to_string()),
    ];
    fill(sentence, &values)
}

/// Returns a verdict with the figure behind it.
#[must_use]
pub fn state(
    item: &Item,
    state: (Verdict, Option<Figure>),
    language: Language,
    words: &Messages,
) -> String {
    let name = verdict(state.0, words);
    match state.1 {
        Some(figure) => format!("{name}, {}", write_figure(figure, item, language)),
        None => name.to_owned(),
    }
}

/// Returns a figure as people read it. A share gets its numbers too: two shares that differ may be
/// equal when cut.
fn write_figure(figure: Figure, item: &Item, language: Language) -> String {
    match (figure, &item.kind) {
        (Figure::Share(share, target), _) => {
            let (numerator, denominator) = share.parts();
            format!("{}% ({numerator}/{denominator})", share.percent(target).with_comma())
        }
        (Figure::Count(count), _) => count.to_string(),
        (Figure::Quantity(quantity), Kind::Quantity { unit, .. }) => {
            format!("{} {}", write_decimal(quantity), unit.in_language(language))
        }
        (Figure::Quantity(quantity), _) => write_decimal(quantity),
    }
}
