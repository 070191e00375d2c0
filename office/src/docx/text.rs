//! Paragraphs, and the texts in them.

use super::xml::Element;

/// How many dotted lines there are to write on by hand.
const LINES_OF_ROOM: usize = 3;

/// A paragraph of a style, without text.
pub fn blank(style: &str) -> Element {
    Element::new("w:p").add(Element::new("w:pPr").add(Element::value("w:pStyle", style)))
}

/// A paragraph of a style.
pub fn paragraph(style: &str, text: &str) -> Element {
    blank(style).add(run(text))
}

/// A paragraph that stands on the same page as what follows.
pub fn kept_paragraph(style: &str, text: &str) -> Element {
    let properties = Element::new("w:pPr")
        .add(Element::value("w:pStyle", style))
        .add(Element::new("w:keepNext"));
    Element::new("w:p").add(properties).add(run(text))
}

/// Dotted lines to write on by hand.
pub fn room() -> Element {
    let lines = (0..LINES_OF_ROOM).flat_map(|line| {
        let end = (line > 0).then(|| Element::new("w:br"));
        end.into_iter().chain([Element::new("w:tab")])
    });
    blank("Room").add(Element::new("w:r").all(lines))
}

/// A text, with a new line where one is to begin.
fn run(text: &str) -> Element {
    let lines = text.split(is_line_end).enumerate().flat_map(|(place, line)| {
        let end = (place > 0).then(|| Element::new("w:br"));
        let texts = line.split('\t').enumerate().flat_map(|(place, text)| {
            let tab = (place > 0).then(|| Element::new("w:tab"));
            let text = Element::new("w:t").with("xml:space", "preserve").text(text);
            tab.into_iter().chain([text])
        });
        end.into_iter().chain(texts.collect::<Vec<_>>())
    });
    Element::new("w:r").all(lines)
}

/// Texts that were copied from Word have line ends of their own.
const fn is_line_end(letter: char) -> bool {
    matches!(letter, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
