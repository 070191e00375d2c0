//! The journal: what was put and is not in the vault yet, written in the very moment of the edit.
//!
//! It survives a reload, a closed tab and a crashed page, not a browser that is killed: browsers
//! write `localStorage` to the disk in their own time. It is shared by all tabs of a namespace,
//! one entry a key. Each entry lies under `tkt:{namespace}:journal:{inspection}:{part}`; nothing
//! else of the host's `localStorage` is ever read, let alone removed.
//!
//! An entry has up to three lines: a record's text; the stamp of the version that it was made in
//! knowledge of, `{revision}/{writer}`, if there was one; and the record's text of what it took
//! away, if that can be taken back. One entry, so that what is taken away is kept in the very step
//! that takes it away. (Version 1 of the program wrote the first line alone.) A checklist that the
//! vault does not have yet lies under `tkt:{namespace}:journal:checklist:{SHA-256}`.
//!
//! A step that changes many records does not go through here: it goes into the vault in one
//! transaction.

use gloo_storage::{LocalStorage, Storage as _};
use web_sys::Storage;

use super::batch::{Leftover, Leftovers};
use crate::browser::clock;
use crate::inspection::InspectionId;
use crate::stored::{Aside, Key, Part, Record, Stamp, Unreadable};

/// The journal of a namespace.
pub struct Journal {
    /// The beginning of its keys.
    prefix: String,
}

/// The outcome of writing a record.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is safe here, or gave way to a higher one.
    Safe,
    /// Something that must not be lost stands in its place, or it is too large: the vault takes it
    /// soon.
    Blocked,
    /// The browser does not grant a journal, or it has no room.
    Refused,
}

/// The beginning of the names of checklists, after the journal's prefix. No inspection's id does.
const CHECKLIST: &str = "checklist:";

impl Leftover {
    /// Reads an entry.
    fn parse(text: &str) -> Result<Self, Unreadable> {
        let mut lines = text.split('\n');
        let record = Record::parse(lines.next().unwrap_or_default())?;
        let base = match lines.next() {
            Some(base) => Stamp::parse(base),
            // An older entry names no base: nothing is concluded from it.
            None => Some(record.stamp.clone()),
        };
        let kept = lines.next().map(Record::parse).transpose()?;
        Ok(Self { record, base, kept })
    }

    fn to_text(&self) -> String {
        // Between the parts of a JSON text, a line feed says the same as a blank.
        let line = |record: &Record| record.to_text().replace('\n', " ");
        let base = self.base.as_ref().map(Stamp::to_text).unwrap_or_default();
        let mut lines = vec![line(&self.record), base];
        lines.extend(self.kept.as_ref().map(line));
        lines.join("\n")
    }
}

impl Journal {
    pub fn new(namespace: &str) -> Self {
        Self { prefix: ["tkt:", namespace, ":journal:"].concat() }
    }

    /// Writes a record, with what it was made in knowledge of and what it took away.
    ///
    /// An entry gives way to a higher stamp that was made in knowledge of it, which `is_known` says
    /// of a stamp, and one that can't be read to none: it may be another tab's, which has it
    /// nowhere else and may be frozen or dead.
    pub fn put(&self, entry: &Leftover, is_known: impl Fn(&Stamp) -> bool) -> Written {
        let Some(storage) = local_storage() else { return Written::Refused };
        let name = self.name(&entry.record.key);
        let Ok(there) = storage.get_item(&name) else { return Written::Refused };
        match there.map(|text| Leftover::parse(&text)) {
            Some(Ok(there)) if there.record.stamp == entry.record.stamp => Written::Safe,
            // A higher one is another tab's, which may die before it is in the vault: then this one
            // is nowhere.
            Some(Ok(there)) if there.record.stamp > entry.record.stamp => Written::Blocked,
            Some(Ok(there)) if !is_known(&there.record.stamp) => Written::Blocked,
            Some(Err(_)) => Written::Blocked,
            // Fails when there is no room left.
            _ if storage.set_item(&name, &entry.to_text()).is_ok() => Written::Safe,
            _ => Written::Refused,
        }
    }

    /// Writes a checklist; says whether it is here.
    pub fn put_checklist(&self, sha256: &str, json: &str) -> bool {
        let name = self.checklist_name(sha256);
        local_storage().is_some_and(|storage| storage.set_item(&name, json).is_ok())
    }

