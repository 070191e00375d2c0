//! Photos in the file: their bytes, their sizes on paper and what stands below them.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use roxmltree::Document as Xml;
use tu_kiem_tra_office::document::{Block, Document, Photo, Photos};
use tu_kiem_tra_office::docx;
use zip::{CompressionMethod, ZipArchive};

use crate::support::{all, attribute, chart, document, has, style, text};

/// A millimetre in the lengths of drawings.
const MILLIMETRE: f64 = 36_000.0;

fn with_photos(sizes: &[(u32, u32)]) -> Document {
    let photos = sizes.iter().zip(1..).map(|(&(width, height), number): (_, usize)| Photo {
        id: format!("id{number}"),
        title: format!("Ảnh {number} (mục 2): \"Bảng\" & <niêm yết>"),
        width,
        height,
    });
    let photos = Photos { caption: "Ảnh minh chứng".to_owned(), photos: photos.collect() };
    document(vec![Block::Chart(chart())], vec![Block::Photos(photos)])
}

/// The bytes of a part of the file, and how it is packed.
fn part(file: &[u8], name: &str) -> (Vec<u8>, CompressionMethod) {
    let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut part = zip.by_name(name).unwrap();
    let mut bytes = Vec::new();
    part.read_to_end(&mut bytes).unwrap();
    (bytes, part.compression())
}

fn xml(file: &[u8], name: &str) -> String {
    String::from_utf8(part(file, name).0).unwrap()
}

#[test]
fn photos_stand_in_pairs_above_what_they_show() {
    let document = with_photos(&[(640, 480), (480, 640), (40, 20)]);
    let bytes = [b"one".to_vec(), b"two".to_vec(), b"three".to_vec()];
    let file = docx(&document, bytes.to_vec()).unwrap();
    for (number, bytes) in (1..).zip(bytes) {
        let (found, packed) = part(&file, &format!("word/media/photo{number}.jpg"));
        assert_eq!(found, bytes);
        assert_eq!(packed, CompressionMethod::Stored, "JPEG is compressed in itself");
    }

    let text_of_file = xml(&file, "word/document.xml");
    let main = Xml::parse(&text_of_file).unwrap();
    let tables = all(main.root(), "tbl");
    let rows = all(*tables.last().unwrap(), "tr");
    let cells: Vec<_> = rows.iter().map(|row| all(*row, "tc")).collect();
    assert_eq!(cells.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
    assert!(rows.iter().all(|row| has(*row, "cantSplit")));
    for (cell, number) in cells.iter().flatten().zip(1..=3) {
        let paragraphs = all(*cell, "p");
        assert_eq!(
            paragraphs.iter().map(|p| style(*p)).collect::<Vec<_>>(),
            ["Picture", "PhotoTitle"]
        );
        assert!(has(paragraphs[0], "drawing"));
        let title = format!("Ảnh {number} (mục 2): \"Bảng\" & <niêm yết>");
        assert_eq!(text(paragraphs[1]), title);
        assert_eq!(all(*cell, "docPr")[0].attribute("descr"), Some(title.as_str()));
        assert_eq!(attribute(all(*cell, "blip")[0], "embed"), format!("photo{number}"));
    }
    assert!(!has(cells[1][1], "drawing") && has(cells[1][1], "p"), "an odd one stands alone");

    let numbers = all(main.root(), "docPr").into_iter().filter_map(|one| one.attribute("id"));
    assert_eq!(numbers.collect::<BTreeSet<_>>(), BTreeSet::from(["1", "2", "3", "4"]));
    let related = xml(&file, "word/_rels/document.xml.rels");
    assert!(related.contains(r#"Target="media/photo3.jpg""#), "{related}");
    assert!(
        xml(&file, "[Content_Types].xml").contains(r#"Extension="jpg" ContentType="image/jpeg""#)
    );
}

#[test]
fn photos_keep_their_shape_and_fit_beside_each_other() {
    for (size, expected) in [
        ((640, 480), (76.0, 57.0)),
        ((480, 640), (67.5, 90.0)),
        ((640, 10), (76.0, 1.19)),
        // Nothing small is blown up: 96 pixels are an inch.
        ((40, 20), (10.58, 5.29)),
    ] {
        let file = docx(&with_photos(&[size]), vec![Vec::new()]).unwrap();
        let text_of_file = xml(&file, "word/document.xml");
        let main = Xml::parse(&text_of_file).unwrap();
        let extent = all(main.root(), "extent").into_iter().nth(1).unwrap();
        let length = |name: &str| extent.attribute(name).unwrap().parse::<f64>().unwrap();
        let (width, height) = (length("cx") / MILLIMETRE, length("cy") / MILLIMETRE);
        assert!((width - expected.0).abs() < 0.05, "{size:?}: {width} mm wide");
        assert!((height - expected.1).abs() < 0.05, "{size:?}: {height} mm high");
    }
}

#[test]
fn a_report_without_its_photos_is_no_file() {
    let document = with_photos(&[(640, 480)]);
    assert!(docx(&document, Vec::new()).is_err());
    assert!(docx(&document, vec![Vec::new(); 2]).is_err());
}
