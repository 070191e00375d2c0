//! The place of a chart or a photo in the text.

use super::text::blank;
use super::xml::Element;

const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";

/// Lengths in drawings are in 360,000ths of a centimetre.
pub const MILLIMETRE: usize = 36_000;

/// Something drawn that stands in the text as a paragraph of its own.
pub struct Drawing<'a> {
    /// Counts all that is drawn.
    pub number: usize,
    /// The id by which the text names it.
    pub id: &'a str,
    /// The description for people who don't see it.
    pub about: &'a str,
    /// Its width and height, as drawings have them.
    pub size: [usize; 2],
}

impl Drawing<'_> {
    /// The paragraph; `data` is what is drawn, and `kind` the name that its kind has.
    pub fn paragraph(&self, kind: &str, data: Element) -> Element {
        let [width, height] = self.size;
        let distances = ["distT", "distB", "distL", "distR"];
        let inline = distances
            .into_iter()
            .fold(Element::new("wp:inline"), |inline, distance| inline.with(distance, 0));
        let name = Element::new("wp:docPr")
            .with("id", self.number)
            .with("name", self.id)
            .with("descr", self.about);
        let data = Element::new("a:graphicData").with("uri", kind).add(data);
        let inline = inline
            .add(Element::new("wp:extent").with("cx", width).with("cy", height))
            .add(name)
            .add(Element::new("wp:cNvGraphicFramePr"))
            .add(Element::new("a:graphic").with("xmlns:a", DRAWING).add(data));
        blank("Picture").add(Element::new("w:r").add(Element::new("w:drawing").add(inline)))
    }
}
