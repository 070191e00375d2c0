//! The Word file of a report. How it looks stands in `word/styles.xml`, with a style for each thing
//! that the decree names: whoever goes on with the file in Word changes a style and not each
//! paragraph.
//!
//! WordprocessingML is written here, with quick-xml and zip: what docx-rs writes can say neither
//! that the head of a table is repeated nor in which language a text is.

mod chart;
mod content;
mod drawing;
mod package;
mod photo;
mod section;
mod table;
mod text;
mod xml;

use std::io;

use self::content::Content;
use self::package::{Kind, Part, package};
use self::section::{FIRST_HEADER, HEADER};
use self::xml::Element;
use crate::document::Document;

/// A report as the bytes of a .docx file. `photos` are the JPEG files of [`Document::photos`], in
/// their order.
///
/// # Errors
/// When the content does not fit into such a file, as there is a limit to the size of a ZIP, or
/// there is another number of photos.
pub fn docx(document: &Document, photos: Vec<Vec<u8>>) -> io::Result<Vec<u8>> {
    let mut content = Content::of(document);
    if content.photos.len() != photos.len() {
        return Err(io::Error::other("each photo has to be there"));
    }
    let mut parts = vec![
        fixed(Kind::Styles, "styles", include_str!("../../word/styles.xml")),
        fixed(Kind::Settings, "settings", include_str!("../../word/settings.xml")),
        fixed(Kind::Header, HEADER, include_str!("../../word/header.xml")),
        fixed(Kind::Header, FIRST_HEADER, include_str!("../../word/header-first.xml")),
    ];
    for (id, chart) in std::mem::take(&mut content.charts) {
        let path = format!("word/charts/{id}.xml");
        parts.push(Part { kind: Kind::Chart, id, path, bytes: chart.file()? });
    }
    for (id, bytes) in std::mem::take(&mut content.photos).into_iter().zip(photos) {
        let path = format!("word/media/{id}.jpg");
        parts.push(Part { kind: Kind::Photo, id, path, bytes });
    }
    let text = Part {
        kind: Kind::Document,
        id: "document".to_owned(),
        path: "word/document.xml".to_owned(),
        bytes: content.text().file()?,
    };
    let properties = Part {
        kind: Kind::Properties,
        id: "properties".to_owned(),
        path: "docProps/core.xml".to_owned(),
        bytes: properties(document).file()?,
    };
    package(&[text, properties], &parts)
}

/// A part that is the same in each file.
fn fixed(kind: Kind, id: &str, text: &str) -> Part {
    let path = format!("word/{id}.xml");
    Part { kind, id: id.to_owned(), path, bytes: text.into() }
}

/// Returns the properties by which a document system lists the file.
fn properties(document: &Document) -> Element {
    let title = format!("{} - {}", document.title.kind, document.title.subject);
    Element::new("cp:coreProperties")
        .with("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties")
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .add(Element::new("dc:title").text(&title))
        .add(Element::new("dc:creator").text(&document.letterhead.agency.replace('\n', " ")))
        .add(Element::new("dc:language").text("vi-VN"))
}
