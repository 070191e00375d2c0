//! Small preferences, such as the language: in `localStorage` alone, under
//! `tkt:{namespace}:prefs:{name}`. Losing one costs a click, so nothing here can fail.

use gloo_storage::{LocalStorage, Storage as _};

use super::journal::local_storage;

/// The preference of that name, if there is one.
#[must_use]
pub fn get(namespace: &str, name: &str) -> Option<String> {
    local_storage()?;
    LocalStorage::get(key(namespace, name)).ok()
}

/// Forgets a preference.
pub fn remove(namespace: &str, name: &str) {
    if local_storage().is_some() {
        LocalStorage::delete(key(namespace, name));
    }
}

/// Keeps a preference, where the browser grants it.
pub fn set(namespace: &str, name: &str, value: &str) {
    if local_storage().is_some() {
        _ = LocalStorage::set(key(namespace, name), value);
    }
}

fn key(namespace: &str, name: &str) -> String {
    ["tkt:", namespace, ":prefs:", name].concat()
}
