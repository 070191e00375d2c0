//! The parts of a Word file, and the two lists of them that it needs: what each is, and what refers
//! to it.

use std::io::{self, Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::xml::Element;

const CONTENT_TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const RELATIONSHIPS_TYPE: &str = "application/vnd.openxmlformats-package.relationships+xml";

/// The kind of a part of the file.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Document,
    Properties,
    Styles,
    Settings,
    Header,
    Chart,
    Photo,
}

impl Kind {
    /// Its media type, without what begins and ends those of all XML; none where the ending of its
    /// name tells it.
    const fn media_type(self) -> Option<&'static str> {
        Some(match self {
            Self::Document => "officedocument.wordprocessingml.document.main",
            Self::Properties => "package.core-properties",
            Self::Styles => "officedocument.wordprocessingml.styles",
            Self::Settings => "officedocument.wordprocessingml.settings",
            Self::Header => "officedocument.wordprocessingml.header",
            Self::Chart => "officedocument.drawingml.chart",
            Self::Photo => return None,
        })
    }

    /// Returns its relation to the part that refers to it, without the beginning that all of them
    /// share.
    const fn relation(self) -> &'static str {
        match self {
            Self::Document => "officeDocument/2006/relationships/officeDocument",
            Self::Properties => "package/2006/relationships/metadata/core-properties",
            Self::Styles => "officeDocument/2006/relationships/styles",
            Self::Settings => "officeDocument/2006/relationships/settings",
            Self::Header => "officeDocument/2006/relationships/header",
            Self::Chart => "officeDocument/2006/relationships/chart",
            Self::Photo => "officeDocument/2006/relationships/image",
        }
    }
}

/// A part of the file.
pub struct Part {
    pub kind: Kind,
    /// By what the part that refers to it calls it.
    pub id: String,
    /// Its place in the file.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The file of its two main parts, document and properties, and of what belongs to the document.
pub fn package(main: &[Part; 2], of_document: &[Part]) -> io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No time of its own: the same inspection gives the same file.
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let lists = [
        ("[Content_Types].xml", content_types(main.iter().chain(of_document))),
        ("_rels/.rels", relationships(main, "")),
        ("word/_rels/document.xml.rels", relationships(of_document, "word/")),
    ];
    for (path, list) in lists {
        zip.start_file(path, options)?;
        zip.write_all(&list.file()?)?;
    }
    for part in main.iter().chain(of_document) {
        let is_packed = matches!(part.kind, Kind::Photo);
        let options =
            if is_packed { options.compression_method(CompressionMethod::Stored) } else { options };
        zip.start_file(part.path.as_str(), options)?;
        zip.write_all(&part.bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types<'a>(parts: impl Iterator<Item = &'a Part>) -> Element {
    let ending = |ending: &str, kind: &str| {
        Element::new("Default").with("Extension", ending).with("ContentType", kind)
    };
    let parts = parts.filter_map(|part| {
        let media_type = part.kind.media_type()?;
        let media_type = format!("application/vnd.openxmlformats-{media_type}+xml");
        let name = format!("/{}", part.path);
        Some(Element::new("Override").with("PartName", name).with("ContentType", media_type))
    });
    Element::new("Types")
        .with("xmlns", CONTENT_TYPES)
        .add(ending("rels", RELATIONSHIPS_TYPE))
        .add(ending("xml", "application/xml"))
        .add(ending("jpg", "image/jpeg"))
        .all(parts)
}

/// Paths are told from the folder of the part that refers to them.
fn relationships(parts: &[Part], folder: &str) -> Element {
    let parts = parts.iter().map(|part| {
        Element::new("Relationship")
            .with("Id", &part.id)
            .with("Type", format!("http://schemas.openxmlformats.org/{}", part.kind.relation()))
            .with("Target", part.path.strip_prefix(folder).unwrap_or(&part.path))
    });
    Element::new("Relationships").with("xmlns", RELATIONSHIPS).all(parts)
}
