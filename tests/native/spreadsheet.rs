//! The table of an inspection: the content of its cells, and that no cell of the text file is a
//! formula.

use csv::ReaderBuilder;
use proptest::prelude::*;
use serde_json::json;
use tu_kiem_tra::checklist::Language;
use tu_kiem_tra::messages::messages;
use tu_kiem_tra::spreadsheet::{csv, sheet};
use tu_kiem_tra_office::{Cell, Sheet};

use crate::arbitrary::inspections;
use crate::support::{day, header_with, inspection, small_checklist, small_inspection};

const VI: Language = Language::Vi;

fn table(raw: &serde_json::Value) -> Sheet {
    let header = header_with(&json!({"period": "2026-Q4", "questions": {"inspected": true}}));
    let inspection = inspection(small_checklist(), header, raw);
    sheet(&inspection, day("2026-12-20"), VI, messages(VI))
}

/// Returns the cells of the row of an item, which is known by its text, from the target to the
/// shortfall.
fn judged<'a>(sheet: &'a Sheet, text: &str) -> &'a [Cell] {
    let row = sheet.rows.iter().find(|row| row[2] == Cell::Text(text.to_owned()));
    &row.unwrap_or_else(|| panic!("no row {text}"))[4..11]
}

fn number(number: &str) -> Cell {
    Cell::Number(number.to_owned())
}

fn text(text: &str) -> Cell {
    Cell::text(text)
}

#[test]
fn each_kind_has_its_figures() {
    let sheet = table(&json!({
        "attested": {"answer": {"verdict": "met"}},
        "share": {"answer": {"numerator": 24, "denominator": 25}},
        "own-share": {"answer": {"numerator": 1, "denominator": 3}, "own": {"target": "33.3"}},
        "overdue": {"answer": {"count": 2}},
        "hours": {"answer": {"quantity": "3.5"}},
        "report": {"answer": {"done": "2026-12-14"}, "own": {"due": "2026-12-15"}},
        "old-plan": {"answer": {"notYet": true}},
        "monthly": {"answer": {"donePeriods": ["2026-10"]}},
        "posted": {"answer": {"rows": [{"name": "Khai sinh", "desk": true, "website": true}, {"name": "Khai tử"}, {}]}},
        "notice": {"answer": {"parts": {"phone": true}}},
        "proposals": {"answer": {"text": "Thêm máy quét"}},
        "if-inspected": {"answer": {"unread": {}, "verdict": "not-applicable", "reason": "Chưa"}},
    }));
    let none = || Cell::Empty;
    let cases: [(&str, [Cell; 7]); 12] = [
        ("a", [none(), none(), none(), none(), none(), text("Đạt"), none()]),
        (
            "b",
            [
                text("Yêu cầu: trên 96%"),
                number("24"),
                number("25"),
                number("96"),
                none(),
                text("Chưa đạt"),
                number("1"),
            ],
        ),
        (
            "c",
            [
                text("Yêu cầu: từ 33,3% trở lên"),
                number("1"),
                number("3"),
                number("33.3"),
                none(),
                text("Đạt"),
                none(),
            ],
        ),
        (
            "d",
            [
                text("Yêu cầu: không quá 0"),
                number("2"),
                none(),
                none(),
                none(),
                text("Chưa đạt"),
                number("2"),
            ],
        ),
        (
            "e",
            [
                text("Yêu cầu: từ 4 giờ/tuần trở lên"),
                number("3.5"),
                none(),
                none(),
                none(),
                text("Chưa đạt"),
                none(),
            ],
        ),
        (
            "f",
            [
                text("Văn bản: trước ngày 16/06/2026; đợt này: trước ngày 15/12/2026"),
                none(),
                none(),
                none(),
                text("14/12/2026"),
                text("Đạt"),
                none(),
            ],
        ),
        (
            "g",
            [
                text("Hạn theo văn bản: đến hết ngày 31/08/2022"),
                none(),
                none(),
                none(),
                text("Chưa hoàn thành"),
                text("Chưa đánh giá"),
                none(),
            ],
        ),
        (
            "h",
            [
                text("Yêu cầu: hằng tháng"),
                number("1"),
                number("2"),
                none(),
                none(),
                text("Đạt một phần"),
                number("1"),
            ],
        ),
        (
            "i",
            [
                text("Yêu cầu: đúng 100%"),
                number("1"),
                number("2"),
                number("50"),
                none(),
                text("Chưa đạt"),
                number("1"),
            ],
        ),
        (
            "j",
            [none(), number("1"), number("3"), none(), none(), text("Đạt một phần"), number("2")],
        ),
        ("k", [none(), none(), none(), none(), text("Thêm máy quét"), text("Đạt"), none()]),
        ("l", [none(), none(), none(), none(), none(), text("Không áp dụng"), none()]),
    ];
    for (item, expected) in cases {
        assert_eq!(judged(&sheet, item), expected, "{item}");
    }
    // An item that does not apply to a ward is in no row.
    assert!(sheet.rows.iter().all(|row| row[2] != text("n")));
    for row in &sheet.rows {
        assert_eq!(row.len(), sheet.columns.len());
    }
}

