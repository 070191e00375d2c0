//! The contents of the service worker's cache, and requests that it leaves alone.

use std::collections::BTreeMap;

use browser_tests::{Place, Release, Response, Setup, TestResult, dist};
use serde_json::json;

use super::worker;
use crate::support::release::integrity;
use crate::support::scripts::refusal;

/// Returns the digest of each file by its path, without the part after `?`.
const HASHES: &str = "
    const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
    const names = (await caches.keys()).filter((name) => name.startsWith('tkt:release:'));
    const cache = await caches.open(names[0]);
    // Visits are noted beside the files.
    const files = (await cache.keys()).filter(({ url }) => !url.includes('/held-by/'));
    return Promise.all(files.map(async (request) => {
      const bytes = await (await cache.match(request)).arrayBuffer();
      return [new URL(request.url).pathname, 'sha384-' + text(await crypto.subtle.digest('SHA-384', bytes))];
    }));
";

#[tokio::test]
async fn exactly_the_files_of_the_release_are_kept() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            worker::at_work(&page).await?;
            let script = format!("return (async () => {{ {HASHES} }})();");
            let kept: Vec<(String, String)> =
                serde_json::from_value(page.evaluate(&script, json!(null)).await?)?;
            let kept: BTreeMap<String, String> = kept.into_iter().collect();
            let mut listed = integrity()?;
            listed.retain(|name, _| !["sw.js", "sw-remove.js"].contains(&name.as_str()));
            let listed = listed.into_iter().map(|(name, hash)| (format!("/{name}"), hash));
            assert_eq!(kept, listed.collect());
            assert_eq!(worker::releases(&page).await?.len(), 1);
            // Everything came from the server, whatever the browser had in its own cache.
            let wasm = crate::support::release::wasm()?;
            let asked = stage.server.requests_for(&format!("/{wasm}"));
            let past: Vec<_> =
                asked.iter().map(|request| request.headers.get("cache-control")).collect();
            assert_eq!(past.len(), 2, "{past:?}");
            assert!(past.iter().flatten().any(|value| *value == "no-cache"), "{past:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_not_the_releases_passes_untouched() -> TestResult {
    Setup::dist()
        .file("/own/checklist.json", "application/json", std::fs::read("../cases/checklist.json")?)
        .route("/upload", |request| Response::new(200, "text/plain", request.method.as_str()))
        .file("/other.html", "text/html", "<!doctype html><title>Trang khác</title>")
        .allow_problem("Failed to load resource")
        .run(async |stage| {
            let page = stage.open("/").await?;
            worker::at_work(&page).await?;
            page.reload().await?;
            let unit = json!({ "name": "UBND Phường 2", "type": "commune" });
            let start = json!([{ "checklist": "/own/checklist.json", "unit": unit, "period": "2022" }]);
            page.call("startInspection", start.clone()).await?;
            let ask = "
                const ask = (path, options) => fetch(path, options).then((answer) => answer.text(), () => 'nothing');
                return Promise.all([
                  ask('/upload', { method: 'POST' }),
                  ask('/manifest.webmanifest?1', { headers: { range: 'bytes=0-1' } }).then((text) => text.length > 2),
                  ask('/other.html').then((text) => text.includes('Trang khác')),
                ]);
            ";
            assert_eq!(page.evaluate(ask, json!(null)).await?, json!(["POST", true, true]));
            stage.server.stop();
            // Nothing of this is cached, under its own address or another.
            page.reload().await?;
            let code = refusal(&page, "startInspection", start).await?;
            assert_eq!(code, "checklist-unreachable");
            let gone = page.evaluate(ask, json!(null)).await?;
            assert_eq!(gone, json!(["nothing", true, false]));
            Ok(())
        })
        .await
}

