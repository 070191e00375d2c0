//! How the file is laid out and put together: tables, pages, styles, parts.

use std::collections::BTreeSet;
use std::io::Cursor;

use roxmltree::{Document as Xml, Node};
use tu_kiem_tra_office::document::Orientation;
use tu_kiem_tra_office::docx;
use zip::ZipArchive;

use crate::support::{all, attribute, has, parts, style, text, whole};

#[test]
fn heads_are_repeated_and_rows_are_not_cut() {
    let parts = parts(&whole());
    let xml = Xml::parse(&parts["word/document.xml"]).unwrap();
    let tables = all(xml.root(), "tbl");
    // Letterhead, figures, the end, annex.
    assert_eq!(tables.len(), 4);
    for (place, table) in tables.iter().enumerate() {
        let widths = all(*table, "gridCol");
        let widths: usize =
            widths.into_iter().map(|one| attribute(one, "w").parse::<usize>().unwrap()).sum();
        // The annex lies in landscape.
        let width = if place == 3 { 14570 } else { 9355 };
        assert!((width - 5..=width).contains(&widths), "{widths}");
        assert!(all(*table, "tr").into_iter().all(|row| has(row, "cantSplit")));
    }
    for table in [tables[1], tables[3]] {
        let rows = all(table, "tr");
        let heads: Vec<_> = rows.iter().map(|row| has(*row, "tblHeader")).collect();
        assert!(heads[0] && heads[1..].iter().all(|is_head| !is_head), "{heads:?}");
    }
    let group = all(tables[1], "gridSpan");
    assert_eq!(attribute(group[0], "val"), "3");
    for borderless in [tables[0], tables[2]] {
        assert_eq!(attribute(all(borderless, "tblStyle")[0], "val"), "TableNormal");
    }
}

#[test]
fn pages_are_numbered_from_the_second_on_and_anew_in_the_annex() {
    let parts = parts(&whole());
    let xml = Xml::parse(&parts["word/document.xml"]).unwrap();
    let sections = all(xml.root(), "sectPr");
    assert_eq!(sections.len(), 2);
    for section in &sections {
        assert!(has(*section, "titlePg"));
        assert_eq!(attribute(all(*section, "pgNumType")[0], "start"), "1");
        let headers = all(*section, "headerReference");
        let headers: Vec<_> =
            headers.into_iter().map(|one| (attribute(one, "type"), attribute(one, "id"))).collect();
        assert_eq!(headers, [("default", "header"), ("first", "header-first")]);
    }
    assert_eq!(attribute(all(sections[1], "type")[0], "val"), "nextPage");

    let header = Xml::parse(&parts["word/header.xml"]).unwrap();
    let field = all(header.root(), "fldSimple")[0];
    assert_eq!(attribute(field, "instr").trim(), "PAGE");
    let first = Xml::parse(&parts["word/header-first.xml"]).unwrap();
    assert!(!has(first.root(), "fldSimple") && !has(first.root(), "t"));
}

/// 20 mm above and below, 30 mm where the sheet is bound, 15 mm on the other side.
#[test]
fn the_annex_lies_as_it_is_asked_for() {
    let portrait = ["portrait", "11906", "16838", "1134", "850", "1134", "1701"];
    let landscape = ["landscape", "16838", "11906", "1701", "1134", "850", "1134"];
    for (orientation, annex) in
        [(Orientation::Portrait, portrait), (Orientation::Landscape, landscape)]
    {
        let mut document = whole();
        document.annex.orientation = orientation;
        let parts = parts(&document);
        let xml = Xml::parse(&parts["word/document.xml"]).unwrap();
        let sections = all(xml.root(), "sectPr").into_iter().map(|section| {
            let [size, margins] = ["pgSz", "pgMar"].map(|name| all(section, name)[0]);
            let [way, width, height] = ["orient", "w", "h"].map(|name| attribute(size, name));
            let [top, right, bottom, left] =
                ["top", "right", "bottom", "left"].map(|side| attribute(margins, side));
            [way, width, height, top, right, bottom, left]
        });
        assert_eq!(sections.collect::<Vec<_>>(), [portrait, annex]);
    }
}

/// From the last sentence to the signer each paragraph stands on the page of the next one.
#[test]
fn signature_and_last_sentence_stay_together() {
    let parts = parts(&whole());
    let xml = Xml::parse(&parts["word/document.xml"]).unwrap();
    let paragraphs = all(xml.root(), "p").into_iter();
    let end: Vec<_> = paragraphs.skip_while(|p| !text(*p).starts_with("Trên đây")).collect();
    assert!(has(end[0], "keepNext"));
    assert_eq!(style(end[1]), "RecipientsTitle");
    let styles = Xml::parse(&parts["word/styles.xml"]).unwrap();
    let kept = all(styles.root(), "style").into_iter().filter(|style| has(*style, "keepNext"));
    let kept: BTreeSet<_> = kept.map(|style| attribute(style, "styleId")).collect();
    for style in end[1..].iter().map(|p| style(*p)).take_while(|style| *style != "SectionEnd") {
        assert!(kept.contains(style), "{style}");
    }
    for style in ["Heading1", "Caption", "TableHead", "TableGroup"] {
        assert!(kept.contains(style), "{style}");
    }
}

