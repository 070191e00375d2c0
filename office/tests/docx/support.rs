//! A report with each kind of block, and its Word file as another program reads it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use roxmltree::Node;
use tu_kiem_tra_office::document::{
    Annex, Bar, Block, Chart, Column, Document, Letterhead, Orientation, Part, Row, Shade,
    Signature, Table, Title,
};
use tu_kiem_tra_office::docx;
use zip::ZipArchive;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

pub fn title(kind: &str, subject: &str) -> Title {
    Title { kind: kind.to_owned(), subject: subject.to_owned() }
}

pub fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().copied().map(str::to_owned).collect()
}

pub fn table(rows: Vec<Row>) -> Table {
    let columns =
        vec![Column::short("TT", 10), Column::text("Nội dung", 60), Column::text("Kết quả", 30)];
    Table { caption: Some("Bảng 1".to_owned()), columns, rows }
}

pub fn chart() -> Chart {
    let part = |name: &str, shade| Part { name: name.to_owned(), shade };
    Chart {
        about: "Biểu đồ của Bảng 1".to_owned(),
        parts: vec![part("Đạt", Shade::Dark), part("Chưa đánh giá", Shade::Open)],
        bars: vec![Bar { title: "Một cửa (3/4)".to_owned(), counts: vec![3, 1] }],
    }
}

pub fn document(body: Vec<Block>, annex: Vec<Block>) -> Document {
    Document {
        letterhead: Letterhead {
            superior: Some("ỦY BAN NHÂN DÂN\nTỈNH VĨNH LONG".to_owned()),
            agency: "ỦY BAN NHÂN DÂN\nPHƯỜNG 2".to_owned(),
            nation: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(),
            motto: "Độc lập - Tự do - Hạnh phúc".to_owned(),
            number: "Số: 05/BC-UBND".to_owned(),
            place_and_date: "Phường 2, ngày 03 tháng 02 năm 2027".to_owned(),
        },
        title: title("BÁO CÁO", "Kết quả năm 2026"),
        addressed_to: "Kính gửi:".to_owned(),
        addressees: texts(&["Ủy ban nhân dân tỉnh"]),
        body,
        closing: "Trên đây là báo cáo./.".to_owned(),
        signature: Signature {
            office: texts(&["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]),
            name: Some("Trần Văn Đức".to_owned()),
        },
        copies_to: "Nơi nhận:".to_owned(),
        recipients: texts(&["Như trên;", "Lưu: VT."]),
        annex: Annex {
            orientation: Orientation::Landscape,
            title: title("Phụ lục", "KẾT QUẢ CHI TIẾT"),
            belongs_to: "(Kèm theo Báo cáo số 05/BC-UBND)".to_owned(),
            body: annex,
        },
    }
}

/// A report with each kind of block.
pub fn whole() -> Document {
    let cells = vec![
        Row::Group("Một cửa".to_owned()),
        Row::Cells(texts(&["1", "Hồ sơ đúng hạn", "Chưa đạt\n96%"])),
        Row::Total(texts(&["", "Cộng", "1"])),
    ];
    let body = vec![
        Block::Heading("I. TÌNH HÌNH CHUNG".to_owned()),
        Block::Room,
        Block::Table(table(cells)),
        Block::Chart(chart()),
    ];
    document(body, vec![Block::Table(table(vec![Row::Cells(texts(&["1", "b", "c"]))]))])
}

/// The texts of the parts of the file.
pub fn parts(document: &Document) -> BTreeMap<String, String> {
    let mut zip = ZipArchive::new(Cursor::new(docx(document, Vec::new()).unwrap())).unwrap();
    let count = zip.len();
    let read = |index| {
        let mut file = zip.by_index(index).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        (file.name().unwrap().into_owned(), text)
    };
    (0..count).map(read).collect()
}

pub fn all<'a>(node: Node<'a, 'a>, name: &str) -> Vec<Node<'a, 'a>> {
    node.descendants().filter(|node| node.tag_name().name() == name).collect()
}

pub fn has(node: Node<'_, '_>, name: &str) -> bool {
    node.descendants().any(|node| node.tag_name().name() == name)
}

pub fn attribute<'a>(node: Node<'a, 'a>, name: &str) -> &'a str {
    node.attribute((WORD, name)).or(node.attribute((RELATIONS, name))).unwrap_or_default()
}

/// The style of a paragraph.
pub fn style<'a>(paragraph: Node<'a, 'a>) -> &'a str {
    attribute(all(paragraph, "pStyle")[0], "val")
}

/// The text of a paragraph or a cell, with its line breaks and tabs.
pub fn text(node: Node<'_, '_>) -> String {
    let pieces = node.descendants().filter_map(|node| match node.tag_name().name() {
        "t" => Some(node.text().unwrap_or_default()),
        "br" => Some("\n"),
        "tab" if node.parent().is_some_and(|parent| parent.tag_name().name() == "r") => Some("\t"),
        _ => None,
    });
    pieces.collect()
}
