//! Putting and finding again: journal, vault, checklists, deletion, preferences.

use std::cell::RefCell;
use std::rc::Rc;

use tu_kiem_tra::storage::{Step, Store, StoreEvent, prefs};
use tu_kiem_tra::stored::{Key, Part, Record};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::raw::{self, Noted};
use crate::support::{
    Watched, body_of, checklist, header, item, journal_entry, journal_name, leave_in_journal,
    local_storage, putting, record, sleep, until,
};

#[wasm_bindgen_test]
async fn what_is_flushed_is_found_by_the_next_page() {
    let first = Watched::open("next-page").await;
    assert_eq!(first.put(header(1), "{\"unit\":\"Phường 2\"}".into()), 1);
    assert_eq!(first.put(item(1, "a"), "{\"note\":\"1\"}".into()), 1);
    assert_eq!(first.put(item(1, "a"), "{\"note\":\"2\"}".into()), 2);
    first.flush().await.unwrap();
    drop(first);

    let second = Watched::open("next-page").await;
    let headers = second.headers().await;
    assert_eq!(headers.len(), 1);
    assert_eq!(body_of(&headers, &header(1)), Some("{\"unit\":\"Phường 2\"}"));
    let records = second.load(&header(1).inspection).await.unwrap();
    assert_eq!(records.len(), 2);
    assert_eq!(body_of(&records, &item(1, "a")), Some("{\"note\":\"2\"}"));
    assert_eq!(second.put(item(1, "a"), "{}".into()), 3, "revisions go on");
}

#[wasm_bindgen_test]
async fn a_put_is_in_the_journal_at_once_and_in_the_vault_soon() {
    let store = Watched::open("soon").await;
    store.put(item(1, "a"), "{\"note\":\"vội\"}".into());
    let entry = journal_entry("soon", &item(1, "a")).unwrap();
    // The stamp of the version that it was made in knowledge of follows: there was none.
    let entry = entry.strip_suffix('\n').unwrap().to_owned();
    assert_eq!(Record::parse(&entry).unwrap().body, "{\"note\":\"vội\"}");
    assert!(raw::keys("soon", "items").await.is_empty());

    until("it is saved", || store.saved() == [1]).await;
    assert_eq!(raw::get("soon", "items", &item(1, "a").path()).await, Some(entry));
    assert_eq!(journal_entry("soon", &item(1, "a")), None);
}

#[wasm_bindgen_test]
async fn saved_is_never_said_before_the_vault_has_it() {
    let completes = Rc::new(Noted::completes("not-before"));
    let seen = Rc::new(RefCell::new(Vec::new()));
    let (noting, completed) = (Rc::clone(&seen), Rc::clone(&completes));
    let store = Store::open("not-before", move |event| {
        let StoreEvent::Saved { records, .. } = event else { return };
        let (noting, completed) = (Rc::clone(&noting), completed.texts().len());
        spawn_local(async move {
            for (key, revision) in records {
                let text = raw::get("not-before", "items", &key.path()).await.unwrap();
                let in_vault = Record::parse(&text).unwrap().stamp.revision;
                noting.borrow_mut().push((completed, revision, in_vault));
            }
        });
    })
    .await;
    for round in 0..5 {
        store.put(item(1, "a"), "{}".into());
        sleep(round * 10).await;
        store.put(item(1, "b"), "{}".into());
        store.flush().await.unwrap();
    }
    until("all was looked at", || seen.borrow().len() >= 10).await;
    for (round, pair) in seen.borrow().chunks(2).enumerate() {
        for (completed, said, in_vault) in pair {
            assert!(in_vault >= said, "said {said}, there was {in_vault}");
            assert!(*completed > round, "said before the transaction was complete");
        }
    }
}

#[wasm_bindgen_test]
async fn saving_is_said_once_until_all_is_saved() {
    let store = Watched::open("once").await;
    // Also when something else than a put is on its way first.
    store.release(&item(1, "a"));
    store.put(item(1, "a"), "{}".into());
    store.put(item(1, "b"), "{}".into());
    store.flush().await.unwrap();
    let heard = store.heard(|event| {
        Some(match event {
            StoreEvent::Saving => "saving".to_owned(),
            StoreEvent::Saved { records, all } => format!("saved {} {all}", records.len()),
            other => format!("{other:?}"),
        })
    });
    assert_eq!(heard, ["saving", "saved 2 true"]);
}

