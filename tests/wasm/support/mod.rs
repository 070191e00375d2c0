//! What the tests share: a watched store, and hands on the browser that owe nothing to the code
//! that is tested.

pub mod raw;

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use tu_kiem_tra::checklist::ItemId;
use tu_kiem_tra::inspection::InspectionId;
use tu_kiem_tra::storage::{Step, Store, StoreError, StoreEvent};
use tu_kiem_tra::stored::{Key, Part, Record, Stamp, WriterId};
use wasm_bindgen_futures::JsFuture;

/// A store whose events are kept.
pub struct Watched {
    store: Store,
    events: Rc<RefCell<Vec<StoreEvent>>>,
}

impl Deref for Watched {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl Watched {
    pub async fn open(namespace: &str) -> Self {
        let events = Rc::new(RefCell::new(Vec::new()));
        let kept = Rc::clone(&events);
        let store = Store::open(namespace, move |event| kept.borrow_mut().push(event)).await;
        Self { store, events }
    }

    /// What the events say that `choose` takes an interest in.
    pub fn heard<T>(&self, choose: impl FnMut(&StoreEvent) -> Option<T>) -> Vec<T> {
        self.events.borrow().iter().filter_map(choose).collect()
    }

    /// The revisions that were said to be saved.
    pub fn saved(&self) -> Vec<u64> {
        let saved = self.heard(|event| match event {
            StoreEvent::Saved { records, .. } => Some(records.clone()),
            _ => None,
        });
        saved.into_iter().flatten().map(|(_, revision)| revision).collect()
    }

    /// The records that others wrote.
    pub fn changed(&self) -> Vec<Record> {
        let changed = self.heard(|event| match event {
            StoreEvent::Changed { records } => Some(records.clone()),
            _ => None,
        });
        changed.into_iter().flatten().collect()
    }

    /// Why saving failed.
    pub fn failures(&self) -> Vec<StoreError> {
        self.heard(|event| match event {
            StoreEvent::Failed { reason, .. } => Some(reason.clone()),
            _ => None,
        })
    }

    /// How many records were said to be set aside.
    pub fn told_aside(&self) -> usize {
        let told = self.heard(|event| match event {
            StoreEvent::SetAside { count } => Some(*count),
            _ => None,
        });
        told.into_iter().sum()
    }

    /// The answers that gave way unseen.
    pub fn overtaken(&self) -> Vec<Record> {
        let overtaken = self.heard(|event| match event {
            StoreEvent::Overtaken { records } => Some(records.clone()),
            _ => None,
        });
        overtaken.into_iter().flatten().collect()
    }

    /// The handle, without its events.
    pub fn into_store(self) -> Store {
        self.store
    }
}

pub fn header(inspection: u8) -> Key {
    Key { inspection: InspectionId::from_random([inspection; 16]), part: Part::Header }
}

pub fn item(inspection: u8, item: &str) -> Key {
    Key { part: Part::Item(ItemId::new(item).unwrap()), ..header(inspection) }
}

/// A step that puts records.
pub fn putting<const N: usize>(put: [(Key, &str); N]) -> Step {
    let put = put.into_iter().map(|(key, body)| (key, body.to_owned())).collect();
    Step { put, ..Step::default() }
}

/// A step that keeps a checklist.
pub fn checklist(sha256: &str, json: &str) -> Step {
    Step { checklists: vec![(sha256.to_owned(), json.to_owned())], ..Step::default() }
}

/// A step that restores records.
pub fn restoring(restored: Vec<Record>) -> Step {
    Step { restored, ..Step::default() }
}

/// A record as another tab would have written it.
pub fn record(key: &Key, revision: u64, writer: u8, body: &str) -> Record {
    let stamp = Stamp { revision, writer: WriterId::from_random([writer; 8]) };
    Record { key: key.clone(), stamp, body: body.to_owned() }
}

/// The body of the record of a key.
pub fn body_of<'a>(records: &'a [Record], key: &Key) -> Option<&'a str> {
    records.iter().find(|record| record.key == *key).map(|record| record.body.as_str())
}

/// Puts a record where an earlier page would have left it.
pub fn leave_in_journal(namespace: &str, record: &Record) {
    local_storage().set_item(&journal_name(namespace, &record.key), &record.to_text()).unwrap();
}

pub fn journal_entry(namespace: &str, key: &Key) -> Option<String> {
    local_storage().get_item(&journal_name(namespace, key)).unwrap()
}

pub fn journal_name(namespace: &str, key: &Key) -> String {
    format!("tkt:{namespace}:journal:{}:{}", key.inspection, key.part.as_str())
}

pub fn local_storage() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

pub async fn sleep(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let window = web_sys::window().unwrap();
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Waits until something is so, and fails when it takes too long.
pub async fn until(what: &str, condition: impl Fn() -> bool) {
    for _ in 0..200 {
        if condition() {
            return;
        }
        sleep(10).await;
    }
    panic!("waited in vain until {what}");
}
