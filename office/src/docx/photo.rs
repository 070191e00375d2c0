//! Photos, two beside each other, each above what it shows.

use super::drawing::{Drawing, MILLIMETRE};
use super::table::side_by_side;
use super::text::{blank, paragraph};
use super::xml::Element;
use crate::document::Photo;

const PICTURE: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";

/// How wide and high a photo may be, in millimetres: two stand beside each other, and several pairs
/// on a page.
const ROOM: [usize; 2] = [76, 90];

/// How many pixels a millimetre has at least, in hundredths: 96 to an inch, so that nothing small
/// is blown up.
const FEWEST_PIXELS: usize = 378;

/// Photos, each with its number among all that is drawn and with what the text calls it by;
/// together as wide as `width` says.
pub fn side_by_side_photos(photos: &[(usize, String, &Photo)], width: usize) -> Element {
    let rows = photos.chunks(2).map(|pair| {
        let mut pair = pair.iter().map(|(number, id, photo)| {
            let title = paragraph("PhotoTitle", &photo.title);
            vec![drawn(photo, *number, id), title]
        });
        // An odd one has nothing beside it.
        std::array::from_fn(|_| pair.next().unwrap_or_else(|| vec![blank("PhotoTitle")]))
    });
    side_by_side([width / 2; 2], rows.collect())
}

fn drawn(photo: &Photo, number: usize, id: &str) -> Element {
    let size = size(photo);
    let [width, height] = size;
    let name = Element::new("pic:cNvPr").with("id", number).with("name", id);
    let names = Element::new("pic:nvPicPr").add(name).add(Element::new("pic:cNvPicPr"));
    let fill = Element::new("pic:blipFill")
        .add(Element::new("a:blip").with("r:embed", id))
        .add(Element::new("a:stretch").add(Element::new("a:fillRect")));
    let frame = Element::new("a:xfrm")
        .add(Element::new("a:off").with("x", 0).with("y", 0))
        .add(Element::new("a:ext").with("cx", width).with("cy", height));
    let shape = Element::new("a:prstGeom").with("prst", "rect").add(Element::new("a:avLst"));
    let picture = Element::new("pic:pic")
        .with("xmlns:pic", PICTURE)
        .add(names)
        .add(fill)
        .add(Element::new("pic:spPr").add(frame).add(shape));
    Drawing { number, id, about: &photo.title, size }.paragraph(PICTURE, picture)
}

/// The size of a photo on paper, as drawings have it.
fn size(photo: &Photo) -> [usize; 2] {
    let sides = [photo.width, photo.height].map(|side| usize::try_from(side.max(1)).unwrap_or(1));
    // Lengths of drawings to a pixel.
    let scale = ROOM.into_iter().zip(sides).map(|(room, side)| room * MILLIMETRE / side);
    let scale = scale.min().unwrap_or_default().min(MILLIMETRE * 100 / FEWEST_PIXELS);
    sides.map(|side| (side * scale).max(1))
}
