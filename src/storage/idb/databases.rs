//! The databases as wholes: which there are, and deleting one.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbFactory;

use super::{End, Outcome, thrown};
use crate::browser::timer::Timer;
use crate::storage::StoreError;

/// How long the browser may take to delete a database, in milliseconds.
const PATIENCE: i32 = 10_000;

pub(super) fn factory() -> Result<IdbFactory, StoreError> {
    let window = web_sys::window().ok_or(StoreError::Denied)?;
    window.indexed_db().map_err(thrown)?.ok_or(StoreError::Denied)
}

/// The names of all databases; `None` where the browser does not tell.
pub async fn names() -> Option<Vec<String>> {
    let factory = factory().ok()?;
    let databases = Reflect::get(&factory, &"databases".into()).ok()?;
    let databases = databases.dyn_into::<Function>().ok()?.call0(&factory).ok()?;
    let list = JsFuture::from(databases.dyn_into::<Promise>().ok()?).await.ok()?;
    let list = Array::from(&list);
    Some(
        list.iter()
            .filter_map(|one| Reflect::get(&one, &"name".into()).ok()?.as_string())
            .collect(),
    )
}

/// Deletes a database. One that is not there counts as deleted.
pub async fn delete(name: &str) -> Result<(), StoreError> {
    let request = factory()?.delete_database(name).map_err(thrown)?;
    let outcome = Outcome::of(&request, "success", "error");
    let late = outcome.ended.clone();
    let _patience = Timer::started(PATIENCE, move || late.give(End::Late));
    outcome.result_of(&request).await.map(drop)
}
