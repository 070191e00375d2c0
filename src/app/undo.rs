//! Undoing changes that took something away.

use leptos::prelude::*;
use std::sync::Arc;

use super::{App, Open, OpenItem};
use crate::browser::clock;
use crate::checklist::ItemId;
use crate::inspection::{Edit, Entry, Evidence, Finding, InspectionId, Row, Status};
use crate::stored::{Key, Part};

/// An undo that a notice offers.
#[derive(Clone)]
pub enum Undo {
    /// The deletion of an inspection.
    Deletion(InspectionId),
    /// The removal of a row from a roster of an inspection.
    Row(InspectionId, ItemId, usize, Row),
    /// The removal of a piece of evidence from an item.
    Evidence(InspectionId, ItemId, Box<Evidence>),
    /// The completion of an inspection.
    Completion(InspectionId),
    /// An edit of an item that removed something or added much at once.
    Edit(InspectionId, ItemId, Box<Edited>),
    /// The findings that were open in an earlier inspection and were carried over.
    Findings(InspectionId, Vec<(ItemId, Finding)>),
    /// A record kept in the store: an answer or a text of the printed report that was taken away,
    /// or an inspection in whose place a report was put. It outlives a reload.
    Kept(Key),
}

/// The entry of an item before and after an edit.
#[derive(Clone)]
pub struct Edited {
    /// The entry before the edit.
    pub before: Entry,
    /// The entry after the edit.
    pub after: Entry,
}

impl App {
    /// Undoes the change of a notice.
    pub async fn undo(&self, undo: Undo) {
        match undo {
            Undo::Deletion(id) => self.undelete(&id).await,
            Undo::Completion(id) if self.open_id() == Some(id.clone()) => {
                self.change_header(|header| {
                    // Something may have been changed since. Then the inspection stays amended.
                    if header.status == Status::Completed {
                        header.status = Status::InProgress;
                        header.completed = None;
                    }
                });
            }
            Undo::Completion(_) => {}
            Undo::Edit(inspection, id, edited) => {
                let open = self.open().filter(|_| self.open_id().as_ref() == Some(&inspection));
                if let Some((open, item)) =
                    open.and_then(|o| Some((o.clone(), o.item(id.as_str())?.clone())))
                {
                    self.undo_edit(&open, &item, &edited);
                }
            }
            Undo::Evidence(inspection, item, removed) => {
                self.attach_again(&inspection, &item, *removed).await;
            }
            Undo::Findings(inspection, carried) if self.open_id() == Some(inspection.clone()) => {
                self.take_findings_back(&carried);
            }
            Undo::Findings(..) => {}
            Undo::Kept(key) => {
                if let Err(failure) = self.take_back(&key).await {
                    self.report_failure(&failure);
                }
            }
            Undo::Row(inspection, id, index, row) => {
                let item = self.open().and_then(|open| open.item(id.as_str()).cloned());
                if let Some(item) = item.filter(|_| self.open_id() == Some(inspection)) {
                    // The rows after it have moved.
                    self.edit_and_refresh(&item, Edit::InsertRow(index, row));
                }
            }
        }
    }

    /// Undoes an edit of an item. Where something gives way for it that was entered since, that can
    /// be undone in turn.
    fn undo_edit(&self, open: &Open, item: &Arc<OpenItem>, edited: &Edited) {
        let before = item.entry.get_untracked();
        let mut after = before.clone();
        let gave_way = after.undo(&edited.before, &edited.after);
        self.put_entry_back(open, item, after.clone(), None);
        if gave_way {
            let inspection = open.header.with_untracked(|header| header.id.clone());
            let undone = Box::new(Edited { before, after });
            let undo = Undo::Edit(inspection, item.item.id.clone(), undone);
            self.notify(self.words().undo_gave_way.to_owned(), Some(undo));
        }
    }

    /// Replaces the present entry, which is kept if `kept` is given.
    pub(super) fn put_entry_back(
        &self,
        open: &Open,
        item: &Arc<OpenItem>,
        entry: Entry,
        kept: Option<&Entry>,
    ) {
        let Some(store) = self.store() else { return };
        self.unfix(&store, open);
        let today = clock::today();
        open.judge_anew(today);
        let verdict = open.replace(item, entry, today);
        self.store_entry(&store, open, item, verdict, kept);
    }
}

impl Undo {
    /// Returns the item that the undo changes, if it is one.
    #[must_use]
    pub const fn item(&self) -> Option<&ItemId> {
        match self {
            Self::Row(_, item, ..) | Self::Edit(_, item, _) | Self::Evidence(_, item, _) => {
                Some(item)
            }
            Self::Kept(Key { part: Part::Item(item), .. }) => Some(item),
            Self::Kept(_) | Self::Deletion(_) | Self::Completion(_) | Self::Findings(..) => None,
        }
    }
}
