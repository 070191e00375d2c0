//! Files of the open inspection for office programs. Another program makes them, which may have to be fetched
//! first: one file at a time, for as long as the person waits for it.

use std::sync::Arc;

use leptos::prelude::*;

use super::App;
use crate::browser::download;
use crate::browser::office::NotMade;
use crate::messages::fill;
use crate::report::file_name;

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A spreadsheet of Excel.
    Xlsx,
    /// A spreadsheet as a text.
    Csv,
    /// The printed report for Word.
    Docx,
}

impl Format {
    /// The end of its file's name.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Docx => "docx",
        }
    }

    const fn mime(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }
}

/// What came of making a file.
pub struct Made {
    format: Format,
    name: String,
    bytes: Result<Vec<u8>, NotMade>,
}

impl App {
    /// Whether a file is being made, as a signal.
    #[must_use]
    pub fn makes_file(&self) -> bool {
        self.signals().making.with(Option::is_some)
    }

    /// Has a file of the open inspection made. There is none when another one is being made, or when the person
    /// does not wait for it any more.
    pub(super) async fn make(
        &self,
        format: Format,
        bytes: impl Future<Output = Result<Vec<u8>, NotMade>>,
    ) -> Option<Made> {
        let open = self.open()?;
        let making = self.signals().making.clone();
        if making.with_untracked(Option::is_some) {
            return None;
        }
        let this = Arc::new(format);
        making.set(Some(this.clone()));
        let name = open
            .header
            .with_untracked(|header| file_name(header, &open.checklist, format.extension()));
        let bytes = bytes.await;
        let is_waited_for =
            making.with_untracked(|now| now.as_ref().is_some_and(|now| Arc::ptr_eq(now, &this)));
        if !is_waited_for {
            return None;
        }
        making.set(None);
        Some(Made { format, name, bytes })
    }

    /// The person does not wait for the file any more.
    pub fn forget_file(&self) {
        self.signals().making.set(None);
    }

    /// Saves the file, or says why there is none.
    pub fn save_file(&self, made: Made) {
        let Made { format, name, bytes } = made;
        let words = self.words();
        let saved = bytes.map(|bytes| download::save_file(&name, format.mime(), &bytes));
        match saved {
            Ok(Ok(())) => self.notify(fill(words.export_done, &[("file", &name)]), None),
            Ok(Err(_)) => self.warn(words.export_failed.to_owned()),
            Err(why) => {
                let sentence = match (why, format) {
                    (NotMade::Unreachable, Format::Docx) => words.word_unreachable,
                    (NotMade::Failed, Format::Docx) => words.word_failed,
                    (NotMade::Unreachable, _) => words.sheet_unreachable,
                    (NotMade::Failed, _) => words.sheet_failed,
                };
                self.warn(sentence.to_owned());
            }
        }
    }
}
