//! The bodies of records that are no entry: an inspection's header and its progress.
//!
//! They are separate records, so that a tab which only answers never writes the header, and two
//! tabs can't undo each other's completing or deleting.

use serde::{Deserialize, Serialize};

use super::{Part, Record};
use crate::checklist::{Checklist, Language, builtin};
use crate::evaluation::Tally;
use crate::inspection::{Header, InspectionId, RawHeader, Status, Timestamp};
use crate::report::wire::RawEarlier;
use crate::upload::Ticket;

/// The beginning of the name of a checklist that is neither compiled in nor at a URL.
pub const BY_DIGEST: &str = "sha256:";

/// The body of an outbox with no report in it.
pub const NOTHING_TO_SEND: &str = "null";

/// The record of an inspection as a whole.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StoredHeader {
    /// The facts of the inspection.
    pub header: RawHeader,
    /// The checklist that it was started with, or moved to.
    pub checklist: StoredChecklist,
    /// The earlier versions of the checklist, with the answers that are kept of them.
    // In this record, so that the checklist and the answers to earlier versions never come apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<RawEarlier>,
    /// Names the beginning from which revisions are counted: drawn when the inspection is started
    /// or taken in from a report, and kept by each later version. Absent in what was stored before
    /// there were lineages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<String>,
    /// The time at which the person deleted it. It can be undeleted until it is purged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<String>,
}

/// Which checklist an inspection follows; its text is stored by its digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StoredChecklist {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The digest of its canonical form.
    pub sha256: String,
    /// Its titles, for the list of inspections: Vietnamese and English.
    pub title: (String, String),
}

impl StoredChecklist {
    /// Returns the stored form of a checklist.
    #[must_use]
    pub fn of(checklist: &Checklist) -> Self {
        let title = |language| checklist.title.in_language(language).to_owned();
        Self {
            id: checklist.id.to_string(),
            version: checklist.version.clone(),
            sha256: checklist.digest().to_string(),
            title: (title(Language::Vi), title(Language::En)),
        }
    }

    /// Returns the title, with the language that it is in.
    #[must_use]
    pub fn title(&self, language: Language) -> (&str, Language) {
        let (vietnamese, english) = &self.title;
        match language {
            // Where there is no translation, the Vietnamese title was stored for it.
            Language::En if english != vietnamese => (english, Language::En),
            _ => (vietnamese, Language::Vi),
        }
    }
}

impl StoredHeader {
    /// Whether a header's record is that of an inspection that was not deleted.
    #[must_use]
    pub fn is_there(record: &Record) -> bool {
        let stored: Option<Self> = serde_json::from_str(&record.body).ok();
        stored.is_some_and(|stored| stored.deleted_at.is_none())
    }
}

/// Returns the ticket in a record, if it is a record of one and there is one.
#[must_use]
pub fn ticket_in(record: &Record) -> Option<Ticket> {
    let is_ticket = record.key.part == Part::Upload;
    if is_ticket { serde_json::from_str(&record.body).ok() } else { None }
}

/// An inspection's progress: derived from its entries and stored for the list of inspections.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct StoredProgress {
    /// The time of the last entry.
    pub updated_at: String,
    /// The time of the last export of a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exported_at: Option<String>,
    /// Items that apply.
    pub total: usize,
    /// Items that need nothing more.
    pub answered: usize,
    /// Items that are met.
    pub met: usize,
    /// Which inspection of the device was worked on last: the one of the highest number. Clocks are
    /// set back, so they can't tell; 0 in what was stored before there was this number.
    #[serde(skip_serializing_if = "is_zero")]
    pub touched: u64,
    /// Whether something was entered since the last export; absent in what was stored before there
    /// was this word.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed: Option<bool>,
}

const fn is_zero(number: &u64) -> bool {
    *number == 0
}

impl StoredProgress {
    /// Returns the progress at a moment.
    #[must_use]
    pub fn of(tally: &Tally, updated_at: &Timestamp, exported_at: Option<&Timestamp>) -> Self {
        Self {
            updated_at: updated_at.to_string(),
            exported_at: exported_at.map(ToString::to_string),
            total: tally.total,
            answered: tally.answered(),
            met: tally.met,
            touched: 0,
            changed: None,
        }
    }

    /// Whether something was entered since the last export, or nothing was exported yet.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        let milliseconds = |text: &str| Timestamp::parse(text).map(|time| time.milliseconds());
        let by_clock = self
            .exported_at
            .as_deref()
            .is_none_or(|exported_at| milliseconds(exported_at) < milliseconds(&self.updated_at));
        self.changed.unwrap_or(by_clock)
    }
}

/// One inspection in the list of those on this device.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// Its id.
    pub id: InspectionId,
    /// Its facts; `updated_at` is that of its progress.
    pub header: Header,
    /// Its checklist.
    pub checklist: StoredChecklist,
    /// Items that need nothing more.
    pub answered: usize,
    /// Items that apply. 0 where nothing is known yet.
    pub total: usize,
    /// The time of the last export of a report.
    pub exported_at: Option<Timestamp>,
    changed: bool,
    /// The place in the order of work; see [`StoredProgress::touched`].
    pub touched: u64,
    /// Whether the person deleted it.
    pub deleted: bool,
}

impl Listed {
    /// Creates a list entry from its two records.
    #[must_use]
    pub fn new(stored: StoredHeader, progress: Option<StoredProgress>) -> Option<Self> {
        let mut header = Header::from_raw(stored.header).ok()?;
        let progress = progress.unwrap_or_default();
        if let Some(updated_at) = Timestamp::parse(&progress.updated_at) {
            header.updated_at = updated_at;
        }
        Some(Self {
            id: header.id.clone(),
            header,
            checklist: stored.checklist,
            answered: progress.answered,
            total: progress.total,
            changed: progress.is_changed(),
            touched: progress.touched,
            exported_at: progress.exported_at.as_deref().and_then(Timestamp::parse),
            deleted: stored.deleted_at.is_some(),
        })
    }

    /// The name and the title of its checklist, if that is none of those that are compiled in.
    #[must_use]
    pub fn own_checklist(&self, language: Language) -> Option<(String, String)> {
        let StoredChecklist { id, version, sha256, .. } = &self.checklist;
        let (title, _) = self.checklist.title(language);
        let is_own = builtin(id).is_none();
        is_own.then(|| ([BY_DIGEST, sha256].concat(), format!("{title} ({version})")))
    }

    /// Returns whether something was entered since the last export, or nothing was exported yet.
    #[must_use]
    pub const fn changed_since_export(&self) -> bool {
        self.changed
    }

    /// Returns whether it is not deleted and its report is yet to be exported as it is now.
    #[must_use]
    pub fn is_unexported(&self) -> bool {
        !self.deleted && self.changed_since_export()
    }

    /// Returns whether it is completed.
    #[must_use]
    pub const fn finished(&self) -> bool {
        matches!(self.header.status, Status::Completed)
    }
}
