//! The content of the file, from the letterhead to the annex.

use super::chart;
use super::photo::side_by_side_photos;
use super::section::{section, width};
use super::table::{side_by_side, table};
use super::text::{blank, kept_paragraph, paragraph, room};
use super::xml::Element;
use crate::document::{Annex, Block, Chart, Document, Letterhead, Orientation, Photos, Title};

/// The columns of the letterhead, and of recipients and signature.
const SIDES: [usize; 2] = [4155, 5200];

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PLACES: &str = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing";

/// The text of a document, its charts with their names, and the names of its photos.
pub struct Content {
    body: Vec<Element>,
    /// How the paper of what is added lies.
    orientation: Orientation,
    pub charts: Vec<(String, Element)>,
    pub photos: Vec<String>,
}

impl Content {
    pub fn of(document: &Document) -> Self {
        let Document { addressed_to, addressees, body, closing, annex, .. } = document;
        let mut content = Self {
            body: Vec::new(),
            orientation: Orientation::Portrait,
            charts: Vec::new(),
            photos: Vec::new(),
        };
        content.add([letterhead(&document.letterhead)]);
        content.add(title(&document.title));
        content.add([blank("SubjectRule")]);
        content.add(self::addressees(addressed_to, addressees));
        content.add_blocks(body);
        content.add([kept_paragraph("BodyText", closing), end(document), section_end()]);
        content.add_annex(annex);
        content
    }

    /// The text, as Word has it.
    pub fn text(self) -> Element {
        Element::new("w:document")
            .with("xmlns:w", MAIN)
            .with("xmlns:r", RELATIONS)
            .with("xmlns:wp", PLACES)
            .add(Element::new("w:body").all(self.body))
    }

    fn add(&mut self, elements: impl IntoIterator<Item = Element>) {
        self.body.extend(elements);
    }

    fn add_blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(text) => self.add([paragraph("Heading1", text)]),
                Block::Paragraph(text) => self.add([paragraph("BodyText", text)]),
                Block::Room => self.add([room()]),
                Block::Table(one) => self.add(table(one, self.width())),
                Block::Chart(chart) => self.add_chart(chart),
                Block::Trend(trend) => self.add_chart(&trend.chart()),
                Block::Photos(photos) => self.add_photos(photos),
            }
        }
    }

    /// How wide the text is.
    fn width(&self) -> usize {
        width(self.orientation)
    }

    /// How much is drawn so far.
    fn drawn(&self) -> usize {
        self.charts.len() + self.photos.len()
    }

    fn add_photos(&mut self, Photos { caption, photos }: &Photos) {
        let (drawn, before) = (self.drawn(), self.photos.len());
        let named = photos.iter().enumerate();
        let named: Vec<_> = named
            .map(|(place, photo)| {
                (drawn + place + 1, format!("photo{}", before + place + 1), photo)
            })
            .collect();
        self.photos.extend(named.iter().map(|(_, id, _)| id.clone()));
        let photos = side_by_side_photos(&named, self.width());
        self.add([paragraph("Caption", caption), photos, blank("AfterTable")]);
    }

    fn add_chart(&mut self, one: &Chart) {
        // A picture of nothing is none.
        if one.bars.is_empty() {
            return;
        }
        let id = format!("chart{}", self.charts.len() + 1);
        self.add([chart::place(one, self.drawn() + 1, &id, self.width())]);
        self.charts.push((id, chart::chart(one)));
    }

    /// The annex begins on a page of its own, and counts its pages for itself.
    fn add_annex(&mut self, annex: &Annex) {
        let Annex { orientation, title, belongs_to, body } = annex;
        self.orientation = *orientation;
        self.add(self::title(title));
        self.add([paragraph("BelongsTo", belongs_to)]);
        self.add_blocks(body);
        self.add([section(*orientation)]);
    }
}

fn letterhead(letterhead: &Letterhead) -> Element {
    let Letterhead { superior, agency, nation, motto, number, place_and_date } = letterhead;
    let superior = superior.as_ref().map(|superior| paragraph("Superior", superior));
    let agency = [paragraph("Agency", agency), blank("AgencyRule")];
    let agency = superior.into_iter().chain(agency).collect();
    let country = vec![paragraph("Nation", nation), paragraph("Motto", motto), blank("MottoRule")];
    let number = vec![paragraph("Number", number)];
    let place = vec![paragraph("PlaceAndDate", place_and_date)];
    side_by_side(SIDES, vec![[agency, country], [number, place]])
}

fn title(title: &Title) -> [Element; 2] {
    [paragraph("Title", &title.kind), paragraph("Subtitle", &title.subject)]
}

fn addressees(addressed_to: &str, addressees: &[String]) -> Vec<Element> {
    match addressees {
        [one] => vec![paragraph("Addressees", &format!("{addressed_to} {one}"))],
        several => {
            let lines = several.iter().map(|line| paragraph("Addressee", &format!("- {line}")));
            [paragraph("AddresseesTitle", addressed_to)].into_iter().chain(lines).collect()
        }
    }
}

/// Recipients and signature, side by side.
fn end(document: &Document) -> Element {
    let Document { signature, copies_to, recipients, .. } = document;
    let lines = recipients.iter().map(|line| paragraph("Recipient", &format!("- {line}")));
    let recipients = [paragraph("RecipientsTitle", copies_to)].into_iter().chain(lines).collect();
    let office = signature.office.iter().map(|line| paragraph("SignerOffice", line));
    let name = signature.name.as_deref().unwrap_or_default();
    let signature = office.chain([paragraph("Signer", name)]).collect();
    side_by_side(SIDES, vec![[recipients, signature]])
}

/// The end of the report, after which the annex begins.
fn section_end() -> Element {
    let properties = Element::new("w:pPr")
        .add(Element::value("w:pStyle", "SectionEnd"))
        .add(section(Orientation::Portrait));
    Element::new("w:p").add(properties)
}
