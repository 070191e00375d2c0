//! What a store holds in memory: what it knows, and what is not in the vault yet.
//!
//! Pure bookkeeping; the keeper does what follows from it.

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
}

impl Batch {
    pub const fn is_empty(&self) -> bool {
        self.purges.is_empty()
            && self.checklists.is_empty()
            && self.aside.is_empty()
            && self.records.is_empty()
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
    pub fn replay(&mut self, records: Vec<Record>, unreadable: Vec<Aside>) {
        for record in records {
            self.known.merge(record.clone());
            self.unsaved.records.merge(record);
        }
        self.unsaved.aside.extend(unreadable);
    }

    /// Takes in what the vault has; gives what was news.
    pub fn learn(&mut self, records: Vec<Record>) -> Vec<Record> {
        let Self { known, unsaved, .. } = self;
        let news = records.into_iter().filter(|record| {
            !unsaved.purges.contains(&record.key.inspection) && known.merge(record.clone())
        });
        news.collect()
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
        if self.checklist(sha256).is_none() {
            self.unsaved.checklists.push((sha256.to_owned(), json.to_owned()));
        }
    }

    /// A checklist that is not in the vault yet.
    pub fn checklist(&self, sha256: &str) -> Option<String> {
        let mut checklists = self.unsaved.checklists.iter();
        checklists.find(|(known, _)| known == sha256).map(|(_, json)| json.clone())
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
        self.whole.retain(|whole| whole != id);
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
        for record in batch.records.iter() {
            unsaved.records.remove(&record.key, &record.stamp);
            if self.known.get(&record.key).is_none() {
                // Its inspection was forgotten while it was being written, which brought it back.
                unsaved.purge(&record.key.inspection);
            }
        }
    }
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
        memory.replay(vec![record(header_key(2), 1, 0), record(item_key(3, "a"), 1, 0)], vec![]);
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
