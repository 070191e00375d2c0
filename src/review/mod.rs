//! A checklist file as its author is told of it: what is wrong with it, in plain words, or what is
//! in it. Pure, so that the page and the command line say the same.

mod fault;
mod place;
mod preview;

pub use fault::fault_sentence;
pub use place::place_words;
pub use preview::{AreaPreview, Preview, kind_words};

use crate::checklist::Problem;
use crate::messages::Messages;

/// One thing that is wrong with a checklist file, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The place in words, without a full stop.
    pub place: String,
    /// The place as a JSON pointer (RFC 6901); empty for the whole file.
    pub pointer: String,
    /// The fault and the way to mend it, in whole sentences.
    pub sentence: String,
}

impl Flaw {
    /// A problem in the words of a language.
    #[must_use]
    pub fn of(problem: &Problem, words: &Messages) -> Self {
        Self {
            place: place_words(problem, words),
            pointer: problem.pointer.clone(),
            sentence: fault_sentence(&problem.fault, words),
        }
    }

    /// All of it in one line: 'place: what is wrong (pointer)'.
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

/// The problems of a file in the words of a language, in their order.
#[must_use]
pub fn flaws(problems: &[Problem], words: &Messages) -> Vec<Flaw> {
    problems.iter().map(|problem| Flaw::of(problem, words)).collect()
}

/// How much of a text of the file is quoted: what is longer hides the sentence around it.
const QUOTED: usize = 80;

/// A text of the file, short enough to be quoted, on one line.
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

/// Names as they stand in files, each in quotation marks.
fn quoted(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("“{name}”")).collect();
    quoted.join(", ")
}
