//! The rows of a roster as a whole: their order, and the cells that the next inspection takes over.

use super::{Cell, Row};
use crate::checklist::{CellType, Column, ColumnId};
use crate::vietnamese::sort_key;

/// Returns the positions of the rows in the order of one column: texts as in a dictionary, 'no'
/// before 'yes', dates by time. Rows without the cell come last. Equal rows keep their order.
#[must_use]
pub fn sorted(rows: &[Row], column: &ColumnId, descending: bool) -> Vec<usize> {
    let mut keyed: Vec<_> =
        rows.iter().enumerate().map(|(place, row)| (row.get(column).map(order), place)).collect();
    keyed.sort_by(|(one, _), (other, _)| match (one, other) {
        (Some(one), Some(other)) if descending => other.cmp(one),
        (Some(one), Some(other)) => one.cmp(other),
        // Missing cells come last in either direction.
        (one, other) => one.is_none().cmp(&other.is_none()),
    });
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// Returns the sort key of a cell. A column has cells of one kind, except for texts among its
/// dates.
fn order(cell: &Cell) -> (u8, i32, (String, String)) {
    match cell {
        Cell::Check(yes) => (0, i32::from(*yes), Default::default()),
        Cell::Date(date) => (1, chrono::Datelike::num_days_from_ce(date), Default::default()),
        Cell::Text(text) => (2, 0, sort_key(text)),
    }
}

/// Returns the rows with only the cells that name them. Each inspection checks anew whether they
/// meet the requirement, and since when. `columns` are those of the roster that gets the rows.
#[must_use]
pub fn named(rows: &[Row], columns: &[Column]) -> Vec<Row> {
    let names = columns.iter().filter(|column| column.cell == CellType::Text);
    let names: Vec<_> = names.map(|column| &column.id).collect();
    let named = |row: &Row| -> Row {
        let cells = row.iter().filter(|(id, cell)| {
            names.contains(id) && matches!(cell, Cell::Text(text) if !text.trim().is_empty())
        });
        cells.map(|(id, cell)| (id.clone(), cell.clone())).collect()
    };
    rows.iter().map(named).filter(|row| !row.is_empty()).collect()
}
