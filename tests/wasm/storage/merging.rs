//! Several stores of one namespace, which stand for tabs and elements: the higher stamp wins,
//! record by record, and each hears of the others.

use tu_kiem_tra::storage::StoreEvent;
use tu_kiem_tra::stored::Record;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::raw;
use crate::support::{
    Watched, body_of, header, item, journal_entry, leave_in_journal, record, sleep, until,
};

async fn in_vault(namespace: &str, record: &Record) -> Record {
    let text = raw::get(namespace, "items", &record.key.path()).await.unwrap();
    Record::parse(&text).unwrap()
}

#[wasm_bindgen_test]
async fn the_higher_stamp_wins_whether_it_is_in_the_journal_or_in_the_vault() {
    // (revision, writer) in the vault, in the journal, and of the winner.
    let cases = [
        ((2, 5), (3, 1), (3, 1)),
        ((3, 1), (2, 5), (3, 1)),
        ((3, 1), (3, 5), (3, 5)),
        ((3, 5), (3, 1), (3, 5)),
        ((10, 1), (9, 1), (10, 1)),
    ];
    for (number, (vault, journal, winner)) in cases.into_iter().enumerate() {
        let namespace = format!("stamps-{number}");
        drop(Watched::open(&namespace).await);
        let key = item(1, "a");
        let made = |(revision, writer): (u64, u8)| {
            record(&key, revision, writer, &format!("[{revision},{writer}]"))
        };
        raw::put(&namespace, "items", &key.path(), &made(vault).to_text()).await;
        leave_in_journal(&namespace, &made(journal));

        let store = Watched::open(&namespace).await;
        let records = store.load(&key.inspection).await.unwrap();
        assert_eq!(records, [made(winner)], "case {number}");
        store.flush().await.unwrap();
        assert_eq!(in_vault(&namespace, &made(winner)).await, made(winner), "case {number}");
        assert_eq!(journal_entry(&namespace, &key), None, "case {number}");
        assert_eq!(store.put(key.clone(), "{}".into()), winner.0 + 1, "case {number}");
    }
}

#[wasm_bindgen_test]
async fn two_stores_hear_of_each_other() {
    let [here, there] = [Watched::open("two").await, Watched::open("two").await];
    here.put(item(1, "a"), "{\"note\":\"từ đây\"}".into());
    here.flush().await.unwrap();
    until("the other heard", || there.changed().len() == 1).await;
    assert_eq!(there.changed()[0].body, "{\"note\":\"từ đây\"}");

    assert_eq!(there.put(item(1, "a"), "{\"note\":\"từ kia\"}".into()), 2);
    there.put(item(1, "b"), "{}".into());
    there.flush().await.unwrap();
    until("the first heard", || here.changed().len() == 2).await;
    assert_eq!(body_of(&here.changed(), &item(1, "a")), Some("{\"note\":\"từ kia\"}"));
    // What is told later comes later: the next news end the waiting.
    here.put(item(1, "c"), "{}".into());
    here.flush().await.unwrap();
    until("the last is heard", || body_of(&there.changed(), &item(1, "c")).is_some()).await;
    assert_eq!(there.changed().len(), 2, "nobody hears of what they wrote");
}

#[wasm_bindgen_test]
async fn stores_of_other_namespaces_hear_nothing() {
    let [here, there] = [Watched::open("mine").await, Watched::open("yours").await];
    here.put(header(1), "{}".into());
    here.flush().await.unwrap();
    let beside = Watched::open("yours").await;
    beside.put(header(2), "{}".into());
    beside.flush().await.unwrap();
    until("its own is heard", || !there.changed().is_empty()).await;
    let heard: Vec<_> = there.changed().into_iter().map(|record| record.key).collect();
    assert_eq!(heard, [header(2)]);
    assert_eq!(there.headers().await.len(), 1);
}

