//! Tables: those with rules, whose heads are repeated on each page and whose rows are not cut in
//! two, and those that only put things side by side.

use super::text::{blank, paragraph};
use super::xml::Element;
use crate::document::{Align, Column, Row, Table};

/// A table that is as wide as `width` says, with what belongs to it.
pub fn table(table: &Table, width: usize) -> Vec<Element> {
    let widths = widths(&table.columns, width);
    let heads = table.columns.iter().zip(&widths).map(|(column, width)| {
        let middle = Element::value("w:vAlign", "center");
        cell(*width, [middle], [paragraph("TableHead", &column.head)])
    });
    let head = row([Element::new("w:cantSplit"), Element::new("w:tblHeader")], heads);
    let rows = table.rows.iter().map(|one| one_row(one, &table.columns, &widths));
    let drawn = grid("TableGrid", &widths).add(head).all(rows);
    let caption = table.caption.as_ref().map(|caption| paragraph("Caption", caption));
    // Word makes one table of two with nothing between them.
    caption.into_iter().chain([drawn, blank("AfterTable")]).collect()
}

/// Things side by side, without rules: a width and the paragraphs of each, row by row. No row is
/// cut in two.
pub fn side_by_side(widths: [usize; 2], rows: Vec<[Vec<Element>; 2]>) -> Element {
    let rows = rows.into_iter().map(|cells| {
        let cells = cells.into_iter().zip(widths);
        let cells = cells.map(|(inside, width)| cell(width, [], inside));
        row([Element::new("w:cantSplit")], cells)
    });
    grid("TableNormal", &widths).all(rows)
}

fn one_row(one: &Row, columns: &[Column], widths: &[usize]) -> Element {
    let whole = [Element::new("w:cantSplit")];
    let cells = |texts: &[String], bold: bool| {
        let cells = texts.iter().zip(columns).zip(widths).map(|((text, column), width)| {
            let style = match (bold, column.align) {
                (true, Align::Centre) => "TableSumFigure",
                (true, Align::Start) => "TableSum",
                (false, Align::Centre) => "TableFigure",
                (false, Align::Start) => "TableText",
            };
            cell(*width, [], [paragraph(style, text)])
        });
        cells.collect::<Vec<_>>()
    };
    match one {
        Row::Group(title) => {
            let span = Element::value("w:gridSpan", columns.len());
            row(whole, [cell(widths.iter().sum(), [span], [paragraph("TableGroup", title)])])
        }
        Row::Cells(texts) => row(whole, cells(texts, false)),
        Row::Total(texts) => row(whole, cells(texts, true)),
    }
}

/// Widths of columns, which together are as wide as the table.
fn widths(columns: &[Column], width: usize) -> Vec<usize> {
    let total = columns.iter().map(|column| column.width).sum::<usize>().max(1);
    columns.iter().map(|column| column.width * width / total).collect()
}

fn grid(style: &str, widths: &[usize]) -> Element {
    let properties = Element::new("w:tblPr")
        .add(Element::value("w:tblStyle", style))
        .add(Element::new("w:tblW").with("w:w", widths.iter().sum::<usize>()).with("w:type", "dxa"))
        .add(Element::new("w:tblLayout").with("w:type", "fixed"));
    let columns = widths.iter().map(|width| Element::new("w:gridCol").with("w:w", width));
    Element::new("w:tbl").add(properties).add(Element::new("w:tblGrid").all(columns))
}

fn row(
    properties: impl IntoIterator<Item = Element>,
    cells: impl IntoIterator<Item = Element>,
) -> Element {
    Element::new("w:tr").add(Element::new("w:trPr").all(properties)).all(cells)
}

/// A cell. INVARIANT: there is a paragraph in it; Word opens no file with an empty cell.
fn cell(
    width: usize,
    properties: impl IntoIterator<Item = Element>,
    inside: impl IntoIterator<Item = Element>,
) -> Element {
    let width = Element::new("w:tcW").with("w:w", width).with("w:type", "dxa");
    Element::new("w:tc").add(Element::new("w:tcPr").add(width).all(properties)).all(inside)
}
