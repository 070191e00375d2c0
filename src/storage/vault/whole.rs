//! Reading everything that is in a vault, for a backup.

use std::collections::BTreeSet;

use wasm_bindgen::JsValue;

use super::{CHECKLISTS, ITEMS, OVERVIEWS, Vault};
use crate::browser::clock;
use crate::storage::StoreError;
use crate::stored::{Aside, Key, Whole};

impl Vault {
    /// Everything that can be read, and what could not be. How many were set aside just now is told
    /// by the list of those that were.
    pub async fn whole(&self) -> Result<Whole, StoreError> {
        let everything = || JsValue::UNDEFINED;
        let found = self.read(vec![(OVERVIEWS, everything()), (ITEMS, everything())]).await?;
        let mut checklists = Vec::new();
        let mut lost: Vec<_> = found.lost.iter().map(Key::path).collect();
        for (key, text) in self.all_values(CHECKLISTS).await? {
            let Some(sha256) = key.as_string() else { continue };
            match text.ok().and_then(|text| text.as_string()) {
                Some(text) => checklists.push((sha256, text)),
                None => lost.push([CHECKLISTS, "/", &sha256].concat()),
            }
        }
        let mut aside = self.aside().await?;
        // A record that was set aside has a text there.
        let known: BTreeSet<_> = aside
            .iter()
            .filter_map(|aside| Some(aside.origin.split_once('/')?.1.to_owned()))
            .collect();
        lost.retain(|place| !known.contains(place));
        let at = clock::now().to_string();
        let named = lost.iter().map(|place| Aside {
            origin: place.clone(),
            text: String::new(),
            at: at.clone(),
        });
        aside.extend(named);
        Ok(Whole { records: found.records, checklists, aside, lost })
    }
}
