//! Rosters as a whole: rows from spreadsheets, their order, and the rows that are carried over.

use serde_json::{Value, json};
use tu_kiem_tra::checklist::{Column, Kind};
use tu_kiem_tra::inspection::{Cell, Row, Table, named, sorted};

use crate::support::{a_year, item_with};

/// Returns the columns: name, code, two ticks, a day.
fn columns() -> Vec<Column> {
    let text = |vi: &str, en: &str| json!({"vi": vi, "en": en});
    let columns = json!([
        {"id": "name", "label": text("Tên thủ tục hành chính", "Name of the procedure"), "type": "text"},
        {"id": "code", "label": text("Mã thủ tục", "Procedure code"), "type": "text"},
        {"id": "desk", "label": text("Niêm yết tại Bộ phận Một cửa", "Posted at the desk"), "type": "check", "counts": true},
        {"id": "website", "label": text("Đăng trên trang thông tin điện tử", "On the website"), "type": "check", "counts": true},
        {"id": "since", "label": text("Ngày niêm yết", "Date posted"), "type": "date"},
    ]);
    match &item_with("posted", &json!({"columns": columns})).kind {
        Kind::Roster { columns, .. } => columns.clone(),
        other => panic!("{other:?}"),
    }
}

fn read(text: &str) -> Table {
    Table::read(text, &columns(), Some(a_year()))
}

