//! The memory of a store, step by step.

use super::*;
use crate::stored::samples::{header_key, item_key, record};

const WRITER: [u8; 8] = [7; 8];

fn put(memory: &mut Memory, key: Key) -> Record {
    memory.put(key, "{}".to_owned(), None, &WriterId::from_random(WRITER))
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
    let left = [
        record(header_key(2), 1, 0),
        record(item_key(3, "a"), 1, 0),
        // It was completed, say, and its first version is in the vault.
        record(header_key(4), 2, 0),
    ];
    let left = left.map(|record| Leftover { record, base: None, kept: None });
    memory.replay(Leftovers { records: left.to_vec(), ..Leftovers::default() });
    let whole = [0, 1, 2, 3, 4].map(|number| memory.has_whole(&header_key(number).inspection));
    assert_eq!(whole, [true, false, true, false, false]);
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
    memory.note_checklist("a1", "{}");
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

fn writer() -> WriterId {
    WriterId::from_random(WRITER)
}

#[test]
fn what_is_put_while_a_step_is_written_comes_after_it() {
    let mut memory = Memory::default();
    let key = item_key(0, "a");
    put(&mut memory, key.clone());
    let step = || Step { put: vec![(key.clone(), "{}".to_owned())], ..Step::default() };
    let failed = memory.draft(step(), &writer());
    let written = memory.draft(step(), &writer());
    let revisions =
        [&failed, &written].map(|batch| batch.records.get(&key).unwrap().stamp.revision);
    assert_eq!(revisions, [2, 3], "a stamp is never given twice");
    let meanwhile = put(&mut memory, key.clone());
    assert_eq!(meanwhile.stamp.revision, 4);
    memory.take_in(&written, &writer());
    assert_eq!(memory.known(&key), Some(&meanwhile));
    assert_eq!(memory.unsaved().records.get(&key), Some(&meanwhile));
}

#[test]
fn a_step_that_was_not_written_changed_nothing() {
    let mut memory = Memory::default();
    let own = put(&mut memory, item_key(0, "a"));
    memory.acknowledge(&memory.unsaved().clone());
    let key = own.key.clone();
    let step = Step {
        put: vec![(key.clone(), "{}".to_owned()), (header_key(1), "{}".to_owned())],
        kept: vec![(key.clone(), "{}".to_owned())],
        purged: vec![key.inspection.clone()],
        ..Step::default()
    };
    _ = memory.draft(step, &writer());
    assert!(memory.unsaved().is_empty());
    assert_eq!(memory.records(|_| true), [own]);
}

#[test]
fn a_step_that_is_held_is_unsaved_whole() {
    let mut memory = Memory::default();
    let step = Step {
        put: vec![(header_key(0), "{}".to_owned()), (item_key(0, "a"), "{}".to_owned())],
        checklists: vec![("a1".to_owned(), "{}".to_owned())],
        ..Step::default()
    };
    let batch = memory.draft(step, &writer());
    memory.hold(batch, &writer());
    assert_eq!(memory.unsaved().records.len(), 2);
    assert_eq!(memory.unsaved().checklists.len(), 1);
    assert!(memory.has_whole(&header_key(0).inspection));
    assert_eq!(memory.checklist("a1").as_deref(), Some("{}"));
}

#[test]
fn what_is_taken_away_is_kept_in_the_same_step() {
    let mut memory = Memory::default();
    let key = item_key(0, "a");
    let old = put(&mut memory, key.clone());
    memory.release(&key);
    memory.put(key.clone(), "{}".to_owned(), Some(old.body.clone()), &writer());
    let batch = memory.unsaved().clone();
    assert_eq!(batch.kept.get(&key).map(|kept| &kept.body), Some(&old.body));
    assert!(batch.released.is_empty());
    assert_eq!(batch.records.get(&key).map(|record| record.stamp.revision), Some(2));
}

#[test]
fn of_what_is_restored_only_the_overview_is_remembered() {
    let mut memory = Memory::default();
    let restored = vec![record(header_key(1), 4, 0), record(item_key(1, "a"), 1, 0)];
    let batch = memory.draft(Step { restored, ..Step::default() }, &writer());
    memory.take_in(&batch, &writer());
    let known = memory.records(|_| true);
    assert_eq!(known.iter().map(|known| &known.key).collect::<Vec<_>>(), [&header_key(1)]);
    assert!(!memory.has_whole(&header_key(1).inspection));
}

#[test]
fn what_is_lost_is_so_until_something_is_put_in_its_place() {
    let mut memory = Memory::default();
    memory.note_lost([item_key(0, "a"), item_key(0, "b")]);
    put(&mut memory, item_key(0, "a"));
    assert_eq!(memory.lost(), [item_key(0, "b")]);
}

#[test]
fn what_is_purged_is_not_learnt_again_and_may_come_back() {
    let mut memory = Memory::default();
    let old = put(&mut memory, header_key(0));
    let purge = Step { purged: vec![old.key.inspection.clone()], ..Step::default() };
    let batch = memory.draft(purge, &writer());
    memory.hold(batch, &writer());
    assert_eq!(memory.learn(vec![old]), []);
    assert_eq!(memory.unsaved().records.len(), 0);
    assert_eq!(put(&mut memory, header_key(0)).stamp.revision, 1);
    let batch = memory.unsaved().clone();
    assert_eq!((batch.purges.len(), batch.records.len()), (1, 1));
    memory.acknowledge(&batch);
    assert!(memory.unsaved().is_empty());
}
