//! This version opens everything that earlier versions stored, for ever: `tests/golden/`.

mod make;
mod open;

use anyhow::Result;
use browser_tests::Page;
use serde_json::{Value, json};

use crate::support::scripts::fields;

/// For scripts: waits for a request of IndexedDB.
const DONE: &str = "
    const done = (request) => new Promise((good, bad) => {
      request.onsuccess = () => good(request.result);
      request.onerror = () => bad(request.error);
    });
";

/// Returns everything that the page's origin stores.
async fn dump(page: &Page) -> Result<Value> {
    let script = format!(
        "{DONE}
         return (async () => {{
           const databases = {{}};
           for (const {{ name, version }} of await indexedDB.databases()) {{
             const database = await done(indexedDB.open(name));
             const stores = {{}};
             const transaction = database.transaction([...database.objectStoreNames]);
             for (const store of database.objectStoreNames) {{
               const held = transaction.objectStore(store);
               const [keys, values] = await Promise.all([done(held.getAllKeys()), done(held.getAll())]);
               stores[store] = keys.map((key, index) => [key, values[index]]);
             }}
             database.close();
             databases[name] = {{ version, stores }};
           }}
           return {{ databases, localStorage: {{ ...localStorage }} }};
         }})();"
    );
    page.evaluate(&script, json!(null)).await
}

/// Returns the entries and the verdicts of the open inspection's items. Empty items and fields are
/// left out, so that later versions may add some.
async fn entered(page: &Page) -> Result<Value> {
    let mut items = fields(page).await?;
    let is_entered = |pair: &Value| {
        let value = pair.get(1).and_then(Value::as_str).unwrap_or_default();
        // The initial selections of lists.
        let is_chosen = [json!(["finding-state", "open"]), json!(["every", "month"])];
        let is_default = is_chosen.contains(pair);
        !value.is_empty() && !value.ends_with(":false") && !is_default
    };
    for item in items.as_array_mut().into_iter().flatten() {
        if let Some(Value::Array(pairs)) = item.get_mut("fields") {
            pairs.retain(is_entered);
        }
    }
    if let Value::Array(items) = &mut items {
        items.retain(|item| {
            item.get("verdict") != Some(&json!("unanswered"))
                || item.get("fields") != Some(&json!([]))
        });
    }
    Ok(items)
}

/// Returns the inspections on the first screen, in their order.
async fn shown(page: &Page) -> Result<Value> {
    let script = "return [...root.querySelectorAll('[data-inspection]')].map((one) => one.dataset.inspection);";
    page.evaluate(script, json!(null)).await
}