#[wasm_bindgen_test]
async fn what_an_earlier_page_left_in_the_journal_is_brought_into_the_vault() {
    let left = record(&item(1, "a"), 4, 1, "{\"note\":\"dở\"}");
    leave_in_journal("replay", &left);
    let store = Watched::open("replay").await;
    let records = store.load(&header(1).inspection).await.unwrap();
    assert_eq!(body_of(&records, &left.key), Some("{\"note\":\"dở\"}"));
    store.flush().await.unwrap();
    assert_eq!(store.saved(), [4]);
    assert_eq!(raw::get("replay", "items", &left.key.path()).await, Some(left.to_text()));
    assert_eq!(journal_entry("replay", &left.key), None);
}

#[wasm_bindgen_test]
async fn a_put_that_was_not_flushed_is_found_by_a_second_store() {
    let first = Watched::open("unflushed").await;
    first.put(item(1, "a"), "{\"note\":\"còn đây\"}".into());
    let second = Watched::open("unflushed").await;
    let records = second.load(&header(1).inspection).await.unwrap();
    assert_eq!(body_of(&records, &item(1, "a")), Some("{\"note\":\"còn đây\"}"));
}

#[wasm_bindgen_test]
async fn dropping_the_last_handle_saves_and_tells_no_more() {
    let events = Rc::new(RefCell::new(0));
    let counted = Rc::clone(&events);
    let store = Store::open("dropped", move |_| *counted.borrow_mut() += 1).await;
    let clone = store.clone();
    store.put(item(1, "a"), "{}".into());
    drop(store);
    clone.put(item(1, "a"), "{}".into());
    let before = *events.borrow();
    drop(clone);
    until("the journal is empty", || journal_entry("dropped", &item(1, "a")).is_none()).await;
    let text = raw::get("dropped", "items", &item(1, "a").path()).await.unwrap();
    assert_eq!(Record::parse(&text).unwrap().stamp.revision, 2);
    assert_eq!(*events.borrow(), before);
    until("its function is gone", || Rc::strong_count(&events) == 1).await;
}

#[wasm_bindgen_test]
async fn a_flush_takes_what_is_put_while_it_writes_along() {
    let store = Watched::open("along").await;
    store.put(item(1, "a"), "{}".into());
    let (clone, start) = (store.clone(), js_sys::Date::now());
    let flushed = Rc::new(RefCell::new(None));
    let done = Rc::clone(&flushed);
    spawn_local(async move { *done.borrow_mut() = Some(clone.flush().await) });
    while store.saved().is_empty() {
        store.put(item(1, "b"), "{}".into());
        sleep(0).await;
    }
    until("it ends", || *flushed.borrow() == Some(Ok(()))).await;
    let took = js_sys::Date::now() - start;
    assert!(took < 200.0, "{took} ms");
    assert_eq!(journal_entry("along", &item(1, "b")), None);
}

#[wasm_bindgen_test]
async fn a_page_that_may_be_going_saves_at_once() {
    let window = web_sys::window().unwrap();
    let document = window.document().unwrap();
    let page: &web_sys::EventTarget = &window;
    let store = Watched::open("going").await;
    for (target, name) in [(page, "pagehide"), (&document, "visibilitychange")] {
        store.put(item(1, "a"), "{}".into());
        let revisions = store.saved().len();
        let start = js_sys::Date::now();
        target.dispatch_event(&web_sys::Event::new(name).unwrap()).unwrap();
        until("it is saved", || store.saved().len() > revisions).await;
        let took = js_sys::Date::now() - start;
        assert!(took < 200.0, "{name} took {took} ms");
    }
}

/// Waits until a transaction begins, in the same task, in which none ends.
async fn until_begun(begun: &Noted) {
    while begun.texts().is_empty() {
        JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.unwrap();
    }
}

