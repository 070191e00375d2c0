//! Writing a batch: one transaction, in which a record gives way to a higher stamp alone.

use std::collections::BTreeSet;

use wasm_bindgen::JsValue;

use super::asides::{found_at, put_aside};
use super::{
    ALL, ASIDE, ATTACHMENTS, CHECKLISTS, Found, ITEMS, KEPT, OVERVIEWS, THUMBNAILS, Vault, all_of,
    put_record, read_record, store_of,
};
use crate::storage::StoreError;
use crate::storage::batch::Batch;
use crate::storage::idb::{Access, Transaction, result, thrown};
use crate::storage::memory::is_other_answer;
use crate::stored::{Key, Record};

impl Vault {
    /// Writes a batch, and ends when it is on the disk. On an error nothing of it is. `is_unseen`
    /// says whether the batch was made without knowledge of a record that it takes the place of.
    pub async fn write(
        &self,
        batch: &Batch,
        access: Access,
        is_unseen: impl Fn(&Record) -> bool,
    ) -> Result<Found, StoreError> {
        let none = BTreeSet::new();
        match self.write_over(batch, access, &is_unseen, &none).await {
            Err(error) if error.is_of_value() => {
                let lost = self.unreadable(batch).await?;
                if lost.is_empty() {
                    return Err(error);
                }
                self.write_over(batch, access, is_unseen, &lost).await
            }
            written => written,
        }
    }

    /// Writes a batch over what can't be read, without looking at it.
    async fn write_over(
        &self,
        batch: &Batch,
        access: Access,
        is_unseen: impl Fn(&Record) -> bool,
        lost: &BTreeSet<Key>,
    ) -> Result<Found, StoreError> {
        let transaction = self.begin(&ALL, access).await?;
        match fill(&transaction, batch, is_unseen, lost).await {
            Ok(found) => transaction.complete().await.map(|()| found),
            Err(error) => Err(transaction.why(error)),
        }
    }

    /// Returns the keys of a batch under which something lies that can't be read.
    async fn unreadable(&self, batch: &Batch) -> Result<BTreeSet<Key>, StoreError> {
        let mut lost = BTreeSet::new();
        for record in batch.records.iter() {
            let key = &record.key;
            if self.value(store_of(key), &key.path().into()).await?.is_err() {
                lost.insert(key.clone());
            }
        }
        Ok(lost)
    }
}

/// Asks a transaction for all that a batch wants.
async fn fill(
    transaction: &Transaction,
    batch: &Batch,
    is_unseen: impl Fn(&Record) -> bool,
    lost: &BTreeSet<Key>,
) -> Result<Found, StoreError> {
    let overviews = transaction.store(OVERVIEWS)?;
    let items = transaction.store(ITEMS)?;
    let checklists = transaction.store(CHECKLISTS)?;
    let aside = transaction.store(ASIDE)?;
    let kept = transaction.store(KEPT)?;
    let (attachments, thumbnails) =
        (transaction.store(ATTACHMENTS)?, transaction.store(THUMBNAILS)?);

    for id in &batch.purges {
        let keys = all_of(id)?;
        for store in [&overviews, &items, &kept, &attachments, &thumbnails] {
            store.delete(&keys).map_err(thrown)?;
        }
    }
    for key in &batch.released {
        kept.delete(&key.path().into()).map_err(thrown)?;
    }
    for record in batch.kept.iter() {
        put_record(&kept, record)?;
    }
    for (sha256, text) in &batch.checklists {
        checklists.put_with_key(&text.into(), &sha256.into()).map_err(thrown)?;
    }
    for one in &batch.aside {
        put_aside(&aside, one)?;
    }

    let mut found = Found::default();
    for record in batch.records.iter().filter(|record| lost.contains(&record.key)) {
        // Nothing can be read there, so nothing better can be done than to say so and to go on.
        let (store, key) = (store_of(&record.key), JsValue::from(record.key.path()));
        put_aside(&aside, &found_at(store, &key, String::new()))?;
        put_record(if record.key.part.is_overview() { &overviews } else { &items }, record)?;
        found.aside += 1;
    }
    // All are asked for before the first answer is awaited.
    let asked: Vec<_> = batch
        .records
        .iter()
        .filter(|record| !lost.contains(&record.key))
        .map(|record| {
            let store = if record.key.part.is_overview() { &overviews } else { &items };
            let key = JsValue::from(record.key.path());
            let current = result(store.get(&key));
            (record, store, key, current)
        })
        .collect();
    for (record, store, key, current) in asked {
        let current = current.await?;
        transaction.note_answer();
        if !current.is_undefined() {
            match read_record(&key, &current) {
                Ok(there) => {
                    let gives_way = there.stamp > record.stamp;
                    let loser = if gives_way { record } else { &there };
                    let is_others = there.stamp.writer != record.stamp.writer;
                    let unseen = gives_way || (is_others && is_unseen(&there));
                    if unseen && is_other_answer(record, &there) {
                        put_record(&kept, loser)?;
                        found.overtaken.push(loser.clone());
                    }
                    if gives_way {
                        found.records.push(there);
                        continue;
                    }
                }
                Err(text) => {
                    put_aside(&aside, &found_at(store_of(&record.key), &key, text))?;
                    found.aside += 1;
                }
            }
        }
        put_record(store, record)?;
    }
    Ok(found)
}
