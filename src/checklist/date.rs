//! Dates in files: `2022-08-31` and no other form.

use chrono::NaiveDate;
use std::ops::Range;

/// The years that can be typed and stored. Other years are slips or forgeries, and a list of all
/// months up to the year 9999 would freeze the page.
pub const YEARS: Range<i32> = 1900..3000;

/// Reads a date such as `2022-08-31`, in one of the [`YEARS`].
#[must_use]
pub fn date_from_iso(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let number = |range: std::ops::Range<usize>| {
        let digits = text.get(range)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    let year: u32 = number(0..4)?;
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, number(5..7)?, number(8..10)?)
}

/// Writes a date such as `2022-08-31`.
#[must_use]
pub fn date_to_iso(date: NaiveDate) -> String {
    use chrono::Datelike as _;
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}
