//! Attachments: bytes under keys of their own, each read by itself.

use js_sys::{Array, JSON, Uint8Array};
use wasm_bindgen::JsCast as _;

use super::{ALL, ASIDE, ATTACHMENTS, ITEMS, KEPT, OVERVIEWS, THUMBNAILS, Vault, all_of};
use crate::inspection::InspectionId;
use crate::storage::idb::{Access, Transaction, result, thrown};
use crate::storage::{Attachment, AttachmentKey, StoreError};

impl Vault {
    /// Writes an attachment, and ends when it is on the disk.
    pub async fn put_attachment(
        &self,
        key: &AttachmentKey,
        attachment: &Attachment,
    ) -> Result<(), StoreError> {
        let stores = [ATTACHMENTS, THUMBNAILS];
        let transaction = self.begin(&stores, Access::WriteStrictly).await?;
        let key = key.path().into();
        let bytes = [Some(&attachment.bytes), attachment.thumbnail.as_ref()];
        for (store, bytes) in stores.into_iter().zip(bytes) {
            let store = transaction.store(store)?;
            if let Some(bytes) = bytes {
                store.put_with_key(bytes, &key).map_err(thrown)?;
            }
        }
        transaction.complete().await
    }

    /// The bytes of an attachment, if it is there.
    pub async fn attachment(&self, key: &AttachmentKey) -> Result<Option<Uint8Array>, StoreError> {
        self.bytes(ATTACHMENTS, key).await
    }

    /// Those of the small picture of it, if there is one.
    pub async fn thumbnail(&self, key: &AttachmentKey) -> Result<Option<Uint8Array>, StoreError> {
        self.bytes(THUMBNAILS, key).await
    }

    async fn bytes(
        &self,
        store: &str,
        key: &AttachmentKey,
    ) -> Result<Option<Uint8Array>, StoreError> {
        let transaction = self.begin(&[store], Access::Read).await?;
        let bytes = result(transaction.store(store)?.get(&key.path().into())).await?;
        transaction.complete().await?;
        Ok(bytes.dyn_into().ok())
    }

    /// Which attachments there are: those of an inspection, or all.
    pub async fn attachments(
        &self,
        of: Option<&InspectionId>,
    ) -> Result<Vec<AttachmentKey>, StoreError> {
        let transaction = self.begin(&[ATTACHMENTS], Access::Read).await?;
        let store = transaction.store(ATTACHMENTS)?;
        let keys = match of {
            Some(id) => result(store.get_all_keys_with_key(&all_of(id)?)).await?,
            None => result(store.get_all_keys()).await?,
        };
        transaction.complete().await?;
        let keys = Array::from(&keys);
        Ok(keys.iter().filter_map(|key| AttachmentKey::parse(&key.as_string()?)).collect())
    }

    /// Deletes the attachments that no text of the vault names, be it one that a newer program wrote or one that was set
    /// aside. Which they are is looked at again in the transaction that deletes them: whoever names one at the same time
    /// does so before it, or finds afterwards that it is gone.
    pub async fn sweep_attachments(&self) -> Result<(), StoreError> {
        let keys = self.attachments(None).await?;
        if keys.is_empty() {
            return Ok(());
        }
        // Nothing waits while this is read, and mostly there is nothing to delete.
        let reading = self.begin(&TEXTS, Access::Read).await?;
        let keys = unnamed(&reading, keys).await?;
        reading.complete().await?;
        if keys.is_empty() {
            return Ok(());
        }
        let transaction = self.begin(&ALL, Access::WriteStrictly).await?;
        let keys = unnamed(&transaction, keys).await?;
        for store in [ATTACHMENTS, THUMBNAILS] {
            let store = transaction.store(store)?;
            for key in &keys {
                store.delete(&key.path().into()).map_err(thrown)?;
            }
        }
        transaction.complete().await
    }
}

/// Where texts are that may name attachments.
const TEXTS: [&str; 4] = [ITEMS, OVERVIEWS, KEPT, ASIDE];

/// Those of some attachments that no text names.
async fn unnamed(
    transaction: &Transaction,
    keys: Vec<AttachmentKey>,
) -> Result<Vec<AttachmentKey>, StoreError> {
    let names = keys.into_iter().map(|key| (key.sha256.to_string(), key));
    let mut names: Vec<_> = names.collect();
    for store in TEXTS {
        let values = Array::from(&result(transaction.store(store)?.get_all()).await?);
        transaction.note_answer();
        for value in values.iter() {
            // What was set aside is an object with the text in it.
            let text = value.as_string().or_else(|| JSON::stringify(&value).ok()?.as_string());
            let text = text.unwrap_or_default();
            names.retain(|(sha256, _)| !text.contains(sha256));
        }
    }
    Ok(names.into_iter().map(|(_, key)| key).collect())
}
