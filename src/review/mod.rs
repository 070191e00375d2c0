//! The report on a checklist file for its author: its faults in plain words, or its content. Pure,
//! so that the page and the command line say the same.

mod fault;
mod place;
mod preview;

pub use fault::fault_sentence;
pub use place::place_words;
pub use preview::{AreaPreview, Preview, kind_words};

use crate::checklist::Problem;
use crate::messages::Messages;

/// A fault of a checklist file, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The place in words, without a full stop.
    pub place: String,
    /// The place as a JSON pointer (RFC 6901); empty for the whole file.
    pub pointer: String,
    /// The fault there and how to fix it, in whole sentences.
    pub sentence: String,
}

impl Flaw {
    /// Returns a problem in the words of a language.
    #[must_use]
    pub fn of(problem: &Problem, words: &Messages) -> Self {
        Self {
            place: place_words(problem, words),
            pointer: problem.pointer.clone(),
            sentence: fault_sentence(&problem.fault, words),
        }
    }

    /// Returns all of it in one line: 'place: sentence (pointer)'.
    #[must_use]
    pub fn line(&self) -> String {
        let Self { place, pointer, sentence } = self;
        if pointer.is_empty() {
            format!("{place}: {sentence}")
        } else {
            format!("{place}: {sentence} ({})", clipped(pointer))
        }
    }
}

/// Returns the problems of a file in the words of a language, in their order.
#[must_use]
pub fn flaws(problems: &[Problem], words: &Messages) -> Vec<Flaw> {
    problems.iter().map(|problem| Flaw::of(problem, words)).collect()
}

/// The most characters of a text from the file that are quoted. Longer quotations hide the sentence
/// around them.
const QUOTED: usize = 80;

/// Returns a text from the file, short enough to be quoted, on one line.
fn clipped(text: &str) -> String {
    let mut quoted: String = text
        .chars()
        .take(QUOTED)
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    if text.chars().nth(QUOTED).is_some() {
        quoted.push('…');
    }
    quoted
}

/// Returns names as they are in files, each in quotation marks.
fn quoted(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("“{name}”")).collect();
    quoted.join(", ")
}
