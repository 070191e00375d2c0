//! Spreadsheets as another program reads them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::io::{Cursor, Read as _};

use calamine::{Data, Range, Reader as _, Xlsx};
use tu_kiem_tra_office::{Cell, Column, Sheet, xlsx};

fn column(title: &str) -> Column {
    Column { title: title.to_owned(), width: 20 }
}

fn sheet(rows: Vec<Vec<Cell>>) -> Sheet {
    Sheet {
        name: "Tự kiểm tra".to_owned(),
        about: vec!["UBND Phường 2".to_owned(), "Năm 2022".to_owned()],
        columns: vec![column("Nội dung"), column("Số"), column("Ngày")],
        rows,
    }
}

fn text(text: &str) -> Cell {
    Cell::text(text)
}

/// The cells and the formulas of the first sheet.
fn read(sheet: &Sheet) -> (String, Range<Data>, Range<String>) {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(xlsx(sheet).unwrap())).unwrap();
    let name = book.sheet_names().first().cloned().unwrap();
    let cells = book.worksheet_range(&name).unwrap();
    let formulas = book.worksheet_formula(&name).unwrap();
    (name, cells, formulas)
}

#[test]
fn each_cell_is_of_its_kind() {
    let row = vec![
        text("Tỷ lệ hồ sơ đúng hạn"),
        Cell::Number("99.4".to_owned()),
        Cell::Date("2026-12-15".to_owned()),
    ];
    let (name, cells, _) = read(&sheet(vec![row, vec![Cell::Empty, Cell::Empty, text("chưa")]]));
    assert_eq!(name, "Tự kiểm tra");
    assert_eq!(cells[(0, 0)], "UBND Phường 2");
    assert_eq!(cells[(1, 0)], "Năm 2022");
    assert_eq!(cells[(3, 1)], "Số");
    assert_eq!(cells[(4, 0)], "Tỷ lệ hồ sơ đúng hạn");
    assert_eq!(cells[(4, 1)], 99.4);
    let Data::DateTime(day) = &cells[(4, 2)] else { panic!("{:?}", cells[(4, 2)]) };
    assert_eq!(day.to_ymd_hms_milli(), (2026, 12, 15, 0, 0, 0, 0));
    assert_eq!(cells[(5, 2)], "chưa");
}

#[test]
fn no_text_becomes_a_formula() {
    let texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "{=1}", "＝1"];
    let rows = texts.iter().map(|one| vec![text(one), Cell::Empty, Cell::Empty]).collect();
    let (_, cells, formulas) = read(&sheet(rows));
    assert!(formulas.used_cells().next().is_none());
    for (row, expected) in texts.iter().enumerate() {
        assert!(matches!(cells[(row + 4, 0)], Data::String(_)), "{expected}");
    }
    assert_eq!(cells[(4, 0)], "=1+1");
}

#[test]
fn what_no_sheet_can_hold_is_cut_or_written_as_text() {
    let mut odd = sheet(vec![vec![
        text(&"ữ".repeat(40_000)),
        Cell::Number("một".to_owned()),
        Cell::Date("1622-01-01".to_owned()),
    ]]);
    odd.name = "Kỳ 2026/Q4: [tất cả] các nội dung của phường".to_owned();
    let (name, cells, _) = read(&odd);
    assert_eq!(name, "Kỳ 2026Q4 tất cả các nội dung c");
    assert_eq!(cells[(4, 0)].to_string().chars().count(), 32_767);
    assert_eq!(cells[(4, 1)], "một");
    assert_eq!(cells[(4, 2)], "1622-01-01");
    odd.name = "[]".to_owned();
    assert_eq!(read(&odd).0, "1");
}

#[test]
fn the_same_sheet_is_the_same_file() {
    let one = sheet(vec![vec![text("một"), Cell::Empty, Cell::Empty]]);
    assert_eq!(xlsx(&one).unwrap(), xlsx(&one).unwrap());
    assert_eq!(read(&Sheet::default()).1.get_size(), (0, 0));
}

/// The sheet as it stands in the file.
fn raw(sheet: &Sheet) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(xlsx(sheet).unwrap())).unwrap();
    let mut text = String::new();
    zip.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn rows_are_as_high_as_their_texts_and_pages_can_be_read() {
    let mut wide = sheet(vec![
        vec![text(&"chữ ".repeat(20)), text("a\nb"), Cell::Empty],
        vec![text("ngắn"), Cell::Empty, Cell::Empty],
        vec![text(&"ữ".repeat(30_000)), Cell::Empty, Cell::Empty],
    ]);
    let heights = |raw: &str| {
        let xml = roxmltree::Document::parse(raw).unwrap();
        let rows = xml.descendants().filter(|node| node.tag_name().name() == "row");
        rows.map(|row| row.attribute("ht").unwrap_or("15").to_owned()).collect::<Vec<_>>()
    };
    // Two lines about it, the head, the rows: 80 letters in a column of 20 are five lines.
    assert_eq!(heights(&raw(&wide)), ["15", "15", "18", "90", "18", "405"]);
    assert!(raw(&wide).contains(r#"fitToHeight="0""#));
    assert!(!raw(&wide).contains("fitToWidth"));
    wide.columns[0].width = 200;
    assert!(raw(&wide).contains(r#"fitToWidth="2""#));
}
