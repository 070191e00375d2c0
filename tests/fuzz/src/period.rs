//! A period is written as it is read, lies within its days, and can be read in the words of people
//! unless it is too long for a new inspection.
//!
//! Each line of an input is a period, and so is the whole input.

use chrono::Datelike as _;
use tu_kiem_tra::checklist::Frequency;
use tu_kiem_tra::inspection::Period;
use tu_kiem_tra::messages::{EN, VI};
use tu_kiem_tra::words;

pub fn check(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut is_any = false;
    for line in text.lines().chain([&*text]) {
        if let Some(period) = Period::parse(line) {
            assert_eq!(period.to_string(), line, "a period has one text");
        }
        if let Some(period) = Period::parse(line).or_else(|| Period::read(line)) {
            assert_eq!(Period::read(line), readable(period));
            holds(period);
            is_any = true;
        }
    }
    is_any
}

fn holds(period: Period) {
    assert_eq!(Period::parse(&period.to_string()), Some(period));
    let (first, last) = (period.first_day(), period.last_day());
    assert!(first <= last && period.contains(first) && period.contains(last));
    assert!([first, last].iter().all(|day| (1900..3000).contains(&day.year())));
    for every in [Frequency::Month, Frequency::Quarter] {
        let parts = period.parts(every);
        assert!(parts.iter().all(|part| part.is_one(every) && period.contains(part.last_day())));
        assert!(parts.windows(2).all(|two| two[0].following() == Some(two[1])));
    }
    if let Some(next) = period.following() {
        assert_eq!(period.last_day().succ_opt(), Some(next.first_day()));
        assert_eq!(Period::parse(&next.to_string()), Some(next), "a period like any other");
    }
    for words in [&VI, &EN] {
        let said = words::period(period, words);
        assert!(!said.contains(['{', '}']), "{said}");
    }
    assert_eq!(Period::read(&words::period(period, &VI)), readable(period));
}

/// Returns a period if it can be read in the words of people.
fn readable(period: Period) -> Option<Period> {
    (!period.is_too_long()).then_some(period)
}
