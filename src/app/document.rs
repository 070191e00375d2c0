//! The printed report of the open inspection: what the person gives for it, and printing it.

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

/// The details given for the document on an inspection. Each detail is a record of its own, over
/// the details with which all of them began, so that two windows can give different ones.
#[derive(Clone)]
pub struct Given {
    /// The details, as they were when they were read last or heard of.
    pub details: ArcRwSignal<Details>,
    /// Whether what they began with is stored.
    is_begun: ArcRwSignal<bool>,
}

impl App {
    /// Reads what the person gave for the document on the open inspection; before she gave
    /// anything, it is what is suggested to her.
    ///
    /// # Errors
    /// When it can't be read: what is given then would go before what was given already.
    pub async fn document_details(&self) -> Result<ArcRwSignal<Details>, Failure> {
        let open = self.open().ok_or(Failure::NoInspection)?;
        let header = open.header.get_untracked();
        // Another window may have given something and not been heard.
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

    /// Keeps what the person gives for one field of the document.
    pub fn give_detail(&self, detail: Detail, text: String) {
        let (Some(open), Some(store)) = (self.open(), self.store()) else { return };
        let inspection = open.header.with_untracked(|header| header.id.clone());
        let Given { details, is_begun } = &open.given;
        if !is_begun.get_untracked() {
            // Suggestions change with the unit's next report; this one stays as it was seen.
            let key = Key { inspection: inspection.clone(), part: Part::Document };
            details.with_untracked(|details| put_json(&store, key, details));
            is_begun.set(true);
        }
        put_json(&store, Key { inspection, part: Part::Detail(detail) }, &text);
        details.update(|details| details.set(detail, text));
    }

    /// The document on the open inspection, as of today, with the inspections before it as they
    /// were when [`Self::look_back`] read them. Of the photos, those stand in it that are ready.
    ///
    /// # Errors
    /// When no inspection is open.
    pub fn document(&self, details: &Details, photos: &DrawnPhotos) -> Result<Document, Failure> {
        let open = self.open().ok_or(Failure::NoInspection)?;
        open.judge_anew(clock::today());
        let earlier = open.compared.earlier.get_untracked();
        Ok(document::of(&open.snapshot(), &earlier, details, &photos.shown(), clock::today()))
    }

    /// The document as a Word file.
    pub async fn word(&self, document: &Document, photos: &DrawnPhotos) -> Option<Made> {
        // A document is texts and figures alone: nothing in it can't be JSON.
        let json = serde_json::to_string(document).unwrap_or_default();
        let file = async { office::docx(&json, photos.files(document).await?).await };
        self.make(Format::Docx, file).await
    }

    /// Whether the browser puts numbers on pages by itself, and can have some in landscape.
    #[must_use]
    pub fn numbers_pages(&self) -> bool {
        print::numbers_pages()
    }

    /// Prints a page of its own, for as long as that takes in a frame in `place`; `fill` puts the
    /// content into it and gives what keeps it there.
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

    /// Returns the details given for the last report of the unit to the same superior body.
    async fn last_details(&self, header: &Header) -> Option<Details> {
        let listed = self.signals().listed.get_untracked();
        let of_unit = listed.into_iter().filter(|listed| {
            !listed.deleted
                && listed.id != header.id
                && listed.header.is_of_same_unit(header)
                && listed.header.superior == header.superior
        });
        // The list is ordered by when they were worked on.
        for listed in of_unit {
            // One that can't be read is no reason not to print; the store tells that reading fails.
            if let Ok(Some(given)) = self.details_of(&listed.id).await {
                return Some(given);
            }
        }
        None
    }

    /// Returns the details given for the document on an inspection, if any were given.
    pub(super) async fn details_of(&self, id: &InspectionId) -> Result<Option<Details>, Failure> {
        let store = self.store().ok_or(Failure::NoInspection)?;
        Ok(read_details(&store, &store.load(id).await?))
    }
}

/// Reads what was given for the document, if anything was. What can't be read of it is set aside,
/// since what is given anew takes its place.
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
    /// Begins with the details that were given so far, if any were.
    pub(super) fn of(details: Option<Details>) -> Self {
        let is_begun = ArcRwSignal::new(details.is_some());
        Self { details: ArcRwSignal::new(details.unwrap_or_default()), is_begun }
    }

    /// Returns what was given, if anything was.
    pub(super) fn begun(&self) -> Option<Details> {
        self.is_begun.get_untracked().then(|| self.details.get_untracked())
    }

    /// Takes over what another tab or element gave.
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
