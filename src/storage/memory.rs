//! The records that a store holds in memory: those that it knows, and those that are not in the
//! vault yet.
//!
//! Pure bookkeeping; the keeper does what follows from it.

use std::collections::{BTreeMap, BTreeSet};

use super::Step;
use super::batch::{Batch, Leftover, Leftovers};
use crate::inspection::InspectionId;
use crate::stored::{Aside, Key, Part, Record, Records, Stamp, WriterId};

/// The records that a store holds in memory.
#[derive(Default)]
pub struct Memory {
    /// The highest version of every record that was read, heard of or put.
    known: Records,
    /// The records that are not in the vault yet. Each leaves when the vault has it, or has a
    /// higher one.
    unsaved: Batch,
    /// The inspections of which `known` has every record.
    whole: BTreeSet<InspectionId>,
    /// Records that were set aside because they don't fit their checklist.
    misfits: Records,
    /// The highest stamp of each key that came from elsewhere: what is put is made in knowledge of
    /// it.
    heard: BTreeMap<Key, Stamp>,
    /// The stamps of what the journal had at the start: what is put is made in knowledge of that,
    /// too.
    replayed: BTreeMap<Key, Stamp>,
    /// The checklists that were put or read, under their digests.
    checklists: BTreeMap<String, String>,
    /// The last revision that was given to each key by a step that is still being written, or that
    /// failed: what is put meanwhile gets another one.
    given: BTreeMap<Key, u64>,
    /// The keys under which something lies, or lay, that can't be read.
    lost: BTreeSet<Key>,
    /// The inspections that were forgotten: what was on its way to the vault would bring parts of
    /// them back.
    forgotten: BTreeSet<InspectionId>,
}

impl Memory {
    /// Makes the next version of a record. `kept` is what it takes away, if that can be taken back.
    pub fn put(
        &mut self,
        key: Key,
        body: String,
        kept: Option<String>,
        writer: &WriterId,
    ) -> Record {
        if let Some(kept) = kept {
            let kept = self.keeping(key.clone(), kept, writer);
            self.unsaved.released.retain(|released| *released != kept.key);
            self.unsaved.kept.replace(kept);
        }
        let record = self.next(key, body, writer);
        self.note(&record, writer);
        self.unsaved.records.merge(record.clone());
        record
    }

    /// Returns what a step comes to, all of which is to be written or nothing: its records get
    /// their stamps.
    pub fn draft(&mut self, step: Step, writer: &WriterId) -> Batch {
        let Step { purged, checklists, put, restored, kept, released, aside } = step;
        let mut batch = Batch { purges: purged, checklists, released, aside, ..Batch::default() };
        for (key, body) in kept {
            batch.kept.replace(self.keeping(key, body, writer));
        }
        for (key, body) in put {
            let record = self.next(key, body, writer);
            self.given.insert(record.key.clone(), record.stamp.revision);
            batch.records.merge(record);
        }
        restored.into_iter().for_each(|record| _ = batch.records.merge(record));
        batch
    }

    /// Takes in a batch that the vault has now. Of inspections that were not opened here, it
    /// remembers what the list needs and no more.
    pub fn take_in(&mut self, batch: &Batch, writer: &WriterId) {
        batch.purges.iter().for_each(|id| self.forget(id));
        for record in batch.records.iter() {
            self.forgotten.remove(&record.key.inspection);
            self.given.remove(&record.key);
            let Record { key, stamp, .. } = record;
            if stamp.writer == *writer
                || key.part.is_overview()
                || self.whole.contains(&key.inspection)
            {
                self.note(record, writer);
            }
        }
        for (sha256, json) in &batch.checklists {
            self.note_checklist(sha256, json);
        }
    }

    /// Holds a batch that the vault is yet to get.
    pub fn hold(&mut self, batch: Batch, writer: &WriterId) {
        self.take_in(&batch, writer);
        let Batch { purges, checklists, aside, records, kept, released } = batch;
        purges.iter().for_each(|id| self.unsaved.purge(id));
        self.unsaved.checklists.extend(checklists);
        self.unsaved.aside.extend(aside);
        records.iter().for_each(|record| _ = self.unsaved.records.merge(record.clone()));
        kept.iter().for_each(|record| self.unsaved.kept.replace(record.clone()));
        self.unsaved.released.extend(released);
    }

