//! The vault: the database of a namespace. What is in it survives a browser that is killed.
//!
//! | object store | key | value |
//! |---|---|---|
//! | `overviews` | `{inspection}/@header`, `{inspection}/@progress` | a record's text |
//! | `items` | `{inspection}/{item}` | a record's text |
//! | `checklists` | SHA-256 of the definition | the definition's text |
//! | `aside` | SHA-256 of origin and text | what could not be read |
//! | `kept` | as the record that it was | a record's text: what can be taken back |
//! | `attachments` | `{inspection}/{SHA-256}` | the bytes of a piece of evidence |
//! | `thumbnails` | as its attachment | the bytes of a small picture of it |
//! | `about` | a fact's name | what the vault says of itself, see `about` |
//!
//! Overviews are apart so that the list of inspections never reads their items. Every write is one
//! transaction of strict durability; a record gives way to a higher stamp alone. An answer that
//! gives way unseen, as two windows wrote at the same time, is kept.

pub mod about;
mod asides;
mod attachments;
mod reading;
mod sweeping;
mod whole;
mod writing;

pub use attachments::Lack;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::JSON;
use wasm_bindgen::JsValue;
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore};

use super::idb::{Access, Connection, Shape, Signs, Transaction, result, thrown};
use super::{StoreError, erase};
use crate::inspection::InspectionId;
use crate::stored::{Key, Part, Record, Records};
use reading::Place;

const OVERVIEWS: &str = "overviews";
const ITEMS: &str = "items";
const CHECKLISTS: &str = "checklists";
const ASIDE: &str = "aside";
const KEPT: &str = "kept";
const ATTACHMENTS: &str = "attachments";
const THUMBNAILS: &str = "thumbnails";
const ABOUT: &str = "about";

/// All that what is entered lies in.
const ALL: [&str; 7] = [OVERVIEWS, ITEMS, CHECKLISTS, ASIDE, KEPT, ATTACHMENTS, THUMBNAILS];

/// Version 2 brought `kept`, version 3 `attachments` and `thumbnails`, version 4 `about`.
const SHAPE: Shape = Shape { version: 4, upgrade };

/// Opens the database of a namespace, whatever is under way with it: for what is no vault's daily
/// work.
pub async fn connect(namespace: &str) -> Result<Connection, StoreError> {
    Connection::open(&name_of(namespace), &SHAPE, &Signs::default()).await
}

/// Connects to a database if it exists, and makes none: it may just have been deleted.
pub async fn connect_to_existing(namespace: &str) -> Result<Connection, StoreError> {
    let upgrade = |database: &IdbDatabase, from| match from {
        0 => Err(JsValue::NULL),
        _ => upgrade(database, from),
    };
    Connection::open(&name_of(namespace), &Shape { upgrade, ..SHAPE }, &Signs::default()).await
}

/// The name of a namespace's database.
pub fn name_of(namespace: &str) -> String {
    ["tkt:", namespace].concat()
}

/// The vault of a namespace. It opens when it is first used, and anew when it was closed.
pub struct Vault {
    namespace: String,
    connection: RefCell<Option<Rc<Connection>>>,
    signs: Signs,
    /// Whether it was found to be there.
    was_there: Cell<bool>,
    /// Whether it was found to be new although it was there before: somebody deleted it.
    is_lost: Cell<bool>,
}

/// The findings of an operation beside its result.
#[derive(Default)]
pub struct Found {
    /// Records: when reading, those asked for; when writing, those of a higher stamp than the ones
    /// that were to be written.
    pub records: Vec<Record>,
    /// How many could not be read and were set aside.
    pub aside: usize,
    /// The keys of those, and of values that the browser can't read: they stay where they are.
    pub lost: Vec<Key>,
    /// Answers that gave way to others that were written without knowledge of them. They are kept.
    pub overtaken: Vec<Record>,
}

impl Vault {
    pub fn new(namespace: &str) -> Self {
        Self {
            namespace: namespace.to_owned(),
            connection: RefCell::default(),
            signs: Signs::default(),
            was_there: Cell::new(false),
            is_lost: Cell::new(false),
        }
    }

    /// Opens the database, unless it is open. What was begun to be erased is erased before.
    pub async fn open(&self) -> Result<Rc<Connection>, StoreError> {
        let open = self.connection.borrow().as_ref().filter(|open| open.is_usable()).cloned();
        if let Some(connection) = open {
            return Ok(connection);
        }
        let open = || {
            erase::unless_marked(&self.namespace, async || {
                Connection::open(&name_of(&self.namespace), &SHAPE, &self.signs).await
            })
        };
        let connection = Rc::new(open().await?);
        let was_deleted = self.signs.is_deleted.take() || connection.is_new;
        if self.was_there.replace(true) && was_deleted {
            self.is_lost.set(true);
        }
        *self.connection.borrow_mut() = Some(Rc::clone(&connection));
        Ok(connection)
    }

    /// Whether it was opened, so that it can be looked at again without bringing it into being.
    pub const fn is_in_use(&self) -> bool {
        self.was_there.get()
    }

    /// Whether a newer program has changed it, so that it may hold what is not known here.
    pub fn is_newer(&self) -> bool {
        self.connection.borrow().as_ref().is_some_and(|open| open.is_newer)
    }

    /// It is going to be deleted on purpose.
    pub fn expect_loss(&self) {
        self.was_there.set(false);
    }

