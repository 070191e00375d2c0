//! The spreadsheet file of Excel and LibreOffice.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::{Cell, Column, Sheet};

/// The longest text that a cell may hold, in characters: Excel opens no file with a longer one.
const LONGEST: usize = 32_767;

/// The longest name that a sheet may have, in characters.
const LONGEST_NAME: usize = 31;

/// How wide a page may be, in characters: more would be too small to read on A4.
const WIDEST_PAGE: u16 = 200;

/// How high a line is, in points, and the highest row that there can be.
const LINE: u16 = 18;
const HIGHEST: u16 = 405;

/// A sheet as the bytes of an .xlsx file: the head stands still when one scrolls and is repeated on
/// each page, long texts are wrapped, the paper is A4 across, with pages beside each other if there
/// are many columns.
///
/// # Errors
/// When the sheet has more rows or columns than such a file can have.
pub fn xlsx(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No time of its own: the same inspection gives the same file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let worksheet = workbook.add_worksheet();
    worksheet.set_name(name(&sheet.name))?;
    let width = sheet.columns.iter().fold(0_u16, |sum, column| sum.saturating_add(column.width));
    let pages = width.div_ceil(WIDEST_PAGE).max(1);
    worksheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(pages, 0);
    worksheet.set_margins(0.4, 0.4, 0.4, 0.4, 0.2, 0.2).set_repeat_columns(0, 0)?;
    let head = write_about(worksheet, &sheet.about)?;
    write_head(worksheet, sheet, head)?;
    let formats = Formats::new();
    for (row, cells) in (head.saturating_add(1)..).zip(&sheet.rows) {
        worksheet.set_row_height(row, height(cells.iter().map(Cell::as_text), &sheet.columns))?;
        for (column, cell) in (0..).zip(cells) {
            formats.write(worksheet, row, column, cell)?;
        }
    }
    if let (Some(width), rows @ 1..) = (last(sheet.columns.len()), count(sheet.rows.len())) {
        worksheet.autofilter(head, 0, head.saturating_add(rows), width)?;
    }
    workbook.save_to_buffer()
}

/// Writes the lines above the table, and gives the row of its head.
fn write_about(worksheet: &mut Worksheet, about: &[String]) -> Result<u32, XlsxError> {
    let bold = Format::new().set_bold();
    for (row, line) in (0..).zip(about) {
        let line = cut(line, LONGEST);
        if row == 0 {
            worksheet.write_string_with_format(row, 0, line, &bold)?;
        } else {
            worksheet.write_string(row, 0, line)?;
        }
    }
    let lines = count(about.len());
    Ok(if lines == 0 { 0 } else { lines.saturating_add(1) })
}

fn write_head(worksheet: &mut Worksheet, sheet: &Sheet, row: u32) -> Result<(), XlsxError> {
    let format = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_background_color(Color::RGB(0x00E6_EDF3));
    for (number, column) in (0..).zip(&sheet.columns) {
        worksheet.set_column_width(number, column.width)?;
        let title = cut(&column.title, LONGEST);
        worksheet.write_string_with_format(row, number, title, &format)?;
    }
    let titles = sheet.columns.iter().map(|column| column.title.as_str());
    worksheet.set_row_height(row, height(titles, &sheet.columns))?;
    worksheet.set_freeze_panes(row.saturating_add(1), 0)?;
    worksheet.set_repeat_rows(row, row)?;
    Ok(())
}

/// How high a row has to be for its texts: not every program finds that out by itself.
fn height<'a>(texts: impl Iterator<Item = &'a str>, columns: &[Column]) -> u16 {
    let lines = texts.zip(columns).map(|(text, column)| {
        // Words do not fill lines to their end, nor are all fonts as narrow as that of Excel.
        let width = usize::from(column.width.saturating_mul(9) / 10).max(1);
        text.lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum::<usize>()
    });
    let lines = u16::try_from(lines.max().unwrap_or_default().max(1)).unwrap_or(u16::MAX);
    lines.saturating_mul(LINE).min(HIGHEST)
}

/// How cells look.
struct Formats {
    text: Format,
    number: Format,
    date: Format,
}

impl Formats {
    fn new() -> Self {
        let cell = || Format::new().set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
        Self {
            text: cell().set_text_wrap(),
            number: cell(),
            date: cell().set_num_format("dd/mm/yyyy"),
        }
    }

    /// Texts are written as texts, so that none of them is read as a formula.
    fn write(
        &self,
        worksheet: &mut Worksheet,
        row: u32,
        column: u16,
        cell: &Cell,
    ) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => worksheet.write_blank(row, column, &self.text)?,
            Cell::Text(text) => {
                worksheet.write_string_with_format(row, column, cut(text, LONGEST), &self.text)?
            }
            Cell::Number(text) => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    worksheet.write_number_with_format(row, column, number, &self.number)?
                }
                _ => worksheet.write_string_with_format(row, column, text, &self.text)?,
            },
            Cell::Date(text) => match ExcelDateTime::parse_from_str(text) {
                Ok(date) => worksheet.write_datetime_with_format(row, column, &date, &self.date)?,
                // Spreadsheets count days from 1900 on.
                Err(_) => worksheet.write_string_with_format(row, column, text, &self.text)?,
            },
        };
        Ok(())
    }
}

/// A name that a sheet may have.
fn name(name: &str) -> String {
    let is_allowed = |letter: &char| !"[]:*?/\\'".contains(*letter) && !letter.is_control();
    let name: String = name.chars().filter(is_allowed).take(LONGEST_NAME).collect();
    if name.trim().is_empty() { "1".to_owned() } else { name }
}

/// At most so many characters, counted as Excel counts them.
fn cut(text: &str, most: usize) -> &str {
    let mut room = most;
    let end = text.char_indices().find(|(_, letter)| {
        let fits = room.checked_sub(letter.len_utf16());
        room = fits.unwrap_or_default();
        fits.is_none()
    });
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// More rows than there are numbers for are more than a sheet can have, which is told when they are
/// written.
fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

fn last(columns: usize) -> Option<u16> {
    u16::try_from(columns.checked_sub(1)?).ok()
}
