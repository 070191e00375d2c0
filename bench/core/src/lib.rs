//! The tasks of the program's core, on checklists of any size, for timing (`cargo bench --package
//! core-bench`) and for counting instructions (`cargo xtask instructions`). Also the readers of
//! outside data, whose growth `tests/growth.rs` checks.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what is made here is right, or the benchmark ends with a message"
)]

pub mod readers;

use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::{Value, json};
use tu_kiem_tra::checklist::{Checklist, Digest, Language, canonical_json};
use tu_kiem_tra::evaluation::{Context, evaluate};
use tu_kiem_tra::inspection::{Entries, Entry, Header, Inspection};
use tu_kiem_tra::report::{Report, import};
use tu_kiem_tra::vietnamese::{fold, has_words};

/// A task of the core.
#[derive(Clone, Copy, Debug)]
pub enum Work {
    /// Judges all answers.
    Evaluate,
    /// Writes the report in its canonical form (RFC 8785).
    Canonical,
    /// Takes the SHA-256 of that form.
    Digest,
    /// Folds all texts for searching, and looks for words in them.
    Search,
    /// Reads a report that came as a file: 5 MB of 10,000 items.
    Import,
}

/// A task with all that it needs. Each call does it once and returns a number that depends on the
/// whole result.
pub type Prepared = Box<dyn Fn() -> usize + Sync>;

impl Work {
    /// All tasks.
    pub const ALL: [Self; 5] =
        [Self::Evaluate, Self::Canonical, Self::Digest, Self::Search, Self::Import];

    /// Returns its name in commands and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Evaluate => "evaluate",
            Self::Canonical => "canonical",
            Self::Digest => "digest",
            Self::Search => "search",
            Self::Import => "import",
        }
    }

    /// Returns the task of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|work| work.name() == name)
    }

    /// Prepares the task on a checklist of this many items.
    #[must_use]
    pub fn prepare(self, items: usize) -> Prepared {
        let inspection = inspection(items);
        match self {
            Self::Evaluate => Box::new(move || {
                let context = Context::new(&inspection.header, today());
                let (evaluated, summary) =
                    evaluate(&inspection.checklist, &inspection.entries, &context);
                evaluated.len() + summary.all.met
            }),
            Self::Canonical => {
                let report = Report::of(&inspection, today()).json();
                Box::new(move || canonical_json(&report).expect("a report is JSON").len())
            }
            Self::Digest => {
                let report = Report::of(&inspection, today());
                Box::new(move || Digest::of(report.bytes()).to_string().len())
            }
            Self::Search => Box::new(move || {
                let words = fold("bộ phận một cửa");
                let texts = inspection
                    .checklist
                    .items
                    .iter()
                    .map(|item| fold(item.text.in_language(Language::Vi)));
                texts.filter(|text| has_words(text, &words)).count()
            }),
            Self::Import => {
                let report = Report::of(&inspection, today());
                Box::new(move || import(report.bytes()).expect("it was just made").entries.len())
            }
        }
    }
}

/// Returns the size in bytes of the report on this many items.
#[must_use]
pub fn size_of_report(items: usize) -> usize {
    Report::of(&inspection(items), today()).bytes().len()
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day")
}

/// Returns an inspection by a checklist of ten areas in which everything is answered.
fn inspection(items: usize) -> Inspection {
    let checklist = Checklist::from_definition(definition(items)).expect("a checklist");
    let entries: Entries = checklist
        .items
        .iter()
        .zip(0..)
        .map(|(item, place): (_, usize)| {
            let answer = if is_ratio(place) {
                json!({"answer": {"numerator": place % 97, "denominator": 97}})
            } else {
                json!({"answer": {"verdict": "met"}, "note": "Đã niêm yết tại bộ phận Một cửa."})
            };
            let raw = serde_json::from_value(answer).expect("an entry");
            (item.id.clone(), Entry::from_raw(raw, item).expect("it fits"))
        })
        .collect();
    let header = json!({
        "id": "3f2b8c1e-9d4a-4e6b-8a57-0c1d2e3f4a5b", "status": "in-progress",
        "createdAt": "2026-11-20T08:00:00+07:00", "updatedAt": "2026-11-21T09:30:15.250+07:00",
        "period": "2026", "unit": {"name": "Phường 1", "type": "commune"},
    });
    let header = serde_json::from_value(header).expect("a header");
    let header = Header::from_raw(header).expect("a header");
    Inspection {
        header,
        checklist: Arc::new(checklist),
        entries,
        earlier: Vec::new(),
        details: None,
    }
}

/// Returns whether an item is a ratio, as every fifth is.
const fn is_ratio(place: usize) -> bool {
    place % 5 == 4
}

/// Returns the file of a checklist of this many items.
#[must_use]
pub fn definition(items: usize) -> Value {
    let item = |place: usize| {
        let mut item = json!({
            "id": format!("item-{place}"), "area": format!("area-{}", place * 10 / items.max(1)), "kind": "attestation",
            "text": {"vi": format!("Thủ tục thứ {place} được niêm yết tại bộ phận Một cửa và trên trang thông tin.")},
            "addressee": "Phường", "legal": [], "performers": ["commune"], "source": {"clause": format!("{place}")},
        });
        if let (true, Some(members)) = (is_ratio(place), item.as_object_mut()) {
            members.insert("kind".to_owned(), "ratio".into());
            members.insert("target".to_owned(), json!({"atLeast": "60"}));
            members.insert("numerator".to_owned(), json!({"vi": "Trực tuyến"}));
            members.insert("denominator".to_owned(), json!({"vi": "Tất cả"}));
        }
        item
    };
    let areas: Vec<_> = (0..10)
        .map(|area| json!({"id": format!("area-{area}"), "title": {"vi": format!("Lĩnh vực {area}")}}))
        .collect();
    json!({
        "id": "many-items", "version": "1.0.0", "title": {"vi": "Danh mục dài"},
        "source": {"issuer": "Ủy ban nhân dân", "number": "1/UBND", "date": "ngày 01 tháng 01 năm 2026",
            "subject": "V/v tự kiểm tra", "addressees": ["Phường"], "basis": []},
        "questions": [], "areas": areas, "items": (0..items).map(item).collect::<Vec<_>>(),
    })
}
