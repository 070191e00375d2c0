//! A stored text is a record with exactly this text, or none, whatever lies beside it.
//!
//! Each line of an input is a record's text.

use std::collections::{BTreeMap, BTreeSet};
use tu_kiem_tra::stored::{Part, Record, Records, Stamp, Unreadable};

pub fn check(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let records: Vec<Record> = text.split('\n').filter_map(read).collect();
    merge_in_any_order(&records);
    Part::parse(&text).iter().for_each(|part| assert_eq!(part.as_str(), text));
    if let Some(stamp) = Stamp::parse(&text) {
        assert_eq!(stamp.to_text(), text);
    }
    !records.is_empty()
}

fn read(text: &str) -> Option<Record> {
    match Record::parse(text) {
        Ok(record) => {
            assert_eq!(record.to_text(), text, "a record has one text");
            assert_eq!(Part::parse(record.key.part.as_str()).as_ref(), Some(&record.key.part));
            assert_eq!(Stamp::parse(&record.stamp.to_text()).as_ref(), Some(&record.stamp));
            // A truncated text is no record.
            let end = text.floor_char_boundary(text.len() / 2);
            for end in [end, text.len() - 1] {
                assert_eq!(Record::parse(&text[..end]), Err(Unreadable::Damaged));
            }
            Some(record)
        }
        Err(why) => {
            assert_ne!(why, Unreadable::Newer(1), "this version is known");
            None
        }
    }
}

fn merge_in_any_order(records: &[Record]) {
    // A writer gives each revision of a key once.
    let mut stamps = BTreeSet::new();
    let is_first = |record: &&Record| stamps.insert((record.key.clone(), record.stamp.clone()));
    let records: Vec<_> = records.iter().filter(is_first).collect();
    let mut highest = BTreeMap::new();
    let mut merged = Records::default();
    let mut reversed = Records::default();
    for record in &records {
        merged.merge((*record).clone());
        let held = highest.entry(&record.key).or_insert(*record);
        if record.stamp > held.stamp {
            *held = *record;
        }
    }
    records.iter().rev().for_each(|record| _ = reversed.merge((*record).clone()));
    assert_eq!(merged, reversed);
    assert!(merged.iter().eq(highest.into_values()));
    records.iter().for_each(|record| assert!(!merged.merge((*record).clone())));
}