/// In WebKit a transaction that is frozen with its page has all other pages of the origin wait.
#[wasm_bindgen_test]
async fn a_page_that_is_frozen_keeps_nobody_waiting() {
    let begun = Noted::durability("frozen");
    let store = Watched::open("frozen").await;
    let (clone, committed) = (store.clone(), Rc::new(RefCell::new(None)));
    let outcome = Rc::clone(&committed);
    let step = putting([(header(1), "{}")]);
    spawn_local(async move { *outcome.borrow_mut() = Some(clone.commit(step).await) });
    until_begun(&begun).await;
    raw::go_while_kept("pagehide");
    until("the step is refused", || matches!(*committed.borrow(), Some(Err(_)))).await;

    store.put(item(1, "a"), "{}".into());
    let page = web_sys::window().unwrap().document().unwrap();
    page.dispatch_event(&web_sys::Event::new("visibilitychange").unwrap()).unwrap();
    for _ in 0..100 {
        sleep(0).await;
    }
    assert_eq!(begun.texts().len(), 1, "no other begins");
    assert!(journal_entry("frozen", &item(1, "a")).is_some());
    raw::go_while_kept("pageshow");
    until("it is saved", || store.saved() == [1]).await;
}

#[wasm_bindgen_test]
async fn what_was_being_saved_as_the_page_was_frozen_is_saved_when_it_is_back() {
    let begun = Noted::durability("frozen-saving");
    let store = Watched::open("frozen-saving").await;
    store.put(item(1, "a"), "{}".into());
    let (clone, flushed) = (store.clone(), Rc::new(RefCell::new(None)));
    let outcome = Rc::clone(&flushed);
    spawn_local(async move { *outcome.borrow_mut() = Some(clone.flush().await) });
    until_begun(&begun).await;
    raw::go_while_kept("pagehide");
    for _ in 0..100 {
        sleep(0).await;
    }
    assert!(store.saved().is_empty());
    raw::go_while_kept("pageshow");
    until("it is saved", || store.saved() == [1]).await;
    until("who waited is told", || flushed.borrow().is_some()).await;
    assert_eq!(*flushed.borrow(), Some(Ok(())));
    assert_eq!(store.failures(), [], "nothing failed");
}

#[wasm_bindgen_test]
async fn what_is_nowhere_else_is_written_also_as_the_page_is_frozen() {
    let store = Watched::open("frozen-alone").await;
    let full = raw::wrong("full localStorage");
    let begun = Noted::durability("frozen-alone");
    store.put(item(1, "a"), "{}".into());
    until_begun(&begun).await;
    raw::go_while_kept("pagehide");
    until("it is saved", || store.saved() == [1]).await;
    raw::go_while_kept("pageshow");
    drop(full);
}

#[wasm_bindgen_test]
async fn a_page_in_the_background_does_not_rely_on_timers() {
    let store = Watched::open("background").await;
    let _hidden = raw::wrong("hidden page");
    let start = js_sys::Date::now();
    store.put(item(1, "a"), "{}".into());
    until("it is saved", || store.saved() == [1]).await;
    let took = js_sys::Date::now() - start;
    assert!(took < 200.0, "{took} ms");
}

#[wasm_bindgen_test]
async fn writes_are_strictly_durable() {
    let noted = Noted::durability("strict");
    let store = Watched::open("strict").await;
    store.put(item(1, "a"), "{}".into());
    store.flush().await.unwrap();
    assert_eq!(noted.texts(), ["strict"]);
}

#[wasm_bindgen_test]
async fn the_list_of_inspections_reads_no_items() {
    let store = Watched::open("list").await;
    for key in [header(1), Key { part: Part::Progress, ..header(1) }, item(1, "a"), header(2)] {
        store.put(key, "{}".into());
    }
    store.flush().await.unwrap();
    let other = Watched::open("list").await;
    let noted = Noted::reads("list");
    assert_eq!(other.headers().await.len(), 3);
    assert_eq!(noted.texts(), ["overviews"]);
}

