//! The attachments in the vault, read without the program.

use std::collections::BTreeSet;

use anyhow::Result;
use browser_tests::{Page, TestResult};
use serde_json::{Value, json};

use super::scripts;

/// Makes values under the keys in `window.__lost` unreadable, as in Chromium when a value's file on
/// the disk is gone: the request fails, and with it its transaction. It has to run first in a page.
pub const LOSING: &str = "
    {
      window.__lost = [];
      const { get } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.get = function (key) {
        const request = get.call(this, key);
        const isLost = this.name === 'attachments' && window.__lost.some((end) => String(key).endsWith(end));
        if (!isLost) return request;
        const lost = new EventTarget();
        lost.error = new DOMException('Failed to read large IndexedDB value', 'DataError');
        request.onsuccess = () => {
          if (lost.dispatchEvent(new Event('error', { cancelable: true }))) this.transaction.abort();
        };
        return lost;
      };
    }
";

/// The damage to an attachment.
#[derive(Clone, Copy)]
pub enum Damage {
    Emptied,
    Altered,
    Deleted,
    /// Needs [`LOSING`].
    Lost,
}

/// Damages the attachment under a digest.
pub async fn damage(page: &Page, sha256: &str, damage: Damage) -> TestResult {
    let work = match damage {
        Damage::Emptied => "await done(store.put(new Uint8Array(), key));",
        Damage::Altered => "await done(store.put(new Uint8Array([1, 2, 3]), key));",
        Damage::Deleted => "await done(store.delete(key));",
        Damage::Lost => "window.__lost.push(key);",
    };
    let script = format!(
        "const keys = await done(store.getAllKeys());
         const key = keys.find((key) => key.endsWith('/{sha256}'));
         if (!key) throw new Error('no attachment of that digest');
         {work}"
    );
    on_store(page, "readwrite", &script).await.map(drop)
}

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

/// Returns the keys of all attachments.
pub async fn keys(page: &Page) -> Result<Vec<String>> {
    scripts::strings(on_store(page, "readonly", "return await done(store.getAllKeys());").await?)
}

/// Returns each key with the digest of its bytes.
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

/// Deletes all, as a device without room may do.
pub async fn lose(page: &Page) -> TestResult {
    on_store(page, "readwrite", "await done(store.clear());").await.map(drop)
}
