//! Data that is carried over from earlier inspections of the same unit.

use std::sync::Arc;

use leptos::prelude::*;

use super::{App, Failure, Listed, OpenItem};
use crate::checklist::Kind;
use crate::comparison::series;
use crate::inspection::{Edit, Entered, Inspection, InspectionId, named};
use crate::messages::fill;

impl App {
    /// Reads an inspection on this device for the next one to begin with.
    ///
    /// # Errors
    /// When it is not there, or can't be read.
    pub async fn earlier(&self, id: &InspectionId) -> Result<Arc<Inspection>, Failure> {
        Ok(Arc::new(self.load(id).await?.0))
    }

    /// Returns the inspection before the open one: the last of those that it is compared with.
    #[must_use]
    pub fn before_this(&self) -> Option<Listed> {
        let open = self.open()?;
        let header = open.header.get_untracked();
        let listed = self.signals().listed.get_untracked();
        let same = listed
            .into_iter()
            .filter(|listed| !listed.deleted && listed.checklist.id == open.checklist.id.as_str());
        series(&header, same.collect(), |listed| &listed.header).pop()
    }

    /// Adds the rows of the previous inspection's roster with their names alone, to be inspected
    /// anew.
    ///
    /// # Errors
    /// When the inspection before can't be read.
    pub async fn take_rows_over(&self, item: &Arc<OpenItem>, from: &Listed) -> Result<(), Failure> {
        let before = self.load(&from.id).await?.0;
        let Kind::Roster { columns, .. } = &item.item.kind else { return Ok(()) };
        let rows = match before.entries.get(&item.item.id).map(|entry| &entry.answer.entered) {
            Some(Entered::Roster(rows)) => named(rows, columns),
            _ => Vec::new(),
        };
        // Rows that are here already are not added twice.
        let here = item.entry.with_untracked(|entry| match &entry.answer.entered {
            Entered::Roster(here) => named(here, columns),
            _ => Vec::new(),
        });
        let new: Vec<_> = rows.into_iter().filter(|row| !here.contains(row)).collect();
        let text = fill(self.words().roster_taken_over, &[("count", &new.len().to_string())]);
        if new.is_empty() {
            self.notify(text, None);
        } else {
            self.edit_with_undo(item, Edit::AddRows(new), text);
        }
        Ok(())
    }
}