/// Two copies of the release and a portal share one origin, and none removes the caches of another.
#[tokio::test]
async fn caches_of_others_are_left_alone() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let (here, there) = (Place::with(&one)?, Place::with(&one)?);
    Setup::empty()
        .mount("/a/", here.path())
        .mount("/a/b/", there.path())
        .run(async |stage| {
            let page = stage.open("/a/b/").await?;
            worker::at_work(&page).await?;
            let foreign = "
                const cache = await caches.open(given);
                await cache.put('/a/index.html', new Response('của cổng'));
            ";
            let script = format!("return (async () => {{ {foreign} }})();");
            for name in ["portal-v1", "tkt:release", "tkt:release:/:0123456789abcdef"] {
                page.evaluate(&script, json!(name)).await?;
            }
            let page = worker::served(stage, "/a/").await?;
            let before = worker::caches(&page).await?;
            assert_eq!(before.len(), 7, "{before:?}");

            // Two releases later the first one is gone, and nothing else.
            here.publish(&two)?;
            worker::update(&page).await?;
            worker::waits(&page).await?;
            page.action("reload").click().await?;
            page.wait_for("the release 2", async |page| Ok(worker::release(page).await? == 2))
                .await?;
            page.reload().await?;
            page.wait_for("the release 1 to be gone", async |page| {
                Ok(worker::caches(page).await?.len() == 7)
            })
            .await?;
            let now = worker::caches(&page).await?;
            let gone: Vec<_> = before.iter().filter(|name| !now.contains(name)).collect();
            assert!(
                gone.len() == 1 && gone.iter().all(|name| name.starts_with("tkt:release:/a/:")),
                "{gone:?}"
            );

            stage.server.stop();
            let page = stage.open("/a/b/").await?;
            assert_eq!(worker::release(&page).await?, 1);
            let page = stage.open("/a/").await?;
            assert_eq!(worker::release(&page).await?, 2);
            Ok(())
        })
        .await
}

/// Without a service worker, the page works online as before.
#[tokio::test]
async fn a_browser_without_service_workers_is_fine() -> TestResult {
    let refused = "ServiceWorkerContainer.prototype.register = async () => { throw new DOMException('no', 'SecurityError'); };";
    let none = "delete Navigator.prototype.serviceWorker;";
    for script in [refused, none] {
        Setup::dist()
            .preload(script)
            .run(async |stage| {
                let page = stage.open("/").await?;
                page.reload().await?;
                assert_eq!(stage.server.requests_for("/sw.js").len(), 0);
                Ok(())
            })
            .await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_page_can_be_installed() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            worker::at_work(&page).await?;
            let errors = stage.browser.cdp("Page.getInstallabilityErrors", json!({})).await?;
            let manifest = stage.browser.cdp("Page.getAppManifest", json!({})).await?;
            assert_eq!(manifest.pointer("/errors"), Some(&json!([])), "{manifest}");
            // A browser without windows counts as private.
            let errors = errors.pointer("/installabilityErrors").cloned().unwrap_or_default();
            let errors: Vec<_> = errors.as_array().into_iter().flatten().collect();
            let others: Vec<_> =
                errors.iter().filter(|error| !error.to_string().contains("incognito")).collect();
            assert!(others.is_empty(), "{others:?}");
            let data = manifest.pointer("/data").and_then(|data| data.as_str()).unwrap_or_default();
            let data: serde_json::Value = serde_json::from_str(data)?;
            let icons = data.get("icons").and_then(|icons| icons.as_array()).into_iter().flatten();
            for icon in icons {
                let name = icon.get("src").and_then(|name| name.as_str()).unwrap_or_default();
                let size = std::fs::metadata(dist().join(name))?.len();
                assert!(size < 10_000, "{name} has {size} bytes");
            }
            Ok(())
        })
        .await
}

/// The server goes away before the worker is requested, which waits for the form.
#[tokio::test]
async fn a_server_that_is_away_at_first_is_asked_for_the_worker_later() -> TestResult {
    let time = "
        const { setTimeout: wait } = window;
        window.setTimeout = (act, time, ...more) => {
          if (time !== 2_000) return wait(act, time === 60_000 ? 100 : time, ...more);
          window.__ask = () => act(...more);
        };
        const { register } = ServiceWorkerContainer.prototype;
        window.__failed = 0;
        ServiceWorkerContainer.prototype.register = function (...given) {
          return register.apply(this, given).catch((error) => { window.__failed++; throw error; });
        };
        window.__told = [];
        console.info = (message) => window.__told.push(message);
    ";
    Setup::dist()
        .preload(time)
        .allow_problem("fetching the script")
        .run(async |stage| {
            let page = stage.open("/").await?;
            stage.server.stop();
            page.evaluate("__ask();", json!(null)).await?;
            page.wait_for("it to be asked for in vain", async |page| {
                Ok(page.evaluate("return __failed;", json!(null)).await? == json!(1))
            })
            .await?;
            stage.server.resume()?;
            worker::at_work(&page).await?;
            assert_eq!(page.evaluate("return __told;", json!(null)).await?, json!([]));
            Ok(())
        })
        .await
}
