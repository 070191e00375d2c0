//! Sweeping: attachments that nothing names any more are deleted.

use std::collections::{BTreeMap, BTreeSet};

use js_sys::JSON;
use wasm_bindgen::JsValue;

use super::reading::each_value;
use super::{ALL, ASIDE, ATTACHMENTS, ITEMS, KEPT, OVERVIEWS, THUMBNAILS, Vault, all_of};
use crate::attachments::digests_in;
use crate::checklist::Digest;
use crate::inspection::InspectionId;
use crate::storage::idb::{Access, Transaction, thrown};
use crate::storage::{AttachmentKey, StoreError};

impl Vault {
    /// Deletes the attachments that no text names, be it one that a newer program wrote or one that
    /// was set aside; `elsewhere` gives the texts that are not in the vault. An attachment belongs
    /// to an inspection, so the texts of that one are looked into, and those that were set aside.
    /// Where one of them can't be read, nothing is deleted.
    pub async fn sweep_attachments(
        &self,
        elsewhere: impl Fn() -> Vec<String>,
    ) -> Result<(), StoreError> {
        let mut inspections: BTreeMap<InspectionId, Vec<AttachmentKey>> = BTreeMap::new();
        for key in self.attachments(None).await? {
            inspections.entry(key.inspection.clone()).or_default().push(key);
        }
        if inspections.is_empty() {
            return Ok(());
        }
        let reading = self.begin(&[ASIDE], Access::Read).await?;
        let aside = digests_of(&reading, ASIDE, None).await?;
        reading.complete().await?;
        for (id, mut keys) in inspections {
            keys.retain(|key| !aside.contains(&key.sha256));
            // An inspection that can't be read keeps its own attachments alone.
            _ = self.sweep_of(&id, keys, &elsewhere).await;
        }
        Ok(())
    }

    /// Deletes those of some attachments of an inspection that nothing names. Which they are is
    /// looked at again in the transaction that deletes them: what is named at the same time is
    /// named before it, or found to be gone afterwards.
    async fn sweep_of(
        &self,
        id: &InspectionId,
        mut keys: Vec<AttachmentKey>,
        elsewhere: impl Fn() -> Vec<String>,
    ) -> Result<(), StoreError> {
        // Nothing waits while this is read, and mostly there is nothing to delete.
        let reading = self.begin(&TEXTS, Access::Read).await?;
        retain_unnamed(&reading, id, &mut keys).await?;
        reading.complete().await?;
        if keys.is_empty() {
            return Ok(());
        }
        let transaction = self.begin(&ALL, Access::WriteStrictly).await?;
        retain_unnamed(&transaction, id, &mut keys).await?;
        let aside = digests_of(&transaction, ASIDE, None).await?;
        let others: BTreeSet<_> = elsewhere().iter().flat_map(|text| digests_in(text)).collect();
        keys.retain(|key| !aside.contains(&key.sha256) && !others.contains(&key.sha256));
        for store in [ATTACHMENTS, THUMBNAILS] {
            let store = transaction.store(store)?;
            for key in &keys {
                store.delete(&key.path().into()).map_err(thrown)?;
            }
        }
        transaction.complete().await
    }
}

/// Where the texts of an inspection are that may name attachments.
const TEXTS: [&str; 3] = [ITEMS, OVERVIEWS, KEPT];

/// Keeps the attachments in a list that no text of their inspection names.
async fn retain_unnamed(
    transaction: &Transaction,
    id: &InspectionId,
    keys: &mut Vec<AttachmentKey>,
) -> Result<(), StoreError> {
    for store in TEXTS {
        if keys.is_empty() {
            break;
        }
        let named = digests_of(transaction, store, Some(id)).await?;
        keys.retain(|key| !named.contains(&key.sha256));
    }
    Ok(())
}

/// Returns the digests that the texts of an object store name: those of an inspection, or all. Each
/// text is read once.
async fn digests_of(
    transaction: &Transaction,
    store: &'static str,
    of: Option<&InspectionId>,
) -> Result<BTreeSet<Digest>, StoreError> {
    let keys = of.map(all_of).transpose()?.unwrap_or(JsValue::UNDEFINED);
    let mut digests = BTreeSet::new();
    each_value(transaction, &(store, keys), |_, value| {
        // A record that was set aside is an object with the text in it.
        let text = value.as_string().or_else(|| JSON::stringify(&value).ok()?.as_string());
        digests.extend(text.iter().flat_map(|text| digests_in(text)));
    })
    .await?;
    Ok(digests)
}
