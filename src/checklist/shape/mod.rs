//! Reading JSON into a shape, so that each place that does not fit is known, and what is wanted
//! there. Serde's types say the shape; its errors would be words in English, and end at the first.
//!
//! A value that does not fit is noted and replaced by a blank one, and reading goes on. The result
//! is unusable then, but every other fault is found on the way.

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
/// One of its faults.
pub(crate) fn read_shape<T: DeserializeOwned>(pointer: &str, value: &Value) -> Result<T, Problem> {
    let run = Run::new(&[], 1);
    let read = run.read(pointer, value);
    match (read, run.problems.into_inner().into_iter().next()) {
        (_, Some(problem)) => Err(problem),
        (Ok(read), None) => Ok(read),
        (Err(stop), None) => Err(stop.problem()),
    }
}

/// Reads a value that stands at a pointer, with the faults of its shape, but no more than `most`,
/// at which reading stops. Where there are faults, what is read has blanks at their places. Each
/// field that is missing takes one more reading.
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
            // Reading stopped, so nothing that was read is whole.
            _ if problems.len() >= most => return (None, problems),
            // Read once more with something blank in the place of what is missing.
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

/// Goes one member down.
pub(crate) fn push(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
}

/// A field that is not there, and the object that lacks it.
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
    /// How many faults there have to be for reading to stop.
    most: usize,
}

impl<'r> Run<'r> {
    fn new(missing: &'r [Missing], most: usize) -> Self {
        Self { problems: RefCell::default(), missing, most }
    }

    /// Whether there are faults enough: then lists and objects end where reading is.
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

/// Where reading is. Kept on the stack, since most places are never told.
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

/// Why reading can't go on. Serde's words are left behind here.
#[derive(Debug)]
struct Stop {
    /// Where; empty until the place is known.
    pointer: String,
    missing: Option<&'static str>,
}

impl Stop {
    /// The innermost place that hears of it is where it is.
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
