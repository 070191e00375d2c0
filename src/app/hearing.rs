//! Hearing the store: what was saved, what fails, what other tabs and elements wrote.

use leptos::prelude::*;
use std::collections::BTreeMap;

use super::actions::apply_record;
use super::failure::storage_sentence;
use super::{App, HostEvent, SaveState, Screen};
use crate::browser::clock;
use crate::checklist::ItemId;
use crate::inspection::InspectionId;
use crate::storage::{Key, Part, StoreError, StoreEvent};

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
                self.tell_saved(records.iter().map(|(key, revision)| (key, *revision)));
            }
            StoreEvent::Failed { reason, pending } => {
                self.on_trouble(&reason, pending);
            }
            StoreEvent::Changed { records } => {
                let mut list_changed = false;
                for record in records {
                    list_changed |= record.key.part == Part::Header;
                    apply_record(self, &record);
                }
                if list_changed {
                    let app = self.clone();
                    leptos::task::spawn_local(async move {
                        app.refresh_list().await;
                    });
                }
            }
            StoreEvent::Purged { inspection } => self.on_purged(&inspection),
            StoreEvent::SetAside { count } => signals.set_aside.update(|all| *all += count),
        }
    }

    /// Another tab or element deleted an inspection for good.
    fn on_purged(&self, inspection: &InspectionId) {
        let signals = self.signals();
        signals.listed.update(|listed| listed.retain(|listed| listed.id != *inspection));
        if self
            .open()
            .is_some_and(|open| open.header.with_untracked(|header| header.id == *inspection))
        {
            signals.open.set(None);
            signals.screen.set(Screen::Home);
        }
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
