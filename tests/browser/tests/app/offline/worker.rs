//! Questions of a test about a page's service worker.

use anyhow::{Result, bail};
use browser_tests::{Page, Stage, wait_until};
use serde_json::{Value, json};

/// Returns the states of the active, the waiting and the installing worker.
pub async fn states(page: &Page) -> Result<Value> {
    let script = "
        return navigator.serviceWorker.getRegistration().then((registration) =>
          ['active', 'waiting', 'installing'].map((name) => registration?.[name]?.state ?? null));
    ";
    page.evaluate(script, json!(null)).await
}

/// Waits until the page's worker is active and none is waiting or installing.
pub async fn at_work(page: &Page) -> Result<()> {
    until(page, json!(["activated", null, null])).await
}

/// Waits until another worker is waiting.
pub async fn waits(page: &Page) -> Result<()> {
    until(page, json!(["activated", "installed", null])).await
}

/// Opens the standalone page through its worker, as from the second visit on.
pub async fn served(stage: &mut Stage, path: &str) -> Result<Page> {
    let page = stage.open(path).await?;
    at_work(&page).await?;
    page.reload().await?;
    Ok(page)
}

async fn until(page: &Page, wanted: Value) -> Result<()> {
    wait_until(&format!("the workers to be {wanted}"), async || {
        let states = states(page).await?;
        if states == wanted { Ok(Some(())) } else { bail!("they are {states}") }
    })
    .await
}

/// Makes the browser check for a newer worker, and returns whether that succeeded.
pub async fn update(page: &Page) -> Result<bool> {
    let script = "
        return navigator.serviceWorker.getRegistration().then((registration) => registration.update())
          .then(() => true, () => false);
    ";
    Ok(page.evaluate(script, json!(null)).await? == json!(true))
}

/// Waits until a futile update was tried: its worker came and went.
pub async fn update_in_vain(page: &Page) -> Result<()> {
    let script = "
        return navigator.serviceWorker.getRegistration().then(async (registration) => {
          const gone = new Promise((done) => registration.addEventListener('updatefound', () => {
            const { installing } = registration;
            installing.addEventListener('statechange', () => done(installing.state));
          }));
          await registration.update().catch(() => {});
          return gone;
        });
    ";
    assert_eq!(page.evaluate(script, json!(null)).await?, json!("redundant"));
    at_work(page).await
}

/// Returns the names of the origin's caches, sorted.
pub async fn caches(page: &Page) -> Result<Vec<String>> {
    let script = "return caches.keys().then((names) => names.sort());";
    crate::support::scripts::strings(page.evaluate(script, json!(null)).await?)
}

/// Returns those of releases.
pub async fn releases(page: &Page) -> Result<Vec<String>> {
    let mut caches = caches(page).await?;
    caches.retain(|name| name.starts_with("tkt:release:"));
    Ok(caches)
}

/// Returns the paths in a cache, with their part after `?`, sorted.
pub async fn kept(page: &Page, cache: &str) -> Result<Vec<String>> {
    let script = "
        return caches.open(given).then((cache) => cache.keys())
          .then((kept) => kept.map(({ url }) => new URL(url)).map((url) => url.pathname + url.search).sort());
    ";
    crate::support::scripts::strings(page.evaluate(script, json!(cache)).await?)
}

/// Returns the release of the page, its script and the program, which must be the same.
pub async fn release(page: &Page) -> Result<u64> {
    let script =
        "return [Number(document.documentElement.dataset.release), releaseOfShell, releaseOfGlue];";
    let parts: Vec<u64> = serde_json::from_value(page.evaluate(script, json!(null)).await?)?;
    match parts.as_slice() {
        [page, shell, glue] if page == shell && shell == glue => Ok(*page),
        parts => bail!("releases are mixed: {parts:?}"),
    }
}

/// Waits until the page is of this release, and ready.
pub async fn wait_for_release(page: &Page, number: u64) -> Result<()> {
    page.wait_for(
        &format!("the release {number}"),
        async |page| Ok(release(page).await? == number),
    )
    .await?;
    page.wait_until_ready().await
}
