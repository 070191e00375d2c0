//! What stands in the file: all texts in their order, the picture, and texts that are not like others.

use std::collections::BTreeSet;

use roxmltree::Document as Xml;
use tu_kiem_tra_office::document::{Block, Chart, Row, Signature};

use crate::support::{all, chart, document, has, parts, style, table, text, texts, whole};

#[test]
fn everything_stands_in_the_order_of_the_paper() {
    let parts = parts(&whole());
    let xml = Xml::parse(&parts["word/document.xml"]).unwrap();
    let read: Vec<_> = all(xml.root(), "p").into_iter().map(|p| (style(p), text(p))).collect();
    let expected = [
        ("Superior", "ỦY BAN NHÂN DÂN\nTỈNH VĨNH LONG"),
        ("Agency", "ỦY BAN NHÂN DÂN\nPHƯỜNG 2"),
        ("AgencyRule", ""),
        ("Nation", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Motto", "Độc lập - Tự do - Hạnh phúc"),
        ("MottoRule", ""),
        ("Number", "Số: 05/BC-UBND"),
        ("PlaceAndDate", "Phường 2, ngày 03 tháng 02 năm 2027"),
        ("Title", "BÁO CÁO"),
        ("Subtitle", "Kết quả năm 2026"),
        ("SubjectRule", ""),
        ("Addressees", "Kính gửi: Ủy ban nhân dân tỉnh"),
        ("Heading1", "I. TÌNH HÌNH CHUNG"),
        ("Room", "\t\n\t\n\t"),
        ("Caption", "Bảng 1"),
        ("TableHead", "TT"),
        ("TableHead", "Nội dung"),
        ("TableHead", "Kết quả"),
        ("TableGroup", "Một cửa"),
        ("TableFigure", "1"),
        ("TableText", "Hồ sơ đúng hạn"),
        ("TableText", "Chưa đạt\n96%"),
        ("TableSumFigure", ""),
        ("TableSum", "Cộng"),
        ("TableSum", "1"),
        ("AfterTable", ""),
        ("Picture", ""),
        ("BodyText", "Trên đây là báo cáo./."),
        ("RecipientsTitle", "Nơi nhận:"),
        ("Recipient", "- Như trên;"),
        ("Recipient", "- Lưu: VT."),
        ("SignerOffice", "TM. ỦY BAN NHÂN DÂN"),
        ("SignerOffice", "CHỦ TỊCH"),
        ("Signer", "Trần Văn Đức"),
        ("SectionEnd", ""),
        ("Title", "Phụ lục"),
        ("Subtitle", "KẾT QUẢ CHI TIẾT"),
        ("BelongsTo", "(Kèm theo Báo cáo số 05/BC-UBND)"),
    ];
    let read: Vec<_> = read.iter().map(|(style, text)| (*style, text.as_str())).collect();
    assert_eq!(read[..expected.len()], expected);
}

#[test]
fn several_addressees_are_a_list() {
    let mut document = whole();
    document.addressees = texts(&["Tỉnh", "Sở"]);
    let parts = parts(&document);
    let xml = Xml::parse(&parts["word/document.xml"]).unwrap();
    let lines = all(xml.root(), "p").into_iter().filter(|p| style(*p).starts_with("Addressee"));
    let lines: Vec<_> = lines.map(|line| (style(line), text(line))).collect();
    let expected =
        [("AddresseesTitle", "Kính gửi:"), ("Addressee", "- Tỉnh"), ("Addressee", "- Sở")];
    assert_eq!(lines, expected.map(|(style, text)| (style, text.to_owned())));
}

#[test]
fn the_picture_has_the_figures_and_a_text() {
    let parts = parts(&whole());
    let xml = Xml::parse(&parts["word/document.xml"]).unwrap();
    assert_eq!(all(xml.root(), "docPr")[0].attribute("descr"), Some("Biểu đồ của Bảng 1"));
    let chart = Xml::parse(&parts["word/charts/chart1.xml"]).unwrap();
    let texts: Vec<_> =
        all(chart.root(), "v").into_iter().map(|value| value.text().unwrap_or_default()).collect();
    assert_eq!(texts, ["Đạt", "Một cửa (3/4)", "3", "Chưa đánh giá", "Một cửa (3/4)", "1"]);
    let colours: BTreeSet<_> =
        all(chart.root(), "srgbClr").into_iter().filter_map(|one| one.attribute("val")).collect();
    assert_eq!(colours, BTreeSet::from(["000000", "3A3A3A", "FFFFFF"]));
}

#[test]
fn no_text_breaks_the_file() {
    let word = "dài".repeat(10_000);
    let odd = format!("<b>&amp;\"'</b>]]> 😀 a\u{1}b\u{0}c\u{ffff}d\te\r\nf\u{b}g {word}");
    let told = format!("<b>&amp;\"'</b>]]> 😀 abcd\te\nf\ng {word}");
    let mut document = document(
        vec![
            Block::Paragraph(odd.clone()),
            Block::Table(table(vec![Row::Cells(vec![odd.clone(), odd.clone(), String::new()])])),
            Block::Chart(Chart { about: odd.clone(), ..chart() }),
        ],
        Vec::new(),
    );
    document.letterhead.agency = odd.clone();
    document.title.subject = odd.clone();
    let parts = parts(&document);
    for (name, part) in &parts {
        assert!(Xml::parse(part).is_ok(), "{name}");
    }
    let xml = Xml::parse(&parts["word/document.xml"]).unwrap();
    let read = all(xml.root(), "p").into_iter().filter(|p| text(*p) == told);
    assert_eq!(read.count(), 5);
    let bold = has(xml.root(), "b");
    assert!(!bold);
}

#[test]
fn much_and_nothing_are_reports_too() {
    let cells =
        |number: usize| Row::Cells(vec![number.to_string(), "ữ".repeat(400), String::new()]);
    let large = document(Vec::new(), vec![Block::Table(table((0..300).map(cells).collect()))]);
    let large = parts(&large);
    let xml = Xml::parse(&large["word/document.xml"]).unwrap();
    // The head, letterhead and end have rows as well.
    assert_eq!(all(xml.root(), "tr").len(), 300 + 1 + 2 + 1);

    let nothing = document(vec![Block::Chart(Chart { bars: Vec::new(), ..chart() })], Vec::new());
    let mut nothing = nothing;
    nothing.letterhead.superior = None;
    nothing.signature = Signature { office: Vec::new(), name: None };
    nothing.recipients.clear();
    let nothing = parts(&nothing);
    let xml = Xml::parse(&nothing["word/document.xml"]).unwrap();
    assert!(!has(xml.root(), "drawing") && !nothing.contains_key("word/charts/chart1.xml"));
    // Word opens no file with an empty cell.
    for cell in all(xml.root(), "tc") {
        assert!(has(cell, "p"));
    }
}