    /// Takes note of a version that is as good as put.
    fn note(&mut self, record: &Record, writer: &WriterId) {
        let Record { key, stamp, .. } = record;
        if stamp.writer != *writer {
            self.hear(key, stamp);
        } else if key.part == Part::Header && self.known.get(key).is_none() {
            // A new inspection: nothing of it is anywhere else.
            self.note_whole(&key.inspection);
        }
        self.known.merge(record.clone());
    }

    fn next(&self, key: Key, body: String, writer: &WriterId) -> Record {
        let known = self.known.get(&key).map_or(0, |known| known.stamp.revision);
        let given = self.given.get(&key).copied().unwrap_or_default();
        let stamp = Stamp { revision: known.max(given).saturating_add(1), writer: writer.clone() };
        Record { key, stamp, body }
    }

    fn keeping(&self, key: Key, body: String, writer: &WriterId) -> Record {
        let revision = self.known.get(&key).map_or(0, |known| known.stamp.revision);
        Record { key, stamp: Stamp { revision, writer: writer.clone() }, body }
    }

    /// Takes in what the journal has.
    pub fn replay(&mut self, leftovers: Leftovers) {
        for Leftover { record, base, kept } in leftovers.records {
            base.into_iter().for_each(|base| self.hear(&record.key, &base));
            self.replayed.insert(record.key.clone(), record.stamp.clone());
            self.known.merge(record.clone());
            self.unsaved.records.merge(record);
            kept.into_iter().for_each(|kept| self.unsaved.kept.replace(kept));
        }
        for (sha256, json) in leftovers.checklists {
            self.note_checklist(&sha256, &json);
            self.unsaved.checklists.push((sha256, json));
        }
        self.unsaved.aside.extend(leftovers.unreadable);
    }

    /// Takes in what the vault has; gives what was news.
    pub fn learn(&mut self, records: Vec<Record>) -> Vec<Record> {
        let mut news = records;
        news.retain(|record| {
            if self.unsaved.purges.contains(&record.key.inspection) {
                return false;
            }
            match self.unsaved.records.get(&record.key) {
                // A record that is made here was made in ignorance of it.
                Some(own) if own.stamp > record.stamp => {}
                Some(own) if own.stamp < record.stamp && is_other_answer(own, record) => {
                    // The page goes on from that one; the own one may never be written.
                    let own = own.clone();
                    self.unsaved.kept.replace(own);
                    self.hear(&record.key, &record.stamp);
                }
                _ => self.hear(&record.key, &record.stamp),
            }
            self.known.merge(record.clone())
        });
        news
    }

    fn hear(&mut self, key: &Key, stamp: &Stamp) {
        let heard = self.heard.entry(key.clone()).or_insert_with(|| stamp.clone());
        if *heard < *stamp {
            heard.clone_from(stamp);
        }
    }

    /// The highest version from elsewhere that what is put under a key is made in knowledge of.
    pub fn base(&self, key: &Key) -> Option<&Stamp> {
        self.heard.get(key)
    }

    /// Whether what was put here was made without knowledge of a version that another writer made.
    pub fn is_unseen(&self, record: &Record, writer: &WriterId) -> bool {
        let Record { key, stamp, .. } = record;
        stamp.writer != *writer && self.heard.get(key).is_none_or(|heard| heard < stamp)
    }

    /// Returns whether what is put under a key is made in knowledge of a version of it.
    pub fn knows(&self, key: &Key, stamp: &Stamp, writer: &WriterId) -> bool {
        stamp.writer == *writer
            || self.replayed.get(key) == Some(stamp)
            || self.heard.get(key).is_some_and(|heard| stamp <= heard)
    }

    /// Notes that everything the vault has of an inspection was taken in.
    pub fn note_whole(&mut self, id: &InspectionId) {
        self.whole.insert(id.clone());
    }

    /// Whether a version is higher than the one that is known.
    pub fn is_news(&self, key: &Key, stamp: &Stamp) -> bool {
        self.known.get(key).is_none_or(|known| known.stamp < *stamp)
    }

    /// Whether an inspection can be opened without the vault: it was read before, or the vault
    /// never had it, as the first version of its header is still on the way there.
    pub fn has_whole(&self, id: &InspectionId) -> bool {
        let header = Key { inspection: id.clone(), part: Part::Header };
        let header = self.unsaved.records.get(&header);
        self.whole.contains(id) || header.is_some_and(|header| header.stamp.revision == 1)
    }

