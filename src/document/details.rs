//! The details of a document that only people know, and the suggestions for them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::head::given;
use super::{Orientation, WORDS, text};
use crate::checklist::{Checklist, Language, Performer};
use crate::inspection::{Entered, Header, Inspection, Period, Unreadable, read_date, write_date};
use crate::messages::fill;
use crate::stored::Detail;
use crate::words;

/// The details of a document that only people know, as they typed them. Blank ones are left to be
/// filled in by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    derive(schemars::JsonSchema),
    schemars(rename = "Document")
)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Details {
    /// The body above the issuing one, if it is named.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub superior: String,
    /// The issuing body.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub agency: String,
    /// The number of the document.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// The symbol after the number.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub symbol: String,
    /// The place of issue.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub place: String,
    /// The date of issue, such as `05/12/2026`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// The subject.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// The addressees, one a line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub addressees: String,
    /// Remarks on the whole.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub general: String,
    /// The difficulties.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub difficulties: String,
    /// The proposals.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub proposals: String,
    /// The signer's authority and office, one a line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub office: String,
    /// The signer's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub signer: String,
    /// The recipients of copies, one a line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub recipients: String,
    /// The orientation of the annex by its name, `portrait` or `landscape`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub annex: String,
}

impl Details {
    /// Reads the date of issue. It is mostly after the inspection's period, so the period doesn't
    /// tell its year.
    ///
    /// # Errors
    /// The reason why it can't be read.
    pub fn issued(&self) -> Result<Option<NaiveDate>, Unreadable> {
        read_date(&self.date, None)
    }

    /// Returns the details that a report begins with: today's date, those that follow from the
    /// inspection and, from the unit's last report, those that stay the same from one to the next.
    #[must_use]
    pub fn suggested(inspection: &Inspection, last: Option<&Self>, today: NaiveDate) -> Self {
        let header = &inspection.header;
        let own = Self {
            date: write_date(today),
            subject: subject(header, &inspection.checklist),
            difficulties: difficulties(inspection),
            ..Self::default()
        };
        if let Some(last) = last {
            let Self { number, date, subject, general, difficulties, proposals, .. } = own;
            return Self {
                number,
                date,
                subject,
                general,
                difficulties,
                proposals,
                ..last.clone()
            };
        }
        let superior = header.superior.clone().unwrap_or_default();
        let is_committee = header.unit.kind == Performer::Commune;
        let of_committee = |text: &str| if is_committee { text.to_owned() } else { String::new() };
        Self {
            agency: written_out(&header.unit.name),
            symbol: of_committee(text::SYMBOL_OF_COMMITTEE),
            place: if is_committee { place_of(&header.unit.name) } else { String::new() },
            addressees: superior.clone(),
            superior,
            office: of_committee(text::SIGNER_OF_COMMITTEE),
            recipients: text::RECIPIENTS.to_owned(),
            ..own
        }
    }

    /// Returns the orientation of the annex. Its tables are wide, so the default is landscape.
    #[must_use]
    pub fn orientation(&self) -> Orientation {
        Orientation::from_name(&self.annex).unwrap_or(Orientation::Landscape)
    }
}

/// Returns the answers in words to items that ask for difficulties, one a line.
fn difficulties(inspection: &Inspection) -> String {
    let is_asked = |text: &str| text::DIFFICULT.into_iter().any(|word| text.contains(word));
    let items = inspection.checklist.items.iter().filter(|item| {
        inspection.header.applies(item)
            && is_asked(&item.text.in_language(Language::Vi).to_lowercase())
    });
    let answers = items.filter_map(|item| {
        let answer = &inspection.entries.get(&item.id)?.answer;
        match &answer.entered {
            Entered::Narrative(text) if !answer.not_applicable => given(text),
            _ => None,
        }
    });
    answers.collect::<Vec<_>>().join("\n")
}

/// Returns the subject of a report. Brackets in a checklist's title tell checklists apart and are
/// no part of the subject.
fn subject(header: &Header, checklist: &Checklist) -> String {
    let title = checklist.title.in_language(Language::Vi);
    let title = title.split(" (").next().unwrap_or(title).trim();
    let period = in_sentence(header.period);
    fill(text::SUBJECT, &[("what", &words::lower_first(title)), ("period", &period)])
}

/// Returns a period as it is written inside a sentence.
pub(super) fn in_sentence(period: Period) -> String {
    let has_name = period.whole_year().is_some() || period.year_part().is_some();
    if has_name || period.numbered().is_some() {
        return words::lower_first(&words::period(period, WORDS));
    }
    let (first, last) = (period.first_day(), period.last_day());
    let sentence = if first == last { text::ONE_DAY } else { text::DAYS };
    fill(sentence, &[("first", &write_date(first)), ("last", &write_date(last))])
}

/// Returns a name with its abbreviated bodies written out, as a document requires.
pub(super) fn written_out(name: &str) -> String {
    let full = |word: &str| {
        let body = text::BODIES.into_iter().find(|(short, _)| *short == word);
        body.map_or(word.to_owned(), |(_, full)| full.to_owned())
    };
    name.split_whitespace().map(full).collect::<Vec<_>>().join(" ")
}

/// Returns the name of the place of a People's Committee. A number or a date keeps its kind before
/// it: 'Phường 2'.
fn place_of(unit: &str) -> String {
    let name = written_out(unit);
    let body = text::BODIES.into_iter().find_map(|(_, full)| name.strip_prefix(full));
    let place = body.unwrap_or(&name).trim();
    let lower = place.to_lowercase();
    let kind = text::KINDS_OF_PLACE.into_iter().find(|kind| lower.starts_with(&format!("{kind} ")));
    let own = kind.map(|kind| place.chars().skip(kind.chars().count() + 1).collect::<String>());
    match own {
        Some(own) if !own.starts_with(|first: char| first.is_ascii_digit()) => own,
        Some(_) => upper_first(place),
        None => String::new(),
    }
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

impl Details {
    /// Returns the text given for one of them.
    #[must_use]
    pub fn get(&self, detail: Detail) -> String {
        std::mem::take(self.clone().place(detail))
    }

    /// Gives something for one of them.
    pub fn set(&mut self, detail: Detail, text: String) {
        *self.place(detail) = text;
    }

    const fn place(&mut self, detail: Detail) -> &mut String {
        match detail {
            Detail::Superior => &mut self.superior,
            Detail::Agency => &mut self.agency,
            Detail::Number => &mut self.number,
            Detail::Symbol => &mut self.symbol,
            Detail::Place => &mut self.place,
            Detail::Date => &mut self.date,
            Detail::Subject => &mut self.subject,
            Detail::Addressees => &mut self.addressees,
            Detail::General => &mut self.general,
            Detail::Difficulties => &mut self.difficulties,
            Detail::Proposals => &mut self.proposals,
            Detail::Office => &mut self.office,
            Detail::Signer => &mut self.signer,
            Detail::Recipients => &mut self.recipients,
            Detail::Annex => &mut self.annex,
        }
    }
}
