//! Reading everything that is in a vault, for a backup.

use js_sys::Array;
use wasm_bindgen::JsValue;

use super::{Access, CHECKLISTS, ITEMS, OVERVIEWS, Vault, result};
use crate::storage::StoreError;
use crate::storage::whole::Whole;

impl Vault {
    /// Everything that can be read, and what could not be. How many were set aside just now is told
    /// by the list of those that were.
    pub async fn whole(&self) -> Result<Whole, StoreError> {
        let everything = || JsValue::UNDEFINED;
        let found = self.read(vec![(OVERVIEWS, everything()), (ITEMS, everything())]).await?;
        let transaction = self.begin(&[CHECKLISTS], Access::Read).await?;
        let store = transaction.store(CHECKLISTS)?;
        let (keys, values) = (result(store.get_all_keys()), result(store.get_all()));
        let (keys, values) = (Array::from(&keys.await?), Array::from(&values.await?));
        transaction.complete().await?;
        let texts = keys.iter().zip(values.iter());
        let checklists =
            texts.filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?)));
        Ok(Whole {
            records: found.records,
            checklists: checklists.collect(),
            aside: self.aside().await?,
        })
    }
}
