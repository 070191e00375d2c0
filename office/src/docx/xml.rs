//! Elements of XML, as they are put together and written.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An element.
#[derive(Clone, Debug)]
pub struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    inside: Vec<Inside>,
}

#[derive(Clone, Debug)]
enum Inside {
    Element(Element),
    Text(String),
}

impl Element {
    pub fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), inside: Vec::new() }
    }

    /// An element whose whole content is its `w:val`, as most properties of texts and paragraphs
    /// are.
    pub fn value(name: &'static str, value: impl ToString) -> Self {
        Self::new(name).with("w:val", value)
    }

    pub fn with(mut self, attribute: &'static str, value: impl ToString) -> Self {
        self.attributes.push((attribute, written(&value.to_string())));
        self
    }

    pub fn add(mut self, child: Self) -> Self {
        self.inside.push(Inside::Element(child));
        self
    }

    pub fn all(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.inside.extend(children.into_iter().map(Inside::Element));
        self
    }

    pub fn text(mut self, text: &str) -> Self {
        self.inside.push(Inside::Text(written(text)));
        self
    }

    /// A file of this element.
    pub fn file(&self) -> io::Result<Vec<u8>> {
        let mut writer = Writer::new(Vec::new());
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        self.write(&mut writer)?;
        Ok(writer.into_inner())
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let attributes = self.attributes.iter().map(|(name, value)| (*name, value.as_str()));
        let start = BytesStart::new(self.name).with_attributes(attributes);
        if self.inside.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        for inside in &self.inside {
            match inside {
                Inside::Element(element) => element.write(writer)?,
                Inside::Text(text) => writer.write_event(Event::Text(BytesText::new(text)))?,
            }
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}

/// The text without what no XML may hold, escaped or not: Word opens no file in which such a thing
/// is.
fn written(text: &str) -> String {
    let can_be = |letter: &char| match letter {
        '\t' | '\n' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    };
    text.chars().filter(can_be).collect()
}
