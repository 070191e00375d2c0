//! What the vault has of attachments, read past the program.

use std::collections::BTreeSet;

use anyhow::Result;
use browser_tests::{Page, TestResult};
use serde_json::{Value, json};

use super::scripts;

/// Runs a script in which `store` is the object store and `done` makes a promise of a request.
async fn on_store(page: &Page, mode: &str, script: &str) -> Result<Value> {
    let script = format!(
        "const done = (request) => new Promise((yes, no) => {{
           request.onsuccess = () => yes(request.result);
           request.onerror = () => no(request.error);
         }});
         return (async () => {{
           const database = await done(indexedDB.open('tkt:default'));
           try {{
             const store = database.transaction('attachments', '{mode}').objectStore('attachments');
             {script}
           }} finally {{
             database.close();
           }}
         }})();"
    );
    page.evaluate(&script, json!(null)).await
}

/// The keys of all attachments.
pub async fn keys(page: &Page) -> Result<Vec<String>> {
    scripts::strings(on_store(page, "readonly", "return await done(store.getAllKeys());").await?)
}

/// Where each lies, and the digest of what is there.
pub async fn digests(page: &Page) -> Result<BTreeSet<String>> {
    let script = "
        const [keys, all] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
        return await Promise.all(keys.map(async (key, place) => {
          const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', all[place]));
          const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
          return `${key.split('/')[0]}/${hex}`;
        }));
    ";
    Ok(scripts::strings(on_store(page, "readonly", script).await?)?.into_iter().collect())
}

/// Deletes all, as a device may that is short of room.
pub async fn lose(page: &Page) -> TestResult {
    on_store(page, "readwrite", "await done(store.clear());").await.map(drop)
}
