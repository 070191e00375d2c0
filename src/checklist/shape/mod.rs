//! Reading JSON into a shape, with the place of each mismatch and the type expected there. Serde's
//! types define the shape. Serde's own errors are words in English, and end at the first.
//!
//! A mismatch is noted and replaced by a blank, and reading goes on. The result is unusable, but
//! every other fault is found on the way.

mod parts;
mod strict;

use serde::de::{DeserializeOwned, Error};
use serde_json::Value;
use std::cell::RefCell;
use std::fmt;

use super::problem::{Fault, Problem};
use strict::Strict;

/// Reads a value that stands at a pointer.
///
/// # Errors
/// Returns one of its faults.
pub(crate) fn read_shape<T: DeserializeOwned>(pointer: &str, value: &Value) -> Result<T, Problem> {
    let run = Run::new(&[], 1);
    let read = run.read(pointer, value);
    match (read, run.problems.into_inner().into_iter().next()) {
        (_, Some(problem)) => Err(problem),
        (Ok(read), None) => Ok(read),
        (Err(stop), None) => Err(stop.problem()),
    }
}

/// Reads a value that stands at a pointer, with the faults of its shape. Reading stops at `most`
/// faults. The result has blanks in the place of faults. Each missing field takes one more reading.
pub(super) fn read_all<T: DeserializeOwned>(
    pointer: &str,
    value: &Value,
    most: usize,
) -> (Option<T>, Vec<Problem>) {
    let mut missing: Vec<Missing> = Vec::new();
    loop {
        let run = Run::new(&missing, most);
        let read = run.read(pointer, value);
        let mut problems = run.problems.into_inner();
        match read {
            // Reading stopped, so the result is incomplete.
            _ if problems.len() >= most => return (None, problems),
            // Reads again with a blank in the place of the missing field.
            Err(Stop { pointer, missing: Some(field) })
                if problems.len() + missing.len() < most =>
            {
                missing.push(Missing { pointer, field });
            }
            read => {
                problems.extend(missing.into_iter().map(Missing::problem));
                let read = read.map_err(|stop| problems.push(stop.problem())).ok();
                return (read, problems);
            }
        }
    }
}

/// Appends a member to a pointer.
pub(crate) fn push(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
}

/// A missing field, and the object that lacks it.
struct Missing {
    pointer: String,
    field: &'static str,
}

impl Missing {
    fn problem(self) -> Problem {
        let mut pointer = self.pointer;
        push(&mut pointer, self.field);
        Problem::new(pointer, Fault::MissingField(self.field))
    }
}

/// One reading of a value.
struct Run<'r> {
    problems: RefCell<Vec<Problem>>,
    /// The fields that are known to be missing.
    missing: &'r [Missing],
    /// The number of faults at which reading stops.
    most: usize,
}

impl<'r> Run<'r> {
    fn new(missing: &'r [Missing], most: usize) -> Self {
        Self { problems: RefCell::default(), missing, most }
    }

    /// Returns whether there are enough faults. Lists and objects then end early.
    fn is_full(&self) -> bool {
        self.problems.borrow().len() >= self.most
    }

    fn read<T: DeserializeOwned>(&self, pointer: &str, value: &Value) -> Result<T, Stop> {
        let place = Place { above: None, step: Step::Start(pointer) };
        T::deserialize(Strict { given: Some(value), place: &place, run: self })
            .map_err(|stop| stop.at(&place))
    }

    fn add(&self, place: &Place, fault: Fault) {
        if !self.is_full() {
            self.problems.borrow_mut().push(Problem::new(place.pointer(), fault));
        }
    }
}

/// The current place of reading. It is kept on the stack, since most places are never reported.
#[derive(Clone, Copy)]
struct Place<'p> {
    above: Option<&'p Place<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Start(&'p str),
    Member(&'p str),
    Element(usize),
}

impl Place<'_> {
    fn pointer(&self) -> String {
        let mut pointer = self.above.map(Place::pointer).unwrap_or_default();
        match self.step {
            Step::Start(start) => pointer.push_str(start),
            Step::Member(name) => push(&mut pointer, name),
            Step::Element(index) => push(&mut pointer, &index.to_string()),
        }
        pointer
    }
}

/// The reason why reading can't go on. Serde's words are dropped here.
#[derive(Debug)]
struct Stop {
    /// The place; empty until it is known.
    pointer: String,
    missing: Option<&'static str>,
}

impl Stop {
    /// Sets the place if it is not known yet. So the innermost one stays.
    fn at(mut self, place: &Place) -> Self {
        if self.pointer.is_empty() {
            self.pointer = place.pointer();
        }
        self
    }

    fn problem(self) -> Problem {
        match self.missing {
            Some(field) => Missing { pointer: self.pointer, field }.problem(),
            None => Problem::new(self.pointer, Fault::Unreadable),
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Stop {}

impl Error for Stop {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self { pointer: String::new(), missing: None }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { pointer: String::new(), missing: Some(field) }
    }
}
