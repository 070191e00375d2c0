//! What a store holds in memory: what it knows, and what is not in the vault yet.
//!
//! Pure bookkeeping; the keeper does what follows from it.

use std::collections::BTreeMap;

use super::Aside;
use super::record::{Key, Part, Record, Stamp, WriterId};
use super::records::Records;
use crate::inspection::InspectionId;

/// What a store holds in memory.
#[derive(Default)]
pub struct Memory {
    /// The highest version of every record that was read, heard of or put.
    known: Records,
    /// What is not in the vault yet. Each leaves when the vault has it, or has a higher one.
    unsaved: Batch,
    /// The inspections of which `known` has every record.
    whole: Vec<InspectionId>,
    /// Records that were set aside because they don't fit their checklist.
    misfits: Records,
    /// The highest stamp of each key that came from elsewhere: what is put is made in knowledge of it.
    heard: BTreeMap<Key, Stamp>,
    /// The checklists that were put or read, under their digests.
    checklists: BTreeMap<String, String>,
}

/// What is to be written into the vault, all of it or nothing.
#[derive(Clone, Default)]
pub struct Batch {
    /// The inspections that are deleted. They go first, as an inspection may come back.
    pub purges: Vec<InspectionId>,
    /// Checklists under their digests.
    pub checklists: Vec<(String, String)>,
    /// What could not be read.
    pub aside: Vec<Aside>,
    /// The records.
    pub records: Records,
    /// What can be taken back, under the keys of what took its place.
    pub kept: Records,
    /// What is not to be taken back any more.
    pub released: Vec<Key>,
}

impl Batch {
    pub const fn is_empty(&self) -> bool {
        self.purges.is_empty()
            && self.checklists.is_empty()
            && self.aside.is_empty()
            && self.records.is_empty()
            && self.kept.is_empty()
            && self.released.is_empty()
    }

    fn purge(&mut self, id: &InspectionId) {
        if !self.purges.contains(id) {
            self.purges.push(id.clone());
        }
    }
}

impl Memory {
    /// Makes the next version of a record.
    pub fn put(&mut self, key: Key, body: String, writer: &WriterId) -> Record {
        let known = self.known.get(&key);
        if known.is_none() && key.part == Part::Header {
            // A new inspection: nothing of it is anywhere else.
            self.whole.push(key.inspection.clone());
        }
        let revision = known.map_or(0, |known| known.stamp.revision).saturating_add(1);
        let stamp = Stamp { revision, writer: writer.clone() };
        let record = Record { key, stamp, body };
        self.known.merge(record.clone());
        self.unsaved.records.merge(record.clone());
        record
    }

    /// Takes in what the journal has.
    pub fn replay(&mut self, leftovers: Vec<(Record, Option<Stamp>)>, unreadable: Vec<Aside>) {
        for (record, base) in leftovers {
            base.into_iter().for_each(|base| self.hear(&record.key, &base));
            self.known.merge(record.clone());
            self.unsaved.records.merge(record);
        }
        self.unsaved.aside.extend(unreadable);
    }