#[test]
fn what_is_not_read_yet_stands_as_it_was_typed_and_findings_have_their_cells() {
    let mut inspection = small_inspection();
    let sheet = |inspection: &_| sheet(inspection, day("2026-12-20"), VI, messages(VI));
    assert_eq!(judged(&sheet(&inspection), "d")[4], text("1,5 hồ sơ"));
    let attested = inspection.checklist.item("attested").unwrap().id.clone();
    let planned = json!({"attested": {"answer": {"verdict": "not-met", "reason": "Thiếu máy"}, "note": "Gấp",
        "finding": {"action": "Mua", "inCharge": "Bà Lan", "due": "2026-12-15", "state": "done", "done": "2026-12-10", "proof": "BB 7"}}});
    let planned = crate::support::entries(&inspection.checklist, &planned);
    inspection.entries.extend(planned);
    let rows = sheet(&inspection).rows;
    let expected = [
        text("Thiếu máy"),
        text("Gấp"),
        text("Mua"),
        text("Bà Lan"),
        Cell::Date("2026-12-15".to_owned()),
        text("Đã xong"),
        Cell::Date("2026-12-10".to_owned()),
        text("BB 7"),
    ];
    assert_eq!(rows[0][12..], expected);
    // Without a finding nothing is said of one.
    inspection.entries.remove(&attested);
    assert_eq!(sheet(&inspection).rows[0][17], Cell::Empty);
}

#[test]
fn what_counts_for_nothing_is_not_to_be_summed_up() {
    let none =
        json!({"numerator": 24, "denominator": 25, "notApplicable": true, "reason": "Chưa có"});
    let failed = json!({"verdict": "not-met", "reason": "Thiếu máy"});
    let sheet = table(&json!({
        "share": {"answer": none},
        "office-only": {"answer": failed},
        "attested": {"answer": failed, "finding": {"unread": {"due": "trước Tết"}}},
    }));
    assert_eq!(judged(&sheet, "b")[1..4], [Cell::Empty, Cell::Empty, Cell::Empty]);
    assert_eq!(judged(&sheet, "n")[5], text("Không thuộc đơn vị"));
    // A day that can't be read is there as typed.
    assert_eq!(sheet.rows[0][16], text("trước Tết"));
}

#[test]
fn a_percentage_with_many_digits_stays_one_that_agrees_with_its_verdict() {
    // Not 96 %, which a spreadsheet would make of it, and which is not over 96.
    let share =
        json!({"numerator": 8_646_911_284_551_352_u64, "denominator": 9_007_199_254_740_991_u64});
    let sheet = table(&json!({"share": {"answer": share}}));
    let [_, _, _, percent, _, verdict, _] = judged(&sheet, "b") else { panic!("seven cells") };
    assert_eq!(*verdict, text("Đạt"));
    let Cell::Text(percent) = percent else { panic!("{percent:?} is no text") };
    assert!(percent.starts_with("96,00000000000000"), "{percent}");
}

