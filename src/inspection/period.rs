//! The period that an inspection covers, and the months and quarters in it.

use chrono::{Datelike as _, Months, NaiveDate};
use std::fmt;

use super::as_seen;
use super::reading::read_date;
use crate::checklist::{Frequency, YEARS, date_from_iso, date_to_iso};
use crate::vietnamese::fold;

/// The longest time between two days for a new inspection, in months: ten years. A monthly duty
/// lists all its months.
const LONGEST: Months = Months::new(120);

/// The longest time that is read from files, in months: a hundred years. An earlier release had no
/// limit.
const LONGEST_STORED: Months = Months::new(1_200);

/// A year, a quarter, a month, or all days from one to another.
///
/// INVARIANT: years are 1900 to 2999, quarters 1 to 4, months 1 to 12, the first day is not after
/// the last, and less than a hundred years before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period(Span);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Span {
    Year(i32),
    Quarter(i32, u32),
    Month(i32, u32),
    Days(NaiveDate, NaiveDate),
}

impl Period {
    /// Returns whether it is too long for a new inspection.
    #[must_use]
    pub fn is_too_long(self) -> bool {
        self.first_day().checked_add_months(LONGEST).is_none_or(|end| self.last_day() >= end)
    }

    /// Reads the form of files: `2026`, `2026-Q4`, `2026-11` or `2026-10-01/2026-12-31`. It may be
    /// [too long](Self::is_too_long) for a new inspection.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((first, last)) = text.split_once('/') {
            return Self::days(date_from_iso(first)?, date_from_iso(last)?);
        }
        let year = year(text.get(..4)?)?;
        match text.get(4..)?.strip_prefix('-') {
            None if text.len() == 4 => Some(Self(Span::Year(year))),
            None => None,
            Some(rest) => match rest.strip_prefix('Q') {
                Some(quarter) => Self::quarter(year, number(quarter, 1)?),
                None => Self::month(year, number(rest, 2)?),
            },
        }
    }

    /// Reads the forms that people write, with and without marks: the form of files, and also `Quý
    /// IV/2026`, `quý 4 năm 2026`, `tháng 11/2026`, `11/2026`, `năm 2026`, `6 tháng đầu năm 2026`
    /// and two days such as `01/10/2026 - 31/12/2026` or `từ ngày 1.10.2026 đến ngày 31.12.2026`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        Self::read_any(text).filter(|period| !period.is_too_long())
    }

    fn read_any(text: &str) -> Option<Self> {
        let text = as_seen(text);
        let words: Vec<_> = text.split_whitespace().collect();
        let text = words.join(" ");
        Self::parse(&text.to_uppercase()).or_else(|| {
            let text = fold(&text);
            Self::read_days(&text).or_else(|| Self::read_words(&text))
        })
    }

    /// Reads two days and the joint between them, in [folded](fold) words.
    fn read_days(text: &str) -> Option<Self> {
        let joined = [" den ", " toi ", " to ", "–", "—", " - "]
            .into_iter()
            .find_map(|joint| text.split_once(joint));
        let (first, last) = joined.or_else(|| halves(text))?;
        let day = |text: &str| {
            let words = ["tu ", "het ", "ngay "].into_iter();
            let day = words.fold(text.trim(), |text, word| text.strip_prefix(word).unwrap_or(text));
            read_date(day, None).ok().flatten()
        };
        Self::days(day(first)?, day(last)?)
    }

    /// Reads a year, a quarter, a month or several months, in [folded](fold) words.
    fn read_words(text: &str) -> Option<Self> {
        let words: Vec<_> = text.split([' ', '/', '-']).filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            ["nam" | "year", y] => Some(Self(Span::Year(year(y)?))),
            ["quy" | "qui" | "quarter", q, "nam", y] | ["quy" | "qui" | "quarter", q, y] => {
                Self::quarter(year(y)?, quarter_number(q)?)
            }
            [n, "thang", end, "nam", y] | [n, "thang", end, y] | [end, n, "months", "of", y] => {
                Some(YearPart::read(n, end)?.of(year(y)?))
            }
            ["thang" | "month", m, "nam", y] | ["thang" | "month", m, y] | [m, y] => {
                match m.strip_prefix('q') {
                    Some(q) => Self::quarter(year(y)?, quarter_number(q)?),
                    None => Self::month(year(y)?, number(m, 1).or_else(|| number(m, 2))?),
                }
            }
            _ => None,
        }
    }

    /// Returns the following year, quarter or month; chosen days have none, nor has the end of the
    /// last year.
    #[must_use]
    pub fn following(self) -> Option<Self> {
        let next_day = self.last_day().succ_opt().filter(|day| day.year() < 3000)?;
        match self.0 {
            Span::Year(_) => Some(Self::year_of(next_day)),
            Span::Quarter(..) => Some(Self::quarter_of(next_day)),
            Span::Month(..) => Some(Self::month_of(next_day)),
            Span::Days(..) => None,
        }
    }

    /// Returns the year that a day lies in.
    #[must_use]
    pub fn year_of(day: NaiveDate) -> Self {
        Self(Span::Year(day.year()))
    }

    /// Returns the quarter that a day lies in.
    #[must_use]
    pub fn quarter_of(day: NaiveDate) -> Self {
        Self(Span::Quarter(day.year(), day.month().div_ceil(3)))
    }

    /// Returns the month that a day lies in.
    #[must_use]
    pub fn month_of(day: NaiveDate) -> Self {
        Self(Span::Month(day.year(), day.month()))
    }

    fn quarter(year: i32, quarter: u32) -> Option<Self> {
        (1..=4).contains(&quarter).then_some(Self(Span::Quarter(year, quarter)))
    }

    fn month(year: i32, month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self(Span::Month(year, month)))
    }

    fn days(first: NaiveDate, last: NaiveDate) -> Option<Self> {
        let known = |day: NaiveDate| YEARS.contains(&day.year());
        let is_short = first.checked_add_months(LONGEST_STORED).is_some_and(|end| last < end);
        (known(first) && known(last) && first <= last && is_short)
            .then_some(Self(Span::Days(first, last)))
    }

    /// Returns the first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        match self.0 {
            Span::Year(year) => first_of(year, 1),
            Span::Quarter(year, quarter) => first_of(year, quarter * 3 - 2),
            Span::Month(year, month) => first_of(year, month),
            Span::Days(first, _) => first,
        }
    }

    /// Returns the last day, which belongs to the period.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let next = match self.0 {
            Span::Year(year) => first_of(year + 1, 1),
            Span::Quarter(year, 4) | Span::Month(year, 12) => first_of(year + 1, 1),
            Span::Quarter(year, quarter) => first_of(year, quarter * 3 + 1),
            Span::Month(year, month) => first_of(year, month + 1),
            Span::Days(_, last) => return last,
        };
        next.pred_opt().unwrap_or(next)
    }

    /// Returns whether a day lies in the period.
    #[must_use]
    pub fn contains(self, day: NaiveDate) -> bool {
        (self.first_day()..=self.last_day()).contains(&day)
    }

    /// Returns the months or quarters that end inside the period, in order.
    #[must_use]
    pub fn parts(self, every: Frequency) -> Vec<Self> {
        let mut parts = Vec::new();
        let part_of = match every {
            Frequency::Month => Self::month_of,
            Frequency::Quarter => Self::quarter_of,
        };
        let mut part = part_of(self.first_day());
        while part.last_day() <= self.last_day() {
            parts.push(part);
            let Some(next) = part.last_day().succ_opt() else { break };
            part = part_of(next);
        }
        parts
    }

    /// Returns whether this is a month or a quarter of the calendar, as `frequency` says.
    #[must_use]
    pub const fn is_one(self, frequency: Frequency) -> bool {
        matches!(
            (self.0, frequency),
            (Span::Month(..), Frequency::Month) | (Span::Quarter(..), Frequency::Quarter)
        )
    }

    /// Returns the year and the number of a month or quarter, for its name in the page.
    #[must_use]
    pub const fn numbered(self) -> Option<(i32, u32, Frequency)> {
        match self.0 {
            Span::Quarter(year, quarter) => Some((year, quarter, Frequency::Quarter)),
            Span::Month(year, month) => Some((year, month, Frequency::Month)),
            Span::Year(_) | Span::Days(..) => None,
        }
    }

    /// Returns the year and the part of it that people name by its months, if the period is exactly
    /// that.
    #[must_use]
    pub fn year_part(self) -> Option<(i32, YearPart)> {
        let year = self.first_day().year();
        YearPart::ALL.into_iter().find(|part| part.of(year) == self).map(|part| (year, part))
    }

    /// Returns the year, if the period is exactly that.
    #[must_use]
    pub const fn whole_year(self) -> Option<i32> {
        match self.0 {
            Span::Year(year) => Some(year),
            _ => None,
        }
    }
}

