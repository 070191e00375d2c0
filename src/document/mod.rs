//! The printed report as data, in the form of Decree 30/2020/NĐ-CP on clerical work.
//!
//! [`of`] makes it from an inspection and the [`Details`] that only people know: number, date,
//! signer. Missing details become room to be filled in by hand; nothing is invented. Pure: the page
//! lays it out on paper, and every writer of another file finds all content here.
//!
//! Appendix I of the decree lists the parts of an office's document and their order, which is that
//! of the fields of [`Document`]: the issuing body under its superior, the national title and
//! motto, number and symbol, place and date, kind and subject, body, signature, recipients. An
//! annex names the document that it belongs to. Sizes, margins and spaces of that appendix are in
//! `style/document.css`. The order of the body's parts is custom, not a rule.

mod annex;
mod body;
mod compared;
mod details;
mod head;
mod photos;
mod text;

pub use details::Details;
pub use photos::{Shown, photos};
pub use tu_kiem_tra_office::document::{
    Align, Annex, Bar, Block, Chart, Column, Document, Letterhead, Orientation, Part, Photo,
    Photos, Row, Shade, Share, Side, Signature, Table, Title, Trend,
};

use details::in_sentence;
use photos::Numbered;

use chrono::NaiveDate;

use crate::comparison::Judged;
use crate::evaluation::{Context, Evaluated, Summary, evaluate};
use crate::inspection::{Entry, Inspection};
use crate::messages::{Messages, VI};

/// Documents of Vietnamese offices are in Vietnamese, whatever the language of the page.
const WORDS: &Messages = &VI;

/// The data that a document is made from.
struct Sources<'a> {
    inspection: &'a Inspection,
    details: &'a Details,
    earlier: &'a [Judged],
    context: Context<'a>,
    evaluated: Vec<Evaluated<'a>>,
    summary: Summary,
    photos: Vec<Numbered>,
    today: NaiveDate,
}

/// Returns the document on an inspection, judged as of `today` or as of the day of its completion.
/// `earlier` has the inspections to compare it with, the oldest first; `shown` has the available
/// photos.
#[must_use]
pub fn of(
    inspection: &Inspection,
    earlier: &[Judged],
    details: &Details,
    shown: &Shown,
    today: NaiveDate,
) -> Document {
    let context = Context::new(&inspection.header, today);
    let (evaluated, summary) = evaluate(&inspection.checklist, &inspection.entries, &context);
    let photos = photos::numbered(inspection, shown);
    let sources =
        Sources { inspection, details, earlier, context, evaluated, summary, photos, today };
    Document {
        letterhead: sources.letterhead(),
        title: sources.title(),
        addressed_to: text::ADDRESSED_TO.to_owned(),
        addressees: sources.addressees(),
        body: sources.body(),
        closing: sources.closing(),
        signature: sources.signature(),
        copies_to: text::COPIES_TO.to_owned(),
        recipients: sources.recipients(),
        annex: sources.annex(),
    }
}

impl<'a> Sources<'a> {
    /// Returns the items that apply, each with its number in the checklist, by which people refer
    /// to it, and its entry.
    fn applying(&self) -> impl Iterator<Item = (usize, &Evaluated<'a>, Option<&Entry>)> {
        let numbered = self.evaluated.iter().enumerate().filter(|(_, one)| one.applies);
        numbered.map(|(index, one)| (index + 1, one, self.inspection.entries.get(&one.item.id)))
    }
}
