//! Checklists from the person's own files.

use std::sync::Arc;

use leptos::prelude::*;

use super::starting::{MAX_CHECKLIST, name_by_digest};
use super::{App, Failure};
use crate::browser::download::read_file;
use crate::checklist::Checklist;
use crate::review::{Flaw, flaws};

/// A checklist file that was opened.
#[derive(Clone)]
pub struct OpenedChecklist {
    /// The file's name.
    pub file: String,
    /// The checklist, or all its problems in words.
    pub checklist: Result<Arc<Checklist>, Vec<Flaw>>,
}

impl App {
    /// Reads and checks a checklist file without offering it yet.
    ///
    /// # Errors
    /// When the file can't be read at all.
    pub async fn open_checklist(&self, file: web_sys::File) -> Result<OpenedChecklist, Failure> {
        let bytes = read_file(&file, MAX_CHECKLIST).await.map_err(Failure::File)?;
        let checklist = Checklist::from_bytes(&bytes)
            .map(Arc::new)
            .map_err(|problems| flaws(&problems, self.words()));
        Ok(OpenedChecklist { file: file.name(), checklist })
    }

    /// Offers a checklist until the page is reloaded. Inspections that are started with it keep it
    /// for good.
    pub fn keep_checklist(&self, checklist: Arc<Checklist>) {
        let name = name_by_digest(&checklist);
        self.signals().own_checklists.update(|own| {
            if own.iter().all(|known| name_by_digest(known) != name) {
                own.push(checklist);
            }
        });
    }
}
