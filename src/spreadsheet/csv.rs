//! The table as a text that any spreadsheet or program reads: RFC 4180, in UTF-8 with a mark at its beginning,
//! without which Excel takes it for another encoding.

use std::borrow::Cow;

use csv::{QuoteStyle, Terminator, WriterBuilder};
use tu_kiem_tra_office::{Cell, Sheet};

use crate::checklist::Language;

/// U+FEFF, the byte order mark.
const MARK: &str = "\u{feff}";

/// What spreadsheets may take for the beginning of a formula, by itself or as a wide letter.
const STARTS_FORMULA: &[char] =
    &['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A sheet's columns and rows as the bytes of a .csv file. Numbers are written as people write them in the
/// language, which is how their spreadsheets read them; days as `2026-12-15`, which all of them read.
///
/// No cell starts a formula: a text that would has an apostrophe before it.
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
        // Into memory there is nothing that could go wrong.
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
    // Spaces before it are no help: some programs skip them.
    if text.trim_start_matches(' ').starts_with(STARTS_FORMULA) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
