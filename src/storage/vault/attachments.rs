//! Attachments: bytes under keys of their own, each read by itself.

use js_sys::Uint8Array;
use wasm_bindgen::{JsCast as _, JsValue};

use super::reading::each_key;
use super::{ATTACHMENTS, THUMBNAILS, Vault, all_of};
use crate::checklist::Digest;
use crate::inspection::InspectionId;
use crate::storage::idb::{Access, thrown};
use crate::storage::{Attachment, AttachmentKey, StoreError};

/// Why the bytes of an attachment are not to be had, though the vault works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// They are not on this device.
    Missing,
    /// The stored bytes are not those of the digest, such as none at all.
    Altered,
    /// The browser can't read what lies there, as a file of its own is gone or damaged.
    Unreadable,
}

impl Vault {
    /// Writes an attachment, and ends when it is on the disk.
    pub async fn put_attachment(
        &self,
        key: &AttachmentKey,
        attachment: &Attachment,
    ) -> Result<(), StoreError> {
        let stores = [ATTACHMENTS, THUMBNAILS];
        let transaction = self.begin(&stores, Access::WriteLastCopy).await?;
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

    /// Reads an attachment: its bytes, which are those of its digest, or why they are not to be
    /// had.
    pub async fn attachment(
        &self,
        key: &AttachmentKey,
    ) -> Result<Result<Uint8Array, Lack>, StoreError> {
        Ok(match self.bytes(ATTACHMENTS, key).await? {
            Ok(bytes) if Digest::of(&bytes.to_vec()) != key.sha256 => Err(Lack::Altered),
            read => read,
        })
    }

    /// Reads the bytes of the small picture of an attachment, if there is one.
    pub async fn thumbnail(&self, key: &AttachmentKey) -> Result<Option<Uint8Array>, StoreError> {
        Ok(self.bytes(THUMBNAILS, key).await?.ok())
    }

    async fn bytes(
        &self,
        store: &str,
        key: &AttachmentKey,
    ) -> Result<Result<Uint8Array, Lack>, StoreError> {
        let Ok(value) = self.value(store, &key.path().into()).await? else {
            return Ok(Err(Lack::Unreadable));
        };
        let lack = if value.is_undefined() { Lack::Missing } else { Lack::Altered };
        Ok(value.dyn_into().map_err(|_| lack))
    }

    /// Which attachments there are: those of an inspection, or all.
    pub async fn attachments(
        &self,
        of: Option<&InspectionId>,
    ) -> Result<Vec<AttachmentKey>, StoreError> {
        let transaction = self.begin(&[ATTACHMENTS], Access::Read).await?;
        let keys = of.map(all_of).transpose()?.unwrap_or(JsValue::UNDEFINED);
        let mut found = Vec::new();
        each_key(&transaction, &(ATTACHMENTS, keys), |key| {
            found.extend(key.as_string().as_deref().and_then(AttachmentKey::parse));
        })
        .await?;
        transaction.complete().await?;
        Ok(found)
    }
}
