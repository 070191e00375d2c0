//! What comes back by itself: a vault that was deleted, records of a newer program, an upgrade that
//! failed or was in someone's way.

use tu_kiem_tra::storage::{StoreError, StoreEvent};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::raw::{self, wrong};
use crate::support::{Watched, body_of, checklist, header, item, record, until};

fn emptied(store: &Watched) -> Vec<usize> {
    store.heard(|event| match event {
        StoreEvent::Emptied { gone } => Some(*gone),
        _ => None,
    })
}

#[wasm_bindgen_test]
async fn a_vault_that_was_deleted_is_written_again_as_far_as_it_is_known() {
    let before = Watched::open("deleted-vault").await;
    before.put(header(2), "{}".into());
    before.put(item(2, "a"), "{}".into());
    before.flush().await.unwrap();
    drop(before);

    let store = Watched::open("deleted-vault").await;
    store.headers().await;
    store.commit(checklist("a1", "{}")).await.unwrap();
    store.put(header(1), "\"header\"".into());
    store.put(item(1, "a"), "1".into());
    store.flush().await.unwrap();
    raw::delete("deleted-vault").await;
    store.put(item(1, "b"), "2".into());
    store.flush().await.unwrap();
    until("it is told", || emptied(&store) == [1]).await;
    store.flush().await.unwrap();

    assert_eq!(raw::keys("deleted-vault", "items").await.len(), 2);
    assert!(raw::get("deleted-vault", "checklists", "a1").await.is_some());
    let headers: Vec<_> = store.headers().await.into_iter().map(|record| record.key).collect();
    assert_eq!(headers, [header(1)], "of the other one only the header was known");
}

#[wasm_bindgen_test]
async fn each_page_brings_back_what_it_knows() {
    let [here, there] = [Watched::open("both").await, Watched::open("both").await];
    for (store, number) in [(&here, 1), (&there, 2)] {
        store.put(header(number), "{}".into());
        store.put(item(number, "a"), "{}".into());
        store.flush().await.unwrap();
    }
    raw::delete("both").await;
    for (store, number) in [(&here, 1), (&there, 2)] {
        store.put(item(number, "b"), "{}".into());
        store.flush().await.unwrap();
    }
    assert_eq!(raw::keys("both", "items").await.len(), 4);
    assert_eq!(raw::keys("both", "overviews").await.len(), 2);
    let saved = here.heard(|event| match event {
        StoreEvent::Saved { all, .. } => Some(*all),
        StoreEvent::Emptied { .. } => Some(false),
        _ => None,
    });
    assert_eq!(saved.last(), Some(&true));
}

#[wasm_bindgen_test]
async fn what_was_set_aside_and_can_be_read_is_put_back() {
    let read = record(&item(1, "a"), 4, 0, "\"read\"");
    let old = record(&item(1, "b"), 1, 0, "\"old\"");
    let now = record(&item(1, "b"), 2, 0, "\"now\"");
    drop(Watched::open("put-back").await);
    raw::put("put-back", "items", &now.key.path(), &now.to_text()).await;
    for (key, aside) in [("1", &read), ("2", &old)] {
        raw::put_aside("put-back", key, &aside.to_text()).await;
    }
    // Of an inspection that is not there any more nothing comes back.
    let gone = record(&item(2, "a"), 1, 0, "{}");
    raw::put_aside("put-back", "3", &gone.to_text()).await;
    let there = record(&header(1), 1, 0, "{}");
    raw::put("put-back", "overviews", &there.key.path(), &there.to_text()).await;
    let newer = record(&item(1, "c"), 9, 0, "\"newer\"");
    let meanwhile = record(&item(1, "c"), 1, 0, "\"meanwhile\"");
    raw::put("put-back", "items", &meanwhile.key.path(), &meanwhile.to_text()).await;
    raw::put_aside("put-back", "4", &newer.to_text()).await;

    let store = Watched::open("put-back").await;
    let records = store.load(&header(1).inspection).await.unwrap();
    assert_eq!(body_of(&records, &read.key), Some("\"read\""));
    assert_eq!(body_of(&records, &now.key), Some("\"now\""));
    assert_eq!(body_of(&records, &newer.key), Some("\"newer\""));
    assert_eq!(store.kept().await.unwrap(), [meanwhile]);
    let left: Vec<_> = store.aside().await.into_iter().map(|aside| aside.text).collect();
    assert_eq!(left, [old.to_text(), gone.to_text()]);
}

#[wasm_bindgen_test]
async fn an_upgrade_that_fails_leaves_the_old_vault_and_is_tried_again() {
    let old = record(&item(1, "a"), 4, 0, "\"old\"");
    raw::make_version_1("old-vault", &old.key.path(), &old.to_text()).await;
    let failing = wrong("failing upgrade");
    let store = Watched::open("old-vault").await;
    assert_eq!(store.failures(), [StoreError::Upgrade]);
    assert_eq!(raw::version("old-vault").await, 1);
    assert_eq!(raw::get("old-vault", "items", &old.key.path()).await, Some(old.to_text()));
    drop(failing);
    let records = store.load(&header(1).inspection).await.unwrap();
    assert_eq!(body_of(&records, &old.key), Some("\"old\""));
    assert_eq!(raw::version("old-vault").await, 4);
}

#[wasm_bindgen_test]
async fn an_old_page_in_the_way_of_an_upgrade_is_told_and_waited_for() {
    let old = record(&item(1, "a"), 4, 0, "\"old\"");
    raw::make_version_1("in-the-way", &old.key.path(), &old.to_text()).await;
    let stubborn = raw::hold_open("in-the-way").await;
    let _hasty = wrong("hasty clock");
    let store = Watched::open("in-the-way").await;
    assert_eq!(store.failures(), [StoreError::Blocked]);
    store.put(item(1, "b"), "{}".into());
    raw::let_go(&stubborn);
    until("it is saved", || store.saved() == [1]).await;
    assert_eq!(store.load(&header(1).inspection).await.unwrap().len(), 2);
}
