//! What can be wrong with a checklist file, and where.

use std::fmt;

/// One thing that is wrong with a checklist file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place, as a JSON pointer (RFC 6901); empty for the whole file.
    pub pointer: String,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong at a place of a checklist file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file is not JSON.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// The value has another shape than the format asks for: serde's own words.
    Shape(String),
    /// A field that the kind of the item needs is missing.
    MissingField(&'static str),
    /// A field that belongs to other kinds of items.
    FieldOfOtherKind(&'static str),
    /// A text that is not an identifier.
    NotAnId(String),
    /// An identifier that stands there already.
    Duplicate(String),
    /// An identifier that names nothing in this file.
    Unknown(String),
    /// A text that is not a decimal such as `96` or `4.5`, or one out of its range.
    BadNumber(String),
    /// A text that is not a date such as `2022-08-31`.
    NotADate(String),
    /// A comparator that this kind does not have.
    BadComparator,
    /// A list or text that must not be empty, or is too short.
    TooShort,
    /// A text that is longer than the page can show.
    TooLong,
}

impl Problem {
    pub(super) fn new(pointer: impl Into<String>, fault: Fault) -> Self {
        Self { pointer: pointer.into(), fault }
    }
}

/// For developers and the command line; the page has its own words for each fault.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "/" } else { &self.pointer };
        write!(f, "{place}: ")?;
        match &self.fault {
            Fault::NotJson { line, column } => {
                write!(f, "not JSON at line {line}, column {column}")
            }
            Fault::Shape(words) => f.write_str(words),
            Fault::MissingField(field) => write!(f, "missing field `{field}`"),
            Fault::FieldOfOtherKind(field) => {
                write!(f, "field `{field}` does not belong to this kind of item")
            }
            Fault::NotAnId(text) => write!(f, "`{text}` is not an identifier"),
            Fault::Duplicate(text) => write!(f, "`{text}` stands there already"),
            Fault::Unknown(text) => write!(f, "`{text}` names nothing in this file"),
            Fault::BadNumber(text) => write!(f, "`{text}` is not a number that can stand here"),
            Fault::NotADate(text) => write!(f, "`{text}` is not a date such as `2022-08-31`"),
            Fault::BadComparator => f.write_str("this comparator can not stand here"),
            Fault::TooShort => f.write_str("empty or too short"),
            Fault::TooLong => f.write_str("too long"),
        }
    }
}
