//! Evidence that was removed from an item. Each piece can be restored by itself, also after a
//! reload.
//!
//! The kept entry of such an item has nothing but evidence: the removed pieces among those that
//! were there, so that each has its place.

use std::sync::Arc;

use leptos::prelude::*;

use super::reading::read_entry;
use super::{App, Failure, Open, OpenItem, Undo};
use crate::checklist::{Digest, ItemId};
use crate::inspection::{Edit, Entry, Evidence, EvidenceEdit, InspectionId};
use crate::messages::fill;
use crate::stored::{Key, Part};

impl App {
    /// Removes a piece of evidence from an item and offers undo for just that.
    pub async fn detach(&self, item: &Arc<OpenItem>, sha256: Digest) {
        let Some((open, inspection)) = self.open().zip(self.open_id()) else { return };
        let mut all = match self.kept_evidence(&inspection, &open, item).await {
            Ok(all) => all,
            Err(failure) => return self.report_failure(&failure),
        };
        // There is no wait from here on.
        let now = item.entry.with_untracked(|entry| entry.evidence.clone());
        let Some(removed) = now.iter().find(|one| one.sha256 == sha256).cloned() else { return };
        for one in now {
            match all.iter_mut().find(|known| known.sha256 == one.sha256) {
                Some(known) => *known = one,
                None => all.push(one),
            }
        }
        let kept = Entry { evidence: all, ..Entry::blank(&item.item.kind) };
        if self.carry_out(item, Edit::Evidence(EvidenceEdit::Remove(sha256)), Some(&kept)) {
            let text = fill(self.words().evidence_removed, &[("name", &removed.name)]);
            let undo = Undo::Evidence(inspection, item.item.id.clone(), Box::new(removed));
            self.notify(text, Some(undo));
        }
    }

    /// Undoes the removal of a piece of evidence, if its inspection is open.
    pub(super) async fn attach_again(
        &self,
        inspection: &InspectionId,
        item: &ItemId,
        removed: Evidence,
    ) {
        let open = self.open().filter(|_| self.open_id().as_ref() == Some(inspection));
        let Some((open, item)) =
            open.and_then(|open| Some((open.clone(), open.item(item.as_str())?.clone())))
        else {
            return;
        };
        let all = match self.kept_evidence(inspection, &open, &item).await {
            Ok(all) => all,
            Err(failure) => return self.report_failure(&failure),
        };
        self.put_evidence_back(&item, &all, vec![removed]);
        let now = item.entry.with_untracked(|entry| entry.evidence.clone());
        let is_there = |one: &Evidence| now.iter().any(|other| other.sha256 == one.sha256);
        if all.iter().all(is_there)
            && let Some(store) = self.store()
        {
            let part = Part::Item(item.item.id.clone());
            store.release(&Key { inspection: inspection.clone(), part });
        }
    }

    /// Puts evidence back into its places among all that was there.
    pub(super) fn put_evidence_back(
        &self,
        item: &Arc<OpenItem>,
        all: &[Evidence],
        removed: Vec<Evidence>,
    ) {
        let order: Vec<_> = all.iter().map(|one| one.sha256).collect();
        for one in removed {
            self.edit(item, Edit::Evidence(EvidenceEdit::PutBack(one, order.clone())));
        }
        item.refresh();
    }

    /// Returns the kept evidence of an item: the removed pieces among those that were there.
    async fn kept_evidence(
        &self,
        inspection: &InspectionId,
        open: &Open,
        item: &OpenItem,
    ) -> Result<Vec<Evidence>, Failure> {
        let store = self.store().ok_or(Failure::NoInspection)?;
        let key = Key { inspection: inspection.clone(), part: Part::Item(item.item.id.clone()) };
        let kept = store.kept().await?.into_iter().find(|kept| kept.key == key);
        let entry =
            kept.and_then(|kept| read_entry(&open.checklist, item.item.id.as_str(), &kept.body));
        let evidence = entry.filter(Entry::is_evidence_alone).map(|entry| entry.evidence);
        Ok(evidence.unwrap_or_default())
    }
}
