//! The parts above and below the report itself: letterhead, title, addressees, signature,
//! recipients.

use chrono::Datelike as _;

use super::details::written_out;
use super::{Letterhead, Signature, Sources, Title, text};
use crate::messages::fill;

impl Sources<'_> {
    pub(super) fn letterhead(&self) -> Letterhead {
        let Self { details, .. } = self;
        let place = given(&details.place).unwrap_or(text::DOTS);
        Letterhead {
            superior: given(&details.superior).map(|name| in_lines(&written_out(name))),
            agency: in_lines(&self.agency()),
            nation: text::NATION.to_owned(),
            motto: text::MOTTO.to_owned(),
            number: fill(text::NUMBER, &[("number", &self.number()), ("symbol", &self.symbol())]),
            place_and_date: fill(text::PLACE_AND_DATE, &[("place", place), ("date", &self.date())]),
        }
    }

    pub(super) fn title(&self) -> Title {
        let subject = given(&self.details.subject).unwrap_or(text::DOTS).to_owned();
        Title { kind: text::KIND.to_owned(), subject }
    }

    pub(super) fn addressees(&self) -> Vec<String> {
        let lines = lines(&self.details.addressees);
        if lines.is_empty() { vec![text::DOTS.to_owned()] } else { lines }
    }

    pub(super) fn signature(&self) -> Signature {
        let office = lines(&self.details.office.to_uppercase());
        let office = if office.is_empty() { vec![text::DOTS.to_owned()] } else { office };
        Signature { office, name: given(&self.details.signer).map(str::to_owned) }
    }

    /// Returns the recipients. The list ends in a full stop, its other lines in semicolons. Every
    /// document has one, so an empty list gives room to write it.
    pub(super) fn recipients(&self) -> Vec<String> {
        let lines: Vec<_> = lines(&self.details.recipients)
            .iter()
            .map(|line| line.trim_start_matches(['-', ' ']).trim_end_matches([';', '.']).to_owned())
            .filter(|line| !line.is_empty())
            .collect();
        if lines.is_empty() {
            return vec![text::DOTS.to_owned(); 2];
        }
        let last = lines.len();
        let ended = lines.into_iter().zip(1..);
        ended.map(|(line, place)| line + if place == last { "." } else { ";" }).collect()
    }

    /// Returns the issuing body's name.
    pub(super) fn agency(&self) -> String {
        let unit = &self.inspection.header.unit.name;
        written_out(given(&self.details.agency).unwrap_or(unit))
    }

    /// Returns the number. A single digit gets a zero before it.
    pub(super) fn number(&self) -> String {
        let number = given(&self.details.number).unwrap_or(text::BLANK);
        let is_digit = number.len() == 1 && number.starts_with(|c: char| c.is_ascii_digit());
        if is_digit { format!("0{number}") } else { number.to_owned() }
    }

    pub(super) fn symbol(&self) -> String {
        let symbol = given(&self.details.symbol).map(str::to_owned);
        symbol.unwrap_or_else(|| fill(text::SYMBOL, &[("room", text::BLANK)]))
    }

    /// Returns the date. Days under 10 and the first two months have a zero before them. Without a
    /// date there is room for one in the current year.
    pub(super) fn date(&self) -> String {
        let day = self.details.issued().ok().flatten();
        let (day, month, year) = match day {
            Some(date) if date.month() <= 2 => {
                (format!("{:02}", date.day()), format!("{:02}", date.month()), date.year())
            }
            Some(date) => (format!("{:02}", date.day()), date.month().to_string(), date.year()),
            None => (text::BLANK.to_owned(), text::BLANK.to_owned(), self.today.year()),
        };
        fill(text::DATE, &[("day", &day), ("month", &month), ("year", &year.to_string())])
    }
}

/// Returns a body's name as it is written above the number: in capitals, with the place of a
/// committee or council on a line of its own. Most of these names are too long for one line and may
/// be broken nowhere else.
fn in_lines(name: &str) -> String {
    let name = name.to_uppercase();
    let broken = text::BODIES.into_iter().find_map(|(_, body)| {
        let body = body.to_uppercase();
        let place = given(name.strip_prefix(&body)?)?;
        Some(format!("{body}\n{place}"))
    });
    broken.unwrap_or(name)
}

/// Returns a text without the blanks around it, if anything is left.
pub(super) fn given(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// Returns the lines that are not blank.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().filter_map(given).map(str::to_owned).collect()
}
