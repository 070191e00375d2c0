//! What can't be read is set aside: never overwritten, never deleted, and the person is told.

use tu_kiem_tra::stored::Record;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::raw;
use crate::support::{
    Watched, checklist, header, item, journal_entry, journal_name, local_storage, record, until,
};

/// Texts that are no record of the key that they lie under.
fn unreadable() -> [String; 4] {
    [
        "not a record".to_owned(),
        record(&item(1, "a"), 1, 1, "{}").to_text().replace("\"version\":1", "\"version\":2"),
        record(&item(1, "a"), 1, 1, "{\"cut").to_text(),
        record(&item(1, "other"), 1, 1, "{}").to_text(),
    ]
}

#[wasm_bindgen_test]
async fn an_unreadable_record_of_the_vault_is_moved() {
    for (number, text) in unreadable().into_iter().enumerate() {
        let namespace = format!("unreadable-{number}");
        drop(Watched::open(&namespace).await);
        raw::put(&namespace, "items", &item(1, "a").path(), &text).await;

        let store = Watched::open(&namespace).await;
        assert_eq!(store.load(&header(1).inspection).await, Ok(vec![]), "{text}");
        assert_eq!(store.told_aside(), 1, "{text}");
        let aside = store.aside().await;
        assert_eq!(aside.len(), 1, "{text}");
        assert_eq!(aside[0].text, text);
        assert_eq!(aside[0].origin, format!("items/{}", item(1, "a").path()));
        assert!(raw::keys(&namespace, "items").await.is_empty());

        assert_eq!(store.load(&header(1).inspection).await, Ok(vec![]));
        assert_eq!(store.told_aside(), 1, "told once");
    }
}

#[wasm_bindgen_test]
async fn an_unreadable_record_is_not_overwritten() {
    for (number, text) in unreadable().into_iter().enumerate() {
        let namespace = format!("overwritten-{number}");
        let store = Watched::open(&namespace).await;
        raw::put(&namespace, "items", &item(1, "a").path(), &text).await;
        store.put(item(1, "a"), "{}".into());
        store.flush().await.unwrap();
        assert_eq!(store.told_aside(), 1, "{text}");
        assert_eq!(store.aside().await[0].text, text);
        let now = raw::get(&namespace, "items", &item(1, "a").path()).await.unwrap();
        assert!(Record::parse(&now).is_ok());
    }
}

#[wasm_bindgen_test]
async fn an_unreadable_overview_does_not_hide_the_others() {
    let store = Watched::open("overviews").await;
    store.put(header(2), "{}".into());
    store.flush().await.unwrap();
    raw::put("overviews", "overviews", &header(1).path(), "damaged").await;
    assert_eq!(store.headers().await.len(), 1);
    assert_eq!(store.told_aside(), 1);
}

#[wasm_bindgen_test]
async fn an_unreadable_record_that_cannot_be_moved_does_not_hide_the_others() {
    let store = Watched::open("no-room").await;
    store.put(item(1, "b"), "{}".into());
    store.flush().await.unwrap();
    raw::put("no-room", "items", &item(1, "a").path(), "damaged").await;
    let full = raw::wrong("full database");
    assert_eq!(store.load(&header(1).inspection).await.unwrap().len(), 1);
    assert_eq!(store.told_aside(), 0);
    drop(full);
    assert_eq!(store.load(&header(1).inspection).await.unwrap().len(), 1);
    assert_eq!(store.told_aside(), 1);
}

#[wasm_bindgen_test]
async fn an_unreadable_journal_entry_is_kept_until_the_vault_has_it() {
    for (number, text) in unreadable().into_iter().enumerate() {
        let namespace = format!("entry-{number}");
        let name = journal_name(&namespace, &item(1, "a"));
        local_storage().set_item(&name, &text).unwrap();
        let store = {
            let _wrong = raw::wrong("no database");
            let store = Watched::open(&namespace).await;
            assert_eq!(store.told_aside(), 1, "{text}");
            assert_eq!(store.aside().await[0].text, text, "it can be downloaded already");
            store
        };
        if Record::parse(&text).is_err() {
            store.put(item(1, "a"), "{}".into());
        }
        assert_eq!(journal_entry(&namespace, &item(1, "a")), Some(text.clone()), "kept");

        store.flush().await.unwrap();
        assert_eq!(journal_entry(&namespace, &item(1, "a")), None);
        let aside = store.aside().await;
        assert_eq!((aside.len(), &aside[0].origin, &aside[0].text), (1, &name, &text));
        assert_eq!(raw::keys(&namespace, "aside").await.len(), 1);
    }
}

#[wasm_bindgen_test]
async fn what_two_stores_find_is_kept_once() {
    let name = journal_name("found", &item(1, "a"));
    local_storage().set_item(&name, "damaged").unwrap();
    let [here, there] = [Watched::open("found").await, Watched::open("found").await];
    until("the entry is gone", || local_storage().get_item(&name) == Ok(None)).await;
    here.flush().await.unwrap();
    there.flush().await.unwrap();
    assert_eq!(raw::keys("found", "aside").await.len(), 1);
}

