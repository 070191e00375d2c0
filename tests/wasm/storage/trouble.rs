//! When storing fails: the person hears it at once, nothing is lost, and it works again by itself.

use tu_kiem_tra::storage::{StoreError, StoreEvent, prefs};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::raw::{self, wrong};
use crate::support::{
    Watched, body_of, checklist, header, item, journal_entry, leave_in_journal, record, restoring,
    sleep, until,
};

/// Tells the page that the network is back, at which stores that fail try again.
fn come_online() {
    let window = web_sys::window().unwrap();
    window.dispatch_event(&web_sys::Event::new("online").unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn a_full_database_is_told_and_tried_again() {
    let store = Watched::open("full").await;
    let full = wrong("full database");
    store.put(item(1, "a"), "{\"note\":\"quý\"}".into());
    assert_eq!(store.flush().await, Err(StoreError::Quota));
    assert_eq!(store.failures(), [StoreError::Quota]);
    let pending = store.heard(|event| match event {
        StoreEvent::Failed { pending, .. } => Some(*pending),
        _ => None,
    });
    assert_eq!(pending, [1]);
    assert!(journal_entry("full", &item(1, "a")).is_some());
    assert!(store.saved().is_empty());

    drop(full);
    come_online();
    until("it is saved", || store.saved() == [1]).await;
    assert_eq!(journal_entry("full", &item(1, "a")), None);
    assert!(raw::get("full", "items", &item(1, "a").path()).await.is_some());
}

#[wasm_bindgen_test]
async fn it_is_tried_again_by_itself() {
    let store = Watched::open("again").await;
    let full = wrong("full database");
    store.put(item(1, "a"), "{}".into());
    until("it failed", || store.failures().len() == 1).await;
    drop(full);
    let start = js_sys::Date::now();
    until("it is saved", || store.saved() == [1]).await;
    let took = js_sys::Date::now() - start;
    assert!((800.0..2_000.0).contains(&took), "{took} ms");
}

#[wasm_bindgen_test]
async fn nothing_of_a_batch_is_written_when_one_record_fails() {
    let store = Watched::open("batch").await;
    store.commit(checklist("a1", "{}")).await.unwrap();
    let full = wrong("full database");
    store.put(item(1, "a"), "{}".into());
    store.put(item(1, "b"), "{}".into());
    assert!(store.flush().await.is_err());
    drop(full);
    assert!(raw::keys("batch", "items").await.is_empty());
    store.flush().await.unwrap();
    assert_eq!(raw::keys("batch", "items").await.len(), 2);
}

#[wasm_bindgen_test]
async fn what_was_written_but_not_committed_is_not_called_saved() {
    let store = Watched::open("not-committed").await;
    let aborted = wrong("aborted writes");
    store.put(item(1, "a"), "{}".into());
    assert_eq!(store.flush().await, Err(StoreError::Closed));
    assert!(store.saved().is_empty());
    assert!(journal_entry("not-committed", &item(1, "a")).is_some());
    drop(aborted);
    store.flush().await.unwrap();
    assert_eq!(store.saved(), [1]);
}

#[wasm_bindgen_test]
async fn a_connection_that_the_system_took_away_is_opened_anew_unnoticed() {
    let store = Watched::open("lost").await;
    raw::lose_connection_once();
    store.put(item(1, "a"), "{}".into());
    store.flush().await.unwrap();
    raw::lose_connection_once();
    assert_eq!(store.load(&header(1).inspection).await.unwrap().len(), 1);
    assert_eq!(store.failures(), []);
}

#[wasm_bindgen_test]
async fn a_connection_that_stays_lost_is_told() {
    let store = Watched::open("stays-lost").await;
    let lost = wrong("lost connection");
    store.put(item(1, "a"), "{}".into());
    assert_eq!(store.flush().await, Err(StoreError::Closed));
    drop(lost);
    store.flush().await.unwrap();
    assert_eq!(store.saved(), [1]);
}

#[wasm_bindgen_test]
async fn a_database_that_never_answers_is_given_up() {
    let _hasty = wrong("hasty clock");
    let silent = wrong("silent database");
    let store = Watched::open("silent").await;
    assert_eq!(store.failures(), [StoreError::Timeout]);
    drop(silent);

    let endless = wrong("endless transactions");
    store.put(item(1, "a"), "{}".into());
    assert_eq!(store.flush().await, Err(StoreError::Timeout));
    assert!(store.load(&header(1).inspection).await.is_err());
    drop(endless);
    until("it is saved", || store.saved() == [1]).await;
}

/// Restoring much on a slow device keeps the page busy for longer than a database may be silent.
#[wasm_bindgen_test]
async fn a_busy_page_does_not_give_up_a_database_that_answers() {
    let store = std::rc::Rc::new(Watched::open("busy").await);
    let _hasty = wrong("hasty clock");
    let outcome = std::rc::Rc::new(std::cell::RefCell::new(None));
    let (writing, told) = (std::rc::Rc::clone(&store), std::rc::Rc::clone(&outcome));
    wasm_bindgen_futures::spawn_local(async move {
        let records = (0..500).map(|number| record(&item(1, &format!("a{number}")), 1, 1, "{}"));
        let outcome = writing.commit(restoring(records.collect())).await;
        *told.borrow_mut() = Some(outcome);
    });
    sleep(100).await;
    // The clock goes a hundred times as fast: this is more than a minute.
    let start = js_sys::Date::now();
    while js_sys::Date::now() - start < 600.0 {}
    until("it is written", || outcome.borrow().is_some()).await;
    assert_eq!(*outcome.borrow(), Some(Ok(())));
}

#[wasm_bindgen_test]
async fn who_wants_to_delete_the_database_is_not_kept_waiting() {
    let store = Watched::open("deleted").await;
    store.put(item(1, "a"), "{}".into());
    store.flush().await.unwrap();
    raw::delete("deleted").await;
    store.put(item(1, "a"), "{}".into());
    store.flush().await.unwrap();
    assert_eq!(raw::keys("deleted", "items").await.len(), 1);
    assert_eq!(store.failures(), []);
}

#[wasm_bindgen_test]
async fn without_a_journal_the_vault_alone_serves_and_at_once() {
    for (number, name) in ["full localStorage", "denied localStorage"].into_iter().enumerate() {
        let _wrong = wrong(name);
        let store = Watched::open(&format!("no-journal-{number}")).await;
        let start = js_sys::Date::now();
        store.put(item(1, "a"), "{}".into());
        until("it is saved", || store.saved() == [1]).await;
        let took = js_sys::Date::now() - start;
        assert!(took < 200.0, "{name}: {took} ms");
        assert_eq!(store.failures(), [], "{name}");
        prefs::set("no-journal", "language", "vi");
        assert_eq!(prefs::get("no-journal", "language"), None);
    }
}

#[wasm_bindgen_test]
async fn a_journal_works_again_only_when_nothing_is_in_memory_alone() {
    let store = Watched::open("nearly-full").await;
    let works = || {
        store.heard(|event| match event {
            StoreEvent::Journal { works } => Some(*works),
            _ => None,
        })
    };
    let vault = wrong("full database");
    let journal = wrong("full localStorage");
    store.put(item(1, "a"), "\"long\"".into());
    drop(journal);
    store.put(item(1, "b"), "{}".into());
    assert_eq!(works(), [false], "the first one is nowhere safe yet");
    drop(vault);
    store.flush().await.unwrap();
    store.put(item(1, "b"), "{}".into());
    assert_eq!(works(), [false, true]);
}

#[wasm_bindgen_test]
async fn without_a_vault_the_journal_and_memory_serve() {
    for (number, name) in ["no database", "denied database"].into_iter().enumerate() {
        let namespace = format!("no-vault-{number}");
        let wrong = wrong(name);
        let store = Watched::open(&namespace).await;
        assert_eq!(store.failures(), [StoreError::Denied], "told from the start");
        store.put(header(1), "{}".into());
        store.put(item(1, "a"), "{\"note\":\"giữ\"}".into());
        assert_eq!(store.commit(checklist("a1", "{}")).await, Err(StoreError::Denied));
        assert!(store.checklist("a1").await.is_err(), "nothing was changed");
        store.commit_or_hold(checklist("a1", "{}")).await;
        assert_eq!(store.checklist("a1").await, Ok(Some("{}".to_owned())));
        assert_eq!(store.headers().await.len(), 1);
        assert_eq!(store.load(&header(1).inspection).await.unwrap().len(), 2);

        let next_page = Watched::open(&namespace).await;
        let records = next_page.load(&header(1).inspection).await.unwrap();
        assert_eq!(body_of(&records, &item(1, "a")), Some("{\"note\":\"giữ\"}"));
        assert_eq!(next_page.checklist("a1").await, Ok(Some("{}".to_owned())));

        drop(wrong);
        store.flush().await.unwrap();
        assert_eq!(raw::keys(&namespace, "items").await.len(), 1);
        assert_eq!(raw::keys(&namespace, "checklists").await, ["a1"]);
        assert_eq!(journal_entry(&namespace, &item(1, "a")), None);
    }
}

#[wasm_bindgen_test]
async fn without_anything_memory_serves() {
    let _database = wrong("no database");
    let _local_storage = wrong("denied localStorage");
    let _channels = wrong("no channels");
    let store = Watched::open("nothing").await;
    store.put(header(1), "{}".into());
    assert_eq!(store.put(header(1), "{\"note\":\"2\"}".into()), 2);
    assert_eq!(store.flush().await, Err(StoreError::Denied));
    let records = store.load(&header(1).inspection).await.unwrap();
    assert_eq!(body_of(&records, &header(1)), Some("{\"note\":\"2\"}"));
}

#[wasm_bindgen_test]
async fn an_inspection_is_not_shown_in_part() {
    let first = Watched::open("part").await;
    first.put(header(1), "{}".into());
    first.put(item(1, "a"), "{}".into());
    first.flush().await.unwrap();
    drop(first);

    leave_in_journal("part", &record(&item(1, "b"), 1, 1, "{}"));
    let store = Watched::open("part").await;
    store.headers().await;
    let unreadable = wrong("no reading");
    assert!(store.load(&header(1).inspection).await.is_err());
    drop(unreadable);
    assert_eq!(store.load(&header(1).inspection).await.unwrap().len(), 3);
    let _unreadable = wrong("no reading");
    let again = store.load(&header(1).inspection).await.unwrap();
    assert_eq!(again.len(), 3, "what was read before is remembered");
}

#[wasm_bindgen_test]
async fn what_was_missed_while_the_vault_failed_is_told_when_it_works() {
    let first = Watched::open("late").await;
    first.put(header(1), "{}".into());
    first.flush().await.unwrap();

    let wrong = wrong("no database");
    let store = Watched::open("late").await;
    assert!(store.headers().await.is_empty());
    drop(wrong);
    come_online();
    until("the header is told", || store.changed().len() == 1).await;
    let last = store.heard(|event| match event {
        StoreEvent::Saved { all, .. } => Some(*all),
        _ => None,
    });
    assert_eq!(last, [true], "the page must not say 'failed' any more");
}

#[wasm_bindgen_test]
async fn news_that_could_not_be_read_is_read_later() {
    let [here, there] = [Watched::open("news").await, Watched::open("news").await];
    here.put(header(1), "{}".into());
    here.flush().await.unwrap();
    until("the other heard", || there.changed().len() == 1).await;
    there.load(&header(1).inspection).await.unwrap();

    let unreadable = wrong("no reading");
    here.put(item(1, "a"), "{}".into());
    here.flush().await.unwrap();
    until("reading failed", || !there.failures().is_empty()).await;
    drop(unreadable);
    come_online();
    until("it is told", || body_of(&there.changed(), &item(1, "a")).is_some()).await;
}

#[wasm_bindgen_test]
async fn a_store_that_is_dropped_while_it_fails_gives_up() {
    let full = wrong("full database");
    let store = Watched::open("gives-up").await;
    store.put(item(1, "a"), "{}".into());
    assert!(store.flush().await.is_err());
    drop(store.into_store());
    sleep(50).await;
    drop(full);
    sleep(1_300).await;
    assert!(raw::keys("gives-up", "items").await.is_empty());
    assert!(journal_entry("gives-up", &item(1, "a")).is_some(), "the next page has it");
}
