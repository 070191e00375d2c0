//! Reading rows of a roster from text that was copied from a spreadsheet.

use super::{Cell, Period, Row, as_seen, read_date};
use crate::checklist::{CellType, Column, ColumnId, Language};
use crate::vietnamese::fold;

/// The texts that people write into a cell for 'yes', [folded](fold).
const YES: [&str; 12] = ["x", "v", "co", "roi", "da", "dat", "yes", "y", "true", "1", "✓", "✔"];

/// The texts that people write into a cell for 'no', [folded](fold).
const NO: [&str; 10] = ["", "khong", "k", "ko", "chua", "no", "n", "false", "0", "-"];

/// The content of a text of lines whose cells are separated by tabs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The headings of its columns; blank if no line was recognised as headings.
    pub headings: Vec<String>,
    /// The column of the roster that each of its columns is assigned to, if any.
    pub assigned: Vec<Option<ColumnId>>,
    /// The cells of its lines, without the headings.
    pub lines: Vec<Vec<String>>,
    /// The rows for the roster.
    pub rows: Vec<Row>,
    /// Whether the text has each column of the roster.
    pub found: Vec<bool>,
    /// Whether the first line was recognised as headings and left out.
    pub has_heading: bool,
    /// The number of cells in yes/no columns that say neither yes nor no; they are read as no.
    pub unclear: usize,
    /// The number of cells in date columns that are no dates; they stay as they are.
    pub no_dates: usize,
}

impl Table {
    /// Reads a spreadsheet's text from the clipboard. Columns are found by their headings if the
    /// first line has some. Otherwise they come in the roster's order, after running numbers.
    /// `period` is the inspection's.
    #[must_use]
    pub fn read(text: &str, columns: &[Column], period: Option<Period>) -> Self {
        let (mut table, places) = Self::of_lines(text, columns);
        for (column, place) in columns.iter().zip(places) {
            if let Some(assigned) = place.and_then(|place| table.assigned.get_mut(place)) {
                *assigned = Some(column.id.clone());
            }
        }
        table.taken(columns, period)
    }

    /// Reads such a text with the columns that a person assigned.
    #[must_use]
    pub fn read_as(
        text: &str,
        columns: &[Column],
        period: Option<Period>,
        assigned: &[Option<ColumnId>],
    ) -> Self {
        let (mut table, _) = Self::of_lines(text, columns);
        for (place, said) in table.assigned.iter_mut().zip(assigned) {
            place.clone_from(said);
        }
        table.taken(columns, period)
    }

    /// Returns the lines of a text with no column assigned yet, and the place at which each column
    /// of the roster is found.
    fn of_lines(text: &str, columns: &[Column]) -> (Self, Vec<Option<usize>>) {
        let mut lines = lines(text);
        let heading = lines.first().and_then(|first| by_heading(first, columns));
        let has_heading = heading.is_some();
        let mut headings = if has_heading { lines.remove(0) } else { Vec::new() };
        let places = heading.unwrap_or_else(|| by_position(&lines, columns));
        let width = lines.iter().map(Vec::len).max().unwrap_or_default();
        headings.resize(width, String::new());
        let assigned = vec![None; width];
        (Self { headings, assigned, lines, has_heading, ..Self::default() }, places)
    }

    /// Returns the table with the rows of its assigned columns.
    fn taken(mut self, columns: &[Column], period: Option<Period>) -> Self {
        let place_of = |column: &Column| {
            self.assigned.iter().position(|assigned| assigned.as_ref() == Some(&column.id))
        };
        let places: Vec<_> = columns.iter().map(place_of).collect();
        self.found = places.iter().map(Option::is_some).collect();
        for line in &self.lines {
            let mut row = Row::new();
            for (column, place) in columns.iter().zip(&places) {
                let text = place.and_then(|place| line.get(place)).filter(|text| !text.is_empty());
                let Some(text) = text else { continue };
                let cell = Cell::from_pasted(text, column.cell, period);
                self.no_dates +=
                    usize::from(column.cell == CellType::Date && matches!(cell, Cell::Text(_)));
                self.unclear += usize::from(
                    matches!(column.cell, CellType::Check { .. }) && yes_or_no(text).is_none(),
                );
                row.insert(column.id.clone(), cell);
            }
            if !row.is_empty() {
                self.rows.push(row);
            }
        }
        self
    }
}

impl Cell {
    /// Reads a pasted text as a cell of a column. A text that says neither yes nor no is read as
    /// no, and a text that is no date stays as it is.
    #[must_use]
    pub fn from_pasted(text: &str, cell_type: CellType, period: Option<Period>) -> Self {
        match cell_type {
            CellType::Text => Self::Text(text.to_owned()),
            CellType::Date => Self::from_typed_date(text.to_owned(), period),
            CellType::Check { .. } => Self::Check(yes_or_no(text).unwrap_or_default()),
        }
    }
}