#[wasm_bindgen_test]
async fn a_record_that_does_not_fit_is_set_aside_and_stays() {
    let store = Watched::open("misfit").await;
    store.put(item(1, "a"), "{\"answer\":\"of another kind\"}".into());
    let records = store.load(&header(1).inspection).await.unwrap();
    for _ in 0..2 {
        store.set_aside(records[0].clone());
    }
    assert_eq!(store.told_aside(), 1, "told once");
    store.flush().await.unwrap();
    let aside = store.aside().await;
    assert_eq!(aside.len(), 1);
    assert_eq!(aside[0].text, records[0].to_text());
    assert_eq!(aside[0].origin, item(1, "a").path());
    assert_eq!(store.load(&header(1).inspection).await.unwrap(), records);
}

#[wasm_bindgen_test]
async fn a_value_that_the_browser_does_not_give_costs_itself_alone() {
    let store = Watched::open("lost-value").await;
    store.commit(checklist("c1", "{}")).await.unwrap();
    for key in [header(1), item(1, "a"), item(1, "b"), header(2), item(2, "c")] {
        store.put(key, "{}".into());
    }
    store.flush().await.unwrap();
    let _lost = raw::lose_value("lost-value", "items", &item(1, "a").path());

    let store = Watched::open("lost-value").await;
    let keys = |records: &[Record]| records.iter().map(|r| r.key.clone()).collect::<Vec<_>>();
    let records = store.load(&header(1).inspection).await.unwrap();
    assert_eq!(keys(&records), [header(1), item(1, "b")]);
    assert_eq!(store.lost(), [item(1, "a")], "it is named");
    let (whole, trouble) = store.whole().await;
    assert_eq!(trouble, None);
    assert_eq!(keys(&whole.records), [header(1), item(1, "b"), header(2), item(2, "c")]);
    assert_eq!(whole.lost, [item(1, "a").path()]);
    let named: Vec<_> = whole.aside.iter().map(|aside| aside.origin.clone()).collect();
    assert_eq!(named, [item(1, "a").path()]);

    // What is answered anew is stored.
    store.put(item(1, "a"), "\"anew\"".into());
    store.flush().await.unwrap();
    assert_eq!(store.lost(), []);
    assert_eq!(store.failures(), []);
}

#[wasm_bindgen_test]
async fn a_text_set_aside_that_the_browser_does_not_give_keeps_no_other_from_being_put_back() {
    drop(Watched::open("lost-aside").await);
    let header = record(&header(1), 1, 0, "{}");
    raw::put("lost-aside", "overviews", &header.key.path(), &header.to_text()).await;
    for (key, name) in [("1", "a"), ("2", "b")] {
        raw::put_aside("lost-aside", key, &record(&item(1, name), 1, 0, "{}").to_text()).await;
    }
    let _lost = raw::lose_value("lost-aside", "aside", "1");
    let store = Watched::open("lost-aside").await;
    let records = store.load(&header.key.inspection).await.unwrap();
    let keys: Vec<_> = records.into_iter().map(|record| record.key).collect();
    assert_eq!(keys, [header.key.clone(), item(1, "b")]);
}

#[wasm_bindgen_test]
async fn an_overview_that_the_browser_does_not_give_hides_no_other() {
    let store = Watched::open("lost-overview").await;
    for key in [header(1), header(2)] {
        store.put(key, "{}".into());
    }
    store.flush().await.unwrap();
    let _lost = raw::lose_value("lost-overview", "overviews", &header(1).path());
    let store = Watched::open("lost-overview").await;
    assert_eq!(store.headers().await.len(), 1);
    assert_eq!(store.lost(), [header(1)]);
}

#[wasm_bindgen_test]
async fn a_checklist_that_the_browser_does_not_give_is_as_good_as_none() {
    let store = Watched::open("lost-checklist").await;
    store.commit(checklist("c1", "{}")).await.unwrap();
    let _lost = raw::lose_value("lost-checklist", "checklists", "c1");
    let store = Watched::open("lost-checklist").await;
    assert_eq!(store.checklist("c1").await, Ok(None));
    let (whole, _) = store.whole().await;
    assert_eq!(whole.lost, ["checklists/c1"]);
}

#[wasm_bindgen_test]
async fn what_was_set_aside_is_named_by_its_item_on_later_days_too() {
    drop(Watched::open("named-later").await);
    raw::put("named-later", "items", &item(1, "a").path(), "damaged").await;
    let store = Watched::open("named-later").await;
    store.load(&header(1).inspection).await.unwrap();
    assert_eq!(store.lost(), [item(1, "a")]);
    drop(store);
    let store = Watched::open("named-later").await;
    assert_eq!(store.lost(), [item(1, "a")]);
}
