//! Deleting everything that a host's namespace keeps on a device: the databases of all its workspaces
//! and all its entries of `localStorage`.

use std::collections::BTreeSet;

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbFactory;

use super::StoreError;
use super::channel::{Channel, News};
use super::idb::thrown;
use super::journal::local_storage;
use super::names::{is_entry_of, namespace_of};
use super::once::Once;
use crate::browser::listener::Listener;
use crate::browser::timer::Timer;

/// How long other tabs have to hear that they are to forget everything, in milliseconds.
const HEARING: i32 = 50;

/// How long after deleting is looked whether anything came back, in milliseconds: longer than a tab
/// that was about to save something waits before it does.
const SETTLING: i32 = 400;

/// How often it is tried: a tab that is woken late may bring something back once.
const TIMES: usize = 5;

/// How long the browser may take to delete a database, in milliseconds.
const PATIENCE: i32 = 10_000;

/// Deletes everything of a host's namespace and of the workspaces beside it; `known` are the
/// namespaces that are known to be there. All stores of them forget what they hold and say
/// `Cleared`.
///
/// # Errors
/// Why something is still there.
pub async fn erase(host: &str, known: Vec<String>) -> Result<(), StoreError> {
    let mut all: BTreeSet<_> = known.into_iter().collect();
    for _ in 0..TIMES {
        all.extend(namespaces(host).await);
        for namespace in &all {
            if let Some(channel) = Channel::open(namespace, |_| {}) {
                channel.tell(&[News::Cleared]);
            }
        }
        wait(HEARING).await;
        forget_entries(host);
        for namespace in &all {
            delete(&["tkt:", namespace].concat()).await?;
        }
        wait(SETTLING).await;
        if namespaces(host).await.is_empty() && entries(host).is_empty() {
            return Ok(());
        }
    }
    Err(StoreError::Timeout)
}

fn factory() -> Result<IdbFactory, StoreError> {
    let window = web_sys::window().ok_or(StoreError::Denied)?;
    window.indexed_db().map_err(thrown)?.ok_or(StoreError::Denied)
}

/// The namespaces that have a database: the host's and those of workspaces beside it. None where the
/// browser does not tell.
pub async fn namespaces(host: &str) -> Vec<String> {
    let names = async {
        let factory = factory().ok()?;
        let databases = Reflect::get(&factory, &"databases".into()).ok()?;
        let databases = databases.dyn_into::<Function>().ok()?.call0(&factory).ok()?;
        let list = JsFuture::from(databases.dyn_into::<Promise>().ok()?).await.ok()?;
        Some(Array::from(&list))
    };
    let names = names.await.unwrap_or_default();
    let names = names.iter().filter_map(|one| Reflect::get(&one, &"name".into()).ok()?.as_string());
    names.filter_map(|name| namespace_of(&name, host).map(str::to_owned)).collect()
}

/// Deletes a database. One that is not there counts as deleted.
async fn delete(name: &str) -> Result<(), StoreError> {
    let request = factory()?.delete_database(name).map_err(thrown)?;
    let ended = Once::new();
    let (good, bad, late) = (ended.clone(), ended.clone(), ended.clone());
    let failed = request.clone();
    let _good = Listener::new(&request, "success", move |_| good.give(Ok(())));
    let _bad = Listener::new(&request, "error", move |_| {
        let error = failed.error().ok().flatten();
        let error = error.map(|error| StoreError::from_exception(error.name(), error.message()));
        bad.give(Err(error.unwrap_or(StoreError::Closed)));
    });
    let _patience = Timer::started(PATIENCE, move || late.give(Err(StoreError::Timeout)));
    ended.await
}

/// The names of the entries that are there.
fn entries(host: &str) -> Vec<String> {
    let Some(storage) = local_storage() else { return Vec::new() };
    let all = 0..storage.length().unwrap_or_default();
    let names = all.filter_map(|index| storage.key(index).ok().flatten());
    names.filter(|name| is_entry_of(name, host)).collect()
}

fn forget_entries(host: &str) {
    for name in entries(host) {
        _ = local_storage().map(|storage| storage.remove_item(&name));
    }
}

async fn wait(milliseconds: i32) {
    let over = Once::new();
    let given = over.clone();
    let _timer = Timer::started(milliseconds, move || given.give(()));
    over.await;
}
