//! What gives way unseen, or is taken away, is kept to be taken back.

use tu_kiem_tra::storage::Step;
use tu_kiem_tra::stored::Record;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::raw::{self, wrong};
use crate::support::{
    Watched, body_of, header, item, journal_entry, journal_name, leave_in_journal, local_storage,
    record, until,
};

/// Puts a record into the vault as another tab would that nobody hears of.
async fn write_unheard(namespace: &str, record: &Record) {
    raw::put(namespace, "items", &record.key.path(), &record.to_text()).await;
}

#[wasm_bindgen_test]
async fn an_answer_that_was_not_seen_is_kept_when_it_gives_way() {
    let store = Watched::open("unseen").await;
    store.put(item(1, "a"), "1".into());
    store.flush().await.unwrap();
    let other = record(&item(1, "a"), 2, 0, "\"other\"");
    write_unheard("unseen", &other).await;
    // Of revision 2 and 3, in knowledge of neither.
    store.put(item(1, "a"), "2".into());
    store.put(item(1, "a"), "3".into());
    store.flush().await.unwrap();
    let kept = store.kept().await.unwrap();
    assert_eq!(store.overtaken(), kept);
    assert_eq!(kept, [other]);
}

#[wasm_bindgen_test]
async fn an_answer_that_loses_is_kept_where_it_was_made() {
    let store = Watched::open("loses").await;
    store.put(item(1, "a"), "\"mine\"".into());
    let other = record(&item(1, "a"), 7, 0, "\"other\"");
    write_unheard("loses", &other).await;
    store.flush().await.unwrap();
    assert_eq!(store.changed(), [other]);
    let kept = store.kept().await.unwrap();
    assert_eq!(store.overtaken(), kept);
    assert_eq!(kept.iter().map(|kept| kept.body.as_str()).collect::<Vec<_>>(), ["\"mine\""]);
}

#[wasm_bindgen_test]
async fn of_two_that_answer_at_the_same_time_one_is_kept() {
    let [here, there] = [Watched::open("at-once").await, Watched::open("at-once").await];
    here.put(item(1, "a"), "\"here\"".into());
    there.put(item(1, "a"), "\"there\"".into());
    here.flush().await.unwrap();
    there.flush().await.unwrap();
    until("one of them was told", || here.overtaken().len() + there.overtaken().len() == 1).await;
    let kept = here.kept().await.unwrap();
    let lost = if here.writer() > there.writer() { "\"there\"" } else { "\"here\"" };
    assert_eq!(kept.iter().map(|kept| kept.body.as_str()).collect::<Vec<_>>(), [lost]);
}

