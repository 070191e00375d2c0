//! Steps of many records: whole in the vault, or nothing is changed anywhere.

use tu_kiem_tra::storage::{Step, StoreError, StoreEvent};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::raw::{self, wrong};
use crate::support::{
    Watched, body_of, checklist, header, item, journal_entry, local_storage, putting, record,
    restoring, until,
};

/// All entries of a namespace's journal.
fn journal(namespace: &str) -> Vec<String> {
    let storage = local_storage();
    let prefix = format!("tkt:{namespace}:journal:");
    let names = (0..storage.length().unwrap()).filter_map(|index| storage.key(index).unwrap());
    names.filter(|name| name.starts_with(&prefix)).collect()
}

/// Replaces an inspection that is there: what a report brings, what it takes away, and its
/// checklist.
fn replacing() -> Step {
    Step {
        kept: vec![(header(1), "\"as it was\"".to_owned())],
        checklists: checklist("c1", "{}").checklists,
        ..putting([(header(1), "\"new\""), (item(1, "a"), "\"new\""), (item(1, "b"), "\"new\"")])
    }
}

#[wasm_bindgen_test]
async fn a_step_is_in_the_vault_and_never_in_the_journal() {
    let [store, other] = [Watched::open("step").await, Watched::open("step").await];
    store.put(header(1), "{}".into());
    store.put(item(1, "a"), "1".into());
    let id = header(1).inspection;
    store.flush().await.unwrap();
    until("the other has heard", || other.changed().len() == 2).await;
    let full = wrong("full localStorage");
    store.commit(replacing()).await.unwrap();
    drop(full);
    assert_eq!(journal("step"), [""; 0]);
    let records = store.load(&id).await.unwrap();
    assert!(records.iter().all(|record| record.body == "\"new\"") && records.len() == 3);
    assert_eq!(body_of(&store.kept().await.unwrap(), &header(1)), Some("\"as it was\""));
    assert_eq!(store.checklist("c1").await.unwrap().as_deref(), Some("{}"));
    until("the other has heard", || body_of(&other.changed(), &item(1, "b")).is_some()).await;
    let saved = store.heard(|event| match event {
        StoreEvent::Saved { records, all } => Some((records.len(), *all)),
        _ => None,
    });
    assert_eq!(saved.last(), Some(&(3, true)));
}

#[wasm_bindgen_test]
async fn a_step_that_fails_changes_nothing_here_or_for_the_next_page() {
    for (number, name) in
        ["full database", "aborted writes", "lost connection"].into_iter().enumerate()
    {
        let namespace = format!("step-fails-{number}");
        let store = Watched::open(&namespace).await;
        let id = header(1).inspection;
        store.put(header(1), "{}".into());
        store.put(item(1, "a"), "1".into());
        store.flush().await.unwrap();
        let before = store.load(&id).await.unwrap();

        let wrong = wrong(name);
        assert!(store.commit(replacing()).await.is_err(), "{name}");
        // The others refuse to put something, which deleting does not do.
        if name == "lost connection" {
            assert!(store.purge(&id).await.is_err(), "{name}");
        }
        assert_eq!(journal(&namespace), [""; 0], "{name}");
        drop(wrong);
        store.flush().await.unwrap();
        for store in [&store, &Watched::open(&namespace).await] {
            assert_eq!(store.load(&id).await.unwrap(), before, "{name}");
            assert_eq!(store.kept().await.unwrap(), [], "{name}");
            assert_eq!(store.checklist("c1").await, Ok(None), "{name}");
        }
    }
}

#[wasm_bindgen_test]
async fn what_is_not_saved_yet_goes_before_a_step_or_stops_it() {
    let store = Watched::open("step-after").await;
    let full = wrong("full database");
    store.put(item(1, "a"), "1".into());
    assert_eq!(store.commit(putting([(item(1, "a"), "2")])).await, Err(StoreError::Quota));
    drop(full);
    store.commit(putting([(item(1, "a"), "2")])).await.unwrap();
    assert_eq!(store.saved(), [1, 2]);
    let records = store.load(&header(1).inspection).await.unwrap();
    assert_eq!(body_of(&records, &item(1, "a")), Some("2"));
}

#[wasm_bindgen_test]
async fn a_step_whose_end_was_not_heard_is_looked_for() {
    let store = Watched::open("step-unheard").await;
    store.put(header(1), "{}".into());
    store.flush().await.unwrap();
    let _hasty = wrong("hasty clock");
    let deaf = wrong("no word of completion");
    let step = store.commit(putting([(item(1, "a"), "1")]));
    let outcome = step.await;
    drop(deaf);
    assert_eq!(outcome, Ok(()), "it is there");
    assert!(raw::get("step-unheard", "items", &item(1, "a").path()).await.is_some());
}

