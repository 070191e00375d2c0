//! The record: what is stored under one key, with the stamp that orders it among its versions.
//!
//! Pure: no storage is touched here. What a body means is its writer's business; here it is JSON
//! text and nothing more.

use crate::checklist::ItemId;
use crate::inspection::InspectionId;
use serde::de::IgnoredAny;

use super::Detail;

/// The highest revision: up to here every JSON reader keeps whole numbers exactly.
pub const MAX_REVISION: u64 = 9_007_199_254_740_991;

/// The version of the records' text that this program writes, and the newest that it reads.
const VERSION: u64 = 1;

// A record has exactly one text: these pieces, the values between them, and the brace at the end.
// No value but the last can hold a quotation mark, so the text is read by its pieces as well,
// without building the body that it carries.
const BEFORE_VERSION: &str = "{\"version\":";
const BEFORE_INSPECTION: &str = ",\"inspection\":\"";
const BEFORE_PART: &str = "\",\"part\":\"";
const BEFORE_REVISION: &str = "\",\"revision\":";
const BEFORE_WRITER: &str = ",\"writer\":\"";
const BEFORE_BODY: &str = "\",\"body\":";

/// The key of a record: the thing that it is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The inspection that it belongs to.
    pub inspection: InspectionId,
    /// The part of that inspection.
    pub part: Part,
}

impl Key {
    /// The key as text: `{inspection}/{part}`.
    #[must_use]
    pub fn path(&self) -> String {
        [self.inspection.as_str(), "/", self.part.as_str()].concat()
    }

    /// Reads a key's text.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let (inspection, part) = path.split_once('/')?;
        Some(Self { inspection: InspectionId::parse(inspection)?, part: Part::parse(part)? })
    }
}

/// A part of an inspection that is stored, and merged, by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The facts of the inspection as a whole.
    Header,
    /// How far it is, for the list of inspections.
    Progress,
    /// The ticket of its report that was sent.
    Upload,
    /// That report as it is to be sent, while it is not there.
    Outbox,
    /// The details with which its printed report began, as a whole.
    Document,
    /// The text given for one field of its printed report since.
    Detail(Detail),
    /// The entry of one item.
    Item(ItemId),
}

impl Part {
    /// The parts that are of the inspection as a whole.
    pub const OF_WHOLE: [Self; 5] =
        [Self::Header, Self::Progress, Self::Upload, Self::Outbox, Self::Document];

    /// The part's name in keys. Those that are no item begin with `@`, as no item's id does.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Header => "@header",
            Self::Progress => "@progress",
            Self::Upload => "@upload",
            Self::Outbox => "@outbox",
            Self::Document => "@document",
            Self::Detail(detail) => detail.part(),
            Self::Item(id) => id.as_str(),
        }
    }

    /// Reads a part's name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let of_whole = || Self::OF_WHOLE.into_iter().find(|part| part.as_str() == text);
        let of_item = || ItemId::new(text).ok().map(Self::Item);
        of_whole().or_else(|| Detail::of_part(text).map(Self::Detail)).or_else(of_item)
    }

    /// Whether a person enters it, in a field of its own: then what gives way unseen is kept.
    #[must_use]
    pub const fn is_entered(&self) -> bool {
        matches!(self, Self::Item(_) | Self::Detail(_))
    }

    /// Whether the list of inspections needs it.
    #[must_use]
    pub const fn is_overview(&self) -> bool {
        matches!(self, Self::Header | Self::Progress | Self::Upload)
    }
}

/// One run of one element: each opening of a store takes a new name, so that no two ever write
/// under the same.
///
/// INVARIANT: 16 lower-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WriterId(String);

impl WriterId {
    /// The name that random bytes give.
    #[must_use]
    pub fn from_random(bytes: [u8; 8]) -> Self {
        let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let digit = |nibble| char::from_digit(u32::from(nibble), 16);
        Self(digits.filter_map(digit).collect())
    }

    /// Reads a name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
        (text.len() == 16 && text.bytes().all(is_digit)).then(|| Self(text.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Orders the versions of one record: the higher revision wins, between equal ones the higher
/// writer. Every tab comes to the same winner, whatever it hears first; the clock decides nothing.
///
/// INVARIANT: a writer gives a revision of a key once, so equal stamps mean the same body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    // The order of the fields is the order of stamps.
    /// Counts the versions that its writer knew of.
    pub revision: u64,
    /// The writer.
    pub writer: WriterId,
}

impl Stamp {
    /// `{revision}/{writer}`.
    #[must_use]
    pub fn to_text(&self) -> String {
        [&self.revision.to_string(), "/", self.writer.as_str()].concat()
    }

    /// Reads a stamp's text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (revision, writer) = text.split_once('/')?;
        Some(Self { revision: revision_of(revision)?, writer: WriterId::parse(writer)? })
    }
}

/// Reads a revision, which is held to its limit wherever it comes from.
#[must_use]
pub fn revision_of(text: &str) -> Option<u64> {
    number(text).filter(|revision| *revision <= MAX_REVISION)
}

/// One version of what is stored under a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The key.
    pub key: Key,
    /// Its place among the versions.
    pub stamp: Stamp,
    /// The content. INVARIANT: JSON text.
    pub body: String,
}

