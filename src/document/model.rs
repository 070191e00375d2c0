//! The parts of a document. Texts have line breaks where a new line is to begin.

use crate::evaluation::Tally;

/// A report of an office, ready to be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// What stands above the title.
    pub letterhead: Letterhead,
    /// What kind of document it is, and on what.
    pub title: Title,
    /// Whom it is addressed to, a line each. INVARIANT: not empty.
    pub addressees: Vec<String>,
    /// The report itself.
    pub body: Vec<Block>,
    /// Who signs.
    pub signature: Signature,
    /// Who gets a copy, a line each.
    pub recipients: Vec<String>,
    /// What goes along with it.
    pub annex: Annex,
}

/// What stands above the title: on the left the issuing body with the number, on the right the country's
/// name with place and date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letterhead {
    /// The body above the issuing one, in capitals, where it is to be named.
    pub superior: Option<String>,
    /// The issuing body, in capitals.
    pub agency: String,
    /// The country's name, in capitals.
    pub nation: &'static str,
    /// The country's motto.
    pub motto: &'static str,
    /// Number and symbol.
    pub number: String,
    /// Place and date.
    pub place_and_date: String,
}

/// A kind of document, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The kind, in capitals.
    pub kind: &'static str,
    /// What it is about.
    pub subject: String,
}

/// Who signs. Between office and name there is room for signature and seal, which are never drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The signer's authority and office in capitals, a line each.
    pub office: Vec<String>,
    /// The signer's name.
    pub name: Option<String>,
}

/// What goes along with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annex {
    /// What it is, and on what.
    pub title: Title,
    /// Which document it belongs to.
    pub belongs_to: String,
    /// Its content.
    pub body: Vec<Block>,
}

/// A piece of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The heading of a part.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// Dotted lines to write on by hand.
    Room,
    /// A table.
    Table(Table),
    /// A picture of verdicts.
    Chart(Vec<Bar>),
}

/// A table. Its head is repeated on each page, and no row of it is cut in two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it shows, where that is not said before it.
    pub caption: Option<String>,
    /// The columns. INVARIANT: not empty.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub head: String,
    /// Its share of the table's width, in percent.
    pub width: usize,
    /// Where its texts stand.
    pub align: Align,
}

/// Where the texts of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the start of the line.
    Start,
    /// In the middle: short words and figures.
    Centre,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The title of the rows that follow, over the whole width.
    Group(String),
    /// A text for each column.
    Cells(Vec<String>),
    /// The sums of the columns.
    Total(Vec<String>),
}

/// The verdicts of one area in a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The area.
    pub title: String,
    /// Its verdicts.
    pub tally: Tally,
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
