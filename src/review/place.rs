//! The place of a problem in a checklist file, in words: 'Item 3 (bcci-ratio), field “target”'.

use super::clipped;
use crate::checklist::{Fault, Problem};
use crate::messages::{Messages, fill};

/// Returns the place of a problem in words.
#[must_use]
pub fn place_words(problem: &Problem, words: &Messages) -> String {
    if let Fault::NotJson { line, column } = problem.fault {
        let (line, column) = (line.to_string(), column.to_string());
        return fill(words.place_line, &[("line", &line), ("column", &column)]);
    }
    let steps: Vec<String> = problem
        .pointer
        .split('/')
        .skip(1)
        .map(|step| step.replace("~1", "/").replace("~0", "~"))
        .collect();
    let mut place = Place { parts: Vec::new(), fields: Vec::new(), words };
    let mut names = problem.names.iter();
    let mut rest = steps.iter().peekable();
    while let Some(step) = rest.next() {
        // A number is an index only after the name of a list.
        let index = rest.peek().and_then(|next| next.parse::<usize>().ok());
        let top = place.parts.is_empty() && place.fields.is_empty();
        match index {
            Some(index) => {
                rest.next();
                let name = names.next().map(String::as_str).unwrap_or_default();
                place.element(step, top, index, name);
            }
            None if top && step == "source" && rest.peek().is_some() => {
                place.parts.push(words.place_source.to_owned());
            }
            None => place.fields.push(format!("“{}”", clipped(step))),
        }
    }
    place.finish()
}

/// A place that is built from the outside in.
struct Place<'w> {
    parts: Vec<String>,
    /// The fields on the way since the last part.
    fields: Vec<String>,
    words: &'w Messages,
}

impl Place<'_> {
    /// Enters an element of a list.
    fn element(&mut self, list: &str, top: bool, index: usize, name: &str) {
        let words = self.words;
        let text = match (list, top) {
            ("areas", true) => words.place_area,
            ("questions", true) => words.place_question,
            ("items", true) => words.place_item,
            ("columns", false) => words.place_column,
            ("parts", false) => words.place_part,
            ("legal", false) => words.place_legal,
            _ => {
                self.fields.push(format!("“{}”", clipped(list)));
                words.place_entry
            }
        };
        self.close_fields();
        let number = (index + 1).to_string();
        let mut part = fill(text, &[("number", &number)]);
        if !name.is_empty() {
            part.push_str(&format!(" ({})", clipped(name)));
        }
        self.parts.push(part);
    }

    /// Turns the fields into one part: 'field “target” › “atLeast”'.
    fn close_fields(&mut self) {
        if self.fields.is_empty() {
            return;
        }
        if self.parts.is_empty() {
            self.parts.push(self.words.place_file.to_owned());
        }
        let name = std::mem::take(&mut self.fields).join(" › ");
        self.parts.push(fill(self.words.place_field, &[("name", &name)]));
    }

    fn finish(mut self) -> String {
        self.close_fields();
        if self.parts.is_empty() {
            return self.words.place_file.to_owned();
        }
        self.parts.join(", ")
    }
}
