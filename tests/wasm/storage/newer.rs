//! A database that a newer program has changed: what is known of it is read, and nothing is
//! written.

use tu_kiem_tra::storage::StoreError;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{
    Watched, body_of, header, item, journal_entry, raw, record, restoring, until,
};

#[wasm_bindgen_test]
async fn what_is_known_is_read_and_everything_stays_as_it_is() {
    let before = Watched::open("newer").await;
    before.put(header(1), "{}".into());
    before.put(item(1, "a"), "{\"note\":\"một\"}".into());
    before.flush().await.unwrap();
    drop(before);
    raw::make_newer("newer").await;
    let unknown = "{\"version\":99,\"whatever\":true}";
    raw::put("newer", "items", &item(1, "b").path(), unknown).await;
    let as_it_was = raw::dump("newer").await;

    let store = Watched::open("newer").await;
    assert_eq!(store.failures(), [StoreError::NewerProgram], "told from the start");
    assert_eq!(store.headers().await.len(), 1);
    let records = store.load(&header(1).inspection).await.unwrap();
    assert_eq!(body_of(&records, &item(1, "a")), Some("{\"note\":\"một\"}"));
    let (whole, trouble) = store.whole().await;
    assert_eq!(whole.records.len(), 2);
    assert_eq!(trouble, Some(StoreError::NewerProgram), "it is not known whether that is all");
    assert_eq!(store.told_aside(), 0, "what a newer program wrote stays where it is");

    // What is entered all the same waits in the journal, and is not called saved.
    store.put(item(1, "a"), "{\"note\":\"hai\"}".into());
    assert_eq!(store.flush().await, Err(StoreError::NewerProgram));
    assert_eq!(store.commit(restoring(whole.records)).await, Err(StoreError::NewerProgram));
    assert!(store.saved().is_empty());
    assert!(journal_entry("newer", &item(1, "a")).is_some_and(|entry| entry.contains("hai")));
    assert_eq!(raw::dump("newer").await, as_it_was);
}

#[wasm_bindgen_test]
async fn a_newer_program_in_another_tab_is_not_kept_waiting() {
    let store = Watched::open("newer-beside").await;
    store.put(header(1), "{}".into());
    store.flush().await.unwrap();
    raw::make_newer("newer-beside").await;
    store.put(item(1, "a"), "{}".into());
    until("it is told", || store.failures().contains(&StoreError::NewerProgram)).await;
    assert_eq!(store.load(&header(1).inspection).await.unwrap().len(), 2);
    // Nor is who deletes it.
    raw::delete("newer-beside").await;
    store.flush().await.unwrap();
    let there = record(&item(1, "a"), 1, 0, "{}");
    assert!(raw::get("newer-beside", "items", &there.key.path()).await.is_some());
}
