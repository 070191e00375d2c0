//! Erasing that was begun is finished, and nothing that comes after it is erased.

use tu_kiem_tra::inspection::InspectionId;
use tu_kiem_tra::storage::workspaces::{add, find};
use tu_kiem_tra::storage::{StoreEvent, Workspace, erase, erase_workspace, finish_erasing, prefs};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::raw::{self, wrong};
use crate::support::{
    Watched, header, item, journal_entry, leave_in_journal, local_storage, record,
};

fn hers() -> Workspace {
    Workspace { id: InspectionId::from_random([7; 16]).to_string(), name: "Trần Nam".into() }
}

/// Two workspaces in use, with something in the journal of each.
async fn in_use(host: &str) {
    add(host, &hers()).await.unwrap();
    for namespace in [host.to_owned(), hers().namespace(host)] {
        let store = Watched::open(&namespace).await;
        store.put(header(1), "{}".into());
        store.flush().await.unwrap();
        leave_in_journal(&namespace, &record(&item(1, "a"), 1, 1, "{}"));
        prefs::set(&namespace, "unit", "Phường 1");
    }
}

async fn left(host: &str) -> Vec<String> {
    let mut left: Vec<_> = raw::databases().await;
    let storage = local_storage();
    left.extend((0..storage.length().unwrap()).filter_map(|index| storage.key(index).unwrap()));
    let is_ours = |name: &String| {
        let rest = name.strip_prefix("tkt:").and_then(|name| name.strip_prefix(host));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '~']))
    };
    left.retain(is_ours);
    left
}

/// Puts a mark where a page that died has left it.
async fn mark(namespace: &str, place: &str, extent: &str) {
    if place != "vault" {
        prefs::set(namespace, "erasing", extent);
    }
    if place != "localStorage" {
        raw::put(namespace, "about", "erasing", extent).await;
    }
}

const PLACES: [&str; 3] = ["both", "vault", "localStorage"];

#[wasm_bindgen_test]
async fn everything_is_erased_by_the_next_page_whichever_storage_has_the_mark() {
    for place in PLACES {
        let host = format!("e-all-{place}");
        in_use(&host).await;
        mark(&host, place, "all").await;
        let store = Watched::open(&host).await;
        assert!(store.headers().await.is_empty(), "{place}");
        assert_eq!(left(&host).await, [format!("tkt:{host}")], "{place}: the empty one");
        // What comes after it stays.
        store.put(header(2), "{}".into());
        store.flush().await.unwrap();
        drop(store);
        finish_erasing(&host).await.unwrap();
        let store = Watched::open(&host).await;
        assert_eq!(store.headers().await.len(), 1, "{place}");
    }
}

#[wasm_bindgen_test]
async fn a_workspace_is_erased_by_the_next_page_and_the_others_stay() {
    for place in PLACES {
        let host = format!("e-one-{place}");
        in_use(&host).await;
        mark(&hers().namespace(&host), place, "one").await;
        finish_erasing(&host).await.unwrap();
        assert_eq!(find(&host).await.workspaces, [Workspace::default()], "{place}");
        let left = left(&host).await;
        assert!(!left.iter().any(|name| name.contains('~')), "{place}: {left:?}");
        assert!(journal_entry(&host, &item(1, "a")).is_some(), "{place}");
        let first = Watched::open(&host).await;
        assert_eq!(first.load(&header(1).inspection).await.unwrap().len(), 2, "{place}");
        assert_eq!(prefs::get(&host, "unit").as_deref(), Some("Phường 1"), "{place}");
    }
}

#[wasm_bindgen_test]
async fn the_first_workspace_is_emptied_by_the_next_page_and_the_others_stay() {
    for place in PLACES {
        let host = format!("e-first-{place}");
        in_use(&host).await;
        prefs::set(&host, "language", "vi");
        mark(&host, place, "one").await;
        let store = Watched::open(&host).await;
        assert!(store.headers().await.is_empty(), "{place}");
        assert_eq!(journal_entry(&host, &item(1, "a")), None, "{place}");
        assert_eq!(prefs::get(&host, "unit"), None, "{place}");
        assert_eq!(prefs::get(&host, "erasing"), None, "{place}");
        assert_eq!(prefs::get(&host, "language").as_deref(), Some("vi"), "{place}");
        assert_eq!(find(&host).await.workspaces, [Workspace::default(), hers()], "{place}");
        let others = Watched::open(&hers().namespace(&host)).await;
        assert_eq!(others.load(&header(1).inspection).await.unwrap().len(), 2, "{place}");
        // What comes after it stays.
        store.put(header(2), "{}".into());
        store.flush().await.unwrap();
        drop(store);
        assert_eq!(Watched::open(&host).await.headers().await.len(), 1, "{place}");
    }
}

#[wasm_bindgen_test]
async fn what_fails_is_finished_later_and_no_vault_opens_before() {
    in_use("e-fails").await;
    let failing = wrong("no deleting");
    assert!(erase("e-fails", Vec::new()).await.is_err());
    // It is told, and what is entered all the same is not called saved.
    let store = Watched::open("e-fails").await;
    assert_eq!(store.failures().len(), 1);
    store.put(header(2), "{}".into());
    assert!(store.flush().await.is_err());
    assert!(store.saved().is_empty());
    drop(failing);
    store.flush().await.unwrap();
    assert_eq!(raw::keys("e-fails", "overviews").await, [header(2).path()]);
    assert!(
        !left("e-fails").await.iter().any(|name| name.contains('~') || name.ends_with("erasing"))
    );
}

#[wasm_bindgen_test]
async fn while_a_mark_can_not_be_taken_away_nothing_is_saved_that_it_would_take() {
    in_use("e-stuck").await;
    let stuck = wrong("stuck mark");
    assert!(erase("e-stuck", Vec::new()).await.is_err());
    let store = Watched::open("e-stuck").await;
    store.put(header(2), "{}".into());
    assert!(store.flush().await.is_err());
    drop(stuck);
    store.flush().await.unwrap();
    drop(store);
    finish_erasing("e-stuck").await.unwrap();
    assert_eq!(Watched::open("e-stuck").await.headers().await.len(), 1);
}

#[wasm_bindgen_test]
async fn a_deleted_workspace_leaves_nothing_and_its_stores_hear_of_it() {
    in_use("e-deleted").await;
    let namespace = hers().namespace("e-deleted");
    let open = Watched::open(&namespace).await;
    erase_workspace("e-deleted", &hers()).await.unwrap();
    let heard = |event: &_| matches!(event, StoreEvent::Cleared).then_some(());
    assert!(!open.heard(heard).is_empty());
    let lost = |event: &_| matches!(event, StoreEvent::Emptied { .. }).then_some(());
    assert!(open.heard(lost).is_empty(), "what is deleted on purpose is not told as lost");
    assert!(!format!("{:?}", left("e-deleted").await).contains('~'));
    assert!(!raw::dump("e-deleted").await.contains("Nam"));
    assert_eq!(find("e-deleted").await.workspaces, [Workspace::default()]);
}
