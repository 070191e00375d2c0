//! Reading values, of which each that can't be read costs itself.
//!
//! Browsers keep large values in files beside the database. Where such a file is missing, a request for many values
//! fails as a whole, and so does its transaction; then each is asked for by itself.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::{Access, Vault, result};
use crate::storage::StoreError;

/// A value, or why it can't be read.
pub(super) type Value = Result<JsValue, StoreError>;

/// A key with the value that lies under it.
pub(super) type Keyed = (JsValue, Value);

/// An object store, with the keys that are asked for: one, a range, or all where it is undefined.
pub(super) type Place = (&'static str, JsValue);

impl Vault {
    /// Returns what lies in some places, all of the same moment unless a value can't be read.
    pub(super) async fn values(&self, places: &[Place]) -> Result<Vec<Vec<Keyed>>, StoreError> {
        match self.values_at_once(places).await {
            Err(error) if error.is_of_value() => self.values_one_by_one(places).await,
            outcome => outcome,
        }
    }

    async fn values_at_once(&self, places: &[Place]) -> Result<Vec<Vec<Keyed>>, StoreError> {
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

    async fn values_one_by_one(&self, places: &[Place]) -> Result<Vec<Vec<Keyed>>, StoreError> {
        let mut all = Vec::with_capacity(places.len());
        for (name, keys) in places {
            let transaction = self.begin(&[name], Access::Read).await?;
            let found = result(transaction.store(name)?.get_all_keys_with_key(keys)).await?;
            transaction.complete().await?;
            let mut values = Vec::new();
            for key in Array::from(&found).iter() {
                let value = self.value(name, &key).await?;
                values.push((key, value));
            }
            all.push(values);
        }
        Ok(all)
    }

    /// Reads what lies under a key, in a transaction of its own: a value that can't be read ends its transaction.
    ///
    /// Browsers give one and the same error for a value that can't be read and for a database that failed. One that still
    /// knows the key is not at fault, unless it failed a moment ago.
    pub(super) async fn value(&self, name: &str, key: &JsValue) -> Result<Value, StoreError> {
        match self.value_once(name, key).await {
            Ok(value) => Ok(Ok(value)),
            Err(error) if self.ask_for_key(name, key).await.is_err() => Err(error),
            Err(_) => Ok(self.value_once(name, key).await),
        }
    }

    async fn value_once(&self, name: &str, key: &JsValue) -> Value {
        let transaction = self.begin(&[name], Access::Read).await?;
        let value = result(transaction.store(name)?.get(key)).await?;
        transaction.complete().await?;
        Ok(value)
    }

    /// Asks for a key and for no value.
    async fn ask_for_key(&self, name: &str, key: &JsValue) -> Result<(), StoreError> {
        let transaction = self.begin(&[name], Access::Read).await?;
        result(transaction.store(name)?.count_with_key(key)).await?;
        transaction.complete().await
    }

    /// Returns all values of an object store with their keys.
    pub(super) async fn all_values(&self, name: &'static str) -> Result<Vec<Keyed>, StoreError> {
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
