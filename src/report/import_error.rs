//! The reasons why a file can't be imported, and the faults at a place in it.

use std::fmt;

use crate::attachments::{MAX_ATTACHMENT, SplitError};
use crate::checklist::{Fault, Problem};

/// The reason why a file can't be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// It is larger than the limit.
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// It is no text in UTF-8: a picture, a spreadsheet.
    NotText,
    /// It ends early, as after a broken download.
    Truncated,
    /// It is text, but not JSON.
    Damaged {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// It is JSON, but no report.
    Foreign,
    /// It was written by a newer version of the program.
    NewerFormat {
        /// The version of its format.
        version: u64,
    },
    /// It was changed after it was written: a digest in it does not fit.
    Altered,
    /// It is a report, but has an invalid value.
    Shape {
        /// The place, as a JSON pointer.
        pointer: String,
        /// The fault there.
        fault: Misfit,
    },
    /// The checklist in it has problems; their places are within the checklist.
    Checklist(Vec<Problem>),
}

/// The fault at a place of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The value has another shape than the format requires.
    Shape(Fault),
    /// A required field is missing.
    Missing,
    /// The value is not allowed there.
    BadValue,
    /// The field belongs to other kinds of items.
    FieldOfOtherKind,
    /// The name is not known in the checklist or in the format.
    Unknown(String),
    /// The name occurs a second time.
    Duplicate(String),
}

impl From<SplitError> for ImportError {
    fn from(error: SplitError) -> Self {
        match error {
            SplitError::BadValue { pointer } => Self::Shape { pointer, fault: Misfit::BadValue },
            SplitError::Altered => Self::Altered,
            SplitError::LargeAttachment => Self::TooLarge { limit: MAX_ATTACHMENT },
            SplitError::TooLarge { limit } => Self::TooLarge { limit },
        }
    }
}

/// For developers; the page has its own words for each reason.
impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => write!(f, "larger than {limit} bytes"),
            Self::NotText => f.write_str("not a text in UTF-8"),
            Self::Truncated => f.write_str("ends early"),
            Self::Damaged { line, column } => write!(f, "not JSON at line {line}, column {column}"),
            Self::Foreign => f.write_str("not a report"),
            Self::NewerFormat { version } => write!(f, "of the newer format {version}"),
            Self::Altered => f.write_str("changed after it was written"),
            Self::Shape { pointer, fault } => write!(f, "{pointer}: {fault}"),
            Self::Checklist(problems) => {
                f.write_str("problems in the checklist:")?;
                problems.iter().try_for_each(|problem| write!(f, "\n{problem}"))
            }
        }
    }
}

impl std::error::Error for ImportError {}

/// For developers; the page has its own words for each fault.
impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(fault) => write!(f, "{fault:?}"),
            Self::Missing => f.write_str("missing"),
            Self::BadValue => f.write_str("the value can not stand there"),
            Self::FieldOfOtherKind => f.write_str("does not belong to this kind of item"),
            Self::Unknown(name) => write!(f, "the checklist has nothing named `{name}`"),
            Self::Duplicate(id) => write!(f, "`{id}` stands there already"),
        }
    }
}
