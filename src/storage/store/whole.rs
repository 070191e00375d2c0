//! The store as a whole: for a backup, and before it is deleted.

use std::rc::Rc;

use super::{Handle, Key, Record, Store, StoreError, StoreEvent};
use crate::inspection::InspectionId;
use crate::storage::keeper::Keeper;
use crate::stored::Whole;

impl Store {
    /// The store of a namespace, of which nothing is read until something is asked or put: a
    /// database that is not there does not come into being by this.
    #[must_use]
    pub fn unopened(namespace: &str, on_event: impl Fn(StoreEvent) + 'static) -> Self {
        let keeper = Keeper::new(namespace, Box::new(on_event));
        Self(Rc::new(Handle { _listeners: keeper.listeners(), keeper }))
    }

    /// The highest version of a record that is known here, without asking the vault: that of an
    /// inspection that was [loaded](Self::load) or made here.
    #[must_use]
    pub fn known(&self, key: &Key) -> Option<Record> {
        self.0.keeper.known(key)
    }

    /// The highest versions of all records of an inspection that are known here, without asking the
    /// vault.
    #[must_use]
    pub fn known_of(&self, id: &InspectionId) -> Vec<Record> {
        self.0.keeper.known_of(id)
    }

    /// Returns the highest versions of an inspection's records, without [loading](Self::load) it:
    /// what others write of it later is not taken in here.
    ///
    /// # Errors
    /// When the vault can't be read.
    pub async fn stored(&self, id: &InspectionId) -> Result<Vec<Record>, StoreError> {
        self.0.keeper.stored(id).await
    }

    /// Everything that is stored. Where the vault can't be read it is what memory and journal hold,
    /// and why it can't stands beside.
    pub async fn whole(&self) -> (Whole, Option<StoreError>) {
        self.0.keeper.whole().await
    }

    /// Forgets everything that is held here, also what is unsaved, before it is deleted.
    pub fn forget_all(&self) {
        self.0.keeper.forget_all();
    }
}