/// Why a text is no record. It is set aside then: another program may be able to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A newer program wrote it, in this version.
    Newer(u64),
    /// It is damaged, or none of ours.
    Damaged,
}

impl Record {
    /// Reads a record's text.
    ///
    /// # Errors
    /// Why it can't be read.
    pub fn parse(text: &str) -> Result<Self, Unreadable> {
        match version(text) {
            Some(newer) if newer > VERSION => Err(Unreadable::Newer(newer)),
            Some(VERSION) => parse_current(text).ok_or(Unreadable::Damaged),
            _ => Err(Unreadable::Damaged),
        }
    }

    /// The record's text: `{"version":1,"inspection":…,"part":…,"revision":…,"writer":…,"body":…}`.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self { key, stamp, body } = self;
        [
            BEFORE_VERSION,
            &VERSION.to_string(),
            BEFORE_INSPECTION,
            key.inspection.as_str(),
            BEFORE_PART,
            key.part.as_str(),
            BEFORE_REVISION,
            &stamp.revision.to_string(),
            BEFORE_WRITER,
            stamp.writer.as_str(),
            BEFORE_BODY,
            body,
            "}",
        ]
        .concat()
    }
}

/// The version of a record's text, in whatever form the rest of it is.
fn version(text: &str) -> Option<u64> {
    let rest = text.strip_prefix(BEFORE_VERSION)?;
    let end = rest.find(|c: char| !c.is_ascii_digit())?;
    rest.get(..end)?.parse().ok()
}

/// A whole number as it is written here: `+7` and `007` are none.
fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

fn parse_current(text: &str) -> Option<Record> {
    let rest = text.strip_prefix(BEFORE_VERSION)?.strip_prefix(&VERSION.to_string())?;
    let rest = rest.strip_prefix(BEFORE_INSPECTION)?;
    let (inspection, rest) = rest.split_once(BEFORE_PART)?;
    let (part, rest) = rest.split_once(BEFORE_REVISION)?;
    let (revision, rest) = rest.split_once(BEFORE_WRITER)?;
    let (writer, rest) = rest.split_once(BEFORE_BODY)?;
    let body = rest.strip_suffix('}')?;
    // A write that was cut short must not pass for a record.
    serde_json::from_str::<IgnoredAny>(body).ok()?;
    Some(Record {
        key: Key { inspection: InspectionId::parse(inspection)?, part: Part::parse(part)? },
        stamp: Stamp { revision: revision_of(revision)?, writer: WriterId::parse(writer)? },
        body: body.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stored::samples::{header_key, item_key, record};
    use proptest::prelude::{any, proptest};

    #[test]
    fn is_written_in_one_form() {
        let text = r#"{"version":1,"inspection":"00000000-0000-4000-8000-000000000000","part":"@header","revision":7,"writer":"0123456789abcdef","body":{"a":"\",\"body\":"}}"#;
        let bytes = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef];
        let stamp = Stamp { revision: 7, writer: WriterId::from_random(bytes) };
        let body = r#"{"a":"\",\"body\":"}"#.to_owned();
        let record = Record { key: header_key(0), stamp, body };
        assert_eq!(record.to_text(), text);
        assert_eq!(Record::parse(text), Ok(record));
    }

    #[test]
    fn says_why_a_text_is_no_record() {
        for (text, reason) in [
            (r#"{"version":2,"form":"unknown"}"#, Unreadable::Newer(2)),
            (r#"{"version":1,"form":"unknown"}"#, Unreadable::Damaged),
            (r#"{"version":0}"#, Unreadable::Damaged),
            (r#"{"version":01}"#, Unreadable::Damaged),
            ("{}", Unreadable::Damaged),
            ("", Unreadable::Damaged),
        ] {
            assert_eq!(Record::parse(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn the_revision_orders_first_and_the_writer_second() {
        let stamp = |revision, writer| record(item_key(0, "a"), revision, writer).stamp;
        assert!(stamp(2, 0) > stamp(1, 9));
        assert!(stamp(2, 1) > stamp(2, 0));
        assert!(stamp(10, 0) > stamp(9, 0));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(revision in 0..=MAX_REVISION, writer: [u8; 8], body in any::<String>()) {
            let stamp = Stamp { revision, writer: WriterId::from_random(writer) };
            let body = serde_json::to_string(&body).unwrap();
            let record = Record { key: item_key(3, "item-1"), stamp, body };
            assert_eq!(Record::parse(&record.to_text()), Ok(record));
        }
    }

    #[test]
    fn a_write_that_was_cut_short_is_no_record() {
        let text = record(item_key(3, "item-1"), 9, 1).to_text();
        for (end, _) in text.char_indices() {
            assert_eq!(Record::parse(&text[..end]), Err(Unreadable::Damaged), "{}", &text[..end]);
        }
    }
}
