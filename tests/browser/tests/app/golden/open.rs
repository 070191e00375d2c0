//! Opens the golden files: everything is there, with its entries and verdicts.

use std::fs;

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, Stage, TestResult};
use serde_json::{Map, Value, json};

use super::{DONE, dump, entered, shown};
use crate::support::checklists::project;
use crate::support::clock::{CLOCK, live_in_vietnam};
use crate::support::scripts::{check_same, local_storage, stored, strings};
use crate::support::steps;

/// A page of the same origin without the element.
const BARE: &str = "/trang-khac";

fn setup() -> Setup {
    Setup::dist().page(BARE, "<!doctype html><title>Trang khác</title>").preload(CLOCK)
}

fn golden(name: &str) -> Result<Value> {
    let text = fs::read_to_string(project("tests/golden/v1").join(name))?;
    Ok(serde_json::from_str(&text)?)
}

/// Puts the browser into the state after the use of version 1.
async fn put_in_place(stage: &mut Stage) -> Result<Value> {
    live_in_vietnam(&stage.browser).await?;
    let storage = golden("storage.json")?;
    let script = format!(
        "{DONE}
         return (async () => {{
           for (const [name, {{ version, stores }}] of Object.entries(given.databases)) {{
             const request = indexedDB.open(name, version);
             request.onupgradeneeded = () => {{
               for (const store of Object.keys(stores)) request.result.createObjectStore(store);
             }};
             const database = await done(request);
             const transaction = database.transaction(Object.keys(stores), 'readwrite');
             for (const [store, pairs] of Object.entries(stores)) {{
               for (const [key, value] of pairs) transaction.objectStore(store).put(value, key);
             }}
             await new Promise((good, bad) => {{
               transaction.oncomplete = good;
               transaction.onabort = () => bad(transaction.error);
             }});
             database.close();
           }}
           for (const [key, value] of Object.entries(given.localStorage)) localStorage.setItem(key, value);
         }})();"
    );
    let page = stage.goto(BARE).await?;
    page.evaluate(&script, storage.clone()).await?;
    assert_eq!(dump(&page).await?, storage, "the files are in place");
    Ok(storage)
}

fn members<'a>(value: &'a Value, name: &str) -> Result<&'a Map<String, Value>> {
    value.get(name).and_then(Value::as_object).with_context(|| format!("{name} is no object"))
}

/// Fails unless the visible workspace has this list, and its inspections have all entries.
async fn check_list(page: &Page, expected: &Value) -> Result<()> {
    let list = page.call("listInspections", json!([])).await?;
    assert_eq!(Some(&list), expected.get("list"));
    let ids = list.as_array().into_iter().flatten().filter_map(|listed| listed.get("id").cloned());
    assert_eq!(shown(page).await?, ids.clone().collect::<Value>());
    for id in strings(ids.collect())? {
        check_inspection(page, &id, expected).await?;
    }
    Ok(())
}

async fn check_inspection(page: &Page, id: &str, expected: &Value) -> Result<()> {
    steps::open(page, id).await?;
    let before = members(expected, "inspections")?.get(id).context("it is known")?;
    check_same(before, &entered(page).await?).with_context(|| id.to_owned())?;
    steps::go_home(page).await
}

/// Fails unless the page has everything of version 1.
async fn check_everything(page: &Page) -> Result<()> {
    let expected = golden("expected.json")?;
    let text = |pointer: &str| {
        let text = expected.pointer(pointer).and_then(Value::as_str);
        text.map(str::to_owned).with_context(|| pointer.to_owned())
    };
    check_list(page, &expected).await?;

    let id = text("/deleted")?;
    page.find("details.deleted summary").click().await?;
    let deleted = page.find(&format!("[data-deleted=\"{id}\"]"));
    deleted.find("[data-action=restore]").click().await?;
    steps::listed(page, &id).wait_for("to be back", async |one| one.exists().await).await?;
    check_inspection(page, &id, &expected).await?;

    // The journal's entries are in the vault by now, and the unreadable text is kept.
    let journaled = text("/journal/text")?.replace('\n', "\\n");
    page.wait_for("the journal to be empty", async |page| {
        let entries = local_storage(page).await?;
        Ok(!entries.iter().any(|(key, _)| key.contains(":journal:")))
    })
    .await?;
    let items = stored(page, "default", "items").await?;
    let key = format!("{}/{}", text("/journal/inspection")?, text("/journal/item")?);
    let item = items.iter().find(|(held, _)| *held == key).context("it is stored")?;
    assert!(item.1.as_str().is_some_and(|record| record.contains(&journaled)), "{item:?}");
    let asides = stored(page, "default", "aside").await?;
    assert!(
        asides.iter().any(|(_, aside)| aside.get("text") == expected.get("aside")),
        "{asides:?}"
    );

    let workspace = expected.get("workspace").context("there is one")?;
    page.action("hand-over").click().await?;
    page.find("[data-action=go-to-workspace]:enabled").click().await?;
    let name = text("/workspace/name")?;
    let tag = page.find(".workspace-tag");
    tag.wait_for("to be hers", async |tag| {
        Ok(tag.exists().await? && tag.text().await?.ends_with(&name))
    })
    .await?;
    page.wait_for("her list", async |page| Ok(shown(page).await? != json!([]))).await?;
    check_list(page, workspace).await?;
    assert!(page.events("tkt-error").await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn what_version_1_stored_is_all_there() -> TestResult {
    setup()
        .run(async |stage| {
            put_in_place(stage).await?;
            let page = stage.open("/").await?;
            check_everything(&page).await
        })
        .await
}

/// Breaks an upgrade off halfway, until `__mended` is set.
const BREAKS_OFF: &str = "
    if (location.pathname === '/') {
      const original = IDBDatabase.prototype.createObjectStore;
      IDBDatabase.prototype.createObjectStore = function (...given) {
        const store = original.apply(this, given);
        if (!window.__mended) throw new DOMException('broken off by the test', 'UnknownError');
        return store;
      };
    }
";

#[tokio::test]
async fn an_upgrade_that_breaks_off_leaves_what_was_stored() -> TestResult {
    setup()
        .preload(BREAKS_OFF)
        .run(async |stage| {
            let storage = put_in_place(stage).await?;
            let page = stage.open("/").await?;
            steps::notice(&page, "trouble").await?;
            // Everything is unchanged, including the version.
            let now = dump(&page).await?;
            let database = |of: &Value| of.pointer("/databases/tkt:default").cloned();
            assert_eq!(database(&now), database(&storage));

            page.evaluate("window.__mended = true;", json!(null)).await?;
            let trouble = page.find("[data-notice=trouble]");
            trouble.wait_for("to be over", async |trouble| Ok(!trouble.exists().await?)).await?;
            let now = dump(&page).await?;
            assert_ne!(now.pointer("/databases/tkt:default/version"), Some(&json!(1)), "upgraded");
            page.wait_for("the list", async |page| Ok(shown(page).await? != json!([]))).await?;
            check_everything(&page).await
        })
        .await
}
