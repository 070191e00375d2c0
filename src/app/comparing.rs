//! Comparison of the open inspection with earlier ones of the unit, and carrying over of unfinished
//! corrective actions.

use std::sync::Arc;

use leptos::prelude::*;

use super::shelf::read_list;
use super::{App, Open, OpenItem, Undo};
use crate::browser::clock;
use crate::checklist::ItemId;
use crate::comparison::{Comparison, Judged, series};
use crate::inspection::{Entry, Finding, InspectionId, Status};
use crate::messages::fill;

/// The inspections that one is compared with.
#[derive(Clone, Default)]
pub struct Compared {
    /// The inspections before it, the oldest first, as they were when its result was last shown.
    pub earlier: ArcRwSignal<Arc<Vec<Judged>>>,
    /// The one that the person chose. Until then, it is the last one before.
    pub chosen: ArcRwSignal<Option<InspectionId>>,
}

impl App {
    /// Reads the inspections that the open one is compared with.
    pub async fn look_back(&self) {
        let (Some(open), Some(store)) = (self.open(), self.store()) else { return };
        let mut listed = read_list(&store).await.listed;
        listed
            .retain(|listed| !listed.deleted && listed.checklist.id == open.checklist.id.as_str());
        let header = open.header.get_untracked();
        let mut earlier = Vec::new();
        for listed in series(&header, listed, |listed| &listed.header) {
            // An inspection that can't be read says so when it is opened. It is left out here.
            if let Ok((inspection, _)) = self.load_from(&store, &listed.id).await {
                let judged = Judged::of(&inspection, clock::today());
                // An inspection that was only begun has nothing to compare, and ends no series of
                // failures.
                earlier.extend(Some(judged).filter(|judged| judged.summary.all.answered() > 0));
            }
        }
        if open.compared.earlier.with_untracked(|old| **old != earlier) {
            open.compared.earlier.set(Arc::new(earlier));
        }
    }

    /// Carries over the unfinished corrective actions on items that fail again, where none is
    /// planned yet. This can be undone.
    pub fn carry_findings(&self, comparison: &Comparison) {
        let Some(open) = self.open() else { return };
        if open.header.with_untracked(|header| header.status == Status::Completed) {
            return;
        }
        let mut carried = Vec::new();
        for change in comparison.carried() {
            let (Some(item), Some(finding)) = (open.item(change.item.id.as_str()), &change.carried)
            else {
                continue;
            };
            // One may have been planned in the meantime.
            if item.entry.with_untracked(|entry| entry.finding.is_blank()) {
                self.set_finding(&open, item, finding.clone());
                carried.push((item.item.id.clone(), finding.clone()));
            }
        }
        open.show_anew();
        if carried.is_empty() {
            return;
        }
        let count = carried.len().to_string();
        let undo = self.open_id().map(|id| Undo::Findings(id, carried));
        self.notify(fill(self.words().compare_carried, &[("count", &count)]), undo);
    }

    /// Undoes the carrying over, where a corrective action is still as it came.
    pub(super) fn take_findings_back(&self, carried: &[(ItemId, Finding)]) {
        let Some(open) = self.open() else { return };
        for (id, finding) in carried {
            if let Some(item) = open.item(id.as_str())
                && item.entry.with_untracked(|entry| entry.finding == *finding)
            {
                self.set_finding(&open, item, Finding::default());
            }
        }
        open.show_anew();
    }

    fn set_finding(&self, open: &Open, item: &Arc<OpenItem>, finding: Finding) {
        let entry = Entry { finding, ..item.entry.get_untracked() };
        self.put_entry_back(open, item, entry, None);
    }
}
