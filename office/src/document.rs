//! A report of an office as data: what stands on it, in the order of the paper, and nothing of how
//! it looks. Texts have line breaks where a new line is to begin.

use serde::{Deserialize, Serialize};

/// A report of an office, ready to be laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The letterhead, above the title.
    pub letterhead: Letterhead,
    /// The title: the kind of document, and its subject.
    pub title: Title,
    /// The words before the addressees.
    pub addressed_to: String,
    /// Whom it is addressed to, a line each. INVARIANT: not empty.
    pub addressees: Vec<String>,
    /// The report itself, but for its last sentence.
    pub body: Vec<Block>,
    /// The last sentence. The signature never stands on a page without it.
    pub closing: String,
    /// The signature.
    pub signature: Signature,
    /// The heading of the recipients of copies.
    pub copies_to: String,
    /// The recipients of copies, a line each.
    pub recipients: Vec<String>,
    /// The annex.
    pub annex: Annex,
}

/// The letterhead: on the left the issuing body with the number, on the right the country's name
/// with place and date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// The body above the issuing one, in capitals, where it is to be named.
    pub superior: Option<String>,
    /// The issuing body, in capitals.
    pub agency: String,
    /// The country's name, in capitals.
    pub nation: String,
    /// The country's motto.
    pub motto: String,
    /// Number and symbol.
    pub number: String,
    /// Place and date.
    pub place_and_date: String,
}

/// A kind of document, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// The kind: of a document in capitals, of an annex in ordinary letters.
    pub kind: String,
    /// The subject: of an annex in capitals.
    pub subject: String,
}

/// The signature. Between office and name there is room for a hand and a seal, which are never
/// drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The signer's authority and office in capitals, a line each.
    pub office: Vec<String>,
    /// The signer's name.
    pub name: Option<String>,
}

/// The annex of a document. It begins on a page of its own.
///
/// Decree 30/2020/NĐ-CP, Appendix I, part III, point 1 đ: 'Số trang của Phụ lục được đánh số riêng
/// theo từng Phụ lục', the pages of each annex are numbered apart. How they are numbered says part
/// I, point 7, for all pages of a document: from 1, in Arabic numerals, 13 to 14 points, upright,
/// in the middle of the top margin, and not on the first one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// How its paper lies.
    pub orientation: Orientation,
    /// The title: its kind, and its subject.
    pub title: Title,
    /// Which document it belongs to.
    pub belongs_to: String,
    /// Its content.
    pub body: Vec<Block>,
}

/// How a sheet of paper lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Orientation {
    /// Its long side stands.
    Portrait,
    /// Its long side lies. The head of the page is where the sheet is bound.
    Landscape,
}

impl Orientation {
    /// Both of them, the more usual one for annexes first.
    pub const ALL: [Self; 2] = [Self::Landscape, Self::Portrait];

    /// Its name in styles and where it is stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Portrait => "portrait",
            Self::Landscape => "landscape",
        }
    }

    /// The one of a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// A piece of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Block {
    /// The heading of a part.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Dotted lines to write on by hand.
    Room,
    /// A table.
    Table(Table),
    /// A picture of figures.
    Chart(Chart),
    /// A picture of how much was met from period to period.
    Trend(Trend),
    /// Photos.
    Photos(Photos),
}

/// A table. Its head is repeated on each page, and no row of it is cut in two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The caption, where the text before does not say it.
    pub caption: Option<String>,
    /// The columns. INVARIANT: not empty.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its heading.
    pub head: String,
    /// Its share of the table's width, in percent.
    pub width: usize,
    /// Where its texts stand.
    pub align: Align,
}

/// Where the texts of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// At the start of the line.
    Start,
    /// In the middle: short words and figures.
    Centre,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Row {
    /// The title of the rows that follow, over the whole width.
    Group(String),
    /// A text for each column.
    Cells(Vec<String>),
    /// The sums of the columns.
    Total(Vec<String>),
}

/// A picture of parts of a whole: a bar for each thing, all bars of the same length.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// The description for people who don't see it.
    pub about: String,
    /// The parts of each bar.
    pub parts: Vec<Part>,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// A part that each bar has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// How it is told from the others.
    pub shade: Shade,
}

/// A shade that any printer tells from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Shade {
    /// Nearly black.
    Dark,
    /// Grey.
    Middle,
    /// Light grey.
    Light,
    /// White.
    Blank,
    /// White with a broken line around it.
    Open,
}

impl Shade {
    /// Its name on paper.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Middle => "middle",
            Self::Light => "light",
            Self::Blank => "blank",
            Self::Open => "open",
        }
    }
}

/// One thing in a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// The title.
    pub title: String,
    /// How many there are of each part.
    pub counts: Vec<usize>,
}

/// A picture of how much was met from period to period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trend {
    /// The description for people who don't see it.
    pub about: String,
    /// The name of the share that is met.
    pub met: String,
    /// The name of the rest.
    pub not_met: String,
    /// The periods, the oldest first.
    pub shares: Vec<Share>,
}

/// How much is met in one period, in a picture of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The period, and its figures.
    pub title: String,
    /// How many items are met.
    pub met: usize,
    /// How many could be.
    pub meetable: usize,
    /// Whose period it is.
    pub side: Side,
}

/// Photos, two beside each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photos {
    /// The caption of all of them together.
    pub caption: String,
    /// The photos.
    pub photos: Vec<Photo>,
}

/// The place of a photo. The photo itself is not here: whoever lays the document out has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// The id by which the text names it.
    pub id: String,
    /// The caption.
    pub title: String,
    /// Its width in pixels. INVARIANT: not 0.
    pub width: u32,
    /// Its height in pixels. INVARIANT: not 0.
    pub height: u32,
}

/// Whose period it is that is shown beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// That of the inspection itself.
    This,
    /// That of the inspection which it is held against.
    With,
    /// Another one.
    Other,
}

impl Side {
    /// Its name in styles.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::This => "this",
            Self::With => "with",
            Self::Other => "other",
        }
    }
}

impl Document {
    /// The places of all photos, in the order of the paper.
    pub fn photos(&self) -> impl Iterator<Item = &Photo> {
        let blocks = self.body.iter().chain(&self.annex.body);
        blocks.flat_map(|block| match block {
            Block::Photos(photos) => photos.photos.as_slice(),
            _ => &[],
        })
    }
}

impl Trend {
    /// Returns the periods as bars of two parts.
    #[must_use]
    pub fn chart(&self) -> Chart {
        let part = |name: &String, shade| Part { name: name.clone(), shade };
        let bars = self.shares.iter().map(|share| {
            let counts = vec![share.met, share.meetable.saturating_sub(share.met)];
            Bar { title: share.title.clone(), counts }
        });
        Chart {
            about: self.about.clone(),
            parts: vec![part(&self.met, Shade::Dark), part(&self.not_met, Shade::Blank)],
            bars: bars.collect(),
        }
    }
}

impl Column {
    /// A column of texts.
    #[must_use]
    pub fn text(head: &str, width: usize) -> Self {
        Self { head: head.to_owned(), width, align: Align::Start }
    }

    /// A column of short words or figures.
    #[must_use]
    pub fn short(head: &str, width: usize) -> Self {
        Self { align: Align::Centre, ..Self::text(head, width) }
    }
}