/// Returns the rows in a form that is easy to compare.
fn plain(rows: &[Row]) -> Value {
    let cell = |cell: &Cell| match cell {
        Cell::Text(text) => json!(text),
        Cell::Check(yes) => json!(yes),
        Cell::Date(date) => json!(date.to_string()),
    };
    let row = |row: &Row| -> Value {
        row.iter()
            .map(|(id, value)| (id.to_string(), cell(value)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    rows.iter().map(row).collect()
}

#[test]
fn columns_are_found_by_their_headings() {
    let whole = json!([
        {"name": "Khai sinh", "code": "1.001193", "desk": true, "website": false, "since": "2022-06-16"}
    ]);
    for text in [
        // With the names of the columns, in their order.
        "Tên thủ tục hành chính\tMã thủ tục\tNiêm yết tại Bộ phận Một cửa\tĐăng trên trang thông tin điện tử\tNgày niêm yết\n\
         Khai sinh\t1.001193\tx\tkhông\t16/06/2022",
        // In English, in another order, with columns of their own.
        "No.\tProcedure code\tDate posted\tName of the procedure\tRemark\tPosted at the desk\tOn the website\n\
         1\t1.001193\t16/6/2022\tKhai sinh\tcũ\tyes\tno",
        // Shorter, without marks, in capitals.
        "STT\tTEN THU TUC\tMã thủ tục\tBộ phận một cửa\ttrang thông tin điện tử\tngày\n\
         1\tKhai sinh\t1.001193\tCó\tChưa\t16/6/2022",
    ] {
        let table = read(text);
        assert!(table.has_heading, "{text}");
        assert_eq!(plain(&table.rows), whole, "{text}");
        assert_eq!(table.found, [true; 5], "{text}");
    }
}

#[test]
fn without_headings_columns_come_in_their_order() {
    let expected = json!([
        {"name": "Khai sinh", "code": "1.001193", "desk": true},
        {"name": "Khai tử", "code": "1.000656", "desk": false, "website": true},
    ]);
    for text in [
        "Khai sinh\t1.001193\tx\nKhai tử\t1.000656\tkhông\tx",
        // Running numbers are no names.
        "1\tKhai sinh\t1.001193\tx\n2\tKhai tử\t1.000656\tkhông\tx",
        // Windows' line ends, empty lines, spaces, columns too many.
        "\r\nKhai sinh \t 1.001193\tx\t\t\tthừa\r\n\r\nKhai tử\t1.000656\tkhông\tx\r\n",
    ] {
        let table = read(text);
        assert!(!table.has_heading, "{text}");
        let mut rows = plain(&table.rows);
        for row in rows.as_array_mut().unwrap() {
            row.as_object_mut().unwrap().remove("since");
        }
        assert_eq!(rows, expected, "{text}");
    }
    assert_eq!(read("Khai sinh").found, [true, false, false, false, false]);
    // A row with one cell of several like a heading is a row.
    assert_eq!(read("Sao y mã thủ tục\tx1\nKhai tử\tx2").rows.len(), 2);
}

#[test]
fn a_person_says_which_column_is_which() {
    let columns = columns();
    let text = "TTHC\tNơi dán\tMã thủ tục\nKhai sinh\tx\t1.001193";
    let table = read(text);
    assert_eq!(table.headings, ["TTHC", "Nơi dán", "Mã thủ tục"]);
    assert_eq!(plain(&table.rows), json!([{"code": "1.001193"}]));
    let [name, code, desk, ..] = &columns[..] else { panic!("{columns:?}") };
    assert_eq!(table.assigned, [None, None, Some(code.id.clone())]);

    let assigned = [Some(name.id.clone()), Some(desk.id.clone()), None];
    let table = Table::read_as(text, &columns, Some(a_year()), &assigned);
    assert!(table.has_heading);
    assert_eq!(plain(&table.rows), json!([{"name": "Khai sinh", "desk": true}]));
    assert_eq!(table.found, [true, false, true, false, false]);
    // A column that is left out can still be chosen.
    let table = Table::read_as(text, &columns, Some(a_year()), &[None, None, None]);
    assert_eq!((table.rows.len(), table.lines.len()), (0, 1));
}

#[test]
fn headings_may_leave_a_word_out() {
    let table =
        read("Tên thủ tục\tNiêm yết Bộ phận Một cửa\tĐăng trang thông tin\nKhai sinh\tx\tx");
    assert_eq!(plain(&table.rows), json!([{"name": "Khai sinh", "desk": true, "website": true}]));
    // Two words are not enough to recognise a column.
    let table = read("Tên thủ tục\tMã thủ tục\tniêm cửa\nKhai sinh\t1.001193\tx");
    assert_eq!(table.assigned[2], None);
}

#[test]
fn nothing_is_a_table_of_nothing() {
    for text in ["", "\n\n", "\t\t\n \t", "Tên thủ tục hành chính\tMã thủ tục"] {
        assert_eq!(read(text).rows, [], "{text:?}");
    }
}

#[test]
fn yes_no_and_what_is_neither() {
    let table = read(
        "a\t\tx\tX\nb\t\tcó\tRỒI\nc\t\t✓\t12/03/2022\nd\t\tkhông\tChưa\ne\t\t-\t0\nf\t\tđang làm\tsắp",
    );
    let ticks: Vec<_> = plain(&table.rows)
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["desk"] == json!(true), row["website"] == json!(true)))
        .collect();
    let (yes, no) = ((true, true), (false, false));
    assert_eq!(ticks, [yes, yes, yes, no, no, no]);
    assert_eq!(table.unclear, 2);
}

#[test]
fn days_that_cannot_be_read_stay_as_they_are() {
    let table = read("a\t\t\t\t16/06/2022\nb\t\t\t\ttháng 6");
    let days: Vec<_> =
        plain(&table.rows).as_array().unwrap().iter().map(|r| r["since"].clone()).collect();
    assert_eq!(days, [json!("2022-06-16"), json!("tháng 6")]);
    assert_eq!(table.no_dates, 1);
}

#[test]
fn cells_with_line_breaks_and_quotes_are_one_cell() {
    let table = read("\"Đăng ký\nkhai sinh\"\t\"mã \"\"A\"\"\"\tx\nKhai tử 5\"\tB");
    assert_eq!(
        plain(&table.rows),
        json!([
            {"name": "Đăng ký khai sinh", "code": "mã \"A\"", "desk": true},
            {"name": "Khai tử 5\"", "code": "B"},
        ])
    );
}

#[test]
fn quotation_marks_of_the_text_stay() {
    let table = read("\"Về việc niêm yết\t1\tx\nKhai tử\t2\n\"Niêm yết\" thủ tục\t3\t\nKết hôn\t4");
    assert_eq!(
        plain(&table.rows),
        json!([
            {"name": "\"Về việc niêm yết", "code": "1", "desk": true},
            {"name": "Khai tử", "code": "2"},
            {"name": "\"Niêm yết\" thủ tục", "code": "3"},
            {"name": "Kết hôn", "code": "4"},
        ])
    );
}

/// Returns the names of the rows in the order of a column.
fn names_in_order(column: usize, descending: bool) -> Vec<String> {
    let rows = read(
        "Đăng ký\t10\tx\t\t02/01/2022\nDân sự\t9\t\t\t01/02/2022\nChứng thực\t9\tx\t\tsớm\nẤn phẩm\t\t\t\t",
    )
    .rows;
    let columns = columns();
    let id = &columns.get(column).unwrap().id;
    let name = |place: &usize| plain(&rows)[*place]["name"].as_str().unwrap().to_owned();
    sorted(&rows, id, descending).iter().map(name).collect()
}

#[test]
fn rows_are_put_in_the_order_of_a_column() {
    for (column, descending, expected) in [
        (0, false, ["Ấn phẩm", "Chứng thực", "Dân sự", "Đăng ký"]),
        (0, true, ["Đăng ký", "Dân sự", "Chứng thực", "Ấn phẩm"]),
        // Numbers by their size; equal ones in their old order; blanks last, both ways.
        (1, false, ["Dân sự", "Chứng thực", "Đăng ký", "Ấn phẩm"]),
        (1, true, ["Đăng ký", "Dân sự", "Chứng thực", "Ấn phẩm"]),
        // Days before texts that are no days.
        (4, false, ["Đăng ký", "Dân sự", "Chứng thực", "Ấn phẩm"]),
    ] {
        assert_eq!(names_in_order(column, descending), expected, "{column} {descending}");
    }
}

#[test]
fn names_alone_go_on() {
    let rows = read("Khai sinh\t1\tx\tx\t16/06/2022\n\t\tx\t\t\nKhai tử\t\t\t\tsắp tới").rows;
    assert_eq!(
        plain(&named(&rows, &columns())),
        json!([{"name": "Khai sinh", "code": "1"}, {"name": "Khai tử"}])
    );
    // Another roster takes the cells that it has columns for.
    let fewer = columns().split_off(1);
    assert_eq!(plain(&named(&rows, &fewer)), json!([{"code": "1"}]));
}
