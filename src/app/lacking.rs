//! Evidence files that are lacking, listed in words by item.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::App;
use crate::checklist::{Digest, Item};
use crate::inspection::{Entry, Inspection};
use crate::messages::{Messages, fill};
use crate::storage::Lack;

/// The reason for each lacking file.
pub(super) type Lacking = BTreeMap<Digest, Lack>;

/// The number of lines that are told. Nobody reads more.
const LISTED: usize = 20;

/// The number of characters of an item's text that are told, which is enough to find it.
const TITLE: usize = 80;

impl App {
    /// Returns a line for each file that an inspection lacks, with the reason, in the order of the
    /// items. Items of earlier versions of its checklist come last.
    pub(super) fn lacks_of(&self, inspection: &Inspection, lacking: &Lacking) -> Vec<String> {
        let words = self.words();
        let items = inspection.checklist.items.iter().zip(1..);
        let items = items.filter_map(|(item, number): (_, usize)| {
            let place = fill(words.evidence_lacks, &[("number", &number.to_string())]);
            Some((place, item, inspection.entries.get(&item.id)?))
        });
        let earlier = inspection.earlier.iter().flat_map(|earlier| {
            let version = [("version", earlier.checklist.version.as_str())];
            let place = fill(words.evidence_lacks_earlier, &version);
            earlier.items.iter().map(move |kept| (place.clone(), &kept.item, &kept.entry))
        });
        let all = items.chain(earlier);
        all.flat_map(|(place, item, entry)| self.lacks_of_item(&place, item, entry, lacking))
            .collect()
    }

    fn lacks_of_item(
        &self,
        place: &str,
        item: &Item,
        entry: &Entry,
        lacking: &Lacking,
    ) -> Vec<String> {
        let words = self.words();
        let title = shortened(item.text.in_language(self.signals().language.get_untracked()));
        let line = |(name, lack): (&str, Lack)| {
            let values = [("title", &*title), ("file", name), ("reason", reason(lack, words))];
            fill(place, &values)
        };
        let lacks = entry
            .evidence
            .iter()
            .filter_map(|one| Some((one.name.as_str(), *lacking.get(&one.sha256)?)));
        lacks.map(line).collect()
    }
}

/// Returns a sentence with the lines of lacking files below it, and advice at the end.
#[must_use]
pub fn with_lacks(sentence: String, lacks: Vec<String>, words: &Messages) -> String {
    let more = lacks.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| fill(words.evidence_lacks_more, &[("count", &more.to_string())]));
    let lines = std::iter::once(sentence).chain(lacks.into_iter().take(LISTED)).chain(more);
    let lines = lines.chain([words.evidence_lacks_advice.to_owned()]);
    lines.collect::<Vec<_>>().join("\n")
}

/// Returns why a file is lacking, short enough to stand behind its name.
pub(super) const fn reason(lack: Lack, words: &Messages) -> &'static str {
    match lack {
        Lack::Missing => words.evidence_lacks_missing,
        Lack::Altered => words.evidence_lacks_altered,
        Lack::Unreadable => words.evidence_lacks_unreadable,
    }
}

/// Returns why a file is lacking as a sentence of its own, for the place of the file.
pub(super) const fn sentence(lack: Lack, words: &Messages) -> &'static str {
    match lack {
        Lack::Missing => words.evidence_missing,
        Lack::Altered => words.evidence_altered,
        Lack::Unreadable => words.evidence_unreadable,
    }
}

/// Returns the beginning of a text, up to the end of a word.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(TITLE) {
        None => text.to_owned(),
        Some((end, _)) => {
            let start = text.get(..end).unwrap_or(text);
            let start = start.rsplit_once(' ').map_or(start, |(start, _)| start);
            [start.trim_end_matches([',', ';', ':']), "…"].concat()
        }
    }
}