    /// Returns whether a checklist is here.
    pub fn has_checklist(&self, sha256: &str) -> bool {
        let name = self.checklist_name(sha256);
        local_storage()
            .is_some_and(|storage| storage.get_item(&name).is_ok_and(|text| text.is_some()))
    }

    /// Removes a checklist.
    pub fn remove_checklist(&self, sha256: &str) {
        remove_if(&self.checklist_name(sha256), |_| true);
    }

    /// Removes the entry of a key if it is still of that stamp.
    pub fn remove(&self, key: &Key, stamp: &Stamp) {
        let name = self.name(key);
        remove_if(&name, |text| {
            Leftover::parse(text).is_ok_and(|entry| entry.record.stamp == *stamp)
        });
    }

    /// Removes what was found here, could not be read, and is kept elsewhere by now.
    pub fn remove_unreadable(&self, aside: &Aside) {
        if aside.origin.starts_with(&self.prefix) {
            remove_if(&aside.origin, |text| text == aside.text);
        }
    }

    /// Removes all entries of an inspection.
    pub fn forget(&self, inspection: &InspectionId) {
        let entries = [&self.prefix, inspection.as_str(), ":"].concat();
        for name in names().iter().filter(|name| name.starts_with(&entries)) {
            remove_if(name, |_| true);
        }
    }

    /// Removes all entries of the namespace, also those that can't be read.
    pub fn clear(&self) {
        let is_entry = |name: &&String| self.key(name).is_some() || self.checklist(name).is_some();
        for name in names().iter().filter(is_entry) {
            remove_if(name, |_| true);
        }
    }

    /// All that is here: what earlier pages could not bring into the vault any more, and what other
    /// tabs are about to.
    pub fn read(&self) -> Leftovers {
        let mut leftovers = Leftovers::default();
        let Some(storage) = local_storage() else { return leftovers };
        for name in names() {
            // Another tab may have removed it by now.
            let text = |name: &str| storage.get_item(name).ok().flatten();
            if let Some(sha256) = self.checklist(&name) {
                leftovers.checklists.extend(text(&name).map(|json| (sha256.to_owned(), json)));
                continue;
            }
            let Some((key, text)) = self.key(&name).zip(text(&name)) else { continue };
            match Leftover::parse(&text) {
                Ok(leftover) if leftover.record.key == key => leftovers.records.push(leftover),
                _ => leftovers.unreadable.push(Aside {
                    origin: name,
                    text,
                    at: clock::now().to_string(),
                }),
            }
        }
        leftovers
    }

    /// Returns the texts of all entries, also of those that can't be read.
    pub fn texts(&self) -> Vec<String> {
        let Some(storage) = local_storage() else { return Vec::new() };
        let names = names().into_iter().filter(|name| name.starts_with(&self.prefix));
        names.filter_map(|name| storage.get_item(&name).ok().flatten()).collect()
    }

    fn name(&self, key: &Key) -> String {
        [&self.prefix, key.inspection.as_str(), ":", key.part.as_str()].concat()
    }

    fn checklist_name(&self, sha256: &str) -> String {
        [&self.prefix, CHECKLIST, sha256].concat()
    }

    /// Returns the digest of a checklist from the name that it lies under.
    fn checklist<'a>(&self, name: &'a str) -> Option<&'a str> {
        name.strip_prefix(&self.prefix)?.strip_prefix(CHECKLIST)
    }

    /// The key of an entry; `None` for whatever else there is, such as what belongs to a namespace
    /// whose name goes on.
    fn key(&self, name: &str) -> Option<Key> {
        let (inspection, part) = name.strip_prefix(&self.prefix)?.split_once(':')?;
        Some(Key { inspection: InspectionId::parse(inspection)?, part: Part::parse(part)? })
    }
}

/// The page's `localStorage`, if the browser grants it. It may be denied at any time, and gloo
/// would panic then, so it is asked for each time.
pub fn local_storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()??;
    Some(LocalStorage::raw())
}

fn names() -> Vec<String> {
    let Some(storage) = local_storage() else { return Vec::new() };
    let all = 0..storage.length().unwrap_or_default();
    all.filter_map(|index| storage.key(index).ok().flatten()).collect()
}

fn remove_if(name: &str, condition: impl Fn(&str) -> bool) {
    let Some(storage) = local_storage() else { return };
    if storage.get_item(name).ok().flatten().is_some_and(|text| condition(&text)) {
        _ = storage.remove_item(name);
    }
}
