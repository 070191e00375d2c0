//! Files of the evidence that are not to be had: which item lacks which, in words.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::App;
use crate::checklist::{Digest, Item};
use crate::inspection::{Entry, Inspection};
use crate::messages::{Messages, fill};
use crate::storage::Lack;

/// Why which files are not to be had.
pub(super) type Lacking = BTreeMap<Digest, Lack>;

/// How many lines are told; nobody reads more.
const LISTED: usize = 20;

/// How much of an item's text is told, in letters: enough to find it.
const TITLE: usize = 80;

impl App {
    /// Says of each item of an inspection which files it lacks and why, a line each, in the order
    /// of the items; at last those of items that an earlier version of its checklist had.
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

/// A sentence with the lines of what is lacking below it, and what can be done.
#[must_use]
pub fn with_lacks(sentence: String, lacks: Vec<String>, words: &Messages) -> String {
    let more = lacks.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| fill(words.evidence_lacks_more, &[("count", &more.to_string())]));
    let lines = std::iter::once(sentence).chain(lacks.into_iter().take(LISTED)).chain(more);
    let lines = lines.chain([words.evidence_lacks_advice.to_owned()]);
    lines.collect::<Vec<_>>().join("\n")
}

/// Why a file is not to be had, short enough to stand behind its name.
pub(super) const fn reason(lack: Lack, words: &Messages) -> &'static str {
    match lack {
        Lack::Missing => words.evidence_lacks_missing,
        Lack::Altered => words.evidence_lacks_altered,
        Lack::Unreadable => words.evidence_lacks_unreadable,
    }
}

/// Returns a sentence of its own, for the place of the file.
pub(super) const fn sentence(lack: Lack, words: &Messages) -> &'static str {
    match lack {
        Lack::Missing => words.evidence_missing,
        Lack::Altered => words.evidence_altered,
        Lack::Unreadable => words.evidence_unreadable,
    }
}

/// The beginning of a text, up to a word's end.
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