/// A part of a year that people name by its months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearPart {
    /// January to June.
    FirstSixMonths,
    /// July to December.
    LastSixMonths,
    /// January to September.
    FirstNineMonths,
}

impl YearPart {
    const ALL: [Self; 3] = [Self::FirstSixMonths, Self::LastSixMonths, Self::FirstNineMonths];

    /// Reads its number of months, and the end of the year at which they lie, in [folded](fold)
    /// words.
    fn read(months: &str, end: &str) -> Option<Self> {
        match (months, end) {
            ("6" | "06" | "sau", "dau" | "first") => Some(Self::FirstSixMonths),
            ("6" | "06" | "sau", "cuoi" | "last") => Some(Self::LastSixMonths),
            ("9" | "09" | "chin", "dau" | "first") => Some(Self::FirstNineMonths),
            _ => None,
        }
    }

    fn of(self, year: i32) -> Period {
        let (first, last) = match self {
            Self::FirstSixMonths => (1, 6),
            Self::LastSixMonths => (7, 12),
            Self::FirstNineMonths => (1, 9),
        };
        let last = Period(Span::Month(year, last)).last_day();
        Period(Span::Days(first_of(year, first), last))
    }
}

/// Writes the form of files.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Span::Year(year) => write!(f, "{year}"),
            Span::Quarter(year, quarter) => write!(f, "{year}-Q{quarter}"),
            Span::Month(year, month) => write!(f, "{year}-{month:02}"),
            Span::Days(first, last) => write!(f, "{}/{}", date_to_iso(first), date_to_iso(last)),
        }
    }
}

