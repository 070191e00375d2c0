//! Identifiers: stable names of checklists and their parts, never a position.

use std::fmt;
use std::sync::Arc;

/// The longest identifier that is accepted, in bytes.
pub const MAX_ID_LENGTH: usize = 80;

/// Why a text is no identifier: it is empty, too long, or has other characters than
/// `a`–`z`, `0`–`9` and inner hyphens.
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
        // INVARIANT: what `is_id` accepts.
        pub struct $name(Arc<str>);

        impl $name {
            /// Reads an identifier.
            ///
            /// # Errors
            /// [`NotAnId`] with the text.
            pub fn new(text: &str) -> Result<Self, NotAnId> {
                if is_id(text) { Ok(Self(text.into())) } else { Err(NotAnId(text.to_owned())) }
            }

            /// The identifier as text.
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

        // Lets maps that are keyed by the identifier be asked with a plain text.
        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

identifiers! {
    /// Names a checklist, and its file.
    ChecklistId;
    /// Names an item in its checklist.
    ItemId;
    /// Names an area (a group of items) in its checklist.
    AreaId;
    /// Names a question of the start screen in its checklist.
    QuestionId;
    /// Names a part of an item of the kind *parts*.
    PartId;
    /// Names a column of an item of the kind *roster*.
    ColumnId;
}
