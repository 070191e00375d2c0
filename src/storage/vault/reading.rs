//! Reading values, of which each that can't be read costs itself.
//!
//! Browsers keep large values in files beside the database. Where such a file is missing, a request for many values
//! fails as a whole; then each is asked for by itself.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::{Access, Vault, attempt, result};
use crate::storage::StoreError;

/// A key, and the value that lies under it or why it can't be read.
pub(super) type Value = (JsValue, Result<JsValue, StoreError>);

/// An object store, with the keys that are asked for: one, a range, or all where it is undefined.
pub(super) type Place = (&'static str, JsValue);

impl Vault {
    /// Returns what lies in some places, all of the same moment unless a value can't be read.
    pub(super) async fn values(&self, places: &[Place]) -> Result<Vec<Vec<Value>>, StoreError> {
        match self.values_at_once(places).await {
            Err(error) if error.is_of_value() => self.values_one_by_one(places).await,
            outcome => outcome,
        }
    }

    async fn values_at_once(&self, places: &[Place]) -> Result<Vec<Vec<Value>>, StoreError> {
        let transaction = self.begin(&stores(places), Access::Read).await?;
        let mut asked = Vec::with_capacity(places.len());
        for (name, keys) in places {
            let store = transaction.store(name)?;
            // The keys first: what can't be read ends everything that is asked for after it.
            let all_keys = result(store.get_all_keys_with_key(keys));
            asked.push((all_keys, result(store.get_all_with_key(keys))));
        }
        let mut all = Vec::with_capacity(places.len());
        for (keys, values) in asked {
            let keys = Array::from(&keys.await?);
            let values = Array::from(&values.await?);
            transaction.note_answer();
            all.push(keys.iter().zip(values.iter().map(Ok)).collect());
        }
        transaction.complete().await?;
        Ok(all)
    }

    async fn values_one_by_one(&self, places: &[Place]) -> Result<Vec<Vec<Value>>, StoreError> {
        let transaction = self.begin(&stores(places), Access::Read).await?;
        let mut all = Vec::with_capacity(places.len());
        for (name, keys) in places {
            let store = transaction.store(name)?;
            let keys = Array::from(&result(store.get_all_keys_with_key(keys)).await?);
            let mut values = Vec::new();
            for key in keys.iter() {
                let value = attempt(store.get(&key)).await;
                transaction.note_answer();
                match value {
                    Err(error) if !error.is_of_value() => return Err(error),
                    value => values.push((key, value)),
                }
            }
            all.push(values);
        }
        transaction.complete().await?;
        Ok(all)
    }

    /// Returns all values of an object store with their keys.
    pub(super) async fn all_values(&self, name: &'static str) -> Result<Vec<Value>, StoreError> {
        let all = self.values(&[(name, JsValue::UNDEFINED)]).await?;
        Ok(all.into_iter().flatten().collect())
    }
}

fn stores(places: &[Place]) -> Vec<&'static str> {
    let mut names: Vec<_> = places.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
