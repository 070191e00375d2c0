//! The problems that a checklist file can have, with their places. `crate::review` puts them into
//! words.

use std::fmt;

/// The most faults of a file that are told. Reading stops at the next one: a file of faults alone
/// takes no longer than a good one.
pub const MAX_FAULTS: usize = 100;

/// One thing that is wrong with a checklist file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The place, as a JSON pointer (RFC 6901); empty for the whole file.
    pub pointer: String,
    /// The name that each list element on the way there gives itself: its id, or the law that it
    /// cites. Blank where it has none.
    pub names: Vec<String>,
    /// The fault at that place.
    pub fault: Fault,
}

/// A fault at a place of a checklist file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file is no text in UTF-8.
    NotText,
    /// The file is not JSON from here on.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The character of the line, from 1; 0 stands before the first.
        column: usize,
    },
    /// The file is JSON so far, and then it ends.
    EndsEarly,
    /// A field that the format does not have there.
    UnknownField {
        /// Its name.
        name: String,
        /// The field that may be meant.
        near: Option<&'static str>,
    },
    /// A field that must be there.
    MissingField(&'static str),
    /// A field that belongs to other kinds of items.
    FieldOfOtherKind(&'static str),
    /// A value of another type than the format asks for.
    WrongType {
        /// The type that is asked for.
        wanted: JsonType,
        /// The type that stands there.
        given: JsonType,
        /// Of an object that is asked for: its fields.
        fields: &'static [&'static str],
    },
    /// A text that is none of those that can stand there.
    UnknownChoice {
        /// The text.
        given: String,
        /// Those that can.
        allowed: &'static [&'static str],
        /// The one that may be meant.
        near: Option<&'static str>,
    },
    /// Something else than an object with just one of these fields.
    NotOneOf(&'static [&'static str]),
    /// A text that is not an identifier.
    NotAnId(String),
    /// An identifier that stands there already.
    Duplicate(String),
    /// An identifier that none of the file's areas has.
    UnknownArea(String),
    /// An identifier that none of the file's questions has.
    UnknownQuestion(String),
    /// A text that is not a figure such as `96` or `4.5`, or one out of its range.
    BadNumber {
        /// The text.
        given: String,
        /// The figures that can stand there.
        wanted: Figure,
    },
    /// A text that is not a date such as `2022-08-31`.
    NotADate(String),
    /// A comparator that this kind does not have; it has these.
    BadComparator(&'static [&'static str]),
    /// A text without a letter.
    Blank,
    /// A list that must not be empty.
    EmptyList,
    /// An item of the kind *parts* that has not two of them.
    TooFewParts,
    /// A roster without a column by which its rows are judged.
    NothingCounts,
    /// A column that is no check and yet is to count.
    OnlyChecksCount,
    /// A text that is longer than the page can show.
    TooLong,
    /// A list of more elements than this.
    TooMany(usize),
    /// The file has more faults than this, which are told before it.
    MoreLeftOut(usize),
    /// A value that can't be read, for a reason that has no name here.
    Unreadable,
}

/// The types of values in JSON, whole numbers apart.
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

/// The figures that a place accepts.
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

/// For developers; people are told by `crate::review`.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.pointer.is_empty() { "/" } else { &self.pointer };
        write!(f, "{place}: {:?}", self.fault)
    }
}
