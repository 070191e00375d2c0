//! Facts that a vault says of itself, beside what people enter, each a text under its name.
//!
//! | fact | in the vault of | what it says |
//! |---|---|---|
//! | `name` | a workspace | the person's name for it |
//! | `workspace/{id}` | the first workspace | the name of another one |
//! | `noted` | each | whether `localStorage` has a note that something was saved, see [`Noted`](crate::storage::sign::Noted) |
//! | `erasing` | what is being erased | how much of it, see [`Extent`](crate::storage::erase::Extent) |

use std::collections::BTreeMap;

use js_sys::Array;

use super::{ABOUT, ALL};
use crate::storage::StoreError;
use crate::storage::idb::{Access, Connection, result, thrown};

pub const NAME: &str = "name";
pub const WORKSPACE: &str = "workspace/";
pub const NOTED: &str = "noted";
pub const ERASING: &str = "erasing";

/// All facts.
pub async fn read(connection: &Connection) -> Result<BTreeMap<String, String>, StoreError> {
    let transaction = connection.transaction(&[ABOUT], Access::Read)?;
    let store = transaction.store(ABOUT)?;
    let (names, texts) = (result(store.get_all_keys()), result(store.get_all()));
    let (names, texts) = (Array::from(&names.await?), Array::from(&texts.await?));
    transaction.complete().await?;
    let facts = names.iter().zip(texts.iter());
    Ok(facts.filter_map(|(name, text)| Some((name.as_string()?, text.as_string()?))).collect())
}

/// Says something, or takes it back.
pub async fn say(
    connection: &Connection,
    facts: &[(&str, Option<&str>)],
) -> Result<(), StoreError> {
    let transaction = connection.transaction(&[ABOUT], Access::WriteStrictly)?;
    let store = transaction.store(ABOUT)?;
    for (name, text) in facts {
        let name = (*name).into();
        match text {
            Some(text) => store.put_with_key(&(*text).into(), &name).map(drop),
            None => store.delete(&name).map(drop),
        }
        .map_err(thrown)?;
    }
    transaction.complete().await
}

/// Whether anything is in the vault besides what it says of itself.
pub async fn holds_anything(connection: &Connection) -> Result<bool, StoreError> {
    let transaction = connection.transaction(&ALL, Access::Read)?;
    let mut holds = false;
    for name in ALL {
        let count = result(transaction.store(name)?.count()).await?;
        holds |= count != 0;
    }
    transaction.complete().await?;
    Ok(holds)
}

/// Takes everything out that people entered, and with it the facts that spoke of it.
pub async fn empty(connection: &Connection) -> Result<(), StoreError> {
    let stores = [&ALL[..], &[ABOUT]].concat();
    let transaction = connection.transaction(&stores, Access::WriteStrictly)?;
    for name in ALL {
        transaction.store(name)?.clear().map_err(thrown)?;
    }
    let about = transaction.store(ABOUT)?;
    for fact in [NOTED, ERASING] {
        about.delete(&fact.into()).map_err(thrown)?;
    }
    transaction.complete().await
}