#[wasm_bindgen_test]
async fn what_was_seen_or_is_the_same_or_derived_is_not_kept() {
    let [here, there] = [Watched::open("seen").await, Watched::open("seen").await];
    // Seen: each answers after it heard of the other.
    here.put(item(1, "a"), "1".into());
    here.flush().await.unwrap();
    until("it is heard", || there.changed().len() == 1).await;
    there.put(item(1, "a"), "2".into());
    there.flush().await.unwrap();
    until("it is heard", || here.changed().len() == 1).await;
    here.put(item(1, "a"), "3".into());
    // The same answer; and a header, which is no answer.
    write_unheard("seen", &record(&item(1, "b"), 9, 0, "{}")).await;
    here.put(item(1, "b"), "{}".into());
    let unheard = record(&header(1), 9, 0, "\"other\"");
    raw::put("seen", "overviews", &unheard.key.path(), &unheard.to_text()).await;
    here.put(header(1), "{}".into());
    here.flush().await.unwrap();
    assert!(here.overtaken().is_empty() && there.overtaken().is_empty());
    assert_eq!(here.kept().await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn what_the_journal_had_and_gives_way_is_kept() {
    drop(Watched::open("left").await);
    let left = record(&item(1, "a"), 3, 1, "\"left\"");
    write_unheard("left", &record(&item(1, "a"), 5, 0, "\"newer\"")).await;
    leave_in_journal("left", &left);
    let store = Watched::open("left").await;
    store.flush().await.unwrap();
    assert_eq!(store.kept().await.unwrap(), [left]);
}

#[wasm_bindgen_test]
async fn what_a_dead_page_left_takes_the_place_of_nothing_unseen() {
    let dead = Watched::open("dead").await;
    let seen = record(&item(1, "a"), 5, 0, "\"seen\"");
    write_unheard("dead", &seen).await;
    dead.load(&header(1).inspection).await.unwrap();
    let full = wrong("full database");
    for body in ["6", "7", "8"] {
        dead.put(item(1, "a"), body.into());
    }
    let left = journal_entry("dead", &item(1, "a")).unwrap();
    assert!(dead.flush().await.is_err());
    let _never_again = std::mem::ManuallyDrop::new(dead);
    drop(full);
    // Another page answers meanwhile, and dies too.
    let other = record(&item(1, "a"), 6, 1, "\"other\"");
    write_unheard("dead", &other).await;
    local_storage().set_item(&journal_name("dead", &item(1, "a")), &left).unwrap();

    let store = Watched::open("dead").await;
    store.flush().await.unwrap();
    let records = store.load(&header(1).inspection).await.unwrap();
    assert_eq!(body_of(&records, &item(1, "a")), Some("8"));
    assert_eq!(store.kept().await.unwrap(), [other]);
}

#[wasm_bindgen_test]
async fn what_a_reload_brings_over_what_it_knew_keeps_nothing() {
    drop(Watched::open("reload").await);
    let seen = record(&item(1, "a"), 5, 0, "\"seen\"");
    write_unheard("reload", &seen).await;
    let store = Watched::open("reload").await;
    store.load(&header(1).inspection).await.unwrap();
    let full = wrong("full database");
    store.put(item(1, "a"), "6".into());
    let left = journal_entry("reload", &item(1, "a")).unwrap();
    let _never_again = std::mem::ManuallyDrop::new(store);
    drop(full);
    local_storage().set_item(&journal_name("reload", &item(1, "a")), &left).unwrap();
    let store = Watched::open("reload").await;
    store.flush().await.unwrap();
    assert_eq!(store.kept().await.unwrap(), []);
}

#[wasm_bindgen_test]
async fn an_unsaved_answer_that_gives_way_is_kept_although_it_is_never_written() {
    let store = Watched::open("gave-way").await;
    store.put(item(1, "a"), "\"mine\"".into());
    let other = record(&item(1, "a"), 1, 255, "\"other\"");
    write_unheard("gave-way", &other).await;
    store.load(&header(1).inspection).await.unwrap();
    store.put(item(1, "a"), "\"goes on\"".into());
    store.flush().await.unwrap();
    let kept: Vec<_> = store.kept().await.unwrap().into_iter().map(|kept| kept.body).collect();
    assert_eq!(kept, ["\"mine\""]);
}

#[wasm_bindgen_test]
async fn what_is_kept_survives_until_it_is_released_or_its_inspection_purged() {
    let store = Watched::open("kept-on").await;
    store.put_keeping(item(1, "a"), "1".into(), "\"first\"".into());
    store.put_keeping(item(1, "a"), "2".into(), "\"second\"".into());
    let whole = vec![(header(2), "\"whole\"".to_owned())];
    store.commit(Step { kept: whole, ..Step::default() }).await.unwrap();
    drop(store);

    let store = Watched::open("kept-on").await;
    let bodies = |kept: Vec<Record>| kept.into_iter().map(|kept| kept.body).collect::<Vec<_>>();
    assert_eq!(bodies(store.kept().await.unwrap()), ["\"second\"", "\"whole\""]);
    store.release(&item(1, "a"));
    assert_eq!(bodies(store.kept().await.unwrap()), ["\"whole\""], "before it is out of the vault");
    store.flush().await.unwrap();
    assert_eq!(bodies(Watched::open("kept-on").await.kept().await.unwrap()), ["\"whole\""]);
    store.purge(&header(2).inspection).await.unwrap();
    assert_eq!(bodies(store.kept().await.unwrap()), [""; 0]);
}

#[wasm_bindgen_test]
async fn what_is_taken_away_is_kept_although_the_vault_never_took_it() {
    let store = Watched::open("taken-away").await;
    store.put(item(1, "a"), "\"typed\"".into());
    store.flush().await.unwrap();
    let full = wrong("full database");
    store.put_keeping(item(1, "a"), "{}".into(), "\"typed\"".into());
    // What follows takes nothing away, and takes nothing from what is kept.
    store.put(item(1, "a"), "\"new\"".into());
    let left = journal_entry("taken-away", &item(1, "a")).unwrap();
    assert!(store.flush().await.is_err());
    let _never_again = std::mem::ManuallyDrop::new(store);
    drop(full);
    local_storage().set_item(&journal_name("taken-away", &item(1, "a")), &left).unwrap();

    let store = Watched::open("taken-away").await;
    store.flush().await.unwrap();
    let kept: Vec<_> = store.kept().await.unwrap().into_iter().map(|kept| kept.body).collect();
    assert_eq!(kept, ["\"typed\""]);
    let records = store.load(&header(1).inspection).await.unwrap();
    assert_eq!(body_of(&records, &item(1, "a")), Some("\"new\""));
    assert_eq!(journal_entry("taken-away", &item(1, "a")), None);
}
