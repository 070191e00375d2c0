//! Reports that wait in other workspaces of this device: they go out when their workspace is shown.

use leptos::prelude::*;

use super::App;
use super::stored::StoredHeader;
use crate::storage::{Part, Record, Store};
use crate::upload::Ticket;

impl App {
    /// Looks for them anew.
    pub(super) async fn look_elsewhere(&self) {
        let here = self.signals().workspace.get_untracked();
        let mut found = Vec::new();
        for workspace in self.workspaces().into_iter().filter(|other| *other != here) {
            let count = waiting(&self.store_of(&workspace).await).await;
            if count > 0 {
                found.push((workspace, count));
            }
        }
        // Meanwhile another one may be shown.
        if self.signals().workspace.with_untracked(|now| *now == here) {
            self.signals().waiting_elsewhere.set(found);
        }
    }
}

/// How many reports wait in a store, of inspections that are not deleted.
async fn waiting(store: &Store) -> usize {
    let records = store.headers().await;
    let tickets = records.iter().filter(|record| {
        let ticket: Option<Ticket> = serde_json::from_str(&record.body).ok();
        record.key.part == Part::Upload && ticket.is_some_and(|ticket| ticket.is_waiting())
    });
    let is_there = |record: &&Record| {
        let mut headers = records.iter().filter(|other| other.key.part == Part::Header);
        let header = headers.find(|header| header.key.inspection == record.key.inspection);
        let stored =
            header.and_then(|header| serde_json::from_str::<StoredHeader>(&header.body).ok());
        stored.is_some_and(|stored| stored.deleted_at.is_none())
    };
    tickets.filter(is_there).count()
}
