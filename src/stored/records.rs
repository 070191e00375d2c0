//! A set of records in memory, the highest stamp of each key. Pure.

use std::collections::BTreeMap;

use super::record::{Key, Record, Stamp};
use crate::inspection::InspectionId;

/// At most one record of each key, in the order of their keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records(BTreeMap<Key, Record>);

impl Records {
    /// Returns the record of a key.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<&Record> {
        self.0.get(key)
    }

    /// Takes a record in unless one of an equal or higher stamp is there; says whether it did.
    ///
    /// Merging is idempotent and the order does not matter, so records may come from anywhere, any
    /// number of times.
    pub fn merge(&mut self, record: Record) -> bool {
        let is_higher = self.get(&record.key).is_none_or(|held| held.stamp < record.stamp);
        if is_higher {
            self.replace(record);
        }
        is_higher
    }

    /// Puts a record in the place of whatever its key has.
    pub fn replace(&mut self, record: Record) {
        self.0.insert(record.key.clone(), record);
    }

    /// Takes the record of a key out.
    pub fn take(&mut self, key: &Key) {
        self.0.remove(key);
    }

    /// Takes a record out if it is still the same.
    pub fn remove_same(&mut self, record: &Record) {
        if self.get(&record.key) == Some(record) {
            self.0.remove(&record.key);
        }
    }

    /// Takes the record of a key out if it is still of that stamp.
    pub fn remove(&mut self, key: &Key, stamp: &Stamp) {
        if self.get(key).is_some_and(|held| held.stamp == *stamp) {
            self.0.remove(key);
        }
    }

    /// Takes all records of an inspection out.
    pub fn forget(&mut self, inspection: &InspectionId) {
        self.0.retain(|key, _| key.inspection != *inspection);
    }

    /// Iterates over all of them, in the order of their keys.
    pub fn iter(&self) -> impl Iterator<Item = &Record> {
        self.0.values()
    }

    /// Returns how many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stored::samples::{item_key, record};
    use proptest::prelude::{prop, proptest};

    fn merged(records: impl IntoIterator<Item = Record>) -> Records {
        let mut all = Records::default();
        records.into_iter().for_each(|record| _ = all.merge(record));
        all
    }

    #[test]
    fn a_record_is_removed_only_by_its_own_stamp() {
        let [old, new] = [1, 2].map(|revision| record(item_key(0, "a"), revision, 0));
        let mut records = merged([new.clone()]);
        records.remove(&old.key, &old.stamp);
        assert_eq!(records.get(&old.key), Some(&new));
        records.remove(&new.key, &new.stamp);
        assert!(records.is_empty());
    }

    #[test]
    fn an_inspection_is_forgotten_whole_and_alone() {
        let mut records = merged(
            [(0, "a"), (0, "b"), (1, "a")]
                .map(|(inspection, item)| record(item_key(inspection, item), 1, 0)),
        );
        records.forget(&item_key(0, "a").inspection);
        let left: Vec<_> = records.iter().map(|record| record.key.clone()).collect();
        assert_eq!(left, [item_key(1, "a")]);
    }

    proptest! {
        /// Two tabs that hear of the same records come to hold the same, in whatever order and how
        /// often they hear of them.
        #[test]
        fn merging_knows_no_order(
            marks in prop::collection::vec((0..3_usize, 0..4_u64, 0..3_u8), 0..20),
            times in 1..3_usize,
        ) {
            let records = marks.iter().map(|(item, revision, writer)| {
                record(item_key(0, ["a", "b", "c"][*item]), *revision, *writer)
            });
            let there = merged(records.clone());
            let back = merged((0..times).flat_map(|_| records.clone().rev()));
            assert_eq!(there, back);
        }
    }
}
