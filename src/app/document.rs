//! The printed report of the open inspection: what the person gives for it, and printing it.

use std::any::Any;

use leptos::prelude::*;
use web_sys::{HtmlElement, Node};

use super::shelf::put_json;
use super::{App, Failure};
use crate::browser::{clock, print};
use crate::checklist::Language;
use crate::document::{Details, Document};
use crate::inspection::InspectionId;
use crate::storage::{Key, Part};

impl App {
    /// What the person gave for the document on the open inspection; before she gave anything, what is
    /// suggested to her.
    pub async fn document_details(&self) -> Details {
        let (Some(open), Some(id)) = (self.open(), self.open_id()) else {
            return Details::default();
        };
        if let Some(given) = self.details_of(&id).await {
            return given;
        }
        let last = self.last_details().await;
        open.header
            .with_untracked(|header| Details::suggested(header, &open.checklist, last.as_ref()))
    }

    /// Keeps what the person gives for the document.
    pub fn keep_document_details(&self, details: &Details) {
        if let (Some(store), Some(inspection)) = (self.store(), self.open_id()) {
            put_json(&store, Key { inspection, part: Part::Document }, details);
        }
    }

    /// The document on the open inspection, as of today.
    ///
    /// # Errors
    /// When no inspection is open.
    pub fn document(&self, details: &Details) -> Result<Document, Failure> {
        let open = self.open().ok_or(Failure::NoInspection)?;
        open.judge_anew(clock::today());
        Ok(Document::of(&open.snapshot(), details, clock::today()))
    }

    /// Whether the browser puts numbers on pages by itself.
    #[must_use]
    pub fn numbers_pages(&self) -> bool {
        print::numbers_pages()
    }

    /// Prints a page of its own, for as long as that takes in a frame in `place`; `fill` puts the content into
    /// it and gives what keeps it there.
    pub fn print(
        &self,
        place: &Node,
        title: String,
        style: &'static str,
        fill: impl FnOnce(HtmlElement) -> Box<dyn Any>,
    ) {
        let page = print::Page { title, language: Language::Vi.code(), style };
        if print::print(place, page, fill).is_err() {
            self.warn(self.words().print_failed.to_owned());
        }
    }

    /// What was given for the last report of the unit to the same superior body.
    async fn last_details(&self) -> Option<Details> {
        let header = self.open()?.header.get_untracked();
        let listed = self.signals().listed.get_untracked();
        let of_unit = listed.into_iter().filter(|listed| {
            !listed.deleted
                && listed.id != header.id
                && listed.header.is_of_same_unit(&header)
                && listed.header.superior == header.superior
        });
        // The list is ordered by when they were worked on.
        for listed in of_unit {
            if let Some(given) = self.details_of(&listed.id).await {
                return Some(given);
            }
        }
        None
    }

    async fn details_of(&self, id: &InspectionId) -> Option<Details> {
        let store = self.store()?;
        let records = store.load(id).await.ok()?;
        let record = records.into_iter().find(|record| record.key.part == Part::Document)?;
        let read = serde_json::from_str(&record.body).ok();
        if read.is_none() {
            // What is given anew would take its place.
            store.set_aside(record);
        }
        read
    }
}
