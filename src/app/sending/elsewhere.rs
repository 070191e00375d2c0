//! Reports that wait in other workspaces of this device. They are sent when their workspace is
//! shown.

use leptos::prelude::*;

use crate::app::App;
use crate::inspection::InspectionId;
use crate::storage::Store;
use crate::stored::{Part, Record, StoredHeader, ticket_in};

impl App {
    /// Counts the waiting reports of other workspaces again.
    pub(in crate::app) async fn look_elsewhere(&self) {
        let here = self.signals().workspace.get_untracked();
        let mut found = Vec::new();
        for workspace in self.workspaces().into_iter().filter(|other| *other != here) {
            let count = waiting(&self.store_of(&workspace).await).await;
            if count > 0 {
                found.push((workspace, count));
            }
        }
        // Another workspace may be shown in the meantime.
        if self.signals().workspace.with_untracked(|now| *now == here) {
            self.signals().waiting_elsewhere.set(found);
        }
    }
}

/// Returns the number of reports that wait in a store, without those of deleted inspections.
async fn waiting(store: &Store) -> usize {
    let records = store.headers().await;
    let is_there = |id: &InspectionId| {
        let is_header =
            |record: &&Record| record.key.part == Part::Header && record.key.inspection == *id;
        records.iter().find(is_header).is_some_and(StoredHeader::is_there)
    };
    let waits = |record: &&Record| {
        ticket_in(record).is_some_and(|ticket| ticket.is_waiting())
            && is_there(&record.key.inspection)
    };
    records.iter().filter(waits).count()
}
