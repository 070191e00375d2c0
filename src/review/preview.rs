//! The preview of a valid checklist file, short enough to see whether it is the right one.

use std::collections::BTreeMap;

use crate::checklist::wire::RawKind;
use crate::checklist::{Checklist, Language};
use crate::messages::{Messages, fill, messages};
use crate::words;

/// A summary of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// Its identifier.
    pub id: String,
    /// The version of its content.
    pub version: String,
    /// The title by which people choose it.
    pub title: String,
    /// The authority that issued the directive.
    pub issuer: String,
    /// The directive's number, or words that say that it is blank in the print.
    pub number: String,
    /// The directive's date as printed.
    pub date: String,
    /// The number of items.
    pub items: usize,
    /// The areas, in order.
    pub areas: Vec<AreaPreview>,
    /// The questions that are asked at the start, in order.
    pub questions: Vec<String>,
    language: Language,
}

/// A summary of an area of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaPreview {
    /// Its heading.
    pub title: String,
    /// The number of its items.
    pub items: usize,
    /// The number of items of each kind that occurs, with the kind's name in words.
    pub kinds: Vec<(&'static str, usize)>,
}

impl Preview {
    /// Returns the summary of a checklist in a language.
    #[must_use]
    pub fn of(checklist: &Checklist, language: Language) -> Self {
        let words = messages(language);
        let source = &checklist.source;
        let mut counts = BTreeMap::<_, [usize; RawKind::ALL.len()]>::new();
        for item in &checklist.items {
            let kind = RawKind::from(&item.kind);
            let counts = RawKind::ALL.into_iter().zip(counts.entry(&item.area).or_default());
            counts.filter(|(one, _)| *one == kind).for_each(|(_, count)| *count += 1);
        }
        let area = |area: &crate::checklist::Area| {
            let counts = counts.get(&area.id).copied().unwrap_or_default();
            let kinds = RawKind::ALL.map(|kind| kind_words(kind, words)).into_iter().zip(counts);
            AreaPreview {
                title: area.title.in_language(language).to_owned(),
                items: counts.iter().sum(),
                kinds: kinds.filter(|(_, count)| *count > 0).collect(),
            }
        };
        let questions = checklist.questions.iter();
        Self {
            id: checklist.id.to_string(),
            version: checklist.version.clone(),
            title: checklist.title.in_language(language).to_owned(),
            issuer: source.issuer.clone(),
            number: words::source_number(source, words).to_owned(),
            date: source.date.clone(),
            items: checklist.items.len(),
            areas: checklist.areas.iter().map(area).collect(),
            questions: questions.map(|q| q.text.in_language(language).to_owned()).collect(),
            language,
        }
    }

    /// Returns the summary as lines of text.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let words = messages(self.language);
        let source = [("issuer", &*self.issuer), ("number", &*self.number), ("date", &*self.date)];
        let mut lines = vec![
            fill(words.preview_id, &[("id", &self.id), ("version", &self.version)]),
            fill(words.preview_title, &[("title", &self.title)]),
            fill(words.preview_source, &source),
            fill(words.preview_items, &[("count", &self.items.to_string())]),
        ];
        for area in &self.areas {
            let kinds: Vec<_> =
                area.kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
            let kinds = match kinds.as_slice() {
                [] => words.preview_area_empty.to_owned(),
                kinds => kinds.join(", "),
            };
            lines.push(fill(words.preview_area, &[("title", &area.title), ("kinds", &kinds)]));
        }
        let questions = self.questions.iter();
        lines.extend(questions.map(|text| fill(words.preview_question, &[("question", text)])));
        lines
    }
}

/// Returns the name of a kind of items.
#[must_use]
pub const fn kind_words(kind: RawKind, words: &Messages) -> &'static str {
    match kind {
        RawKind::Attestation => words.kind_attestation,
        RawKind::Ratio => words.kind_ratio,
        RawKind::Count => words.kind_count,
        RawKind::Quantity => words.kind_quantity,
        RawKind::Deadline => words.kind_deadline,
        RawKind::Periodic => words.kind_periodic,
        RawKind::Roster => words.kind_roster,
        RawKind::Parts => words.kind_parts,
        RawKind::Narrative => words.kind_narrative,
    }
}
