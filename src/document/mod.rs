//! The printed report as data, in the form of Decree 30/2020/NĐ-CP on clerical work.
//!
//! [`Document::of`] makes it of an inspection and of the [`Details`] that only people know: number, date,
//! signer. What they don't give is room to be filled in by hand; nothing is invented. Pure: the page lays it
//! out on paper, and whatever writes another file of it finds all content here.
//!
//! Appendix I of the decree says what a document of an office consists of, and its order, which is that of
//! the fields of [`Document`]: the issuing body under its superior, the national title and motto, number and
//! symbol, place and date, kind and subject, body, signature, recipients; an annex names the document that it
//! belongs to. Sizes, margins and spaces of the same appendix are in `style/document.css`. The order of the
//! body's parts is custom, not a rule.

mod annex;
mod body;
mod details;
mod head;
mod model;
mod text;

pub use details::Details;
pub use model::{
    Align, Annex, Bar, Block, Column, Document, Letterhead, Row, Signature, Table, Title,
};

pub use text::{ADDRESSED_TO, COPIES_TO};

use chrono::NaiveDate;

use crate::evaluation::{Context, Evaluated, Summary, evaluate};
use crate::inspection::{Entry, Inspection};
use crate::messages::{Messages, VI};

/// Documents of Vietnamese offices are in Vietnamese, whatever the language of the page.
const WORDS: &Messages = &VI;

/// All that a document is made of.
struct Sources<'a> {
    inspection: &'a Inspection,
    details: &'a Details,
    context: Context<'a>,
    evaluated: Vec<Evaluated<'a>>,
    summary: Summary,
    today: NaiveDate,
}

impl Document {
    /// The document on an inspection, judged as of `today` or as of the day of its completion.
    #[must_use]
    pub fn of(inspection: &Inspection, details: &Details, today: NaiveDate) -> Self {
        let context = Context::new(&inspection.header, today);
        let (evaluated, summary) = evaluate(&inspection.checklist, &inspection.entries, &context);
        let sources = Sources { inspection, details, context, evaluated, summary, today };
        Self {
            letterhead: sources.letterhead(),
            title: sources.title(),
            addressees: sources.addressees(),
            body: sources.body(),
            signature: sources.signature(),
            recipients: sources.recipients(),
            annex: sources.annex(),
        }
    }
}

impl<'a> Sources<'a> {
    /// The items that apply, each with its number in the checklist, by which people speak of it, and with what
    /// was entered for it.
    fn applying(&self) -> impl Iterator<Item = (usize, &Evaluated<'a>, Option<&Entry>)> {
        let numbered = self.evaluated.iter().enumerate().filter(|(_, one)| one.applies);
        numbered.map(|(index, one)| (index + 1, one, self.inspection.entries.get(&one.item.id)))
    }
}
