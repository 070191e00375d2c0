//! Pictures: charts that Word draws itself. They need no image format, are sharp on any paper and
//! can be given another look in Word.

use super::drawing::{Drawing, MILLIMETRE};
use super::xml::Element;
use crate::document::{Chart, Shade};

const CHART: &str = "http://schemas.openxmlformats.org/drawingml/2006/chart";
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";

/// How high a picture may be, in millimetres: it has to fit on a page.
const HIGHEST: usize = 200;

/// How many such lengths are a twentieth of a point.
const TWENTIETH: usize = 635;

/// The place of a chart in the text, which is as wide as `width` says; `id` is what the text calls
/// it by.
pub fn place(chart: &Chart, number: usize, id: &str, width: usize) -> Element {
    let height = (16 + 9 * chart.bars.len()).min(HIGHEST);
    let size = [width * TWENTIETH, height * MILLIMETRE];
    let picture = Element::new("c:chart").with("xmlns:c", CHART).with("r:id", id);
    Drawing { number, id, about: &chart.about, size }.paragraph(CHART, picture)
}

/// The picture itself: bars of the same length, one below the other.
pub fn chart(chart: &Chart) -> Element {
    let series = chart.parts.iter().enumerate().map(|(place, part)| {
        let titles = chart.bars.iter().map(|bar| bar.title.clone());
        let counts = chart
            .bars
            .iter()
            .map(|bar| bar.counts.get(place).copied().unwrap_or_default().to_string());
        Element::new("c:ser")
            .add(val("c:idx", place))
            .add(val("c:order", place))
            .add(Element::new("c:tx").add(Element::new("c:v").text(&part.name)))
            .add(look(part.shade))
            .add(val("c:invertIfNegative", 0))
            .add(Element::new("c:cat").add(list("c:strLit", titles)))
            .add(Element::new("c:val").add(list("c:numLit", counts)))
    });
    let bars = Element::new("c:barChart")
        .add(val("c:barDir", "bar"))
        .add(val("c:grouping", "percentStacked"))
        .add(val("c:varyColors", 0))
        .all(series)
        .add(val("c:gapWidth", 60))
        .add(val("c:overlap", 100))
        .add(val("c:axId", 1))
        .add(val("c:axId", 2));
    let area = Element::new("c:plotArea")
        .add(Element::new("c:layout"))
        .add(bars)
        // The first bar is on top.
        .add(axis("c:catAx", [1, 2], "maxMin", "l", 0))
        .add(axis("c:valAx", [2, 1], "minMax", "t", 1));
    let legend = Element::new("c:legend").add(val("c:legendPos", "t")).add(val("c:overlay", 0));
    let drawn = Element::new("c:chart")
        .add(val("c:autoTitleDeleted", 1))
        .add(area)
        .add(legend)
        .add(val("c:plotVisOnly", 1));
    Element::new("c:chartSpace")
        .with("xmlns:c", CHART)
        .with("xmlns:a", DRAWING)
        .add(val("c:roundedCorners", 0))
        .add(drawn)
        .add(Element::new("c:spPr").add(no_line()))
        .add(letters())
}

fn val(name: &'static str, value: impl ToString) -> Element {
    Element::new(name).with("val", value)
}

/// Values that stand in the picture itself: there is no workbook behind it.
fn list(kind: &'static str, values: impl ExactSizeIterator<Item = String>) -> Element {
    let count = val("c:ptCount", values.len());
    let values = values.enumerate().map(|(place, value)| {
        Element::new("c:pt").with("idx", place).add(Element::new("c:v").text(&value))
    });
    Element::new(kind).add(count).all(values)
}

/// An axis, which goes by a number, crosses another and may be out of sight.
fn axis(
    kind: &'static str,
    [id, other]: [u8; 2],
    direction: &str,
    side: &str,
    is_hidden: u8,
) -> Element {
    Element::new(kind)
        .add(val("c:axId", id))
        .add(Element::new("c:scaling").add(val("c:orientation", direction)))
        .add(val("c:delete", is_hidden))
        .add(val("c:axPos", side))
        .add(val("c:majorTickMark", "none"))
        .add(val("c:minorTickMark", "none"))
        .add(val("c:tickLblPos", "low"))
        .add(Element::new("c:spPr").add(no_line()))
        .add(val("c:crossAx", other))
}

fn look(shade: Shade) -> Element {
    let colour = match shade {
        Shade::Dark => "3A3A3A",
        Shade::Middle => "8A8A8A",
        Shade::Light => "CFCFCF",
        Shade::Blank | Shade::Open => "FFFFFF",
    };
    let fill = |colour| Element::new("a:solidFill").add(val("a:srgbClr", colour));
    let broken = (shade == Shade::Open).then(|| val("a:prstDash", "sysDash"));
    let line = Element::new("a:ln").with("w", 9525).add(fill("000000")).all(broken);
    Element::new("c:spPr").add(fill(colour)).add(line)
}

fn no_line() -> Element {
    Element::new("a:ln").add(Element::new("a:noFill"))
}

fn letters() -> Element {
    let font = Element::new("a:latin").with("typeface", "Times New Roman");
    let size = Element::new("a:defRPr").with("sz", 1200).add(font);
    let paragraph = Element::new("a:p").add(Element::new("a:pPr").add(size));
    Element::new("c:txPr").add(Element::new("a:bodyPr")).add(paragraph)
}
