//! Reading the text typed into a number or date field, in one grammar for both languages.
//!
//! Nothing is guessed: an ambiguous text is refused, with a word on how to write the probable
//! meaning.

use chrono::{Datelike as _, NaiveDate};
use std::ops::RangeInclusive;

use super::{Period, as_seen};
use crate::checklist::{Decimal, MAX_SCALE, MAX_WHOLE, YEARS};

/// The reason why a field can't read a typed text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Not a whole number.
    Whole,
    /// Not a number.
    Decimal,
    /// Not a date of the calendar.
    Date,
    /// An ambiguous text, with the ways to write its meanings, the likelier first.
    Ambiguous(Vec<String>),
    /// A number with a fraction, such as `1.5`, where only whole ones are allowed, with the way to
    /// write it if its point was meant to separate thousands.
    Fraction(String),
    /// A number past 2^53 − 1.
    TooLarge,
    /// More than [`MAX_SCALE`] digits after the comma.
    TooFine,
    /// A text that an earlier release could not read and kept as typed, with the way to write it.
    Kept(String),
}

impl Unreadable {
    /// Returns why a text kept as typed has no value, from the result of reading it now; `nothing`
    /// is for a text with nothing visible.
    pub fn of_kept<T>(
        read: Result<Option<T>, Self>,
        write: impl FnOnce(T) -> String,
        nothing: Self,
    ) -> Self {
        match read {
            Ok(value) => value.map_or(nothing, |value| Self::Kept(write(value))),
            Err(why) => why,
        }
    }
}

/// Reads a whole number: `1234` or, in groups of three, `1.234`. Blank is `None`.
///
/// # Errors
/// Returns why the text is no whole number, and how to write the probable one.
pub fn read_whole(text: &str) -> Result<Option<u64>, Unreadable> {
    let text = as_seen(text);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match digits_in_groups(text, '.') {
        Some(digits) => whole_value(&digits).map(Some),
        None => Err(fraction(text)
            .or_else(|| foreign_number(text, read_whole))
            .unwrap_or(Unreadable::Whole)),
    }
}

/// Reads a decimal: like a whole number, and with a comma `96,5` or `1.234,5`. Blank is `None`.
///
/// # Errors
/// Returns why the text is no decimal, and how to write the probable one.
pub fn read_decimal(text: &str) -> Result<Option<Decimal>, Unreadable> {
    let text = as_seen(text);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
    let fraction_is_digits = fraction.bytes().all(|b| b.is_ascii_digit());
    let comma_ends = text.ends_with(',');
    let digits = digits_in_groups(whole, '.').filter(|_| fraction_is_digits && !comma_ends);
    let Some(digits) = digits else {
        return Err(foreign_number(text, read_decimal).unwrap_or(Unreadable::Decimal));
    };
    whole_value(&digits)?;
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > MAX_SCALE as usize {
        return Err(Unreadable::TooFine);
    }
    let digits = digits.trim_start_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    let text = if fraction.is_empty() { digits.to_owned() } else { format!("{digits}.{fraction}") };
    Decimal::parse(&text).map(Some).ok_or(Unreadable::TooLarge)
}

/// Reads a date: `31/12/2026`, `31-12-2026`, `31.12.2026` or `31122026`. The day comes first.
/// Leading zeros are optional if the numbers are separated. Blank is `None`.
///
/// Between slashes the year may also have two digits, or be absent. `31/12/26` is in 2026: no
/// directive on administrative reform is older than this century, and nothing is planned decades
/// ahead. From 50 on the last century is as likely, so the person is asked for the year. `31/12` is
/// the day in the one year of `period` in which it lies.
///
/// # Errors
/// Returns why the text is no date, and how to write the probable one.
pub fn read_date(text: &str, period: Option<Period>) -> Result<Option<NaiveDate>, Unreadable> {
    let text = as_seen(text);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let separator = ['/', '-', '.', ' '].into_iter().find(|separator| text.contains(*separator));
    let cuts = match separator {
        Some(separator) => vec![text.split(separator).map(str::trim).take(4).collect()],
        None => cut(text),
    };
    let has_whole_year =
        cuts.iter().any(|parts| matches!(**parts, [_, _, year] if year.len() == 4));
    let is_taken = match separator {
        Some('/') => true,
        Some('-' | '.') => has_whole_year,
        Some(_) => false,
        None => text.len() == 8,
    };
    let mut dates: Vec<_> = cuts.iter().flat_map(|parts| day_first(parts, period)).collect();
    if let ([date], true) = (&*dates, is_taken) {
        return Ok(Some(*date));
    }
    if dates.is_empty() {
        dates = cuts.iter().flat_map(|parts| in_other_order(parts, period)).collect();
    }
    if dates.is_empty() {
        return Err(Unreadable::Date);
    }
    Err(Unreadable::Ambiguous(dates.into_iter().map(write_date).collect()))
}

/// Returns whether every release could read a text in a date field: a blank one, or one like
/// `31/12/2026`. No record has such a text among the unread ones.
pub(super) fn was_always_read(text: &str) -> bool {
    let text = text.trim();
    let parts: Vec<_> = text.split('/').map(str::trim).take(4).collect();
    let is_whole = matches!(*parts, [_, _, year] if year.len() == 4);
    text.is_empty() || (is_whole && !day_first(&parts, None).is_empty())
}

