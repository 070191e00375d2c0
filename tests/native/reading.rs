//! The one grammar in which numbers and dates are typed.

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;
use serde::Deserialize;
use tu_kiem_tra::checklist::{Decimal, MAX_SCALE, MAX_WHOLE, date_to_iso};
use tu_kiem_tra::inspection::{
    Unreadable, as_seen, read_date, read_decimal, read_whole, write_date, write_decimal,
};

use crate::support::cases;

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Field {
    Whole,
    Decimal,
    Date,
}

impl Field {
    /// Reads a text; a value comes in the form of files, nothing as an empty text.
    fn read(self, text: &str) -> Result<String, Unreadable> {
        fn shown<T>(value: Option<T>, show: fn(T) -> String) -> String {
            value.map(show).unwrap_or_default()
        }
        match self {
            Self::Whole => read_whole(text).map(|n| shown(n, |n| n.to_string())),
            Self::Decimal => read_decimal(text).map(|d| shown(d, |d| d.to_string())),
            Self::Date => read_date(text).map(|d| shown(d, date_to_iso)),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    field: Field,
    text: String,
    /// What it is read as, in the form of files.
    value: Option<String>,
    /// How to write what was probably meant, the likeliest first.
    ways: Option<Vec<String>>,
    /// How to write it if its point was meant to part thousands.
    fraction: Option<String>,
    /// Why it is refused without a word on what was meant.
    fault: Option<String>,
}

#[test]
fn what_is_typed_is_read_or_refused_but_not_guessed() {
    for case in cases::<Case>("reading.json") {
        let Case { field, text, value, ways, fraction, fault } = case;
        let expected = match (value, ways, fraction, fault) {
            (Some(value), None, None, None) => format!("Ok({value:?})"),
            (None, Some(ways), None, None) => format!("Err({:?})", Unreadable::Ambiguous(ways)),
            (None, None, Some(way), None) => format!("Err({:?})", Unreadable::Fraction(way)),
            (None, None, None, Some(fault)) => format!("Err({fault})"),
            _ => panic!("{field:?} {text:?} expects no one thing"),
        };
        assert_eq!(format!("{:?}", field.read(&text)), expected, "{field:?} {text:?}");
    }
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof!["[0-9]{1,3}([.,][0-9]{1,4}){0,4}", "[-0-9.,/ \u{a0}]{0,16}", ".{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    /// Whoever follows the advice is understood.
    #[test]
    fn every_suggestion_is_read_by_its_field(text in texts()) {
        for field in [Field::Whole, Field::Decimal, Field::Date] {
            let ways = match field.read(&text) {
                Err(Unreadable::Ambiguous(ways)) => Some(ways),
                Err(Unreadable::Fraction(way)) => Some(vec![way]),
                _ => None,
            };
            if let Some(ways) = ways {
                prop_assert!(!ways.is_empty());
                for way in ways {
                    let read = field.read(&way);
                    prop_assert!(read.is_ok_and(|value| !value.is_empty()), "{}: {}", text, way);
                }
            }
        }
    }

    /// Only texts in which nothing is to be seen are no entry.
    #[test]
    fn nothing_typed_is_taken_for_nothing(text in texts()) {
        for field in [Field::Whole, Field::Decimal, Field::Date] {
            let is_nothing = field.read(&text).is_ok_and(|value| value.is_empty());
            let is_blank = as_seen(&text).trim().is_empty();
            prop_assert_eq!(is_nothing, is_blank, "{:?} {}", field, text);
        }
    }

    /// What nobody sees makes no difference, wherever it stands.
    #[test]
    fn what_is_not_seen_is_not_read(
        text in texts(),
        unseen in select("\u{ad}\u{200b}\u{200e}\u{202c}\u{2060}\u{feff}".chars().collect::<Vec<_>>()),
        at in any::<prop::sample::Index>(),
    ) {
        let mut places: Vec<_> = text.char_indices().map(|(place, _)| place).collect();
        places.push(text.len());
        let mut with = text.clone();
        with.insert(*at.get(&places), unseen);
        for field in [Field::Whole, Field::Decimal, Field::Date] {
            prop_assert_eq!(field.read(&with), field.read(&text), "{:?} {:?}", field, with);
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
    fn dates_are_read_as_they_are_written(days in 0..400_000i64) {
        let date = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap() + chrono::Duration::days(days);
        prop_assert_eq!(read_date(&write_date(date)), Ok(Some(date)));
    }
}