/// Returns whether a text says yes or no, if it says either.
fn yes_or_no(text: &str) -> Option<bool> {
    let folded = fold(as_seen(text).trim());
    // A date tells when it was done, so it means yes. Here `1/2` may mean one of two.
    let yes = YES.contains(&folded.as_str()) || matches!(read_date(text, None), Ok(Some(_)));
    (yes || NO.contains(&folded.as_str())).then_some(yes)
}

/// Returns the cells of each line, without empty lines. Cells with line breaks are in quotes.
fn lines(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .has_headers(false)
        .quoting(has_quoted_cells(text))
        .flexible(true)
        .from_reader(text.as_bytes());
    let lines = reader
        .records()
        .filter_map(Result::ok)
        .map(|line| line.iter().map(cell).collect::<Vec<_>>());
    lines.filter(|line| line.iter().any(|cell| !cell.is_empty())).collect()
}

/// Returns a cell on one line; a cell with nothing visible is empty.
fn cell(text: &str) -> String {
    if as_seen(text).trim().is_empty() {
        return String::new();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether the quotation marks of a text enclose cells, as spreadsheets put them: each that
/// opens a cell is closed at a cell's end. Otherwise they are the text's own.
fn has_quoted_cells(text: &str) -> bool {
    let mut rest = text;
    loop {
        if let Some(mut cell) = rest.strip_prefix('"') {
            rest = loop {
                let Some((_, behind)) = cell.split_once('"') else { return false };
                // A doubled one inside is no end.
                let Some(inside) = behind.strip_prefix('"') else { break behind };
                cell = inside;
            };
            if !rest.is_empty() && !rest.starts_with(['\t', '\r', '\n']) {
                return false;
            }
        }
        match rest.find(['\t', '\n']) {
            Some(end) => rest = rest.get(end + 1..).unwrap_or_default(),
            None => return true,
        }
    }
}

/// Returns the place of each column in a line of headings; `None` if it is no such line.
fn by_heading(line: &[String], columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let headings: Vec<String> = line.iter().map(|heading| fold(as_seen(heading).trim())).collect();
    let labels = columns
        .iter()
        .map(|column| Language::ALL.map(|language| fold(column.label.in_language(language))));
    let labels: Vec<_> = labels.collect();
    let mut taken = vec![false; headings.len()];
    let mut places = vec![None; columns.len()];
    let is_exact = labels.iter().flatten().any(|label| headings.contains(label));
    // Exact matches go first, so that a part of a name takes no other's place.
    for is_called in [is_same, is_part] {
        for (labels, place) in labels.iter().zip(&mut places).filter(|(_, place)| place.is_none()) {
            let free = headings.iter().enumerate().zip(&mut taken).find(|((_, heading), taken)| {
                !**taken && labels.iter().any(|label| is_called(heading, label))
            });
            if let Some(((position, _), taken)) = free {
                *taken = true;
                *place = Some(position);
            }
        }
    }
    // A single cell that is like a heading may be the name of a procedure.
    let found = places.iter().flatten().count();
    let filled = headings.iter().filter(|heading| !heading.is_empty()).count();
    (is_exact || found >= 2 || (found == 1 && filled == 1)).then_some(places)
}

fn is_same(heading: &str, label: &str) -> bool {
    heading == label
}

/// Returns whether one name is part of the other, as 'Tên thủ tục' of 'Tên thủ tục hành chính'.
/// Between three words or more there may be others, as in 'Chữ ký số cơ quan' for 'Chữ ký số của cơ
/// quan'.
fn is_part(heading: &str, label: &str) -> bool {
    let has = |long: &str, short: &str| {
        let is_piece =
            !short.is_empty() && [" ", long, " "].concat().contains(&[" ", short, " "].concat());
        let mut words = long.split(' ');
        is_piece
            || (short.split(' ').count() >= 3
                && short.split(' ').all(|wanted| words.any(|word| word == wanted)))
    };
    has(label, heading) || has(heading, label)
}

/// Returns the columns in their order, after a column of running numbers (STT) if there is one.
fn by_position(lines: &[Vec<String>], columns: &[Column]) -> Vec<Option<usize>> {
    let is_running = lines.iter().enumerate().all(|(index, line)| {
        line.len() > 1
            && line.first().is_some_and(|cell| as_seen(cell).trim() == (index + 1).to_string())
    });
    let first = usize::from(is_running && !lines.is_empty());
    (first..first + columns.len()).map(Some).collect()
}