/// Writes a date as it is typed: `31/12/2026`.
#[must_use]
pub fn write_date(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// Writes a whole number in groups of three: `1.234`.
#[must_use]
pub fn write_whole(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// Writes a decimal as it is typed: `96,5`.
#[must_use]
pub fn write_decimal(decimal: Decimal) -> String {
    decimal.to_string().replace('.', ",")
}

/// Returns `1234` or `1.234.567` as plain digits. `0.500` is not in groups: nobody writes a zero
/// there.
fn digits_in_groups(text: &str, separator: char) -> Option<String> {
    let mut groups = text.split(separator);
    let first = groups.next().filter(|group| is_digits(group))?;
    let mut digits = first.to_owned();
    for group in groups {
        if first.len() > 3 || first.starts_with('0') || group.len() != 3 || !is_digits(group) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn whole_value(digits: &str) -> Result<u64, Unreadable> {
    digits.parse().ok().filter(|n| *n <= MAX_WHOLE).ok_or(Unreadable::TooLarge)
}

/// Reads `1.5` or `12.75` in a field of whole numbers: the digits after its point are not a group
/// of three.
fn fraction(text: &str) -> Option<Unreadable> {
    let (whole, fraction) = text.split_once('.')?;
    let is_fraction = is_digits(whole) && is_digits(fraction) && fraction.len() != 3;
    let digits = [whole, fraction].concat();
    (is_fraction && !whole.starts_with('0') && whole_value(&digits).is_ok())
        .then_some(Unreadable::Fraction(digits))
}

/// Returns the probable meaning of a number in another country's notation, such as `1,234` or
/// `1.5`: the ways to write it that the field reads.
fn foreign_number<T>(
    text: &str,
    read: fn(&str) -> Result<Option<T>, Unreadable>,
) -> Option<Unreadable> {
    let mut ways = Vec::new();
    match (text.find('.'), text.find(',')) {
        // 1.5 or 12.75: the digits after the point are not groups of three.
        (Some(_), None) => {
            let (whole, fraction) = text.split_once('.')?;
            if is_digits(whole) && is_digits(fraction) {
                ways.push(format!("{whole},{fraction}"));
                if !whole.starts_with('0') {
                    ways.push(format!("{whole}{fraction}"));
                }
            }
        }
        // 1,234 in a field of whole numbers: groups in English, a fraction here.
        (None, Some(_)) => ways.extend(digits_in_groups(text, ',')),
        // 1,234.5: groups and fraction the other way round.
        (Some(point), Some(comma)) if comma < point => {
            let (whole, fraction) = text.split_once('.')?;
            if is_digits(fraction) {
                ways.extend(
                    digits_in_groups(whole, ',').map(|whole| format!("{whole},{fraction}")),
                );
            }
        }
        _ => {}
    }
    ways.retain(|way| read(way).is_ok());
    (!ways.is_empty()).then_some(Unreadable::Ambiguous(ways))
}

/// Splits a date of digits alone into its parts, in each possible way.
fn cut(text: &str) -> Vec<Vec<&str>> {
    let places: &[(usize, usize)] = match text.len() {
        6 => &[(2, 4), (1, 2)],
        7 => &[(1, 3), (2, 3)],
        8 => &[(2, 4), (4, 6)],
        _ => &[],
    };
    let parts = |&(one, two): &(usize, usize)| {
        Some(vec![text.get(..one)?, text.get(one..two)?, text.get(two..)?])
    };
    places.iter().filter_map(parts).collect()
}

/// Returns the possible dates of day, month and year in this order; without a year, those in a
/// period.
fn day_first(parts: &[&str], period: Option<Period>) -> Vec<NaiveDate> {
    let dates = match (parts, period) {
        ([day, month, year], _) => dates_of(day, month, years(year)),
        ([day, month], Some(period)) => {
            let years = period.first_day().year()..=period.last_day().year();
            let mut dates = dates_of(day, month, years);
            dates.retain(|date| period.contains(*date));
            dates
        }
        _ => Vec::new(),
    };
    // More than two are too many to choose from.
    if dates.len() > 2 { Vec::new() } else { dates }
}

/// Returns the possible dates of parts in another order: the year first, or the month before the
/// day.
fn in_other_order(parts: &[&str], period: Option<Period>) -> Vec<NaiveDate> {
    match parts {
        [year, month, day] if year.len() == 4 => day_first(&[day, month, year], period),
        [month, day, year] => day_first(&[day, month, year], period),
        [month, day] => day_first(&[day, month], period),
        _ => Vec::new(),
    }
}

fn dates_of(day: &str, month: &str, years: impl IntoIterator<Item = i32>) -> Vec<NaiveDate> {
    let Some((day, month)) = number(day, 1..=2).zip(number(month, 1..=2)) else {
        return Vec::new();
    };
    let years = years.into_iter().filter(|year| YEARS.contains(year));
    years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).collect()
}

/// Returns the possible years of a text, in full or with its last two digits.
fn years(text: &str) -> Vec<i32> {
    let number = number(text, 2..=4).and_then(|number| i32::try_from(number).ok());
    match (text.len(), number) {
        (4, Some(year)) => vec![year],
        (2, Some(year @ ..50)) => vec![2000 + year],
        (2, Some(year)) => vec![1900 + year, 2000 + year],
        _ => Vec::new(),
    }
}

fn number(text: &str, lengths: RangeInclusive<usize>) -> Option<u32> {
    (lengths.contains(&text.len()) && is_digits(text)).then(|| text.parse().ok()).flatten()
}
