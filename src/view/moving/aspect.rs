//! The aspects in which two versions of an item differ, in words.

use super::change::Sides;
use crate::checklist::wire::RawKind;
use crate::checklist::{
    Aspect, CellType, Change, Checklist, Item, Kind, Language, RatioTarget, Text,
};
use crate::inspection::write_date;
use crate::messages::{Messages, fill};
use crate::review::kind_words;
use crate::view::words;

/// A line, and the language that it is in.
pub type Line = (String, Language);

/// Returns the name of an aspect.
pub const fn name(aspect: Aspect, words: &Messages) -> &'static str {
    match aspect {
        Aspect::Text => words.aspect_text,
        Aspect::Help => words.aspect_help,
        Aspect::Kind => words.aspect_kind,
        Aspect::Labels => words.aspect_labels,
        Aspect::Target => words.aspect_target,
        Aspect::Due => words.aspect_due,
        Aspect::Frequency => words.aspect_frequency,
        Aspect::Columns => words.aspect_columns,
        Aspect::Parts => words.aspect_parts,
        Aspect::Area => words.aspect_area,
        Aspect::Addressee => words.source_addressee,
        Aspect::Performers => words.source_performers,
        Aspect::Condition => words.aspect_condition,
        Aspect::Clause => words.aspect_clause,
        Aspect::Legal => words.legal_title,
    }
}

/// Returns the texts of both versions on an aspect. Where they are the same in the person's
/// language, the texts in another one differ.
pub fn sides(
    aspect: Aspect,
    change: &Change,
    of: &Sides,
    page: Language,
    words: &Messages,
) -> (Vec<Line>, Vec<Line>) {
    let both = |language| {
        let told = Told { language, page, words };
        (told.lines(aspect, &change.old, &of.old), told.lines(aspect, &change.new, &of.new))
    };
    let other = |language: &Language| both(*language);
    let own = both(page);
    if own.0 != own.1 {
        return own;
    }
    Language::ALL.iter().map(other).find(|(old, new)| old != new).unwrap_or(own)
}

/// How it is told.
struct Told<'a> {
    /// The language of the checklist's texts.
    language: Language,
    /// The language of the page's words.
    page: Language,
    words: &'a Messages,
}

impl Told<'_> {
    fn lines(&self, aspect: Aspect, item: &Item, checklist: &Checklist) -> Vec<Line> {
        let words = self.words;
        match aspect {
            Aspect::Text => vec![self.text(&item.text)],
            Aspect::Help => item.help.iter().map(|help| self.text(help)).collect(),
            Aspect::Kind => {
                vec![self.own(kind_words(RawKind::from(&item.kind), words).to_owned())]
            }
            Aspect::Labels => item.kind.labels().into_iter().map(|text| self.text(text)).collect(),
            Aspect::Target => {
                self.target(&item.kind).map(|text| self.own(text)).into_iter().collect()
            }
            Aspect::Due => {
                item.kind.due().map(|due| self.own(words::due(due, words))).into_iter().collect()
            }
            Aspect::Frequency => {
                let every = item.kind.frequency().map(|every| words::frequency(every, words));
                every.map(|every| self.own(every.to_owned())).into_iter().collect()
            }
            Aspect::Columns => {
                let columns = item.kind.columns().iter();
                columns
                    .map(|column| self.filled(cell(column.cell, words), "label", &column.label))
                    .collect()
            }
            Aspect::Parts => item.kind.parts().iter().map(|part| self.text(&part.text)).collect(),
            Aspect::Area => {
                checklist.area(&item.area).iter().map(|area| self.text(&area.title)).collect()
            }
            Aspect::Addressee => printed(&item.addressee),
            Aspect::Performers => {
                let names = item.performers.iter().map(|one| words::performer(*one, words));
                names.map(|name| self.own(name.to_owned())).collect()
            }
            Aspect::Condition => self.condition(item, checklist).into_iter().collect(),
            Aspect::Clause => printed(&item.clause),
            Aspect::Legal => item
                .legal
                .iter()
                .map(|note| {
                    let (status, language) = self.text(&note.status);
                    let known = [
                        ("date", &*write_date(note.as_of)),
                        ("confidence", words::confidence(note.confidence, words)),
                    ];
                    let known = fill(words.legal_as_of, &known);
                    (format!("{}: {status} {known}", note.cited), language)
                })
                .collect(),
        }
    }

    fn text(&self, text: &Text) -> Line {
        let (text, language) = text.get(self.language);
        (text.to_owned(), language)
    }

    /// Words of the page.
    const fn own(&self, text: String) -> Line {
        (text, self.page)
    }

    /// Words of the page with a text of the checklist in them, which decides their language.
    fn filled(&self, words: &str, name: &str, text: &Text) -> Line {
        let (text, language) = text.get(self.language);
        (fill(words, &[(name, text)]), language)
    }

    fn target(&self, kind: &Kind) -> Option<String> {
        let unit = words::figure_unit(kind, self.language);
        Some(match kind.target()? {
            RatioTarget::Fixed(target) => words::target(target, &unit, self.words),
            RatioTarget::Own(_) => self.words.target_own.to_owned(),
        })
    }

    fn condition(&self, item: &Item, checklist: &Checklist) -> Option<Line> {
        let when = item.when.as_ref()?;
        let question = checklist.questions.iter().find(|question| question.id == when.question)?;
        let answer = if when.is { self.words.yes } else { self.words.no };
        let (text, language) = self.text(&question.text);
        Some((format!("{text} {answer}"), language))
    }
}

/// Returns the text of the directive, in its own language; there may be none.
fn printed(text: &str) -> Vec<Line> {
    if text.is_empty() { Vec::new() } else { vec![(text.to_owned(), Language::Vi)] }
}

const fn cell(cell: CellType, words: &Messages) -> &'static str {
    match cell {
        CellType::Text => words.column_text,
        CellType::Date => words.column_date,
        CellType::Check { counts: false } => words.column_check,
        CellType::Check { counts: true } => words.column_counts,
    }
}
