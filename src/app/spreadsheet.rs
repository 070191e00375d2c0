//! The open inspection as a spreadsheet.

use leptos::prelude::*;

use super::{App, Format, Made};
use crate::browser::{clock, office};
use crate::spreadsheet::{csv, sheet};

impl App {
    /// Makes a spreadsheet of the open inspection as it stands now, as .xlsx or as text.
    pub async fn spreadsheet(&self, format: Format) -> Option<Made> {
        let open = self.open()?;
        open.judge_anew(clock::today());
        let language = self.signals().language.get_untracked();
        let sheet = sheet(&open.snapshot(), clock::today(), language, self.words());
        let bytes = async {
            match format {
                Format::Csv => Ok(csv(&sheet, language)),
                // A sheet has texts alone, which JSON can hold.
                _ => office::xlsx(&serde_json::to_string(&sheet).unwrap_or_default()).await,
            }
        };
        self.make(format, bytes).await
    }
}
