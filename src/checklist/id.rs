//! Identifiers: stable names of checklists and their parts, never a position.

use std::fmt;
use std::sync::Arc;

/// The longest identifier that is accepted, in bytes.
pub const MAX_ID_LENGTH: usize = 80;

/// A text that is no identifier: it is empty, too long, or has characters other than `a`–`z`,
/// `0`–`9` and inner hyphens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnId(pub String);

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an identifier", self.0)
    }
}

fn is_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_ID_LENGTH
        && !text.starts_with('-')
        && !text.ends_with('-')
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        // INVARIANT: the text passes `is_id`.
        pub struct $name(Arc<str>);

        impl $name {
            /// Reads an identifier.
            ///
            /// # Errors
            /// Returns [`NotAnId`] with the text.
            pub fn new(text: &str) -> Result<Self, NotAnId> {
                if is_id(text) { Ok(Self(text.into())) } else { Err(NotAnId(text.to_owned())) }
            }

            /// Returns the identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        // Lets maps that are keyed by the identifier be searched with a plain text.
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

identifiers! {
    /// The name of a checklist, and of its file.
    ChecklistId;
    /// The name of an item in its checklist.
    ItemId;
    /// The name of an area (a group of items) in its checklist.
    AreaId;
    /// The name of a question of the start screen in its checklist.
    QuestionId;
    /// The name of a part of an item of the kind *parts*.
    PartId;
    /// The name of a column of an item of the kind *roster*.
    ColumnId;
}