#[wasm_bindgen_test]
async fn a_step_that_is_held_is_in_the_journal_whole_or_not_at_all() {
    let start = || Step {
        checklists: checklist("c1", "{}").checklists,
        ..putting([(header(1), "{}"), (item(1, "a"), "1")])
    };
    let full = wrong("full database");
    let store = Watched::open("step-held").await;
    store.commit_or_hold(start()).await;
    assert_eq!(journal("step-held").len(), 3);
    let no_room = wrong("small localStorage");
    let crowded = Watched::open("step-crowded").await;
    crowded.commit_or_hold(start()).await;
    assert_eq!(journal("step-crowded"), [""; 0]);
    // Nor does a later word of it name a checklist that is not there.
    crowded.put(header(1), "{\"later\":1}".into());
    assert_eq!(journal_entry("step-crowded", &header(1)), None);
    drop((no_room, full));
    for store in [&store, &crowded] {
        store.flush().await.unwrap();
        assert_eq!(store.checklist("c1").await.unwrap().as_deref(), Some("{}"));
        assert_eq!(store.load(&header(1).inspection).await.unwrap().len(), 2);
    }
    assert_eq!(journal("step-held"), [""; 0]);
}

/// As it is the first version of its header, all of it is known to be there.
#[wasm_bindgen_test]
async fn a_step_that_is_held_is_opened_by_the_next_page_without_a_vault() {
    let _denied = wrong("denied database");
    let start = putting([(header(1), "{}"), (item(1, "a"), "1")]);
    Watched::open("step-held-again").await.commit_or_hold(start).await;
    let next = Watched::open("step-held-again").await;
    assert_eq!(next.load(&header(1).inspection).await.unwrap().len(), 2);
}

#[wasm_bindgen_test]
async fn a_step_that_finds_no_room_takes_no_checklist_from_another_that_is_held() {
    let full = wrong("full database");
    let store = Watched::open("step-shared").await;
    let start = |inspection| Step {
        checklists: checklist("c1", "{}").checklists,
        ..putting([(header(inspection), "{}")])
    };
    store.commit_or_hold(start(1)).await;
    let no_room = wrong("full localStorage");
    store.commit_or_hold(start(2)).await;
    drop((no_room, full));
    let left = journal("step-shared");
    assert_eq!(left.len(), 2, "a header and its checklist: {left:?}");
    assert!(left.iter().any(|name| name.ends_with(":checklist:c1")));
}

#[wasm_bindgen_test]
async fn a_tab_takes_nothing_from_the_journal_that_another_one_has_there_alone() {
    let store = Watched::open("not-known").await;
    let other = record(&item(1, "a"), 1, 9, "\"other\"");
    crate::support::leave_in_journal("not-known", &other);
    // It does not know of it, as one that was open before the other was frozen.
    store.put(item(1, "a"), "\"mine\"".into());
    store.put(item(1, "a"), "\"mine again\"".into());
    store.flush().await.unwrap();
    assert_eq!(journal_entry("not-known", &item(1, "a")), Some(other.to_text()));

    // The next page finds both: the higher one counts, the other one is kept.
    let next = Watched::open("not-known").await;
    let records = next.load(&header(1).inspection).await.unwrap();
    assert_eq!(body_of(&records, &item(1, "a")), Some("\"mine again\""));
    next.flush().await.unwrap();
    let kept = next.kept().await.unwrap();
    assert_eq!(body_of(&kept, &item(1, "a")), Some("\"other\""));
    assert_eq!(journal("not-known"), [""; 0]);
}

#[wasm_bindgen_test]
async fn a_tab_does_not_rely_on_another_tabs_entry() {
    let store = Watched::open("not-mine").await;
    let other = record(&item(1, "a"), 9, 9, "\"other\"");
    crate::support::leave_in_journal("not-mine", &other);
    store.put(item(1, "a"), "\"mine\"".into());
    store.flush().await.unwrap();
    let there = raw::get("not-mine", "items", &item(1, "a").path()).await.unwrap();
    assert!(there.contains("mine"), "it went to the vault, where its loss would be noticed");
}

#[wasm_bindgen_test]
async fn of_what_is_restored_nothing_is_opened() {
    let store = Watched::open("restored").await;
    let records = vec![record(&header(1), 3, 1, "{}"), record(&item(1, "a"), 5, 1, "{}")];
    store.commit(restoring(records.clone())).await.unwrap();
    assert_eq!(store.changed(), [], "nobody shows it");
    assert_eq!(store.known_of(&header(1).inspection), records[..1]);
    assert_eq!(store.stored(&header(1).inspection).await.unwrap(), records);
    assert_eq!(store.load(&header(1).inspection).await.unwrap(), records);
}
