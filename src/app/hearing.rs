//! Events of the store: saved records, failures, and records that other tabs and elements wrote.

use leptos::prelude::*;
use std::collections::BTreeMap;

use super::actions::apply_record;
use super::failure::storage_sentence;
use super::{App, HostEvent, SaveState, Screen, Undo};
use crate::browser::clock;
use crate::checklist::ItemId;
use crate::inspection::InspectionId;
use crate::messages::fill;
use crate::storage::{StoreError, StoreEvent};
use crate::stored::{Key, Part, Record};
use crate::words;

impl App {
    pub(super) fn on_store(&self, event: StoreEvent) {
        let signals = self.signals();
        match event {
            StoreEvent::Saving => {
                if signals.saving.get_untracked() == SaveState::Failed {
                    return;
                }
                signals.saving.set(SaveState::Saving);
            }
            StoreEvent::Saved { records, all } => {
                signals.trouble.set(None);
                if all {
                    let clock = clock::now().clock().to_owned();
                    signals.saving.set(SaveState::Saved(Some(clock)));
                }
                if records.iter().any(|(key, _)| matches!(key.part, Part::Item(_))) {
                    self.keep_once();
                }
                self.check_health_at_times();
                self.tell_saved(records.iter().map(|(key, revision)| (key, *revision)));
            }
            StoreEvent::Failed { reason, pending } => {
                self.on_trouble(&reason, pending);
            }
            StoreEvent::Changed { records } => {
                let mut list_changed = false;
                for record in records {
                    list_changed |= matches!(record.key.part, Part::Header | Part::Upload);
                    self.note_touch(&record);
                    apply_record(self, &record);
                }
                if list_changed {
                    self.refresh_soon();
                }
            }
            StoreEvent::Purged { inspection } => self.on_purged(&inspection),
            StoreEvent::Cleared => self.on_cleared(),
            StoreEvent::SetAside { count } => signals.set_aside.update(|all| *all += count),
            StoreEvent::Overtaken { records } => self.on_overtaken(&records),
            StoreEvent::Emptied { gone } => self.on_emptied(gone),
            StoreEvent::Journal { works } => signals.journal_works.set(works),
        }
    }

    /// Removes an inspection that another tab or element purged.
    fn on_purged(&self, inspection: &InspectionId) {
        let signals = self.signals();
        self.list_changes();
        signals.listed.update(|listed| listed.retain(|listed| listed.id != *inspection));
        if self
            .open()
            .is_some_and(|open| open.header.with_untracked(|header| header.id == *inspection))
        {
            self.leave_deleted();
        }
    }

    /// Leaves the open inspection, as another window deleted it.
    pub(super) fn leave_deleted(&self) {
        self.show(Screen::Home);
        self.signals().open.set(None);
        self.warn(self.words().deleted_elsewhere.to_owned());
        self.refresh_soon();
    }

    /// Tells that two windows changed the same item, or the same field of the printed report, at
    /// the same time. One of the two versions gave way and is kept.
    fn on_overtaken(&self, records: &[Record]) {
        let words = self.words();
        for Record { key, .. } in records {
            let open = self.open().filter(|_| self.open_id().as_ref() == Some(&key.inspection));
            let text = open.and_then(|open| match &key.part {
                Part::Item(id) => {
                    let number = open.number(id)?.to_string();
                    Some(fill(words.saving_overtaken, &[("number", &number)]))
                }
                Part::Detail(detail) => {
                    let field = words::document_field(*detail, words);
                    Some(fill(words.saving_overtaken_detail, &[("field", field)]))
                }
                _ => None,
            });
            if let Some(text) = text {
                self.notify(text, Some(Undo::Kept(key.clone())));
            }
        }
        self.refresh_soon();
    }

    /// Tells that stored data was deleted from outside while the page was open.
    fn on_emptied(&self, gone: usize) {
        let words = self.words();
        let text = match gone {
            0 => words.storage_emptied.to_owned(),
            _ => fill(words.storage_emptied_gone, &[("count", &gone.to_string())]),
        };
        self.warn(text);
        self.refresh_soon();
    }

    fn refresh_soon(&self) {
        let app = self.clone();
        leptos::task::spawn_local(async move {
            app.refresh_list().await;
        });
    }

    fn on_trouble(&self, reason: &StoreError, pending: usize) {
        let signals = self.signals();
        let sentence = storage_sentence(reason, self.words());
        let is_new = signals.trouble.with_untracked(|old| old.as_ref() != Some(&sentence));
        signals.saving.set(SaveState::Failed);
        if is_new {
            self.announce(sentence.clone());
            signals.trouble.set(Some(sentence));
        }
        self.tell(HostEvent::SaveError { reason: reason.code().to_owned(), pending });
    }

    fn tell_saved<'a>(&self, records: impl Iterator<Item = (&'a Key, u64)>) {
        let mut by_inspection: BTreeMap<InspectionId, Vec<(ItemId, u64)>> = BTreeMap::new();
        for (key, revision) in records {
            let items = by_inspection.entry(key.inspection.clone()).or_default();
            if let Part::Item(item) = &key.part {
                items.push((item.clone(), revision));
            }
        }
        for (inspection, items) in by_inspection {
            self.tell(HostEvent::Saved { inspection, items });
        }
    }
}
