//! Everything at once: read for a backup, restored with its stamps, and deleted for good.

use tu_kiem_tra::storage::{Step, StoreError, StoreEvent, erase, prefs};
use tu_kiem_tra::stored::Aside;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::raw::{self, wrong};
use crate::support::{
    Watched, body_of, checklist, header, item, journal_entry, journal_name, leave_in_journal,
    local_storage, record, restoring, until,
};

#[wasm_bindgen_test]
async fn all_that_is_stored_is_read_wherever_it_is() {
    let store = Watched::open("whole").await;
    store.commit(checklist("a1", "{\"id\":\"x\"}")).await.unwrap();
    store.put(header(1), "{}".into());
    store.put(item(1, "a"), "{\"note\":\"một\"}".into());
    store.flush().await.unwrap();
    // Another tab's, which it could not bring into the vault yet; and one that can't be read.
    leave_in_journal("whole", &record(&item(1, "a"), 9, 1, "{\"note\":\"hai\"}"));
    local_storage().set_item(&journal_name("whole", &item(1, "b")), "?").unwrap();
    store.put(item(2, "c"), "{}".into());

    let (whole, trouble) = store.whole().await;
    assert_eq!(trouble, None);
    let paths: Vec<_> = whole.records.iter().map(|record| record.key.path()).collect();
    assert_eq!(paths, [header(1), item(1, "a"), item(2, "c")].map(|key| key.path()));
    assert_eq!(body_of(&whole.records, &item(1, "a")), Some("{\"note\":\"hai\"}"));
    assert_eq!(whole.checklists, [("a1".to_owned(), "{\"id\":\"x\"}".to_owned())]);
    assert_eq!(whole.aside.iter().map(|aside| aside.text.as_str()).collect::<Vec<_>>(), ["?"]);
}

#[wasm_bindgen_test]
async fn without_a_vault_it_is_what_is_held_and_says_why() {
    let store = Watched::open("held").await;
    store.put(item(1, "a"), "{}".into());
    store.flush().await.unwrap();
    let full = wrong("lost connection");
    store.put(item(1, "b"), "{}".into());
    let (whole, trouble) = store.whole().await;
    assert_eq!((whole.records.len(), trouble), (2, Some(StoreError::Closed)));
    drop(full);
}

#[wasm_bindgen_test]
async fn what_is_restored_keeps_its_stamps_and_gives_way_to_higher_ones() {
    let store = Watched::open("restore").await;
    let other = Watched::open("restore").await;
    store.put(item(1, "a"), "{\"note\":\"mới\"}".into());
    store.put(item(1, "a"), "{\"note\":\"mới hơn\"}".into());
    store.flush().await.unwrap();
    let old = record(&item(1, "a"), 1, 9, "{\"note\":\"cũ\"}");
    let new = record(&item(1, "b"), 7, 3, "{\"note\":\"bảy\"}");
    let aside = Aside { origin: "items/x".into(), text: "?".into(), at: "2026".into() };
    let step = Step {
        aside: vec![aside.clone()],
        restored: vec![old, new.clone()],
        ..checklist("c1", "{}")
    };
    store.commit(step.clone()).await.unwrap();
    store.commit(step).await.unwrap();

    let records = store.load(&item(1, "a").inspection).await.unwrap();
    assert_eq!(body_of(&records, &item(1, "a")), Some("{\"note\":\"mới hơn\"}"));
    assert!(records.contains(&new));
    assert_eq!(store.checklist("c1").await.unwrap().as_deref(), Some("{}"));
    assert_eq!(store.aside().await, [aside]);
    // The next version goes on from there, and others have heard.
    assert_eq!(store.put(item(1, "b"), "{}".into()), 8);
    until("the other has heard", || other.changed().contains(&new)).await;
}

#[wasm_bindgen_test]
async fn what_can_not_be_restored_whole_is_not_restored_at_all() {
    let store = Watched::open("restore-full").await;
    store.flush().await.unwrap();
    let full = wrong("full database");
    let given = vec![record(&header(1), 1, 1, "{}"), record(&item(1, "a"), 1, 1, "{}")];
    assert_eq!(store.commit(restoring(given)).await, Err(StoreError::Quota));
    drop(full);
    assert!(store.headers().await.is_empty());
    assert_eq!(journal_entry("restore-full", &header(1)), None);
}

#[wasm_bindgen_test]
async fn a_purged_inspection_comes_back_with_its_old_stamps() {
    let store = Watched::open("purged-back").await;
    store.put(header(1), "{\"a\":1}".into());
    store.flush().await.unwrap();
    let (whole, _) = store.whole().await;
    store.purge(&header(1).inspection).await.unwrap();
    store.commit(restoring(whole.records.clone())).await.unwrap();
    assert_eq!(store.load(&header(1).inspection).await.unwrap(), whole.records);
}

#[wasm_bindgen_test]
async fn erasing_leaves_nothing_and_tells_every_store() {
    const HERS: &str = "erase~00000000-0000-4000-8000-000000000001";
    let [first, hers] = [Watched::open("erase").await, Watched::open(HERS).await];
    let others = Watched::open("erase2").await;
    for store in [&first, &hers, &others] {
        store.put(item(1, "a"), "{}".into());
        store.flush().await.unwrap();
    }
    assert!(prefs::set("erase", "unit", "Phường 1") && prefs::set("erase2", "unit", "Phường 2"));
    let full = wrong("full database");
    first.put(item(1, "b"), "{\"note\":\"chưa lưu\"}".into());

    erase("erase", vec!["erase".to_owned()]).await.unwrap();
    let names = raw::databases().await;
    assert!(!names.iter().any(|name| name == "tkt:erase" || name.starts_with("tkt:erase~")));
    assert!(names.contains(&"tkt:erase2".to_owned()));
    assert_eq!(prefs::get("erase", "unit"), None);
    assert_eq!(prefs::get("erase2", "unit").as_deref(), Some("Phường 2"));
    assert_eq!(journal_entry("erase", &item(1, "b")), None);
    for store in [&first, &hers] {
        let cleared = store.heard(|event| matches!(event, StoreEvent::Cleared).then_some(()));
        assert!(!cleared.is_empty());
    }
    drop(full);
    // It can be used again.
    first.put(item(1, "c"), "{}".into());
    first.flush().await.unwrap();
    assert_eq!(first.load(&item(1, "c").inspection).await.unwrap().len(), 1);
}
