//! The problems of a file as they are found, and reading of values that may have some.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::checklist::shape::read_all;
use crate::checklist::wire::RawText;
use crate::checklist::{
    Fault, MAX_FAULTS, MAX_PARTS, MAX_TEXT, NotAnId, Problem, Text, date_from_iso,
};

/// The lists inside an element of one of the file's lists.
const LISTS: [&str; 4] = ["performers", "legal", "columns", "parts"];

/// A collector of problems during reading. A value that can't be read is `None`, and one of another
/// shape is blank. After [`MAX_FAULTS`] problems nothing more is read.
#[derive(Default)]
pub(super) struct Problems {
    found: RefCell<Vec<Problem>>,
    /// The places of values of another shape. The blanks there are not the file's.
    misshapen: RefCell<BTreeSet<String>>,
    /// Whether there are more than [`MAX_FAULTS`].
    is_full: Cell<bool>,
}

impl Problems {
    /// Returns the problems, with a last one if some were left out.
    pub(super) fn into_found(self) -> Vec<Problem> {
        let mut found = self.found.into_inner();
        if self.is_full.get() {
            found.push(Problem::new("", Fault::MoreLeftOut(MAX_FAULTS)));
        }
        found
    }

    /// Adds a fault, unless it was found in a blank that replaces a value of another shape.
    pub(super) fn add(&self, pointer: &str, fault: Fault) {
        if !self.is_misshapen(pointer) {
            self.push(Problem::new(pointer, fault));
        }
    }

    fn push(&self, problem: Problem) {
        let mut found = self.found.borrow_mut();
        if found.len() < MAX_FAULTS {
            found.push(problem);
        } else {
            self.is_full.set(true);
        }
    }

    pub(super) fn keep<T>(&self, pointer: &str, result: Result<T, Fault>) -> Option<T> {
        result.map_err(|fault| self.add(pointer, fault)).ok()
    }

    /// Returns whether the value at a place, or one around it, has another shape.
    pub(super) fn is_misshapen(&self, pointer: &str) -> bool {
        let misshapen = self.misshapen.borrow();
        let ends = pointer.match_indices('/').map(|(end, _)| end).chain([pointer.len()]);
        let mut around = ends.filter_map(|end| pointer.get(..end));
        !misshapen.is_empty() && around.any(|around| misshapen.contains(around))
    }

    /// Returns whether the value at a place, or one inside it, has another shape.
    pub(super) fn is_misshapen_inside(&self, pointer: &str) -> bool {
        let misshapen = self.misshapen.borrow();
        let inside = [pointer, "/"].concat();
        let next = misshapen.range::<String, _>(&inside..).next();
        misshapen.contains(pointer) || next.is_some_and(|next| next.starts_with(&inside))
    }

    /// Reads a value into a shape. Faults in it are added, each with its own place.
    pub(super) fn shape<T: DeserializeOwned>(&self, pointer: &str, value: &Value) -> Option<T> {
        if self.is_full.get() || !self.lists_fit(pointer, value) {
            return None;
        }
        let room = MAX_FAULTS.saturating_sub(self.found.borrow().len());
        let (read, problems) = read_all(pointer, value, room.saturating_add(1));
        let places = problems.iter().map(|problem| problem.pointer.clone());
        self.misshapen.borrow_mut().extend(places);
        problems.into_iter().for_each(|problem| self.push(problem));
        read
    }

    /// Checks that no list inside an element is too long: each missing field costs one more reading
    /// of it.
    fn lists_fit(&self, pointer: &str, value: &Value) -> bool {
        let mut fit = true;
        for name in LISTS {
            let list = value.get(name).and_then(Value::as_array);
            fit &=
                self.list_fits(&format!("{pointer}/{name}"), list.map_or(0, Vec::len), MAX_PARTS);
        }
        fit
    }

    fn list_fits(&self, pointer: &str, length: usize, most: usize) -> bool {
        if length > most {
            self.add(pointer, Fault::TooMany(most));
        }
        length <= most
    }

    /// Reads the elements of one of the file's lists, each with its place. Each is read by itself,
    /// so a fault in one hides none in the others.
    pub(super) fn list<T: DeserializeOwned>(
        &self,
        definition: &Value,
        name: &str,
        most: usize,
    ) -> Vec<(String, T)> {
        let elements = definition.get(name).and_then(Value::as_array);
        let elements = elements.map(Vec::as_slice).unwrap_or_default();
        let pointer = format!("/{name}");
        if !self.list_fits(&pointer, elements.len(), most) {
            // None of it is read, so references to it can't be checked.
            self.misshapen.borrow_mut().insert(pointer);
            return Vec::new();
        }
        let places = (0..most).map(|index| format!("{pointer}/{index}"));
        let read = |(pointer, value): (String, &Value)| {
            let element = self.shape(&pointer, value)?;
            Some((pointer, element))
        };
        let elements = places.zip(elements).take_while(|_| !self.is_full.get());
        elements.filter_map(read).collect()
    }

    pub(super) fn not_empty(&self, definition: &Value, name: &str) {
        if definition.get(name).and_then(Value::as_array).is_some_and(Vec::is_empty) {
            self.add(&format!("/{name}"), Fault::EmptyList);
        }
    }

    pub(super) fn id<I>(
        &self,
        pointer: &str,
        text: &str,
        new: fn(&str) -> Result<I, NotAnId>,
    ) -> Option<I> {
        self.keep(pointer, new(text).map_err(|NotAnId(text)| Fault::NotAnId(text)))
    }

    pub(super) fn unique<I: Ord + Clone + ToString>(
        &self,
        pointer: &str,
        id: &I,
        seen: &mut BTreeSet<I>,
    ) {
        if !seen.insert(id.clone()) {
            self.add(pointer, Fault::Duplicate(id.to_string()));
        }
    }

    /// Reads a text that may be blank.
    pub(super) fn short(&self, pointer: &str, text: String) -> Option<String> {
        let text = if text.len() > MAX_TEXT { Err(Fault::TooLong) } else { Ok(text) };
        self.keep(pointer, text)
    }

    /// Reads several texts that may be blank.
    pub(super) fn all_short(&self, pointer: &str, texts: Vec<String>) -> Option<Vec<String>> {
        if !self.list_fits(pointer, texts.len(), MAX_PARTS) {
            return None;
        }
        let texts = texts.into_iter().enumerate();
        let texts = texts.map(|(index, text)| self.short(&format!("{pointer}/{index}"), text));
        // All are checked, even after one that is too long.
        texts.collect::<Vec<_>>().into_iter().collect()
    }

    pub(super) fn string(&self, pointer: &str, text: String) -> Option<String> {
        let text = if text.trim().is_empty() { Err(Fault::Blank) } else { Ok(text) };
        self.short(pointer, self.keep(pointer, text)?)
    }

    pub(super) fn text(&self, pointer: &str, raw: RawText) -> Option<Text> {
        let vi = self.string(&format!("{pointer}/vi"), raw.vi);
        let en = raw.en.map(|en| self.string(&format!("{pointer}/en"), en));
        Some(Text::new(vi?, en.flatten()))
    }

    pub(super) fn date(&self, pointer: &str, text: String) -> Option<NaiveDate> {
        self.keep(pointer, date_from_iso(&text).ok_or(Fault::NotADate(text)))
    }
}
