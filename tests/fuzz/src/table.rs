//! Text copied from a spreadsheet becomes rows of the roster. Written again as a spreadsheet writes
//! them, they give the same rows.
//!
//! The first byte of an input selects the roster.

use std::sync::LazyLock;

use tu_kiem_tra::checklist::{BUILTIN, CellType, Column, Kind, date_to_iso};
use tu_kiem_tra::inspection::{Cell, Period, Row, Table, named, sorted};

/// The rosters of all checklists.
static ROSTERS: LazyLock<Vec<Vec<Column>>> = LazyLock::new(|| {
    let checklists = BUILTIN.iter().map(|builtin| builtin.read().unwrap());
    let items = checklists.flat_map(|checklist| checklist.items);
    let columns = items.filter_map(|item| match &item.kind {
        Kind::Roster { columns, .. } => Some(columns.clone()),
        _ => None,
    });
    columns.collect()
});

pub fn check(bytes: &[u8]) -> bool {
    let Some((roster, text)) = bytes.split_first() else { return false };
    let columns = &ROSTERS[usize::from(*roster) % ROSTERS.len()];
    let text = String::from_utf8_lossy(text);
    let table = Table::read(&text, columns, Period::parse("2026"));
    assert_eq!(table.found.len(), columns.len());
    assert_eq!(table.headings.len(), table.assigned.len());
    // Explicit assignment of the columns gives the same table.
    assert_eq!(Table::read_as(&text, columns, Period::parse("2026"), &table.assigned), table);
    // Line breaks inside cells are among those of the text.
    let most = text.split(['\n', '\r']).count() - usize::from(table.has_heading);
    assert!(table.rows.len() <= most, "{} rows of {most} lines", table.rows.len());
    let cells = table.rows.len() * columns.len();
    assert!(table.unclear + table.no_dates <= cells);
    table.rows.iter().for_each(|row| fits(row, columns));
    come_back(&table.rows, columns);
    are_sorted(&table.rows, columns, &columns[text.len() % columns.len()]);
    !table.rows.is_empty()
}

fn fits(row: &Row, columns: &[Column]) {
    assert!(!row.is_empty());
    for (id, cell) in row {
        let column = columns.iter().find(|column| column.id == *id).expect("a column's cell");
        match (cell, column.cell) {
            (Cell::Text(text), CellType::Text | CellType::Date) => {
                assert!(!text.is_empty() && text.trim() == text && !text.contains(['\t', '\n']));
            }
            (Cell::Check(_), CellType::Check { .. }) | (Cell::Date(_), CellType::Date) => {}
            other => panic!("{other:?}"),
        }
    }
}

/// Asserts that rows written under headings are read unchanged.
fn come_back(rows: &[Row], columns: &[Column]) {
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    writer.write_record(columns.iter().map(|column| column.label.in_language(VI))).unwrap();
    for row in rows {
        let cells = columns.iter().map(|column| match row.get(&column.id) {
            None => String::new(),
            Some(Cell::Text(text)) => text.clone(),
            Some(Cell::Check(yes)) => if *yes { "x" } else { "không" }.to_owned(),
            Some(Cell::Date(date)) => date_to_iso(*date),
        });
        writer.write_record(cells).unwrap();
    }
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let table = Table::read(&text, columns, Period::parse("2026"));
    assert!(table.has_heading);
    assert_eq!(table.rows, rows, "{text}");
    assert_eq!(table.unclear, 0);
}

const VI: tu_kiem_tra::checklist::Language = tu_kiem_tra::checklist::Language::Vi;

/// Asserts that sorting by any column keeps all rows, and that naming the rows twice changes
/// nothing more.
fn are_sorted(rows: &[Row], columns: &[Column], by: &Column) {
    for descending in [false, true] {
        let mut places = sorted(rows, &by.id, descending);
        places.sort_unstable();
        assert!(places.into_iter().eq(0..rows.len()));
    }
    let names = named(rows, columns);
    assert!(names.len() <= rows.len());
    assert_eq!(named(&names, columns), names);
}
