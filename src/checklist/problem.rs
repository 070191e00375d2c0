//! The possible faults of a checklist file, and their places. `crate::review` puts them into words.

use std::fmt;

/// The maximum number of faults that are reported for a file. Reading stops at the next one, so a
/// file of faults alone takes no longer than a good one.
pub const MAX_FAULTS: usize = 100;

/// A fault of a checklist file, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place, as a JSON pointer (RFC 6901); empty for the whole file.
    pub pointer: String,
    /// The name of each list element on the way there: its id, or the law that it cites. Blank
    /// where it has no such name.
    pub names: Vec<String>,
    /// The fault.
    pub fault: Fault,
}

/// A fault at a place of a checklist file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A file that is not text in UTF-8.
    NotText,
    /// A file that is not JSON from here on.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1; 0 is before the first.
        column: usize,
    },
    /// A file that is JSON so far, and ends too early.
    EndsEarly,
    /// A field that the format does not have there.
    UnknownField {
        /// Its name.
        name: String,
        /// The field that may be meant.
        near: Option<&'static str>,
    },
    /// A required field that is missing.
    MissingField(&'static str),
    /// A field that belongs to other kinds of items.
    FieldOfOtherKind(&'static str),
    /// A value of another type than the expected one.
    WrongType {
        /// The expected type.
        wanted: JsonType,
        /// The type found there.
        given: JsonType,
        /// The fields of the object, if one is expected.
        fields: &'static [&'static str],
    },
    /// A text that is none of the allowed ones.
    UnknownChoice {
        /// The text.
        given: String,
        /// The allowed texts.
        allowed: &'static [&'static str],
        /// The one that may be meant.
        near: Option<&'static str>,
    },
    /// A value other than an object with exactly one of these fields.
    NotOneOf(&'static [&'static str]),
    /// A text that is not an identifier.
    NotAnId(String),
    /// An identifier that is used already.
    Duplicate(String),
    /// An identifier that none of the file's areas has.
    UnknownArea(String),
    /// An identifier that none of the file's questions has.
    UnknownQuestion(String),
    /// A text that is not a figure such as `96` or `4.5`, or a figure out of range.
    BadNumber {
        /// The text.
        given: String,
        /// The allowed figures.
        wanted: Figure,
    },
    /// A text that is not a date such as `2022-08-31`.
    NotADate(String),
    /// A comparator that the kind does not have, with those that it has.
    BadComparator(&'static [&'static str]),
    /// An empty text, or one of white space alone.
    Blank,
    /// A list that must not be empty.
    EmptyList,
    /// An item of the kind *parts* with fewer than two parts.
    TooFewParts,
    /// A roster without a column by which its rows are judged.
    NothingCounts,
    /// A column that counts and is no check.
    OnlyChecksCount,
    /// A text that is longer than the page can show.
    TooLong,
    /// A list with more elements than this.
    TooMany(usize),
    /// The note, after this many faults, that there are more.
    MoreLeftOut(usize),
    /// A value that can't be read, for a reason that has no name here.
    Unreadable,
}

/// The types of JSON values, with whole numbers apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum JsonType {
    Null,
    YesNo,
    WholeNumber,
    Number,
    Text,
    List,
    Object,
}

/// The range of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// From 0 to 100.
    Percent,
    /// From 0 to less than 100: nothing is more than all.
    PercentBelow100,
    /// Without a fraction.
    Whole,
    /// With at most nine digits after its point.
    Decimal,
}

impl Problem {
    pub(super) fn new(pointer: impl Into<String>, fault: Fault) -> Self {
        Self { pointer: pointer.into(), names: Vec::new(), fault }
    }
}

/// Writes the problem for developers; `crate::review` tells people.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "/" } else { &self.pointer };
        write!(f, "{place}: {:?}", self.fault)
    }
}
