//! Rows of a roster out of text that was copied from a spreadsheet.

use super::{Cell, Row};
use crate::checklist::{CellType, Column, Language};

/// What people write into a cell for 'yes'.
const YES: [&str; 12] = ["x", "có", "co", "rồi", "đã", "đạt", "yes", "true", "1", "✓", "✔", "☑"];

/// Reads lines of cells that are parted by tabs, in the order of the columns. A first line that
/// repeats the columns' headings is left out, as are empty lines.
#[must_use]
pub fn rows_from_table(text: &str, columns: &[Column]) -> Vec<Row> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .enumerate()
        .filter(|(index, line)| *index > 0 || !is_heading(line, columns))
        .map(|(_, line)| row(line, columns))
        .collect()
}

fn is_heading(line: &str, columns: &[Column]) -> bool {
    let first = line.split('\t').next().unwrap_or_default().trim().to_lowercase();
    columns.first().is_some_and(|column| {
        Language::ALL.into_iter().any(|l| column.label.in_language(l).to_lowercase() == first)
    })
}

fn row(line: &str, columns: &[Column]) -> Row {
    let cells = columns.iter().zip(line.split('\t').map(str::trim));
    let filled = cells.filter(|(_, text)| !text.is_empty());
    filled.map(|(column, text)| (column.id.clone(), cell(text, column.cell))).collect()
}

fn cell(text: &str, cell_type: CellType) -> Cell {
    match cell_type {
        CellType::Text => Cell::Text(text.to_owned()),
        CellType::Date => Cell::from_typed_date(text.to_owned()),
        CellType::Check { .. } => Cell::Check(YES.contains(&text.to_lowercase().as_str())),
    }
}