    /// Takes note of keys under which something can't be read.
    pub fn note_lost(&mut self, keys: impl IntoIterator<Item = Key>) {
        self.lost.extend(keys);
    }

    /// Returns the keys under which something can't be read, and nothing has been put since.
    pub fn lost(&self) -> Vec<Key> {
        let is_lost = |key: &&Key| self.known.get(key).is_none();
        self.lost.iter().filter(is_lost).cloned().collect()
    }

    /// The inspections that everything is known of, as they were made or opened here.
    pub const fn whole(&self) -> &BTreeSet<InspectionId> {
        &self.whole
    }

    /// The known records that fulfil a condition.
    pub fn records(&self, condition: impl Fn(&Key) -> bool) -> Vec<Record> {
        self.known.iter().filter(|record| condition(&record.key)).cloned().collect()
    }

    /// The known version of a record.
    pub fn known(&self, key: &Key) -> Option<&Record> {
        self.known.get(key)
    }

    /// Takes in a checklist that the vault has.
    pub fn note_checklist(&mut self, sha256: &str, json: &str) {
        self.checklists.insert(sha256.to_owned(), json.to_owned());
    }

    /// A checklist that was put or read before.
    pub fn checklist(&self, sha256: &str) -> Option<String> {
        self.checklists.get(sha256).cloned()
    }

    /// Keeps something no longer.
    pub fn release(&mut self, key: &Key) {
        self.unsaved.kept.take(key);
        if !self.unsaved.released.contains(key) {
            self.unsaved.released.push(key.clone());
        }
    }

    /// The vault lost everything: what is known whole is to be written again. The rest is
    /// forgotten, or it would look as if answers were missing; gives the inspections of which that
    /// is so.
    pub fn unsave_all(&mut self) -> Vec<InspectionId> {
        let mut gone = Vec::new();
        for record in self.known.iter() {
            let id = &record.key.inspection;
            if self.has_whole(id) {
                self.unsaved.records.merge(record.clone());
            } else if !gone.contains(id) {
                gone.push(id.clone());
            }
        }
        gone.iter().for_each(|id| self.forget(id));
        self.forgotten.clear();
        self.unsaved.checklists =
            self.checklists.iter().map(|(sha256, json)| (sha256.clone(), json.clone())).collect();
        gone
    }

    /// Sets a record aside that does not fit, as the given text; gives whether that is new.
    pub fn set_aside(&mut self, record: Record, aside: Aside) -> bool {
        let is_new = self.misfits.merge(record);
        if is_new {
            self.unsaved.aside.push(aside);
        }
        is_new
    }

    /// Forgets an inspection.
    pub fn forget(&mut self, id: &InspectionId) {
        self.forgotten.insert(id.clone());
        self.known.forget(id);
        self.unsaved.records.forget(id);
        self.unsaved.kept.forget(id);
        self.whole.remove(id);
        self.heard.retain(|key, _| key.inspection != *id);
        self.lost.retain(|key| key.inspection != *id);
    }

    /// Returns the records that are not in the vault yet.
    pub const fn unsaved(&self) -> &Batch {
        &self.unsaved
    }

    /// The vault has all of a batch. What was put since it was made stays unsaved.
    pub fn acknowledge(&mut self, batch: &Batch) {
        let unsaved = &mut self.unsaved;
        unsaved.purges.retain(|id| !batch.purges.contains(id));
        unsaved.checklists.retain(|checklist| !batch.checklists.contains(checklist));
        unsaved.aside.retain(|aside| !batch.aside.contains(aside));
        unsaved.released.retain(|key| !batch.released.contains(key));
        batch.kept.iter().for_each(|kept| unsaved.kept.remove_same(kept));
        for record in batch.records.iter() {
            unsaved.records.remove(&record.key, &record.stamp);
            if self.forgotten.contains(&record.key.inspection)
                && self.known.get(&record.key).is_none()
            {
                // Its inspection was forgotten while it was being written, which brought it back.
                unsaved.purge(&record.key.inspection);
            }
        }
    }
}

/// Whether two records are different answers to one item, or different texts in one field.
pub fn is_other_answer(one: &Record, other: &Record) -> bool {
    one.key.part.is_entered() && one.body != other.body
}

#[cfg(test)]
mod tests;
