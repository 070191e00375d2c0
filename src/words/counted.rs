//! How much is met, in words: of what applies and of which cases arose, on every screen, paper and
//! table alike.

use crate::evaluation::Tally;
use crate::messages::{Messages, fill};

/// How many of how many are met, such as `24/31`.
#[must_use]
pub fn met_of(tally: &Tally) -> String {
    format!("{}/{}", tally.met, tally.meetable())
}

/// The share that is met, such as `77,4%`; a dash where nothing can be met.
#[must_use]
pub fn percent_met(tally: &Tally) -> String {
    let share = tally.share();
    share.map_or_else(|| "–".to_owned(), |share| share.percent(None).with_comma() + "%")
}

/// The result of an inspection in a sentence.
#[must_use]
pub fn headline(tally: &Tally, words: &Messages) -> String {
    if tally.share().is_none() {
        return words.result_nothing_applies.to_owned();
    }
    let (met, total) = (tally.met.to_string(), tally.meetable().to_string());
    let values = [("met", &*met), ("total", &total), ("percent", &percent_met(tally))];
    fill(words.result_headline, &values)
}

/// How much of a period's items is met, and how many have no verdict that could be.
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