#[test]
fn font_size_and_language_are_those_of_the_decree() {
    let parts = parts(&whole());
    let styles = Xml::parse(&parts["word/styles.xml"]).unwrap();
    let defaults = all(styles.root(), "rPrDefault")[0];
    let font = all(defaults, "rFonts")[0];
    for letters in ["ascii", "hAnsi", "eastAsia", "cs"] {
        assert_eq!(attribute(font, letters), "Times New Roman");
    }
    assert_eq!(attribute(all(defaults, "lang")[0], "val"), "vi-VN");
    // 14 points.
    assert_eq!(attribute(all(defaults, "sz")[0], "val"), "28");
    // Nothing else says so again, so that one change changes all.
    let xml = Xml::parse(&parts["word/document.xml"]).unwrap();
    assert!(!has(xml.root(), "rFonts") && !has(xml.root(), "sz") && !has(xml.root(), "lang"));
    assert_eq!(all(styles.root(), "rFonts").len(), 1);
}

#[test]
fn whatever_is_named_is_there() {
    let parts = parts(&whole());
    let xml = Xml::parse(&parts["word/document.xml"]).unwrap();
    let styles = Xml::parse(&parts["word/styles.xml"]).unwrap();
    let known: BTreeSet<_> =
        all(styles.root(), "style").into_iter().map(|style| attribute(style, "styleId")).collect();
    for used in ["pStyle", "tblStyle"].iter().flat_map(|name| all(xml.root(), name)) {
        assert!(known.contains(attribute(used, "val")), "{used:?}");
    }
    for named in ["basedOn", "next"].iter().flat_map(|name| all(styles.root(), name)) {
        assert!(known.contains(attribute(named, "val")), "{named:?}");
    }
    let relations = Xml::parse(&parts["word/_rels/document.xml.rels"]).unwrap();
    let mut ids = BTreeSet::new();
    for relation in all(relations.root(), "Relationship") {
        ids.insert(relation.attribute("Id").unwrap());
        let target = format!("word/{}", relation.attribute("Target").unwrap());
        assert!(parts.contains_key(&target), "{target}");
    }
    for used in ["headerReference", "chart"].iter().flat_map(|name| all(xml.root(), name)) {
        assert!(ids.contains(attribute(used, "id")), "{used:?}");
    }
    let types = Xml::parse(&parts["[Content_Types].xml"]).unwrap();
    let named: BTreeSet<_> = all(types.root(), "Override")
        .into_iter()
        .map(|part| part.attribute("PartName").unwrap().trim_start_matches('/').to_owned())
        .collect();
    let there = parts.keys().filter(|name| !name.ends_with(".rels") && !name.starts_with('['));
    assert_eq!(named, there.cloned().collect());
}

#[test]
fn properties_stand_in_the_order_of_the_schema() {
    let orders: [(&str, &[&str]); 6] = [
        (
            "pPr",
            &[
                "pStyle",
                "keepNext",
                "keepLines",
                "pBdr",
                "tabs",
                "spacing",
                "ind",
                "contextualSpacing",
                "jc",
                "outlineLvl",
                "rPr",
                "sectPr",
            ],
        ),
        ("rPr", &["rFonts", "b", "bCs", "i", "iCs", "sz", "szCs", "lang"]),
        ("sectPr", &["headerReference", "type", "pgSz", "pgMar", "pgNumType", "titlePg"]),
        ("tblPr", &["tblStyle", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar"]),
        ("tcPr", &["tcW", "gridSpan", "vAlign"]),
        ("style", &["name", "basedOn", "next", "semiHidden", "qFormat", "pPr", "rPr", "tblPr"]),
    ];
    let parts = parts(&whole());
    for part in ["word/document.xml", "word/styles.xml", "word/header.xml"] {
        let xml = Xml::parse(&parts[part]).unwrap();
        for (name, order) in &orders {
            for properties in all(xml.root(), name) {
                let places = properties.children().filter(Node::is_element).map(|one| {
                    let one = one.tag_name().name();
                    let place = order.iter().position(|known| *known == one);
                    place.unwrap_or_else(|| panic!("{part}: {one} in {name}"))
                });
                let places: Vec<_> = places.collect();
                assert!(places.is_sorted(), "{part}: {properties:?}");
            }
        }
    }
}

#[test]
fn the_same_report_gives_the_same_file() {
    let file = docx(&whole(), Vec::new()).unwrap();
    assert_eq!(file, docx(&whole(), Vec::new()).unwrap());
    let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
    for index in 0..zip.len() {
        let written = zip.by_index(index).unwrap().last_modified().unwrap();
        assert_eq!((written.year(), written.month(), written.day()), (1980, 1, 1));
    }
    let parts = parts(&whole());
    assert!(!parts["docProps/core.xml"].contains("dcterms"));
    for told in ["BÁO CÁO - Kết quả năm 2026", "ỦY BAN NHÂN DÂN PHƯỜNG 2"] {
        assert!(parts["docProps/core.xml"].contains(told), "{told}");
    }
}
