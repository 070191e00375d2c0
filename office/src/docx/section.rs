//! The pages of the file: their paper, its margins and their numbers.

use super::xml::Element;
use crate::document::Orientation;

/// The parts that a page refers to, by the names that the document has for them.
pub const HEADER: &str = "header";
pub const FIRST_HEADER: &str = "header-first";

/// The sides of A4, in twentieths of a point.
const SHORT: usize = 11906;
const LONG: usize = 16838;

/// The paper of some pages, in twentieths of a point.
struct Paper {
    size: [usize; 2],
    /// Above, right, below and left.
    margins: [usize; 4],
}

impl Paper {
    /// A4 with the margins of the decree. A page in landscape is turned to be read, so that its
    /// head is where the sheets are bound.
    const fn of(orientation: Orientation) -> Self {
        match orientation {
            Orientation::Portrait => Self { size: [SHORT, LONG], margins: [1134, 850, 1134, 1701] },
            Orientation::Landscape => {
                Self { size: [LONG, SHORT], margins: [1701, 1134, 850, 1134] }
            }
        }
    }
}

/// How wide the text of a page is, in twentieths of a point.
pub const fn width(orientation: Orientation) -> usize {
    let Paper { size: [width, _], margins: [_, right, _, left] } = Paper::of(orientation);
    width - left - right
}

/// The pages up to here. They count for themselves, with a number on all but the first.
pub fn section(orientation: Orientation) -> Element {
    let Paper { size: [width, height], margins: [top, right, bottom, left] } =
        Paper::of(orientation);
    let header = |kind: &str, id: &str| {
        Element::new("w:headerReference").with("w:type", kind).with("r:id", id)
    };
    let size = Element::new("w:pgSz")
        .with("w:w", width)
        .with("w:h", height)
        .with("w:orient", orientation.name());
    let margins = [
        ("w:top", top),
        ("w:right", right),
        ("w:bottom", bottom),
        ("w:left", left),
        ("w:header", 567),
        ("w:footer", 567),
        ("w:gutter", 0),
    ];
    let margins = margins
        .into_iter()
        .fold(Element::new("w:pgMar"), |margins, (side, length)| margins.with(side, length));
    Element::new("w:sectPr")
        .add(header("default", HEADER))
        .add(header("first", FIRST_HEADER))
        .add(Element::value("w:type", "nextPage"))
        .add(size)
        .add(margins)
        .add(Element::new("w:pgNumType").with("w:start", 1))
        .add(Element::new("w:titlePg"))
}
