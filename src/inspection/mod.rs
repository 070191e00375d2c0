//! The inspection: one unit, one checklist, one period, and the answers.
//!
//! Pure: nothing here knows the page, storage or the clock. The day and the time are arguments.

mod answer;
mod carry;
mod earlier;
mod entry;
mod evidence;
mod finding;
mod header;
mod moving;
mod own;
mod period;
mod raw;
mod raw_answer;
mod reading;
mod rows;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod schema;
mod seen;
mod table;
mod timestamp;

pub use answer::{Answer, Cell, Choice, Done, Entered, PartState, Row, TypedField};
pub use carry::{Carry, Successive};
pub use earlier::{Earlier, EarlierItem, Edition, MAX_EARLIER};
pub use entry::{Edit, Entry, WrongKind};
pub use evidence::{
    Evidence, EvidenceEdit, MAX_EVIDENCE, MAX_EVIDENCE_OF_ALL, MAX_NAME, Media, RawEvidence,
    short_name,
};
pub use finding::{Finding, FindingDate, FindingEdit, FindingGap, FindingState, RawFinding};
pub use header::{Completion, Header, InspectionId, Status, Unit};
pub use moving::Fate;
pub use own::{Own, RawOwn};
pub use period::{Period, YearPart};
pub use raw::{RawEntry, RawHeader, RawUnit};
pub use raw_answer::{AnswerFault, RawAnswer, RawCell};
pub use reading::{
    Unreadable, read_date, read_decimal, read_whole, write_date, write_decimal, write_whole,
};
pub use rows::{named, sorted};
pub use seen::{as_seen, is_unseen};
pub use table::Table;
pub use timestamp::Timestamp;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use raw_answer::answer_fields;

use crate::checklist::{Checklist, ItemId};
use crate::document::Details;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The entries of one inspection; blank ones are absent.
pub type Entries = BTreeMap<ItemId, Entry>;

/// One unit, one checklist, one period, and the entries.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// The data on it as a whole.
    pub header: Header,
    /// The checklist that it was started with and keeps, until the person moves to a newer version.
    pub checklist: Arc<Checklist>,
    /// The entries, by item.
    pub entries: Entries,
    /// The versions of the checklist that it moved on from, in that order, with the answers left
    /// behind.
    pub earlier: Vec<Earlier>,
    /// The details that people gave for its printed report; `None` before they gave any.
    pub details: Option<Details>,
}

impl Inspection {
    /// Returns the numbers of the items for which something is stored that can't be read, from 1.
    #[must_use]
    pub fn lost(&self) -> Vec<usize> {
        let lost = self.entries.iter().filter(|(_, entry)| entry.lost);
        let mut numbers: Vec<_> =
            lost.filter_map(|(id, _)| Some(self.checklist.position(id.as_str())? + 1)).collect();
        numbers.sort_unstable();
        numbers
    }
}
