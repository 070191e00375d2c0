//! The records that could not be read: moved out of the way, handed out, and put back once they can
//! be read.

use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::IdbObjectStore;

use super::{ALL, ASIDE, ITEMS, KEPT, OVERVIEWS, Vault, put_record, read_record, store_of};
use crate::browser::clock;
use crate::checklist::Digest;
use crate::storage::StoreError;
use crate::storage::idb::{Access, result, thrown};
use crate::storage::memory::is_other_answer;
use crate::stored::{Aside, Key, Part, Record};

impl Vault {
    /// Returns the records that were set aside.
    pub async fn aside(&self) -> Result<Vec<Aside>, StoreError> {
        let all = self.all_values(ASIDE).await?.into_iter();
        // One that can't be read has a place all the same.
        Ok(all.map(|(_, value)| read_aside(&value.unwrap_or_default())).collect())
    }

    /// Puts back what was set aside and can be read now, as it may have been written by a newer
    /// program than the one that set it aside; where a record stands in its place, the higher stamp
    /// wins. Returns the keys of what can't be read.
    pub async fn put_back_aside(&self) -> Result<Vec<Key>, StoreError> {
        let (mut lost, mut readable) = (Vec::new(), Vec::new());
        for (place, value) in self.all_values(ASIDE).await? {
            let aside = read_aside(&value.unwrap_or_default());
            match Record::parse(&aside.text) {
                // A readable record that did not fit its checklist was copied, and stands in its
                // place.
                Ok(record) if aside.origin == record.key.path() => {}
                Ok(record) => readable.push((place, record)),
                Err(_) => lost.extend(key_of(&aside.origin)),
            }
        }
        if !readable.is_empty() {
            // Records that can't be put back, such as where there is no room, stay where they are.
            _ = self.put_back(readable).await;
        }
        Ok(lost)
    }

    /// Puts records back that were set aside in some places, as far as they still lie there.
    async fn put_back(&self, mut found: Vec<(JsValue, Record)>) -> Result<(), StoreError> {
        let transaction = self.begin(&ALL, Access::WriteStrictly).await?;
        let aside = transaction.store(ASIDE)?;
        // Headers first: what belongs to an inspection that was deleted for good stays away.
        found.sort_by_key(|(_, record)| record.key.part != Part::Header);
        for (place, record) in found {
            if result(aside.get_key(&place)).await?.is_undefined() {
                continue;
            }
            let header = Key { part: Part::Header, ..record.key.clone() };
            let header = result(transaction.store(OVERVIEWS)?.get(&header.path().into())).await?;
            if header.is_undefined() && record.key.part != Part::Header {
                continue;
            }
            let store = transaction.store(store_of(&record.key))?;
            let key = JsValue::from(record.key.path());
            let there = result(store.get(&key)).await?;
            if !there.is_undefined() {
                let Ok(there) = read_record(&key, &there) else { continue };
                if there.stamp >= record.stamp {
                    continue;
                }
                // An answer given meanwhile gives way, and can be taken back.
                if is_other_answer(&there, &record) {
                    put_record(&transaction.store(KEPT)?, &there)?;
                }
            }
            put_record(&store, &record)?;
            aside.delete(&place).map_err(thrown)?;
        }
        transaction.complete().await
    }

    /// Moves what can't be read out of the way; gives how many were moved.
    pub(super) async fn set_aside(
        &self,
        places: &[(&'static str, JsValue)],
    ) -> Result<usize, StoreError> {
        let mut moved = 0;
        let transaction = self.begin(&[OVERVIEWS, ITEMS, ASIDE], Access::WriteStrictly).await?;
        let aside = transaction.store(ASIDE)?;
        for (name, key) in places {
            let store = transaction.store(name)?;
            let value = result(store.get(key)).await?;
            // Another tab may have moved it, or put a new record there.
            if let (false, Err(text)) = (value.is_undefined(), read_record(key, &value)) {
                put_aside(&aside, &found_at(name, key, text))?;
                store.delete(key).map_err(thrown)?;
                moved += 1;
            }
        }
        transaction.complete().await?;
        Ok(moved)
    }
}

/// Returns the key of the record that was found at an origin: `items/{inspection}/{part}`.
fn key_of(origin: &str) -> Option<Key> {
    let (store, path) = origin.split_once('/')?;
    if [OVERVIEWS, ITEMS].contains(&store) { Key::parse(path) } else { None }
}

/// Keeps a text under a key that follows from it: what two tabs find is kept once, and nothing ever
/// takes the place of something else.
pub(super) fn put_aside(store: &IdbObjectStore, aside: &Aside) -> Result<(), StoreError> {
    let content = [aside.origin.as_str(), "\n", &aside.text].concat();
    let key = Digest::of(content.as_bytes()).to_string().into();
    let value = Object::new();
    for (name, text) in [("origin", &aside.origin), ("text", &aside.text), ("at", &aside.at)] {
        // A plain object takes every property.
        _ = Reflect::set(&value, &name.into(), &text.into());
    }
    store.put_with_key(&value, &key).map(drop).map_err(thrown)
}

fn read_aside(value: &JsValue) -> Aside {
    let text = |name: &str| {
        let text = Reflect::get(value, &name.into()).ok();
        text.and_then(|text| text.as_string()).unwrap_or_default()
    };
    Aside { origin: text("origin"), text: text("text"), at: text("at") }
}

pub(super) fn found_at(store: &str, key: &JsValue, text: String) -> Aside {
    let origin = [store, "/", &key.as_string().unwrap_or_default()].concat();
    Aside { origin, text, at: clock::now().to_string() }
}
