//! Small preferences, such as the language: in `localStorage` alone, under
//! `tkt:{namespace}:prefs:{name}`. Losing one costs a click: what must not be lost lies in a vault
//! as well.

use gloo_storage::{LocalStorage, Storage as _};

use super::journal::local_storage;

/// The preference of that name, if there is one.
#[must_use]
pub fn get(namespace: &str, name: &str) -> Option<String> {
    // gloo-storage's own reading panics where the browser denies a single one.
    serde_json::from_str(&entry(namespace, name)??).ok()
}

/// Whether there is a preference of that name, be it one that can be read or not.
#[must_use]
pub fn is_there(namespace: &str, name: &str) -> bool {
    matches!(entry(namespace, name), Some(Some(_)))
}

/// Whether there is none of that name, as far as the browser lets that be known.
#[must_use]
pub fn is_gone(namespace: &str, name: &str) -> bool {
    entry(namespace, name) == Some(None)
}

/// Forgets a preference.
pub fn remove(namespace: &str, name: &str) {
    _ = local_storage().map(|storage| storage.remove_item(&key(namespace, name)));
}

/// Keeps a preference; says whether the browser granted it.
pub fn set(namespace: &str, name: &str, value: &str) -> bool {
    local_storage().is_some() && LocalStorage::set(key(namespace, name), value).is_ok()
}

/// Returns the entry that lies there; `None` where the browser does not tell.
fn entry(namespace: &str, name: &str) -> Option<Option<String>> {
    local_storage()?.get_item(&key(namespace, name)).ok()
}

fn key(namespace: &str, name: &str) -> String {
    ["tkt:", namespace, ":prefs:", name].concat()
}
