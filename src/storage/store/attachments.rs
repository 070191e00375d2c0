//! Attachments: they are too large for the journal, so they are in the vault or not at all.

use js_sys::Uint8Array;

use super::Store;
use crate::inspection::InspectionId;
use crate::storage::journal::Journal;
use crate::storage::{Attachment, AttachmentKey, Lack, StoreError};

impl Store {
    /// Puts an attachment into the vault; what names it is put afterwards.
    ///
    /// # Errors
    /// When it is not there: there is no second try but the caller's.
    pub async fn put_attachment(
        &self,
        key: &AttachmentKey,
        attachment: &Attachment,
    ) -> Result<(), StoreError> {
        self.0.keeper.vault().put_attachment(key, attachment).await
    }

    /// Returns the bytes of an attachment, which are those of its digest, or why they are not to be
    /// had.
    ///
    /// # Errors
    /// When the vault can't be read.
    pub async fn attachment(
        &self,
        key: &AttachmentKey,
    ) -> Result<Result<Uint8Array, Lack>, StoreError> {
        self.0.keeper.vault().attachment(key).await
    }

    /// The bytes of a small picture of an attachment, if there is one.
    ///
    /// # Errors
    /// When the vault can't be read.
    pub async fn thumbnail(&self, key: &AttachmentKey) -> Result<Option<Uint8Array>, StoreError> {
        self.0.keeper.vault().thumbnail(key).await
    }

    /// Which attachments there are: those of an inspection, or all.
    ///
    /// # Errors
    /// When the vault can't be read.
    pub async fn attachments(
        &self,
        of: Option<&InspectionId>,
    ) -> Result<Vec<AttachmentKey>, StoreError> {
        self.0.keeper.vault().attachments(of).await
    }

    /// Deletes the attachments that nothing names any more, nor anything that can be taken back.
    ///
    /// # Errors
    /// When they are still there.
    pub async fn sweep_attachments(&self) -> Result<(), StoreError> {
        self.flush().await?;
        // A record that another tab can't bring into the vault may name one, too.
        let journal = Journal::new(self.namespace());
        self.0.keeper.vault().sweep_attachments(|| journal.texts()).await
    }
}
