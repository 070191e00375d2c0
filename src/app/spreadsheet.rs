//! The open inspection as a spreadsheet.

use leptos::prelude::*;

use super::App;
use crate::browser::office::{self, NotMade};
use crate::browser::{clock, download};
use crate::messages::fill;
use crate::report::file_name;
use crate::spreadsheet::{csv, sheet};

/// A spreadsheet's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excel's.
    Xlsx,
    /// A text.
    Csv,
}

impl Format {
    /// The end of its file's name, and its name in the page.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    const fn mime(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv",
        }
    }
}

impl App {
    /// Downloads the open inspection as a spreadsheet, as it stands now.
    pub async fn spreadsheet(&self, format: Format) {
        let Some(open) = self.open() else { return };
        open.judge_anew(clock::today());
        let workspace = self.signals().workspace.get_untracked();
        let language = self.signals().language.get_untracked();
        let sheet = sheet(&open.snapshot(), clock::today(), language, self.words());
        let name = open
            .header
            .with_untracked(|header| file_name(header, &open.checklist, format.extension()));
        let made = match format {
            Format::Csv => Ok(csv(&sheet, language)),
            // A sheet is texts alone: nothing in it can't be JSON.
            Format::Xlsx => office::xlsx(&serde_json::to_string(&sheet).unwrap_or_default()).await,
        };
        // The device may have been handed over while it was made.
        if self.signals().workspace.get_untracked() != workspace {
            return;
        }
        let words = self.words();
        let saved = made.map(|bytes| download::save_file(&name, format.mime(), &bytes));
        match saved {
            Ok(Ok(())) => self.notify(fill(words.export_done, &[("file", &name)]), None),
            Ok(Err(_)) => self.warn(words.export_failed.to_owned()),
            Err(NotMade::Unreachable) => self.warn(words.sheet_unreachable.to_owned()),
            Err(NotMade::Failed) => self.warn(words.sheet_failed.to_owned()),
        }
    }
}
