//! Which workspaces there are, whichever of the two storages was emptied.

use tu_kiem_tra::inspection::InspectionId;
use tu_kiem_tra::storage::workspaces::{Found, add, find, listed, note_saved};
use tu_kiem_tra::storage::{Workspace, erase_workspace, prefs};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::raw::{self, wrong};
use crate::support::{Watched, header, local_storage};

fn hers() -> Workspace {
    Workspace { id: InspectionId::from_random([7; 16]).to_string(), name: "Trần Nam".into() }
}

/// Makes a workspace in which something is saved; gives its namespace.
async fn in_use(host: &str) -> String {
    add(host, &hers()).await.unwrap();
    let namespace = hers().namespace(host);
    let store = Watched::open(&namespace).await;
    store.put(header(1), "{}".into());
    store.flush().await.unwrap();
    namespace
}

/// Deletes the entries of a host in `localStorage`, as portals do at sign-out.
fn empty_local_storage(host: &str) {
    let storage = local_storage();
    let all = 0..storage.length().unwrap();
    let names: Vec<_> = all.filter_map(|index| storage.key(index).unwrap()).collect();
    for name in names.iter().filter(|name| name.starts_with(&format!("tkt:{host}"))) {
        storage.remove_item(name).unwrap();
    }
}

fn both() -> Vec<Workspace> {
    vec![Workspace::default(), hers()]
}

#[wasm_bindgen_test]
async fn each_is_found_with_its_name_though_local_storage_is_emptied() {
    in_use("w-emptied").await;
    assert_eq!(find("w-emptied").await, Found { workspaces: both(), ..Found::default() });
    empty_local_storage("w-emptied");
    assert_eq!(listed("w-emptied"), [Workspace::default()]);
    assert_eq!(find("w-emptied").await.workspaces, both());
    let _older = wrong("no names of databases");
    assert_eq!(find("w-emptied").await.workspaces, both(), "the first vault names it, too");
}

#[wasm_bindgen_test]
async fn names_that_local_storage_alone_has_go_into_the_vaults() {
    // As earlier versions of the program left it.
    let namespace = hers().namespace("w-before");
    let store = Watched::open(&namespace).await;
    store.put(header(1), "{}".into());
    store.flush().await.unwrap();
    let list = serde_json::to_string(&[hers()]).unwrap();
    prefs::set("w-before", "workspaces", &list);
    assert_eq!(find("w-before").await.workspaces, both());
    empty_local_storage("w-before");
    assert_eq!(find("w-before").await.workspaces, both());
}

#[wasm_bindgen_test]
async fn each_is_listed_though_the_databases_are_gone() {
    let namespace = in_use("w-gone").await;
    raw::delete("w-gone").await;
    raw::delete(&namespace).await;
    assert_eq!(find("w-gone").await.workspaces, both());
    assert!(!raw::databases().await.contains(&format!("tkt:{namespace}")), "nothing is made");
}

#[wasm_bindgen_test]
async fn a_list_that_can_not_be_read_is_left_alone() {
    for (number, unreadable) in ["?", "\"{\\\"newer\\\":1}\""].into_iter().enumerate() {
        let host = format!("w-unreadable-{number}");
        in_use(&host).await;
        let name = format!("tkt:{host}:prefs:workspaces");
        local_storage().set_item(&name, unreadable).unwrap();
        let id = InspectionId::from_random([8; 16]).to_string();
        let other = Workspace { id, name: "Lê Thị Hoa".into() };
        add(&host, &other).await.unwrap();
        let all = find(&host).await.workspaces;
        assert!(all.contains(&hers()) && all.contains(&other), "{all:?}");
        erase_workspace(&host, &other).await.unwrap();
        assert_eq!(local_storage().get_item(&name).unwrap().as_deref(), Some(unreadable));
    }
}

#[wasm_bindgen_test]
async fn a_name_that_neither_storage_takes_is_refused() {
    let _full = wrong("full localStorage");
    let _too = wrong("full database");
    assert!(add("w-full", &hers()).await.is_err());
}

#[wasm_bindgen_test]
async fn a_database_without_a_name_is_a_workspace_only_if_something_is_in_it() {
    let namespace = hers().namespace("w-nameless");
    // What earlier versions of the program left of a deleted workspace.
    drop(Watched::open(&namespace).await);
    assert_eq!(find("w-nameless").await.workspaces, [Workspace::default()]);
    let store = Watched::open(&namespace).await;
    store.put(header(1), "{}".into());
    store.flush().await.unwrap();
    let nameless = Workspace { name: String::new(), ..hers() };
    assert_eq!(find("w-nameless").await.workspaces, [Workspace::default(), nameless]);
}

#[wasm_bindgen_test]
async fn an_emptied_local_storage_is_told_once_the_note_was_seen() {
    let namespace = in_use("w-told").await;
    note_saved(&namespace).await;
    empty_local_storage("w-told");
    let found = find("w-told").await;
    assert_eq!(found.emptied, Vec::<String>::new(), "a killed browser may not have written it");
    // Now it is there again, and a page has seen it.
    assert_eq!(find("w-told").await, Found { workspaces: both(), ..Found::default() });
    empty_local_storage("w-told");
    for _ in 0..2 {
        let emptied = find("w-told").await.emptied;
        assert_eq!(emptied, std::slice::from_ref(&namespace), "until the person has seen it");
    }
}

#[wasm_bindgen_test]
async fn a_vault_that_is_gone_is_told() {
    assert_eq!(
        find("w-lost").await,
        Found { workspaces: vec![Workspace::default()], ..Found::default() }
    );
    note_saved("w-lost").await;
    assert_eq!(find("w-lost").await.unknown, Vec::<String>::new());
    raw::delete("w-lost").await;
    assert_eq!(find("w-lost").await.unknown, ["w-lost"]);
}
