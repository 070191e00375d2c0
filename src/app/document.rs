//! The printed report of the open inspection: its details, and printing it.

use std::any::Any;

use leptos::prelude::*;
use web_sys::{HtmlElement, Node};

use super::shelf::put_json;
use super::{App, DrawnPhotos, Failure, Format, Made};
use crate::browser::{clock, office, print};
use crate::checklist::Language;
use crate::document::{self, Details, Document};
use crate::inspection::{Header, InspectionId};
use crate::storage::Store;
use crate::stored::{Detail, Key, Part, Record};

/// The details that the person gave for an inspection's document. Each detail is a record of its
/// own on top of a common record, so that two windows can change different ones.
#[derive(Clone)]
pub struct Given {
    /// The details as last read or heard of.
    pub details: ArcRwSignal<Details>,
    /// Whether the common record is stored.
    is_begun: ArcRwSignal<bool>,
}

impl App {
    /// Reads the details of the open inspection's document. Before the person has given any, these
    /// are the suggested ones.
    ///
    /// # Errors
    /// When they can't be read: new details would take the place of those that were given already.
    pub async fn document_details(&self) -> Result<ArcRwSignal<Details>, Failure> {
        let open = self.open().ok_or(Failure::NoInspection)?;
        let header = open.header.get_untracked();
        // Another window may have given some without being heard.
        let given = self.details_of(&header.id).await?;
        open.given.is_begun.set(given.is_some());
        let details = match given {
            Some(given) => given,
            None => {
                let last = self.last_details(&header).await;
                Details::suggested(&open.snapshot(), last.as_ref(), clock::today())
            }
        };
        open.given.details.set(details);
        Ok(open.given.details.clone())
    }

    /// Stores the text that the person gives for one field of the document.
    pub fn give_detail(&self, detail: Detail, text: String) {
        let (Some(open), Some(store)) = (self.open(), self.store()) else { return };
        let inspection = open.header.with_untracked(|header| header.id.clone());
        let Given { details, is_begun } = &open.given;
        if !is_begun.get_untracked() {
            // Suggestions change with the unit's next report. These stay as the person saw them.
            let key = Key { inspection: inspection.clone(), part: Part::Document };
            details.with_untracked(|details| put_json(&store, key, details));
            is_begun.set(true);
        }
        put_json(&store, Key { inspection, part: Part::Detail(detail) }, &text);
        details.update(|details| details.set(detail, text));
    }

    /// Returns today's document on the open inspection. Earlier inspections are as
    /// [`Self::look_back`] read them. The document has the photos that are ready.
    ///
    /// # Errors
    /// When no inspection is open.
    pub fn document(&self, details: &Details, photos: &DrawnPhotos) -> Result<Document, Failure> {
        let open = self.open().ok_or(Failure::NoInspection)?;
        open.judge_anew(clock::today());
        let earlier = open.compared.earlier.get_untracked();
        Ok(document::of(&open.snapshot(), &earlier, details, &photos.shown(), clock::today()))
    }

    /// Makes the document as a Word file.
    pub async fn word(&self, document: &Document, photos: &DrawnPhotos) -> Option<Made> {
        // A document has texts and figures alone, which JSON can hold.
        let json = serde_json::to_string(document).unwrap_or_default();
        let file = async { office::docx(&json, photos.files(document).await?).await };
        self.make(Format::Docx, file).await
    }

    /// Returns whether the browser numbers pages by itself and can print some in landscape.
    #[must_use]
    pub fn numbers_pages(&self) -> bool {
        print::numbers_pages()
    }

    /// Prints a page of its own from a frame in `place`, which is there until printing ends. `fill`
    /// puts the content into the page and returns the object that keeps it there.
    pub fn print(
        &self,
        place: &Node,
        title: String,
        style: &'static str,
        fill: impl FnOnce(HtmlElement) -> Box<dyn Any>,
    ) {
        let page = print::Page { title, language: Language::Vi.code(), style };
        let app = self.clone();
        let on_silence = move || app.warn(app.words().print_silence.to_owned());
        if print::print(place, page, fill, on_silence).is_err() {
            self.warn(self.words().print_failed.to_owned());
        }
    }

    /// Returns the details of the unit's last report to the same superior body.
    async fn last_details(&self, header: &Header) -> Option<Details> {
        let listed = self.signals().listed.get_untracked();
        let of_unit = listed.into_iter().filter(|listed| {
            !listed.deleted
                && listed.id != header.id
                && listed.header.is_of_same_unit(header)
                && listed.header.superior == header.superior
        });
        // The list is ordered by the last work on each inspection.
        for listed in of_unit {
            // An unreadable inspection must not prevent printing. The store reports the error.
            if let Ok(Some(given)) = self.details_of(&listed.id).await {
                return Some(given);
            }
        }
        None
    }

    /// Returns the details of an inspection's document, if any were given.
    pub(super) async fn details_of(&self, id: &InspectionId) -> Result<Option<Details>, Failure> {
        let store = self.store().ok_or(Failure::NoInspection)?;
        Ok(read_details(&store, &store.load(id).await?))
    }
}

/// Reads the details of a document, if any were given. Unreadable records are set aside, since new
/// details take their place.
pub(super) fn read_details(store: &Store, records: &[Record]) -> Option<Details> {
    let mut begun = None;
    let mut given = Vec::new();
    for record in records {
        let is_read = match record.key.part {
            Part::Document => {
                begun = serde_json::from_str::<Details>(&record.body).ok();
                begun.is_some()
            }
            Part::Detail(detail) => {
                let text: Option<String> = serde_json::from_str(&record.body).ok();
                let is_read = text.is_some();
                given.extend(text.map(|text| (detail, text)));
                is_read
            }
            _ => true,
        };
        if !is_read {
            store.set_aside(record.clone());
        }
    }
    if begun.is_none() && given.is_empty() {
        return None;
    }
    let mut details = begun.unwrap_or_default();
    given.into_iter().for_each(|(detail, text)| details.set(detail, text));
    Some(details)
}

impl Given {
    /// Creates the details from those that were given so far, if any were.
    pub(super) fn of(details: Option<Details>) -> Self {
        let is_begun = ArcRwSignal::new(details.is_some());
        Self { details: ArcRwSignal::new(details.unwrap_or_default()), is_begun }
    }

    /// Returns the details, if any were given.
    pub(super) fn begun(&self) -> Option<Details> {
        self.is_begun.get_untracked().then(|| self.details.get_untracked())
    }

    /// Takes over a detail that another tab or element stored.
    pub(super) fn hear(&self, record: &Record) {
        match record.key.part {
            Part::Document if !self.is_begun.get_untracked() => {
                let begun = serde_json::from_str::<Details>(&record.body).ok();
                self.is_begun.set(begun.is_some());
                begun.into_iter().for_each(|begun| self.details.set(begun));
            }
            Part::Detail(detail) => {
                let text: Option<String> = serde_json::from_str(&record.body).ok();
                let give = |text| self.details.update(|details| details.set(detail, text));
                text.into_iter().for_each(give);
            }
            _ => {}
        }
    }
}
