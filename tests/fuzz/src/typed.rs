//! A typed number or date is read as a value that is written back the same, or stays as it was
//! typed.
//!
//! Each line of an input is typed, and so is the whole input, which also goes into every field.

use std::collections::HashSet;
use std::mem::discriminant;
use std::sync::{Arc, LazyLock};

use chrono::Datelike as _;
use tu_kiem_tra::checklist::{BUILTIN, Decimal, Item, MAX_SCALE, MAX_WHOLE, date_to_iso};
use tu_kiem_tra::inspection::{
    Cell, Edit, Entry, Period, Timestamp, Unreadable, read_date, read_decimal, read_whole,
    write_date, write_decimal, write_whole,
};
use tu_kiem_tra::messages::{EN, VI};
use tu_kiem_tra::words::unreadable;

/// An item of each kind.
static ITEMS: LazyLock<Vec<Arc<Item>>> = LazyLock::new(|| {
    let mut kinds = HashSet::new();
    let checklists = BUILTIN.iter().map(|builtin| builtin.read().unwrap());
    let items = checklists.flat_map(|checklist| checklist.items);
    items.filter(|item| kinds.insert(discriminant(&item.kind))).collect()
});

pub fn check(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut is_any = false;
    for line in text.lines().chain([&*text]) {
        is_any |= [whole(line), decimal(line), date(line), moment(line)].contains(&true);
    }
    stays(&text);
    is_any
}

fn whole(text: &str) -> bool {
    let Some(number) = read(text, read_whole) else { return false };
    assert!(number <= MAX_WHOLE);
    for written in [write_whole(number), number.to_string()] {
        assert_eq!(read_whole(&written), Ok(Some(number)), "{written}");
    }
    assert_eq!(read_decimal(text), Ok(Decimal::new(number, 0)), "a whole number is a decimal");
    true
}

fn decimal(text: &str) -> bool {
    let Some(number) = read(text, read_decimal) else { return false };
    assert!(number.scale() <= MAX_SCALE && number.mantissa() <= MAX_WHOLE);
    assert_eq!(read_decimal(&write_decimal(number)), Ok(Some(number)));
    assert_eq!(Decimal::parse(&number.to_string()), Some(number));
    true
}

fn date(text: &str) -> bool {
    let mut is_any = false;
    for period in ["", "2026", "2025-07-01/2026-12-31"].map(Period::parse) {
        let Some(date) = read(text, |text| read_date(text, period)) else { continue };
        assert!((1900..3000).contains(&date.year()));
        assert_eq!(read_date(&write_date(date), period), Ok(Some(date)));
        assert_eq!(Cell::from_typed_date(text.to_owned(), period), Cell::Date(date));
        assert_eq!(Cell::from_typed_date(date_to_iso(date), period), Cell::Date(date));
        is_any = true;
    }
    is_any
}

fn moment(text: &str) -> bool {
    let Some(moment) = Timestamp::parse(text) else { return false };
    assert_eq!(moment.as_str(), text);
    assert_eq!([moment.day(), "T", moment.clock()].concat(), text[..16]);
    true
}

/// Reads a text. Asserts that an unreadable text has its reason in words, and that the suggested
/// notations can be read.
fn read<T>(text: &str, read: impl Fn(&str) -> Result<Option<T>, Unreadable>) -> Option<T> {
    let why = match read(text) {
        Ok(value) => {
            // Only a text without letters and digits gives no value.
            let is_written = text.chars().any(char::is_alphanumeric);
            assert!(value.is_some() == is_written, "{text:?}");
            return value;
        }
        Err(why) => why,
    };
    if let Unreadable::Ambiguous(ways) = &why {
        assert!(!ways.is_empty());
        for way in ways {
            assert!(matches!(read(way), Ok(Some(_))) && way != text.trim(), "{way}");
        }
    }
    for words in [&VI, &EN] {
        assert!(!unreadable(&why, words).trim().is_empty());
    }
    None
}

/// Asserts that a record restores any text typed into any field.
fn stays(text: &str) {
    let period = Period::parse("2026").unwrap();
    for item in ITEMS.iter() {
        let typed = || text.to_owned();
        let edits = [
            Edit::Numerator(typed()),
            Edit::Denominator(typed()),
            Edit::Target(typed()),
            Edit::Count(typed()),
            Edit::Quantity(typed()),
            Edit::Date(typed()),
            Edit::Due(typed()),
            Edit::Text(typed()),
            Edit::Reason(typed()),
            Edit::Note(typed()),
        ];
        let mut entry = Entry::blank(&item.kind);
        for edit in edits {
            _ = entry.apply(&item.kind, edit, period);
        }
        assert_eq!(entry.note, text);
        assert_eq!(entry.answer.reason, text);
        assert!(entry.answer.unread.values().all(|unread| unread == text));
        let stored = serde_json::to_string(&entry.to_raw()).unwrap();
        let raw = serde_json::from_str(&stored).unwrap();
        assert_eq!(Entry::from_raw(raw, item), Ok(entry), "{}", item.id);
    }
}
