//! The one grammar in which numbers and dates are typed.

use chrono::{Datelike as _, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use serde::Deserialize;
use tu_kiem_tra::checklist::{Decimal, MAX_SCALE, MAX_WHOLE, date_to_iso};
use tu_kiem_tra::inspection::{
    Period, Unreadable, as_seen, read_date, read_decimal, read_whole, write_date, write_decimal,
};
use tu_kiem_tra::messages::{EN, VI};
use tu_kiem_tra::vietnamese::fold;
use tu_kiem_tra::words::{self, unreadable};

use crate::support::cases;

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Field {
    Whole,
    Decimal,
    Date,
}

impl Field {
    /// Reads a text. A value is returned in the form of files, no value as an empty text.
    fn read(self, text: &str, period: Option<Period>) -> Result<String, Unreadable> {
        fn shown<T>(value: Option<T>, show: fn(T) -> String) -> String {
            value.map(show).unwrap_or_default()
        }
        match self {
            Self::Whole => read_whole(text).map(|n| shown(n, |n| n.to_string())),
            Self::Decimal => read_decimal(text).map(|d| shown(d, |d| d.to_string())),
            Self::Date => read_date(text, period).map(|d| shown(d, date_to_iso)),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    field: Field,
    text: String,
    /// The period of the inspection.
    period: Option<String>,
    /// The value that it is read as, in the form of files.
    value: Option<String>,
    /// The ways to write what was probably meant, the likeliest first.
    ways: Option<Vec<String>>,
    /// The way to write it if its point was meant to separate thousands.
    fraction: Option<String>,
    /// The reason for a refusal without a suggestion.
    fault: Option<String>,
}

#[test]
fn what_is_typed_is_read_or_refused_but_not_guessed() {
    for case in cases::<Case>("reading.json") {
        let Case { field, text, period, value, ways, fraction, fault } = case;
        let period = period.map(|period| Period::parse(&period).unwrap());
        let expected = match (value, ways, fraction, fault) {
            (Some(value), None, None, None) => format!("Ok({value:?})"),
            (None, Some(ways), None, None) => format!("Err({:?})", Unreadable::Ambiguous(ways)),
            (None, None, Some(way), None) => format!("Err({:?})", Unreadable::Fraction(way)),
            (None, None, None, Some(fault)) => format!("Err({fault})"),
            _ => panic!("{field:?} {text:?} expects no one thing"),
        };
        assert_eq!(format!("{:?}", field.read(&text, period)), expected, "{field:?} {text:?}");
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeriodCase {
    text: String,
    /// The period that it is read as, in the form of files; absent if it is none.
    period: Option<String>,
}

#[test]
fn periods_are_read_as_people_write_them() {
    for PeriodCase { text, period } in cases::<PeriodCase>("periods.json") {
        let read = Period::read(&text);
        assert_eq!(read.map(|period| period.to_string()), period, "{text}");
        // Marks and their encoding make no difference.
        assert_eq!(Period::read(&fold(&text)), read, "{text}");
        // The words shown for it are read as the same period.
        if let Some(period) = read {
            for words in [&VI, &EN] {
                let shown = words::period(period, words);
                assert_eq!(Period::read(&shown).unwrap_or(period), period, "{shown}");
            }
            assert_eq!(Period::read(&words::period(period, &VI)), read, "{text}");
        }
    }
}

#[test]
fn what_was_kept_and_can_be_read_now_is_not_called_unreadable() {
    let why = |text| Unreadable::of_kept(read_date(text, None), write_date, Unreadable::Date);
    assert_eq!(why("31.12.2026"), Unreadable::Kept("31/12/2026".to_owned()));
    assert_eq!(why("31/02/2026"), Unreadable::Date);
    assert_eq!(why("\u{200b}"), Unreadable::Date);
    assert!(unreadable(&why("31.12.2026"), &VI).contains("31/12/2026"));
}

fn periods() -> impl Strategy<Value = Option<Period>> {
    prop::option::of(select(&["2026", "2026-Q1", "2025-07-01/2026-06-30", "2020-01-01/2029-12-31"]))
        .prop_map(|text| text.map(|text| Period::parse(text).unwrap()))
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,2}([-/. ])[0-9]{1,2}(([-/. ])[0-9]{2,4})?",
        "[0-3][0-9]?[01][0-9]?(20)?[0-9]{2}",
        "[0-9]{1,3}([.,][0-9]{1,4}){0,4}",
        "[-0-9.,/ \u{a0}]{0,16}",
        ".{0,12}"
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// Every suggestion can be read.
    #[test]
    fn every_suggestion_is_read_by_its_field(text in texts(), period in periods()) {
        for field in [Field::Whole, Field::Decimal, Field::Date] {
            let ways = match field.read(&text, period) {
                Err(Unreadable::Ambiguous(ways)) => Some(ways),
                Err(Unreadable::Fraction(way)) => Some(vec![way]),
                _ => None,
            };
            if let Some(ways) = ways {
                prop_assert!(!ways.is_empty());
                for way in ways {
                    let read = field.read(&way, period);
                    prop_assert!(read.is_ok_and(|value| !value.is_empty()), "{}: {}", text, way);
                }
            }
        }
    }

    /// Only blank texts are no entry.
    #[test]
    fn nothing_typed_is_taken_for_nothing(text in texts(), period in periods()) {
        for field in [Field::Whole, Field::Decimal, Field::Date] {
            let is_nothing = field.read(&text, period).is_ok_and(|value| value.is_empty());
            let is_blank = as_seen(&text).trim().is_empty();
            prop_assert_eq!(is_nothing, is_blank, "{:?} {}", field, text);
        }
    }

    /// Invisible characters make no difference, wherever they are.
    #[test]
    fn what_is_not_seen_is_not_read(
        text in texts(),
        unseen in select("\u{ad}\u{200b}\u{200e}\u{202c}\u{2060}\u{feff}".chars().collect::<Vec<_>>()),
        at in any::<prop::sample::Index>(),
        period in periods(),
    ) {
        let mut places: Vec<_> = text.char_indices().map(|(place, _)| place).collect();
        places.push(text.len());
        let mut with = text.clone();
        with.insert(*at.get(&places), unseen);
        for field in [Field::Whole, Field::Decimal, Field::Date] {
            prop_assert_eq!(field.read(&with, period), field.read(&text, period), "{:?} {:?}", field, with);
        }
    }

    #[test]
    fn whole_numbers_are_read_with_and_without_groups(number in 0..=MAX_WHOLE) {
        let plain = number.to_string();
        let mut grouped = String::new();
        for (index, digit) in plain.chars().enumerate() {
            if index > 0 && (plain.len() - index).is_multiple_of(3) {
                grouped.push('.');
            }
            grouped.push(digit);
        }
        prop_assert_eq!(read_whole(&plain), Ok(Some(number)));
        prop_assert_eq!(read_whole(&grouped), Ok(Some(number)));
        let decimal = Decimal::new(number, 0);
        prop_assert_eq!(read_decimal(&grouped), Ok(decimal));
    }

    #[test]
    fn decimals_are_read_as_they_are_written(mantissa in 0..=MAX_WHOLE, scale in 0..=MAX_SCALE) {
        let decimal = Decimal::new(mantissa, scale).unwrap();
        prop_assert_eq!(read_decimal(&write_decimal(decimal)), Ok(Some(decimal)));
        prop_assert_eq!(Decimal::parse(&decimal.to_string()), Some(decimal));
    }

    #[test]
    fn dates_are_read_as_they_are_written(days in 0..400_000i64, period in periods()) {
        let date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Duration::days(days);
        let read = |format: &str| read_date(&date.format(format).to_string(), period);
        for format in ["%d/%m/%Y", "%-d/%-m/%Y", "%d-%m-%Y", "%-d.%-m.%Y", "%d . %m . %Y", "%d%m%Y"] {
            prop_assert_eq!(read(format), Ok(Some(date)), "{}", format);
        }
        prop_assert_eq!(read_date(&write_date(date), period), Ok(Some(date)));
        let is_near = (2000..2050).contains(&date.year());
        prop_assert_eq!(read("%d/%m/%y") == Ok(Some(date)), is_near);
        for format in ["%Y-%m-%d", "%Y%m%d", "%d %m %Y", "%d-%m-%y", "%d%m%y"] {
            prop_assert!(read(format).is_err(), "{}", format);
        }
    }

    /// A day without a year is that of the period, or none.
    #[test]
    fn a_day_is_of_the_period(days in 0..4_000i64, period in periods()) {
        let date = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap() + chrono::Duration::days(days);
        let read = read_date(&date.format("%-d/%-m").to_string(), period).ok().flatten();
        if let Some(read) = read {
            prop_assert!(period.is_some_and(|period| period.contains(read)));
            prop_assert_eq!((read.day(), read.month()), (date.day(), date.month()));
        }
        let is_one_year = |period: &Period| period.first_day().year() == period.last_day().year();
        if period.filter(is_one_year).is_some_and(|period| period.contains(date)) {
            prop_assert_eq!(read, Some(date));
        }
    }

    /// Two days in any form are the same period, which is read as it is shown.
    #[test]
    fn two_days_are_a_period(
        first in 0..20_000i64,
        length in 0..3_600i64,
        form in select(vec!["%d/%m/%Y", "%-d.%-m.%Y", "%d-%m-%Y", "%d%m%Y"]),
        joint in select(vec![" - ", "-", "–", " — ", " đến ", " tới ", " den ngày "]),
    ) {
        let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Duration::days(first);
        let last = first + chrono::Duration::days(length);
        let text = [first, last].map(|day| day.format(form).to_string()).join(joint);
        let period = Period::parse(&format!("{}/{}", date_to_iso(first), date_to_iso(last)));
        prop_assert!(period.is_some());
        prop_assert_eq!(Period::read(&text), period, "{}", text);
        prop_assert_eq!(Period::read(&words::period(period.unwrap(), &VI)), period);
    }
}