    /// Takes in what the vault has; gives what was news.
    pub fn learn(&mut self, records: Vec<Record>) -> Vec<Record> {
        let mut news = records;
        news.retain(|record| {
            if self.unsaved.purges.contains(&record.key.inspection) {
                return false;
            }
            match self.unsaved.records.get(&record.key) {
                // What is made here was made in ignorance of it.
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

    /// Notes that everything the vault has of an inspection was taken in.
    pub fn note_whole(&mut self, id: &InspectionId) {
        if !self.whole.contains(id) {
            self.whole.push(id.clone());
        }
    }

    /// Whether a version is higher than the one that is known.
    pub fn is_news(&self, key: &Key, stamp: &Stamp) -> bool {
        self.known.get(key).is_none_or(|known| known.stamp < *stamp)
    }

    /// Whether an inspection can be opened without the vault: it was read before, or the vault
    /// never had it, as its header is still on the way there.
    pub fn has_whole(&self, id: &InspectionId) -> bool {
        let header = Key { inspection: id.clone(), part: Part::Header };
        self.whole.contains(id) || self.unsaved.records.get(&header).is_some()
    }

    /// The inspections that everything is known of, as they were made or opened here.
    pub fn whole(&self) -> &[InspectionId] {
        &self.whole
    }

    /// The known records that fulfil a condition.
    pub fn records(&self, condition: impl Fn(&Key) -> bool) -> Vec<Record> {
        self.known.iter().filter(|record| condition(&record.key)).cloned().collect()
    }

    /// Keeps a checklist.
    pub fn put_checklist(&mut self, sha256: &str, json: &str) {
        self.note_checklist(sha256, json);
        if !self.unsaved.checklists.iter().any(|(unsaved, _)| unsaved == sha256) {
            self.unsaved.checklists.push((sha256.to_owned(), json.to_owned()));
        }
    }

    /// Takes in a checklist that the vault has.
    pub fn note_checklist(&mut self, sha256: &str, json: &str) {
        self.checklists.insert(sha256.to_owned(), json.to_owned());
    }

    /// A checklist that was put or read before.
    pub fn checklist(&self, sha256: &str) -> Option<String> {
        self.checklists.get(sha256).cloned()
    }

    /// Keeps what is taken away, as a record under the key of what takes its place.
    pub fn keep(&mut self, key: Key, body: String, writer: &WriterId) {
        let revision = self.known.get(&key).map_or(0, |known| known.stamp.revision);
        self.unsaved.released.retain(|released| *released != key);
        self.unsaved.kept.replace(Record {
            key,
            stamp: Stamp { revision, writer: writer.clone() },
            body,
        });
    }

    /// Keeps something no longer.
    pub fn release(&mut self, key: &Key) {
        self.unsaved.kept.take(key);
        if !self.unsaved.released.contains(key) {
            self.unsaved.released.push(key.clone());
        }
    }

    /// The vault lost everything: what is known whole is to be written again. The rest is forgotten, or
    /// it would look as if answers were missing; gives the inspections of which that is so.
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
        self.known.forget(id);
        self.unsaved.records.forget(id);
        self.unsaved.kept.forget(id);
        self.whole.retain(|whole| whole != id);
        self.heard.retain(|key, _| key.inspection != *id);
    }

    /// Forgets an inspection, and has the vault do so.
    pub fn purge(&mut self, id: &InspectionId) {
        self.forget(id);
        self.unsaved.purge(id);
    }

    /// What is not in the vault yet.
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
            if self.known.get(&record.key).is_none() {
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
mod tests {
    use super::*;
    use crate::storage::samples::{header_key, item_key, record};

    const WRITER: [u8; 8] = [7; 8];

    fn put(memory: &mut Memory, key: Key) -> Record {
        memory.put(key, "{}".to_owned(), &WriterId::from_random(WRITER))
    }

    #[test]
    fn a_put_follows_the_highest_version_that_is_known() {
        let mut memory = Memory::default();
        let key = item_key(0, "a");
        assert_eq!(put(&mut memory, key.clone()).stamp.revision, 1);
        assert_eq!(memory.learn(vec![record(key.clone(), 5, 9)]).len(), 1);
        assert_eq!(put(&mut memory, key).stamp.revision, 6);
    }

    #[test]
    fn what_the_vault_has_is_news_only_if_it_is_higher() {
        let mut memory = Memory::default();
        let own = put(&mut memory, item_key(0, "a"));
        assert_eq!(memory.learn(vec![own.clone(), record(own.key.clone(), 1, 0)]), []);
        assert!(!memory.is_news(&own.key, &own.stamp));
        let other = record(own.key, 1, 8);
        assert!(memory.is_news(&other.key, &other.stamp));
        assert_eq!(memory.learn(vec![other.clone()]), [other]);
    }

    #[test]
    fn what_was_put_meanwhile_stays_unsaved() {
        let mut memory = Memory::default();
        put(&mut memory, item_key(0, "a"));
        put(&mut memory, item_key(0, "b"));
        let batch = memory.unsaved().clone();
        let meanwhile = put(&mut memory, item_key(0, "a"));
        memory.acknowledge(&batch);
        let unsaved: Vec<_> = memory.unsaved().records.iter().collect();
        assert_eq!(unsaved, [&meanwhile]);
    }

    #[test]
    fn a_higher_version_elsewhere_does_not_make_an_own_one_saved() {
        let mut memory = Memory::default();
        let own = put(&mut memory, item_key(0, "a"));
        memory.learn(vec![record(own.key, 9, 0)]);
        assert!(!memory.unsaved().is_empty());
    }

    #[test]
    fn an_inspection_is_whole_when_it_is_new_read_or_never_was_in_the_vault() {
        let mut memory = Memory::default();
        put(&mut memory, header_key(0));
        memory.learn(vec![record(header_key(1), 4, 0)]);
        let left = [record(header_key(2), 1, 0), record(item_key(3, "a"), 1, 0)];
        memory.replay(left.map(|record| (record, None)).to_vec(), vec![]);
        let whole = [0, 1, 2, 3].map(|number| memory.has_whole(&header_key(number).inspection));
        assert_eq!(whole, [true, false, true, false]);
        let id = header_key(1).inspection;
        memory.note_whole(&id);
        assert!(memory.has_whole(&id));
    }

    #[test]
    fn what_is_forgotten_while_it_is_written_does_not_come_back() {
        let mut memory = Memory::default();
        let record = put(&mut memory, item_key(0, "a"));
        let batch = memory.unsaved().clone();
        memory.forget(&record.key.inspection);
        memory.acknowledge(&batch);
        assert_eq!(memory.unsaved().purges, [record.key.inspection]);
    }

    #[test]
    fn unseen_is_what_another_wrote_since_it_was_last_heard_of() {
        let mut memory = Memory::default();
        let writer = WriterId::from_random(WRITER);
        let own = put(&mut memory, item_key(0, "a"));
        let other = |revision| record(own.key.clone(), revision, 9);
        assert!(!memory.is_unseen(&own, &writer), "an own one is never");
        assert!(memory.is_unseen(&other(1), &writer));
        memory.learn(vec![other(3)]);
        assert!(!memory.is_unseen(&other(3), &writer) && !memory.is_unseen(&other(2), &writer));
        put(&mut memory, item_key(0, "a"));
        put(&mut memory, item_key(0, "a"));
        assert!(memory.is_unseen(&other(4), &writer), "own versions tell nothing of others");
    }

    #[test]
    fn when_the_vault_is_lost_what_is_whole_is_unsaved_and_the_rest_forgotten() {
        let mut memory = Memory::default();
        memory.put_checklist("a1", "{}");
        let whole = [put(&mut memory, header_key(0)), put(&mut memory, item_key(0, "a"))];
        let batch = memory.unsaved().clone();
        memory.acknowledge(&batch);
        memory.learn(vec![record(header_key(1), 4, 0)]);
        assert_eq!(memory.unsave_all(), [header_key(1).inspection]);
        let unsaved: Vec<_> = memory.unsaved().records.iter().cloned().collect();
        assert_eq!(unsaved, whole);
        assert_eq!(memory.unsaved().checklists.len(), 1);
        assert_eq!(memory.records(|_| true), whole);
    }

    #[test]
    fn what_is_purged_is_not_learnt_again_and_may_come_back() {
        let mut memory = Memory::default();
        let old = put(&mut memory, header_key(0));
        memory.purge(&old.key.inspection);
        assert_eq!(memory.learn(vec![old]), []);
        assert_eq!(memory.unsaved().records.len(), 0);
        assert_eq!(put(&mut memory, header_key(0)).stamp.revision, 1);
        let batch = memory.unsaved().clone();
        assert_eq!((batch.purges.len(), batch.records.len()), (1, 1));
        memory.acknowledge(&batch);
        assert!(memory.unsaved().is_empty());
    }
}
