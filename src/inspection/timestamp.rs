//! Timestamps: RFC 3339 with a zone.

use chrono::{NaiveDateTime, Timelike as _};
use std::fmt;

use crate::checklist::{date_from_iso, date_to_iso};

/// The maximum number of digits in a fraction of a second: no clock shows more than nanoseconds.
const MAX_FRACTION: usize = 9;

/// A timestamp as written by the device that made it.
///
/// The text is kept unchanged, so that an imported report is exported unchanged.
///
/// INVARIANT: `text` is RFC 3339 with a zone, with at most [`MAX_FRACTION`] digits after the
/// second; `milliseconds` is its moment since 1970 in UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timestamp {
    text: String,
    milliseconds: i64,
}

impl Timestamp {
    /// Returns the timestamp of a device's clock in a zone so many seconds east of UTC.
    #[must_use]
    pub fn new(local: NaiveDateTime, zone: i32) -> Self {
        let minutes = zone.abs() / 60;
        let text = format!(
            "{}T{:02}:{:02}:{:02}.{:03}{}{:02}:{:02}",
            date_to_iso(local.date()),
            local.hour(),
            local.minute(),
            local.second(),
            local.nanosecond() / 1_000_000 % 1_000,
            if zone < 0 { '-' } else { '+' },
            minutes / 60,
            minutes % 60,
        );
        Self { text, milliseconds: local.and_utc().timestamp_millis() - i64::from(zone) * 1_000 }
    }

    /// Reads `2026-11-21T08:30:00+07:00`, optionally with fractions of a second or `Z`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let date = date_from_iso(text.get(..10)?)?;
        let rest = text.get(10..)?.strip_prefix('T')?;
        let clock = rest.get(..8)?;
        let (hour, minute) = hour_and_minute(clock.get(..5)?)?;
        let second = two_digits(clock.get(5..)?.strip_prefix(':')?).filter(|s| *s <= 60)?;
        let mut zone = rest.get(8..)?;
        let mut milliseconds = 0;
        if let Some(fraction) = zone.strip_prefix('.') {
            zone = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if !(1..=MAX_FRACTION).contains(&fraction.len().saturating_sub(zone.len())) {
                return None;
            }
            let digits = fraction.bytes().take_while(u8::is_ascii_digit).chain([b'0'; 2]).take(3);
            milliseconds = digits.fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
        }
        let offset = match zone.split_at_checked(1)? {
            ("Z", "") => 0,
            ("+", zone) => zone_seconds(zone)?,
            ("-", zone) => -zone_seconds(zone)?,
            _ => return None,
        };
        let days = i64::from(chrono::Datelike::num_days_from_ce(&date)) - 719_163;
        let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second - offset;
        Some(Self { text: text.to_owned(), milliseconds: seconds * 1_000 + milliseconds })
    }

    /// Returns milliseconds since 1970 in UTC, for sorting alone: a device's clock decides nothing.
    #[must_use]
    pub const fn milliseconds(&self) -> i64 {
        self.milliseconds
    }

    /// Returns hours and minutes as shown by the device's clock.
    #[must_use]
    pub fn clock(&self) -> &str {
        self.text.get(11..16).unwrap_or_default()
    }

    /// Returns the day as shown by the device's clock, in the form of files.
    #[must_use]
    pub fn day(&self) -> &str {
        self.text.get(..10).unwrap_or_default()
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn two_digits(text: &str) -> Option<i64> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn hour_and_minute(text: &str) -> Option<(i64, i64)> {
    let (hour, minute) = text.split_once(':')?;
    Some((two_digits(hour).filter(|h| *h < 24)?, two_digits(minute).filter(|m| *m < 60)?))
}

fn zone_seconds(text: &str) -> Option<i64> {
    let (hours, minutes) = hour_and_minute(text)?;
    Some((hours * 60 + minutes) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_what_it_reads() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        let local = day.and_hms_milli_opt(8, 3, 9, 70).unwrap();
        for (zone, text) in [
            (25_200, "2026-11-21T08:03:09.070+07:00"),
            (0, "2026-11-21T08:03:09.070+00:00"),
            (-12_600, "2026-11-21T08:03:09.070-03:30"),
        ] {
            let written = Timestamp::new(local, zone);
            assert_eq!(written.as_str(), text);
            assert_eq!(Timestamp::parse(text), Some(written));
        }
    }

    #[test]
    fn reads_moments_and_orders_them_across_zones() {
        for (text, milliseconds) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("1970-01-01T07:00:00+07:00", Some(0)),
            ("2026-11-21T08:30:00.123+07:00", Some(1_795_224_600_123)),
            ("1970-01-01T00:00:01.5Z", Some(1_500)),
            ("1970-01-01T00:00:00.0019Z", Some(1)),
            ("1970-01-01T00:00:00.001999999Z", Some(1)),
            ("1970-01-01T00:00:00.0019999999Z", None),
            ("0001-01-01T00:00:00Z", None),
            ("9999-12-31T23:59:59Z", None),
            ("2026-11-21T08:30:00", None),
            ("2026-11-21T08:30:00.+07:00", None),
            ("2026-11-21 08:30:00Z", None),
            ("2026-13-21T08:30:00Z", None),
            ("2026-11-21T24:30:00Z", None),
            ("2026-11-21T08:30:00+7:00", None),
            ("2026-11-21T08:30:00Zx", None),
            ("", None),
            ("2026-11-21T0é:30:00Z", None),
        ] {
            assert_eq!(Timestamp::parse(text).map(|t| t.milliseconds()), milliseconds, "{text}");
        }
    }
}