    /// Whether everything in it was deleted from under it, since this was last asked.
    pub fn take_loss(&self) -> bool {
        self.is_lost.take()
    }

    /// Starts a transaction; should the connection turn out to be lost, on a new one.
    async fn begin(&self, stores: &[&str], access: Access) -> Result<Transaction, StoreError> {
        let transaction = self.open().await?.transaction(stores, access);
        match transaction {
            Err(StoreError::Closed) => self.open().await?.transaction(stores, access),
            transaction => transaction,
        }
    }

    /// The overviews of all inspections.
    pub async fn overviews(&self) -> Result<Found, StoreError> {
        self.read(vec![(OVERVIEWS, JsValue::UNDEFINED)]).await
    }

    /// All records of an inspection.
    pub async fn inspection(&self, id: &InspectionId) -> Result<Found, StoreError> {
        let keys = all_of(id)?;
        self.read(vec![(OVERVIEWS, keys.clone()), (ITEMS, keys)]).await
    }

    /// The records of some keys.
    pub async fn records(&self, keys: &[Key]) -> Result<Found, StoreError> {
        let places = keys.iter().map(|key| (store_of(key), key.path().into()));
        self.read(places.collect()).await
    }

    /// The checklist of that digest; `None` also when it is there and can't be read.
    pub async fn checklist(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        let text = self.value(CHECKLISTS, &sha256.into()).await?;
        Ok(text.ok().and_then(|text| text.as_string()))
    }

    /// Returns the records that can be taken back.
    pub async fn kept(&self) -> Result<Vec<Record>, StoreError> {
        let all = self.all_values(KEPT).await?.into_iter();
        // A record that a newer program kept stays for it.
        Ok(all.filter_map(|(_, text)| Record::parse(&text.ok()?.as_string()?).ok()).collect())
    }

    /// Returns whether the vault has all records of a batch, or higher ones. It is asked where a
    /// transaction did not say how it ended.
    pub async fn has(&self, records: &Records) -> bool {
        let keys: Vec<_> = records.iter().map(|record| record.key.clone()).collect();
        let Ok(found) = self.records(&keys).await else { return false };
        let mut there = Records::default();
        found.records.into_iter().for_each(|record| _ = there.merge(record));
        let is_there = |record: &Record| {
            there.get(&record.key).is_some_and(|there| there.stamp >= record.stamp)
        };
        !records.is_empty() && records.iter().all(is_there)
    }

    /// Reads the records in some places; those that can't be read are set aside, as far as there is
    /// something to set aside.
    async fn read(&self, places: Vec<Place>) -> Result<Found, StoreError> {
        let mut found = Found::default();
        let mut unreadable = Vec::new();
        let all = self.values(&places).await?;
        for ((name, _), values) in places.iter().zip(all) {
            for (key, value) in values {
                let record = value.map(|value| read_record(&key, &value));
                match record {
                    Ok(Ok(record)) => {
                        found.records.push(record);
                        continue;
                    }
                    Ok(Err(_)) => unreadable.push((*name, key.clone())),
                    Err(_) => {}
                }
                found.lost.extend(key.as_string().as_deref().and_then(Key::parse));
            }
        }
        if !unreadable.is_empty() {
            // Where there is no room to move them they stay; that is no reason not to read the
            // rest.
            found.aside = self.set_aside(&unreadable).await.unwrap_or_default();
        }
        Ok(found)
    }
}

fn put_record(store: &IdbObjectStore, record: &Record) -> Result<(), StoreError> {
    let (text, key) = (record.to_text().into(), record.key.path().into());
    store.put_with_key(&text, &key).map(drop).map_err(thrown)
}

fn upgrade(database: &IdbDatabase, from: u32) -> Result<(), JsValue> {
    if from < 1 {
        for name in [OVERVIEWS, ITEMS, CHECKLISTS, ASIDE] {
            database.create_object_store(name)?;
        }
    }
    if from < 2 {
        database.create_object_store(KEPT)?;
    }
    if from < 3 {
        for name in [ATTACHMENTS, THUMBNAILS] {
            database.create_object_store(name)?;
        }
    }
    if from < 4 {
        database.create_object_store(ABOUT)?;
    }
    Ok(())
}

/// Reads the record that lies under a key, or gives what lies there as text.
fn read_record(key: &JsValue, value: &JsValue) -> Result<Record, String> {
    let Some(text) = value.as_string() else {
        let json = JSON::stringify(value).ok();
        return Err(json.and_then(|json| json.as_string()).unwrap_or_default());
    };
    match Record::parse(&text) {
        Ok(record) if key.as_string().is_some_and(|key| key == record.key.path()) => Ok(record),
        _ => Err(text),
    }
}

fn store_of(key: &Key) -> &'static str {
    match key.part {
        Part::Header | Part::Progress | Part::Upload => OVERVIEWS,
        Part::Outbox | Part::Document | Part::Detail(_) | Part::Item(_) => ITEMS,
    }
}

/// The range of an inspection's keys: from its slash up to the character after a slash.
fn all_of(id: &InspectionId) -> Result<JsValue, StoreError> {
    let end = |slash| [id.as_str(), slash].concat().into();
    IdbKeyRange::bound_with_lower_open_and_upper_open(&end("/"), &end("0"), false, true)
        .map(JsValue::from)
        .map_err(thrown)
}