/// Returns the texts before and after the middle hyphen: days may have hyphens of their own.
fn halves(text: &str) -> Option<(&str, &str)> {
    let hyphens: Vec<_> = text.match_indices('-').collect();
    let (middle, _) = hyphens.get(hyphens.len() / 2)?;
    Some((text.get(..*middle)?, text.get(middle + 1..)?))
}

fn first_of(year: i32, month: u32) -> NaiveDate {
    // The invariant keeps years and months in range; the fallback can't be reached.
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
}

fn number(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

fn year(text: &str) -> Option<i32> {
    number(text, 4).and_then(|year| year.try_into().ok()).filter(|year| YEARS.contains(year))
}

fn quarter_number(text: &str) -> Option<u32> {
    match text {
        "1" | "i" => Some(1),
        "2" | "ii" => Some(2),
        "3" | "iii" => Some(3),
        "4" | "iv" => Some(4),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_the_form_of_files() {
        for (text, first, last) in [
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-Q4", "2026-10-01", "2026-12-31"),
            ("2026-Q1", "2026-01-01", "2026-03-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2026-12", "2026-12-01", "2026-12-31"),
            ("2026-10-05/2026-11-04", "2026-10-05", "2026-11-04"),
            ("2016-01-01/2025-12-31", "2016-01-01", "2025-12-31"),
        ] {
            let period = Period::parse(text).unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(date_to_iso(period.first_day()), first, "{text}");
            assert_eq!(date_to_iso(period.last_day()), last, "{text}");
        }
        for text in [
            "",
            "26",
            "2026-",
            "2026-Q5",
            "2026-Q",
            "2026-13",
            "2026-1",
            "0000",
            "2026-00",
            "20260",
            "2026-12-31/2026-12-30",
            "2026-12-31/",
            "2026-q4",
            "1900-01-01/2000-01-01",
            "1900-01-01/2999-12-31",
            "năm",
            "२०२६",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn parts_end_inside_the_period() {
        let parts = |period: &str, every| {
            let parts = Period::parse(period).unwrap().parts(every);
            parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(parts("2026-Q4", Frequency::Month), "2026-10 2026-11 2026-12");
        assert_eq!(parts("2026", Frequency::Quarter), "2026-Q1 2026-Q2 2026-Q3 2026-Q4");
        assert_eq!(parts("2026-11", Frequency::Quarter), "");
        assert_eq!(parts("2026-10-15/2026-12-15", Frequency::Month), "2026-10 2026-11");
    }
}
