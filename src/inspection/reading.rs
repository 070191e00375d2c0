//! Reading what a person typed into a number or date field, in one grammar for both languages.
//!
//! Nothing is guessed: what could mean two things is refused, with a word on how to write what was
//! probably meant.

use chrono::{Datelike as _, NaiveDate};

use super::as_seen;
use crate::checklist::{Decimal, MAX_SCALE, MAX_WHOLE, YEARS};

/// Why a typed text can't be read as what its field wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Not a whole number.
    Whole,
    /// Not a number.
    Decimal,
    /// Not a date of the calendar.
    Date,
    /// It could mean two things; these are the ways to write them, the likelier first.
    Ambiguous(Vec<String>),
    /// A number with a fraction, such as `1.5`, where whole ones alone can stand; this is the way to write it if its
    /// point was meant to part thousands.
    Fraction(String),
    /// A number past 2^53 − 1.
    TooLarge,
    /// More than [`MAX_SCALE`] digits after the comma.
    TooFine,
}

/// Reads a whole number: `1234` or, in groups of three, `1.234`. Blank is `None`.
///
/// # Errors
/// Says why the text is no whole number, and how to write the probable one.
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

/// Reads a decimal: as whole numbers, and with a comma `96,5` or `1.234,5`. Blank is `None`.
///
/// # Errors
/// Says why the text is no decimal, and how to write the probable one.
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

/// Reads a date: `16/06/2023`, leading zeros optional. Blank is `None`.
///
/// # Errors
/// Says that the text is no date, and how to write the probable one.
pub fn read_date(text: &str) -> Result<Option<NaiveDate>, Unreadable> {
    let text = as_seen(text);
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(date) = date_of(text, '/', false) {
        return Ok(Some(date));
    }
    let other = ['-', '.', ' '].into_iter().find_map(|separator| {
        date_of(text, separator, false).or_else(|| date_of(text, separator, true))
    });
    Err(match other.or_else(|| date_of(text, '/', true)) {
        Some(date) => Unreadable::Ambiguous(vec![write_date(date)]),
        None => Unreadable::Date,
    })
}

/// Writes a date as it is typed: `16/06/2023`.
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

/// `1234` or `1.234.567` as plain digits. `0.500` is not in groups: nobody writes a zero there.
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

/// `1.5` or `12.75` in a field of whole numbers: its point stands before something other than a group of three.
fn fraction(text: &str) -> Option<Unreadable> {
    let (whole, fraction) = text.split_once('.')?;
    let is_fraction = is_digits(whole) && is_digits(fraction) && fraction.len() != 3;
    let digits = [whole, fraction].concat();
    (is_fraction && !whole.starts_with('0') && whole_value(&digits).is_ok())
        .then_some(Unreadable::Fraction(digits))
}

/// What was probably meant by a number in another country's writing, such as `1,234` or `1.5`: the
/// ways to write it that the field reads.
fn foreign_number<T>(
    text: &str,
    read: fn(&str) -> Result<Option<T>, Unreadable>,
) -> Option<Unreadable> {
    let mut ways = Vec::new();
    match (text.find('.'), text.find(',')) {
        // 1.5 or 12.75: a point before something other than groups of three.
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

/// Day, month and year between separators, the year first or last.
fn date_of(text: &str, separator: char, year_first: bool) -> Option<NaiveDate> {
    let mut parts = text.split(separator).map(str::trim);
    let (a, month, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (day, year) = if year_first { (c, a) } else { (a, c) };
    let number = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        let fits = lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = i32::try_from(number(year, 4..=4)?).ok().filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, number(month, 1..=2)?, number(day, 1..=2)?)
}
