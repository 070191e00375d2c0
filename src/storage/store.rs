//! The store: journal and vault as one, which is what the rest of the program uses.

mod attachments;
mod whole;

use std::rc::Rc;

use super::keeper::Keeper;
use super::{Step, StoreError};
use crate::browser::listener::Listener;
use crate::inspection::InspectionId;
use crate::stored::{Aside, Key, Record, WriterId};

/// An event that a store tells the program.
#[derive(Clone, Debug)]
pub enum StoreEvent {
    /// Something is not in the vault yet.
    Saving,
    /// Something is in the vault: killing the browser cannot lose it any more.
    Saved {
        /// The records and the revisions of them that are there, or gave way to higher ones.
        records: Vec<(Key, u64)>,
        /// Whether nothing else is on its way.
        all: bool,
    },
    /// The vault fails. What was put is kept in memory, and in the journal where there is one, and
    /// tried again and again; `Saved` comes when it works.
    Failed {
        /// Why.
        reason: StoreError,
        /// How many records are not in the vault.
        pending: usize,
    },
    /// Another tab or element wrote these, and they are higher than what was known here.
    Changed {
        /// The records.
        records: Vec<Record>,
    },
    /// Another tab or element deleted an inspection for good.
    Purged {
        /// The inspection.
        inspection: InspectionId,
    },
    /// Everything of the namespace is being deleted: what the store held is forgotten.
    Cleared,
    /// Something could not be read and was set aside.
    SetAside {
        /// How many records.
        count: usize,
    },
    /// Answers that gave way to others which were written at the same time, in knowledge of
    /// neither. They are kept, and can be taken back.
    Overtaken {
        /// The answers that gave way.
        records: Vec<Record>,
    },
    /// Somebody deleted the vault while it was in use. What is known whole here is written again.
    Emptied {
        /// How many inspections were known in part alone, and are lost.
        gone: usize,
    },
    /// Whether the journal takes what is put. While it does not, what was entered is safe only once
    /// it is in the vault.
    Journal {
        /// Whether it does.
        works: bool,
    },
}

/// The store of a namespace. Cheap to clone; all clones are one store, and when the last of them is
/// dropped it saves what is unsaved and listens no more.
///
/// Several stores of one namespace, in one page or in several, share everything and hear of each
/// other's writes.
#[derive(Clone)]
pub struct Store(Rc<Handle>);

/// The part that goes with the last clone of a store, though a write may still be under way.
struct Handle {
    keeper: Rc<Keeper>,
    _listeners: Vec<Listener>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.keeper.close();
    }
}

impl Store {
    /// Opens the store of a namespace and brings what earlier pages left in the journal into the
    /// vault. Never fails: without a vault it works in memory, and says so by an event.
    pub async fn open(namespace: &str, on_event: impl Fn(StoreEvent) + 'static) -> Self {
        let keeper = Keeper::new(namespace, Box::new(on_event));
        let store = Self(Rc::new(Handle { _listeners: keeper.listeners(), keeper }));
        store.0.keeper.start().await;
        store
    }

    /// The namespace.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.0.keeper.namespace()
    }

    /// The name that this store writes under.
    #[must_use]
    pub fn writer(&self) -> &WriterId {
        self.0.keeper.writer()
    }

    /// Puts a record, JSON text: into the journal now, into the vault within 250 milliseconds.
    /// Gives its revision.
    ///
    /// An inspection that was there before must be [loaded](Self::load) first: a version that was
    /// made without knowing the one in the vault would lose against it.
    pub fn put(&self, key: Key, body: String) -> u64 {
        self.0.keeper.put(key, body, None)
    }

    /// Puts a record that takes something away, and keeps that, JSON text, in the same step: it can
    /// be taken back until it is [released](Self::release). A second one of the same key takes the
    /// place of the first.
    pub fn put_keeping(&self, key: Key, body: String, kept: String) -> u64 {
        self.0.keeper.put(key, body, Some(kept))
    }

    /// Writes a step, whole or not at all, and ends when it is in the vault. Other tabs and
    /// elements hear of it.
    ///
    /// Inspections that were there before must be [loaded](Self::load) first, as for
    /// [`put`](Self::put).
    ///
    /// # Errors
    /// Why it can't be written. Nothing is changed then, and nothing is tried again.
    pub async fn commit(&self, step: Step) -> Result<(), StoreError> {
        self.0.keeper.commit(step).await
    }

    /// Writes a step without which the person can't work on. Where it can't be
    /// [committed](Self::commit) it is held in memory, and in the journal, whole or not at all; the
    /// vault gets it as soon as it works.
    pub async fn commit_or_hold(&self, step: Step) {
        self.0.keeper.commit_or_hold(step).await;
    }

    /// The headers and the progress of all inspections.
    pub async fn headers(&self) -> Vec<Record> {
        self.0.keeper.headers().await
    }

    /// Returns the keys of the records that can't be read, as far as that was noticed, and in whose
    /// place nothing was put since.
    #[must_use]
    pub fn lost(&self) -> Vec<Key> {
        self.0.keeper.lost()
    }

    /// All records of an inspection; none if there is no such inspection.
    ///
    /// # Errors
    /// When the vault can't be read and memory has not all of it. The inspection must not be shown
    /// then: it would look as if answers were missing.
    pub async fn load(&self, id: &InspectionId) -> Result<Vec<Record>, StoreError> {
        self.0.keeper.load(id).await
    }

    /// The checklist of that digest, if there is one.
    ///
    /// # Errors
    /// When the vault can't be read.
    pub async fn checklist(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        self.0.keeper.checklist(sha256).await
    }

    /// Keeps something no longer.
    pub fn release(&self, key: &Key) {
        self.0.keeper.release(key);
    }

    /// Returns all that is kept to be taken back.
    ///
    /// # Errors
    /// When the vault can't be read: what is kept under a key then would take the place of what is
    /// kept there.
    pub async fn kept(&self) -> Result<Vec<Record>, StoreError> {
        self.0.keeper.kept().await
    }

    /// Deletes an inspection for good.
    ///
    /// # Errors
    /// When the vault fails; nothing is deleted then.
    pub async fn purge(&self, id: &InspectionId) -> Result<(), StoreError> {
        self.commit(Step { purged: vec![id.clone()], ..Step::default() }).await
    }

    /// Writes at once, and waits until all that was put is in the vault.
    ///
    /// # Errors
    /// When the vault fails; trying goes on all the same.
    pub async fn flush(&self) -> Result<(), StoreError> {
        self.0.keeper.flush().await
    }

    /// Sets a record aside that does not fit its checklist. It stays where it is until a higher
    /// version takes its place.
    pub fn set_aside(&self, record: Record) {
        self.0.keeper.set_aside(record);
    }

    /// All that was ever set aside.
    pub async fn aside(&self) -> Vec<Aside> {
        self.0.keeper.aside().await
    }
}
