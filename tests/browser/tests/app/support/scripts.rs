//! Reading from the page as a whole.

use anyhow::{Context, Result, bail, ensure};
use browser_tests::Page;
use serde_json::{Value, json};

/// Returns the contents of all fields of the items, with the items' verdicts.
const FIELDS: &str = "
    const entered = (field) => ['checkbox', 'radio'].includes(field.type) ? `${field.value}:${field.checked}` : field.value;
    const fields = (item) => [...item.querySelectorAll('[data-field], [data-column]')]
      .map((field) => [field.dataset.field ?? field.dataset.column, entered(field)]);
    return [...root.querySelectorAll('[data-item]')]
      .map((item) => ({ item: item.dataset.item, verdict: item.dataset.verdict, fields: fields(item) }));
";

/// Returns the contents of all fields of the items, with the items' verdicts.
pub async fn fields(page: &Page) -> Result<Value> {
    page.evaluate(FIELDS, json!(null)).await
}

/// Fails unless the contents of the fields are unchanged.
pub fn check_same(before: &Value, now: &Value) -> Result<()> {
    let of = |fields: &Value| fields.as_array().cloned().unwrap_or_default();
    let (before, now) = (of(before), of(now));
    ensure!(before.len() == now.len(), "there were {} items, now {}", before.len(), now.len());
    let pairs = before.iter().zip(&now).filter(|(before, now)| before != now);
    let differences: Vec<String> = pairs.map(|(before, now)| format!("{before}\n{now}")).collect();
    ensure!(differences.is_empty(), "before and now:\n{}", differences.join("\n\n"));
    Ok(())
}

/// Returns the names of an item's fields, each once, sorted.
pub async fn field_names(page: &Page, item: &str) -> Result<Vec<String>> {
    let script = "
        const fields = root.querySelectorAll(`[data-item=\"${given}\"] [data-field]`);
        return [...new Set([...fields].map((field) => field.dataset.field))].sort();
    ";
    strings(page.evaluate(script, json!(item)).await?)
}

/// Returns the item that has the focus or contains it, or an empty string.
pub async fn focused_item(page: &Page) -> Result<String> {
    let script = "return root.activeElement?.closest('[data-item]')?.dataset.item ?? '';";
    let item = page.evaluate(script, json!(null)).await?;
    Ok(item.as_str().unwrap_or_default().to_owned())
}

/// Waits for two frames, after which the rendering is final.
pub async fn settle(page: &Page) -> Result<()> {
    let script = "
        const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
        return frame().then(frame);
    ";
    page.evaluate(script, json!(null)).await.map(drop)
}

/// Returns all visible text in the element.
pub async fn text(page: &Page) -> Result<String> {
    page.find("[part=root]").text().await
}

/// Returns the contents of one object store of a namespace's database: pairs of key and value.
pub async fn stored(page: &Page, namespace: &str, store: &str) -> Result<Vec<(String, Value)>> {
    let script = "
        const open = (name) => new Promise((done, failed) => {
          const request = indexedDB.open(name);
          request.onsuccess = () => done(request.result);
          request.onerror = () => failed(request.error);
        });
        const all = (request) => new Promise((done, failed) => {
          request.onsuccess = () => done(request.result);
          request.onerror = () => failed(request.error);
        });
        return (async () => {
          const database = await open('tkt:' + given.namespace);
          const store = database.transaction(given.store).objectStore(given.store);
          const [keys, values] = await Promise.all([all(store.getAllKeys()), all(store.getAll())]);
          database.close();
          return keys.map((key, index) => [String(key), values[index]]);
        })();
    ";
    let pairs = page.evaluate(script, json!({ "namespace": namespace, "store": store })).await?;
    Ok(serde_json::from_value(pairs)?)
}

/// Returns the entries of `localStorage`.
pub async fn local_storage(page: &Page) -> Result<Vec<(String, String)>> {
    let pairs = page.evaluate("return Object.entries({ ...localStorage });", json!(null)).await?;
    Ok(serde_json::from_value(pairs)?)
}

/// Calls a method that must be rejected, and returns the code of its error.
pub async fn refusal(page: &Page, method: &str, arguments: Value) -> Result<String> {
    match page.try_call(method, arguments).await? {
        Ok(value) => bail!("{method}() gave {value}"),
        Err(error) => Ok(error.code),
    }
}

/// Returns a list of strings.
pub fn strings(list: Value) -> Result<Vec<String>> {
    serde_json::from_value(list.clone()).with_context(|| format!("{list} is no list of texts"))
}

/// Returns the names of the existing databases.
pub async fn databases(page: &Page) -> Result<Vec<String>> {
    let script = "return indexedDB.databases().then((all) => all.map(({ name }) => name));";
    strings(page.evaluate(script, json!(null)).await?)
}