#[wasm_bindgen_test]
async fn two_that_answer_at_the_same_time_come_to_the_same() {
    let [here, there] = [Watched::open("race").await, Watched::open("race").await];
    here.put(item(1, "a"), "\"here\"".into());
    there.put(item(1, "a"), "\"there\"".into());
    here.put(item(1, "only-here"), "{}".into());
    there.put(item(1, "only-there"), "{}".into());
    here.flush().await.unwrap();
    there.flush().await.unwrap();
    until("both heard", || !here.changed().is_empty() && !there.changed().is_empty()).await;
    sleep(50).await;

    let all = here.load(&header(1).inspection).await.unwrap();
    assert_eq!(there.load(&header(1).inspection).await.unwrap(), all);
    assert_eq!(all.len(), 3);
    let winner = if here.writer() > there.writer() { "\"here\"" } else { "\"there\"" };
    assert_eq!(body_of(&all, &item(1, "a")), Some(winner));
    assert_eq!(journal_entry("race", &item(1, "a")), None);
    let loser = if here.writer() > there.writer() { &there } else { &here };
    assert_eq!(body_of(&loser.changed(), &item(1, "a")), Some(winner), "the loser is told");
}

#[wasm_bindgen_test]
async fn what_was_written_meanwhile_is_told_when_the_vault_refuses_a_lower_stamp() {
    let store = Watched::open("refused").await;
    store.put(item(1, "a"), "{}".into());
    let other = record(&item(1, "a"), 9, 0, "\"unheard\"");
    raw::put("refused", "items", &other.key.path(), &other.to_text()).await;
    store.flush().await.unwrap();
    assert_eq!(store.put(other.key.clone(), "{}".into()), 10);
    assert_eq!(store.changed(), [other]);
}

#[wasm_bindgen_test]
async fn reading_tells_whoever_shows_an_inspection_what_was_missed() {
    let store = Watched::open("missed").await;
    store.put(header(1), "\"old\"".into());
    store.flush().await.unwrap();
    for number in [1, 2] {
        let other = record(&header(number), 5, 0, "\"new\"");
        raw::put("missed", "overviews", &other.key.path(), &other.to_text()).await;
    }
    assert_eq!(store.headers().await.len(), 2);
    // The second was not made or opened here.
    assert_eq!(store.changed().len(), 1);
    assert_eq!(body_of(&store.changed(), &header(1)), Some("\"new\""));
}

#[wasm_bindgen_test]
async fn a_journal_entry_of_a_higher_stamp_is_kept() {
    let store = Watched::open("kept").await;
    store.put(item(1, "a"), "{}".into());
    let other = record(&item(1, "a"), 9, 0, "\"not in the vault\"");
    leave_in_journal("kept", &other);
    store.flush().await.unwrap();
    assert_eq!(journal_entry("kept", &other.key), Some(other.to_text()));
    assert_eq!(in_vault("kept", &other).await.stamp.revision, 1);

    store.put(other.key.clone(), "{}".into());
    assert_eq!(journal_entry("kept", &other.key), Some(other.to_text()), "nor overwritten");
}

#[wasm_bindgen_test]
async fn a_purge_is_heard_and_takes_what_was_on_its_way_along() {
    let [here, there] = [Watched::open("heard").await, Watched::open("heard").await];
    here.put(header(1), "{}".into());
    here.flush().await.unwrap();
    until("the other heard", || there.changed().len() == 1).await;
    here.purge(&header(1).inspection).await.unwrap();
    there.put(item(1, "a"), "{}".into());
    let purged = || {
        there.heard(|event| match event {
            StoreEvent::Purged { inspection } => Some(inspection.clone()),
            _ => None,
        })
    };
    until("the purge is heard", || purged() == [header(1).inspection]).await;
    there.flush().await.unwrap();
    assert!(raw::keys("heard", "items").await.is_empty());
    assert_eq!(journal_entry("heard", &item(1, "a")), None);
    let last = there.heard(|event| match event {
        StoreEvent::Saved { all, .. } => Some(*all),
        _ => None,
    });
    assert_eq!(last.last(), Some(&true), "the page must not say 'saving' for ever");
}
