//! A table as a spreadsheet has it.

use serde::{Deserialize, Serialize};

/// A table with a head.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name, on its tab.
    pub name: String,
    /// Lines above the table: what it is about.
    pub about: Vec<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows: a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The heading.
    pub title: String,
    /// Its width, in characters.
    pub width: u16,
}

/// The content of a cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// A text. It is never a formula, whatever it begins with.
    Text(String),
    /// A number, as an exact decimal with a point: `99.4`.
    Number(String),
    /// A day, as `2026-12-15`.
    Date(String),
}

impl Cell {
    /// A text, or nothing where there is none.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// Returns its text as people read it.
    #[must_use]
    pub fn as_text(&self) -> &str {
        match self {
            Self::Empty => "",
            Self::Text(text) | Self::Number(text) | Self::Date(text) => text,
        }
    }
}
