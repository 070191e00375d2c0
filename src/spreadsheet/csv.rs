//! The table as text that any spreadsheet or program reads: RFC 4180, in UTF-8 with a byte order
//! mark, without which Excel assumes another encoding.

use std::borrow::Cow;

use csv::{QuoteStyle, Terminator, WriterBuilder};
use tu_kiem_tra_office::{Cell, Sheet};

use crate::checklist::Language;

/// U+FEFF, the byte order mark.
const MARK: &str = "\u{feff}";

/// The characters that spreadsheets may take for the beginning of a formula, also in their
/// full-width forms.
const STARTS_FORMULA: &[char] =
    &['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The characters that begin a cell if the comma is not the separator. Then quotation marks don't
/// hold a cell together, and each of these separates cells or lines.
const STARTS_CELL: &[char] = &[';', '\t', '\r', '\n'];

/// Returns a sheet's columns and rows as the bytes of a .csv file. Numbers are written as people
/// write them in the language, which is how their spreadsheets read them; days as `2026-12-15`,
/// which all of them read.
///
/// No cell starts a formula, whatever the spreadsheet's list separator is: a text that would start
/// one gets an apostrophe.
#[must_use]
pub fn csv(sheet: &Sheet, language: Language) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(MARK.as_bytes().to_vec());
    let head = sheet.columns.iter().map(|column| harmless(&column.title));
    let rows = sheet.rows.iter().map(|row| row.iter().map(|cell| text(cell, language)).collect());
    for record in std::iter::once(head.collect::<Vec<_>>()).chain(rows) {
        // Writing to memory can't fail.
        _ = writer.write_record(record.iter().map(|text| text.as_bytes()));
    }
    writer.into_inner().unwrap_or_default()
}

fn text(cell: &Cell, language: Language) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Text(text) => harmless(text),
        Cell::Number(number) if language == Language::Vi => Cow::Owned(number.replace('.', ",")),
        Cell::Number(text) | Cell::Date(text) => Cow::Borrowed(text),
    }
}

fn harmless(text: &str) -> Cow<'_, str> {
    let mut safe = String::new();
    let mut done = 0;
    let starts = text.match_indices(STARTS_CELL).map(|(place, sign)| place + sign.len());
    for start in std::iter::once(0).chain(starts) {
        let cell = text.get(start..).unwrap_or_default();
        // Spaces and quotation marks before it don't help: some programs skip them, and separators
        // too.
        let is_formula = cell.trim_start_matches([' ', '"']).starts_with(STARTS_FORMULA)
            || start == 0 && cell.trim_start_matches(' ').starts_with(STARTS_CELL);
        if is_formula {
            safe.push_str(text.get(done..start).unwrap_or_default());
            safe.push('\'');
            done = start;
        }
    }
    if done == 0 && safe.is_empty() {
        return Cow::Borrowed(text);
    }
    safe.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(safe)
}
