//! Files of the open inspection that take a while: those for office programs, and reports with
//! their evidence. Another program, which has to be fetched first, may make them. One file is made
//! at a time, for as long as the person waits for it. A new request replaces the one before.

use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Blob;

use super::bundling::Carrier;
use super::failure::not_fetched_sentence;
use super::lacking::with_lacks;
use super::{App, Open};
use crate::browser::download;
use crate::browser::office::{NotFetched, NotMade};
use crate::inspection::Timestamp;
use crate::messages::{Messages, fill};
use crate::report::file_name;

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A spreadsheet of Excel.
    Xlsx,
    /// A spreadsheet as text.
    Csv,
    /// The printed report for Word.
    Docx,
    /// The report with its evidence.
    Report(Carrier),
}

impl Format {
    /// Returns the file name's extension.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Docx => "docx",
            // Otherwise it would have the name of the report without evidence.
            Self::Report(Carrier::Json) => "minh-chung.json",
            Self::Report(Carrier::Zip) => "zip",
        }
    }

    const fn mime(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Report(carrier) => carrier.mime(),
        }
    }
}

/// The result of making a file.
pub struct Made {
    format: Format,
    name: String,
    file: Result<Blob, NotMade>,
    report: Option<Exported>,
}

/// The content of a file with a report and its evidence.
pub(super) struct Exported {
    /// The inspection.
    pub open: Arc<Open>,
    /// The time of the inspection's last change.
    pub as_of: Timestamp,
    /// The files that its items lack, a line for each.
    pub lacks: Vec<String>,
}

impl App {
    /// Returns whether a file is being made, and tracks that.
    #[must_use]
    pub fn makes_file(&self) -> bool {
        self.signals().making.with(Option::is_some)
    }

    /// Returns whether a file of this kind is being made, and tracks that.
    #[must_use]
    pub fn makes(&self, format: Format) -> bool {
        self.signals().making.with(|making| making.as_deref() == Some(&format))
    }

    /// Makes a file of the open inspection from bytes. Returns `None` if the same kind is being
    /// made already, or if the person does not wait for it any more.
    pub(super) async fn make(
        &self,
        format: Format,
        bytes: impl Future<Output = Result<Vec<u8>, NotMade>>,
    ) -> Option<Made> {
        let file = async {
            let file = download::file(format.mime(), &bytes.await?);
            Ok((file.map_err(|_| NotMade::Failed)?, None))
        };
        self.make_file(format, file).await
    }

    /// Makes a file of the open inspection from a blob, with the content if that is a report.
    /// Otherwise like [`Self::make`].
    pub(super) async fn make_file(
        &self,
        format: Format,
        file: impl Future<Output = Result<(Blob, Option<Exported>), NotMade>>,
    ) -> Option<Made> {
        let open = self.open()?;
        let making = self.signals().making.clone();
        if making.with_untracked(|making| making.as_deref() == Some(&format)) {
            return None;
        }
        let this = Arc::new(format);
        making.set(Some(this.clone()));
        let name = open
            .header
            .with_untracked(|header| file_name(header, &open.checklist, format.extension()));
        let file = file.await;
        let is_waited_for =
            making.with_untracked(|now| now.as_ref().is_some_and(|now| Arc::ptr_eq(now, &this)));
        if !is_waited_for {
            return None;
        }
        making.set(None);
        let (file, report) = match file {
            Ok((file, report)) => (Ok(file), report),
            Err(why) => (Err(why), None),
        };
        Some(Made { format, name, file, report })
    }

    /// Notes that the person does not wait for the file any more.
    pub fn forget_file(&self) {
        self.signals().making.set(None);
    }

    /// Saves the file, or tells why there is none.
    pub fn save_file(&self, made: Made) {
        let Made { format, name, file, report } = made;
        let words = self.words();
        match file.map(|file| download::save_blob(&name, &file)) {
            Ok(Ok(())) => {
                report.iter().for_each(|report| self.note_report(report));
                let lacks = report.as_ref().map(|report| report.lacks.clone()).unwrap_or_default();
                let told = |sentence, count: usize| {
                    fill(sentence, &[("file", &*name), ("count", &count.to_string())])
                };
                let sentence = if lacks.is_empty() {
                    told(words.export_done, 0)
                } else {
                    with_lacks(told(words.export_lacks, lacks.len()), lacks, words)
                };
                self.notify(sentence, None);
                report.iter().for_each(|report| self.tell_lost(&report.open.snapshot()));
            }
            Ok(Err(_)) => self.warn(words.export_failed.to_owned()),
            Err(why) => {
                self.warn(not_made(why, format, words));
                if why == NotMade::NotFetched(NotFetched::Replaced) {
                    self.offer_newer();
                }
            }
        }
    }

    /// Notes that a report was exported, unless the inspection was closed or changed while the file
    /// was made.
    fn note_report(&self, report: &Exported) {
        let Exported { open, as_of, .. } = report;
        let is_open = self.open().is_some_and(|now| Arc::ptr_eq(&now, open));
        if is_open && open.header.with_untracked(|header| header.updated_at == *as_of) {
            self.note_exported(open);
        }
    }
}

/// Returns in words why there is no file.
pub(super) fn not_made(why: NotMade, format: Format, words: &Messages) -> String {
    let sentence = match (why, format) {
        (NotMade::TooLarge(limit), _) => {
            let limit = (limit / 1024 / 1024).to_string();
            return fill(words.export_too_large, &[("limit", &limit)]);
        }
        (NotMade::NotFetched(why), _) => {
            let instead = match format {
                Format::Docx => words.instead_print,
                Format::Report(_) => words.instead_json,
                Format::Xlsx | Format::Csv => words.instead_csv,
            };
            return not_fetched_sentence(why, instead, words);
        }
        (NotMade::Unfit, _) => words.export_unfit,
        (NotMade::Failed, Format::Docx) => words.word_failed,
        (NotMade::Failed, Format::Report(_)) => words.export_failed,
        (NotMade::Failed, Format::Xlsx | Format::Csv) => words.sheet_failed,
    };
    sentence.to_owned()
}
