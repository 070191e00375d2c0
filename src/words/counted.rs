//! The share that is met, in words: of the items that apply and whose cases arose, on every screen,
//! paper and table alike.

use crate::evaluation::Tally;
use crate::messages::{Messages, fill};

/// Returns the number of items met and of items that can be, such as `24/31`.
#[must_use]
pub fn met_of(tally: &Tally) -> String {
    format!("{}/{}", tally.met, tally.meetable())
}

/// Returns the share that is met, such as `77,4%`; a dash if nothing can be met.
#[must_use]
pub fn percent_met(tally: &Tally) -> String {
    let share = tally.share();
    share.map_or_else(|| "–".to_owned(), |share| share.percent(None).with_comma() + "%")
}

/// Returns the result of an inspection in a sentence.
#[must_use]
pub fn headline(tally: &Tally, words: &Messages) -> String {
    if tally.share().is_none() {
        return words.result_nothing_applies.to_owned();
    }
    let (met, total) = (tally.met.to_string(), tally.meetable().to_string());
    let values = [("met", &*met), ("total", &total), ("percent", &percent_met(tally))];
    fill(words.result_headline, &values)
}

/// Returns the share of a period's items that is met, and the number of items that still wait for a
/// verdict.
#[must_use]
pub fn share(tally: &Tally, words: &Messages) -> String {
    let values = [("percent", &*percent_met(tally)), ("of", &met_of(tally))];
    let share = fill(words.compare_value, &values);
    match tally.waiting() {
        0 => share,
        count => {
            let waiting = fill(words.compare_waiting, &[("count", &count.to_string())]);
            format!("{share}, {waiting}")
        }
    }
}
