//! Reading values, in pieces, of which each that can't be read costs itself.
//!
//! A request for all that lies somewhere is answered in one task of the page, the longer the more
//! there is: so many are asked for at a time that a slow device stays free for the person.
//!
//! Browsers keep large values in files beside the database. Where such a file is missing, a request
//! for many values fails as a whole, and so does its transaction; then each is asked for by itself.

use futures_util::future::try_join_all;
use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::IdbKeyRange;

use super::{Access, Vault, result};
use crate::storage::StoreError;
use crate::storage::idb::{Transaction, thrown};

/// A value, or why it can't be read.
pub(super) type Value = Result<JsValue, StoreError>;

/// A key with the value that lies under it.
pub(super) type Keyed = (JsValue, Value);

/// An object store, with the keys that are asked for: one, a range, or all where it is undefined.
pub(super) type Place = (&'static str, JsValue);

/// How many values are asked for at a time.
const PIECE: u32 = 100;

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
        let read = places.iter().map(async |place| {
            let mut values = Vec::new();
            each_value(&transaction, place, |key, value| values.push((key, Ok(value)))).await?;
            Ok(values)
        });
        let all = try_join_all(read).await.map_err(|error| transaction.why(error))?;
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

    /// Reads what lies under a key, in a transaction of its own: a value that can't be read ends
    /// its transaction.
    ///
    /// Browsers give one and the same error for a value that can't be read and for a database that
    /// failed. One that still knows the key is not at fault, unless it failed a moment ago.
    pub(super) async fn value(&self, name: &str, key: &JsValue) -> Result<Value, StoreError> {
        match self.value_once(name, key).await {
            Ok(value) => Ok(Ok(value)),
            Err(error) if self.ask_for_key(name, key).await.is_err() => Err(error),
            Err(_) => Ok(self.value_once(name, key).await),
        }
    }

    async fn value_once(&self, name: &str, key: &JsValue) -> Value {
        let transaction = self.begin(&[name], Access::Read).await?;
        let value = result(transaction.store(name)?.get(key)).await;
        let value = value.map_err(|error| transaction.why(error))?;
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

/// Hands over what lies in a place, value by value.
pub(super) async fn each_value(
    transaction: &Transaction,
    (name, keys): &Place,
    mut take: impl FnMut(JsValue, JsValue),
) -> Result<(), StoreError> {
    let store = transaction.store(name)?;
    let mut rest = Some(keys.clone());
    while let Some(range) = rest {
        // Both are asked for before the first is awaited. The keys first: what can't be read ends
        // everything that is asked for after it.
        let keys = result(store.get_all_keys_with_key_and_limit(&range, PIECE));
        let values = result(store.get_all_with_key_and_limit(&range, PIECE));
        let (keys, values) = (Array::from(&keys.await?), Array::from(&values.await?));
        transaction.note_answer();
        rest = behind(&range, &keys)?;
        keys.iter().zip(values.iter()).for_each(|(key, value)| take(key, value));
    }
    Ok(())
}

/// Hands over the keys in a place.
pub(super) async fn each_key(
    transaction: &Transaction,
    (name, keys): &Place,
    mut take: impl FnMut(JsValue),
) -> Result<(), StoreError> {
    let store = transaction.store(name)?;
    let mut rest = Some(keys.clone());
    while let Some(range) = rest {
        let keys = result(store.get_all_keys_with_key_and_limit(&range, PIECE)).await?;
        let keys = Array::from(&keys);
        transaction.note_answer();
        rest = behind(&range, &keys)?;
        keys.iter().for_each(&mut take);
    }
    Ok(())
}

/// Returns the keys of a range that are behind a piece of it; `None` if the piece is the last one.
fn behind(range: &JsValue, piece: &Array) -> Result<Option<JsValue>, StoreError> {
    if piece.length() < PIECE {
        return Ok(None);
    }
    let last = piece.get(piece.length() - 1);
    let range = range.dyn_ref::<IdbKeyRange>();
    let upper = range.map(IdbKeyRange::upper).transpose().map_err(thrown)?;
    let rest = match (range, upper.filter(|upper| !upper.is_undefined())) {
        (Some(range), Some(upper)) => IdbKeyRange::bound_with_lower_open_and_upper_open(
            &last,
            &upper,
            true,
            range.upper_open(),
        ),
        _ => IdbKeyRange::lower_bound_with_open(&last, true),
    };
    rest.map(|rest| Some(rest.into())).map_err(thrown)
}

fn stores(places: &[Place]) -> Vec<&'static str> {
    let mut names: Vec<_> = places.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    names
}