/// Returns the records of a text file.
fn records(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap().strip_prefix('\u{feff}').unwrap();
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn numbers_and_days_are_written_for_the_readers_of_the_language() {
    let row =
        vec![number("99.4"), Cell::Date("2026-12-15".to_owned()), Cell::Empty, text("a\"b\r\nc")];
    let sheet = Sheet { rows: vec![row], ..Sheet::default() };
    let expected = "\u{feff}\"\"\r\n\"99,4\",\"2026-12-15\",\"\",\"a\"\"b\r\nc\"\r\n";
    assert_eq!(String::from_utf8(csv(&sheet, VI)).unwrap(), expected);
    assert_eq!(records(&csv(&sheet, Language::En))[1][0], "99.4");
}

#[test]
fn no_cell_starts_a_formula() {
    for start in ["=", "+", "-", "@", "\t", "\r", "\n", " =", " \t", "＝", "＋", "－", "＠"] {
        let typed = format!("{start}1+1");
        let sheet = Sheet { rows: vec![vec![text(&typed)]], ..Sheet::default() };
        assert_eq!(records(&csv(&sheet, VI))[1], [format!("'{typed}")], "{start:?}");
    }
    for (typed, harmless) in [
        ("1-1", "1-1"),
        ("a=b", "a=b"),
        ("x;=1+1;y", "x;'=1+1;y"),
        ("x; \"=1+1\"", "x;' \"=1+1\""),
        ("việc 1\n- việc 2\r\n@c", "việc 1\n'- việc 2\r\n'@c"),
        ("x\t+1;＝2;3", "x\t'+1;'＝2;3"),
        ("=1;=2", "'=1;'=2"),
    ] {
        let sheet = Sheet { rows: vec![vec![text(typed)]], ..Sheet::default() };
        assert_eq!(records(&csv(&sheet, VI))[1], [harmless], "{typed:?}");
    }
}

/// Returns the cells as a spreadsheet with semicolons as separators reads them: a quotation mark
/// inside a cell holds nothing together.
fn cells_by_semicolon(csv: &[u8]) -> Vec<String> {
    let text = std::str::from_utf8(csv).unwrap();
    let cells = text.split([';', '\r', '\n', '\t']);
    cells.map(|cell| cell.trim_start_matches([' ', '"', '\u{feff}']).to_owned()).collect()
}

proptest! {
    #[test]
    fn no_cell_starts_a_formula_whatever_parts_the_cells(typed in "[-=+@x1\"; \t\r\n]{0,12}") {
        let sheet = Sheet { rows: vec![vec![text("a"), text(&typed)]], ..Sheet::default() };
        for cell in cells_by_semicolon(&csv(&sheet, VI)) {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@']), "{:?}: {:?}", typed, cell);
        }
    }

    #[test]
    fn any_inspection_is_a_table_that_reads_back(inspection in inspections()) {
        let sheet = sheet(&inspection, day("2026-12-20"), VI, messages(VI));
        let records = records(&csv(&sheet, VI));
        prop_assert_eq!(records.len(), sheet.rows.len() + 1);
        for (record, row) in records.iter().skip(1).zip(&sheet.rows) {
            prop_assert_eq!(record.len(), sheet.columns.len());
            for (field, cell) in record.iter().zip(row) {
                prop_assert!(!field.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
                if let Cell::Text(text) = cell {
                    prop_assert_eq!(field.replace('\'', ""), text.replace('\'', ""));
                }
            }
        }
        prop_assert!(tu_kiem_tra_office::xlsx(&sheet).is_ok());
    }
}