#[wasm_bindgen_test]
async fn inspections_are_kept_apart() {
    let store = Watched::open("apart").await;
    store.put(item(1, "a"), "{}".into());
    store.put(item(2, "a"), "{\"note\":\"2\"}".into());
    store.flush().await.unwrap();
    let records = Watched::open("apart").await.load(&header(2).inspection).await.unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!(body_of(&records, &item(2, "a")), Some("{\"note\":\"2\"}"));
    assert_eq!(store.load(&header(3).inspection).await, Ok(vec![]));
}

#[wasm_bindgen_test]
async fn a_purged_inspection_is_gone_and_may_come_back() {
    let store = Watched::open("purge").await;
    for key in [header(1), item(1, "a"), header(2), item(2, "a")] {
        store.put(key, "{}".into());
    }
    store.flush().await.unwrap();
    store.put(item(1, "a"), "{}".into());
    store.purge(&header(1).inspection).await.unwrap();
    assert_eq!(raw::keys("purge", "overviews").await, [header(2).path()]);
    assert_eq!(raw::keys("purge", "items").await, [item(2, "a").path()]);
    assert_eq!(journal_entry("purge", &item(1, "a")), None);
    assert_eq!(store.load(&header(1).inspection).await, Ok(vec![]));

    assert_eq!(store.put(header(1), "{}".into()), 1);
    store.flush().await.unwrap();
    assert_eq!(store.headers().await.len(), 2);
}

#[wasm_bindgen_test]
async fn a_checklist_is_kept_under_its_digest() {
    let store = Watched::open("checklists").await;
    assert_eq!(store.checklist("a1b2").await, Ok(None));
    store.commit(checklist("a1b2", "{\"id\":\"x\"}")).await.unwrap();
    let other = Watched::open("checklists").await;
    assert_eq!(other.checklist("a1b2").await, Ok(Some("{\"id\":\"x\"}".to_owned())));
}

#[wasm_bindgen_test]
async fn the_hosts_keys_are_left_alone() {
    let storage = local_storage();
    // Among them one of a namespace whose name goes on where this one's ends.
    for name in ["host", "tkt", "tkt:keys:prefs:language", "tkt:keys:journal:x:prefs:language"] {
        storage.set_item(name, "theirs").unwrap();
    }
    let before = storage.length().unwrap();
    let store = Watched::open("keys").await;
    store.put(item(1, "a"), "{}".into());
    store.purge(&header(1).inspection).await.unwrap();
    assert_eq!(storage.length().unwrap(), before);
    assert_eq!(store.told_aside(), 0);
    assert_eq!(journal_name("keys", &item(1, "a")).split(':').count(), 5);
}

#[wasm_bindgen_test]
fn preferences_are_kept_by_namespace() {
    assert_eq!(prefs::get("prefs", "language"), None);
    prefs::set("prefs", "language", "vi");
    assert_eq!(prefs::get("prefs", "language").as_deref(), Some("vi"));
    assert_eq!(prefs::get("others", "language"), None);
    assert_eq!(local_storage().get_item("tkt:prefs:prefs:language"), Ok(Some("\"vi\"".into())));
}

/// They are read in pieces of a hundred.
#[wasm_bindgen_test]
async fn many_records_are_all_read() {
    let first = Watched::open("many").await;
    let items =
        |inspection| (0..250).map(move |number| item(inspection, &format!("item-{number}")));
    let put = items(1).chain(items(2).take(100)).chain((1..=250).map(header));
    first
        .commit(Step { put: put.map(|key| (key, "{}".into())).collect(), ..Step::default() })
        .await
        .unwrap();
    drop(first);

    let second = Watched::open("many").await;
    let reads = Noted::reads("many");
    assert_eq!(second.headers().await.len(), 250);
    assert_eq!(reads.texts(), ["overviews"; 3], "and none by itself");
    for (inspection, count) in [(1, 251), (2, 101), (3, 1)] {
        let records = second.load(&header(inspection).inspection).await.unwrap();
        assert_eq!(records.len(), count);
        assert!(
            records.iter().all(|record| record.key.inspection == header(inspection).inspection)
        );
    }
    let lost = item(1, "item-150");
    let _lost = raw::lose_value("many", "items", &lost.path());
    let third = Watched::open("many").await;
    assert_eq!(third.load(&lost.inspection).await.unwrap().len(), 250);
    assert_eq!(third.lost(), [lost]);
}
