//! The journal: what was put and is not in the vault yet, written in the very moment of the edit.
//!
//! It survives a reload, a closed tab and a crashed page, not a browser that is killed: browsers
//! write `localStorage` to the disk in their own time. It is shared by all tabs of a namespace,
//! one entry a key. Each entry lies under `tkt:{namespace}:journal:{inspection}:{part}`; nothing
//! else of the host's `localStorage` is ever read, let alone removed.
//!
//! An entry is a record's text, a line feed, and the stamp of the version that it was made in
//! knowledge of, `{revision}/{writer}`, if there was one. (Version 1 of the program wrote the text alone.)

use gloo_storage::{LocalStorage, Storage as _};
use web_sys::Storage;

use super::Aside;
use super::record::{Key, Part, Record, Stamp, Unreadable};
use crate::browser::clock;
use crate::inspection::InspectionId;

/// The journal of a namespace.
pub struct Journal {
    /// What its keys begin with.
    prefix: String,
}

/// What became of a record that was to be written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It is safe here, or gave way to a higher one.
    Safe,
    /// Something that can't be read stands in its place, or it is too large: the vault takes it soon.
    Blocked,
    /// The browser does not grant a journal, or it has no room.
    Refused,
}

/// A record that an earlier page could not bring into the vault, or another tab is about to.
pub struct Leftover {
    pub record: Record,
    /// The highest version of another writer that it was made in knowledge of, as far as that is known.
    pub base: Option<Stamp>,
}

impl Leftover {
    /// Reads an entry.
    fn parse(text: &str) -> Result<Self, Unreadable> {
        match text.split_once('\n') {
            Some((record, base)) => {
                Ok(Self { record: Record::parse(record)?, base: Stamp::parse(base) })
            }
            None => {
                let record = Record::parse(text)?;
                // What else it knew of can't be told: nothing is made of it.
                Ok(Self { base: Some(record.stamp.clone()), record })
            }
        }
    }

    fn to_text(record: &Record, base: Option<&Stamp>) -> String {
        [record.to_text(), base.map(Stamp::to_text).unwrap_or_default()].join("\n")
    }
}

/// What a journal holds.
#[derive(Default)]
pub struct Leftovers {
    pub records: Vec<Leftover>,
    pub unreadable: Vec<Aside>,
}

impl Journal {
    pub fn new(namespace: &str) -> Self {
        Self { prefix: ["tkt:", namespace, ":journal:"].concat() }
    }

    /// Writes a record, with the version that it was made in knowledge of.
    ///
    /// An entry gives way to a higher stamp alone, one that can't be read to none: it may be another
    /// tab's, which has it nowhere else.
    pub fn put(&self, record: &Record, base: Option<&Stamp>) -> Written {
        let Some(storage) = local_storage() else { return Written::Refused };
        let name = self.name(&record.key);
        let Ok(entry) = storage.get_item(&name) else { return Written::Refused };
        match entry.map(|text| Leftover::parse(&text)) {
            Some(Err(_)) => Written::Blocked,
            Some(Ok(entry)) if entry.record.stamp >= record.stamp => Written::Safe,
            // Fails when there is no room left.
            _ if storage.set_item(&name, &Leftover::to_text(record, base)).is_ok() => Written::Safe,
            _ => Written::Refused,
        }
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
        for name in names().iter().filter(|name| self.key(name).is_some()) {
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
            let (Some(key), Ok(Some(text))) = (self.key(&name), storage.get_item(&name)) else {
                continue;
            };
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

    fn name(&self, key: &Key) -> String {
        [&self.prefix, key.inspection.as_str(), ":", key.part.as_str()].concat()
    }

    /// The key of an entry; `None` for whatever else there is, such as what belongs to a namespace
    /// whose name goes on.
    fn key(&self, name: &str) -> Option<Key> {
        let (inspection, part) = name.strip_prefix(&self.prefix)?.split_once(':')?;
        Some(Key { inspection: InspectionId::parse(inspection)?, part: Part::parse(part)? })
    }
}

/// The page's `localStorage`, if the browser grants it. It may be denied at any time, and gloo would
/// panic then, so it is asked for each time.
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
