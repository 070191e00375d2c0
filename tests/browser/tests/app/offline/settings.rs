//! A webmaster's settings of the standalone page, online and offline, and a page that is changed
//! instead.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use browser_tests::{Page, Response, STRICT_POLICY, Server, Setup, Site, TestResult, dist};
use serde_json::json;

use super::worker;
use crate::support::scripts::strings;

/// Records warnings, and the form's initial attributes except the one that it sets itself.
const RECORD: &str = "
    window.__warned = [];
    console.warn = (message) => window.__warned.push(String(message));
    addEventListener('tkt-ready', ({ target }) => {
      window.__attributes = Object.fromEntries([...target.attributes]
        .filter(({ name }) => name !== 'translate').map(({ name, value }) => [name, value]));
    }, true);
";

/// The status and the text of `page.json`, which a test may change.
#[derive(Clone)]
struct Settings(Arc<Mutex<(u16, String)>>);

impl Settings {
    fn new(text: &str) -> Self {
        Self(Arc::new(Mutex::new((200, text.to_owned()))))
    }

    fn set(&self, status: u16, text: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = (status, text.to_owned());
    }

    fn setup(&self) -> Setup {
        let settings = self.clone();
        Setup::empty().mount("/", dist()).preload(RECORD).route("/page.json", move |_| {
            let (status, text) = settings.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
            Response::new(status, "application/json", text)
        })
    }
}

async fn warned(page: &Page) -> Result<Vec<String>> {
    strings(page.evaluate("return __warned;", json!(null)).await?)
}

#[tokio::test]
async fn the_page_is_set_up_by_a_file_beside_it() -> TestResult {
    let given = json!({
        "unit-name": "UBND xã Mỹ Trà", "period": "2026-Q4", "upload-url": "/nhan", "unit-type": "villa",
        "onclick": "alert()", "unit-code": 12, "unit": { "name": "x" },
    });
    Settings::new(&given.to_string())
        .setup()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let attributes = page.evaluate("return __attributes;", json!(null)).await?;
            // All settings apply from the first moment on, so that nothing else is shown or opened
            // before.
            let expected = json!({
                "unit-name": "UBND xã Mỹ Trà", "period": "2026-Q4", "upload-url": "/nhan", "unit-type": "villa",
            });
            assert_eq!(attributes, expected);
            assert_eq!(page.field("unit-name").value().await?, "UBND xã Mỹ Trà");
            page.wait_for("four warnings", async |page| Ok(warned(page).await?.len() == 4)).await?;
            let warned = warned(&page).await?;
            for part in ["\"onclick\" is none of", "\"unit\" is none of", "\"unit-code\" has to be a text", "unit-type"] {
                let found = warned.iter().any(|one| one.starts_with("page.json: ") && one.contains(part));
                assert!(found, "{part}: {warned:?}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn without_a_network_the_page_is_set_up_as_it_was() -> TestResult {
    let settings = Settings::new(r#"{ "unit-name": "UBND xã Mỹ Trà" }"#);
    settings
        .setup()
        .allow_problem("Failed to load resource")
        .run(async |stage| {
            let page = stage.open("/").await?;
            worker::at_work(&page).await?;
            // Available offline from the first visit on.
            stage.server.stop();
            let page = stage.open("/").await?;
            assert_eq!(page.field("unit-name").value().await?, "UBND xã Mỹ Trà");
            stage.server.resume()?;
            settings.set(200, r#"{ "unit-name": "UBND xã An Bình" }"#);
            let page = stage.open("/").await?;
            assert_eq!(page.field("unit-name").value().await?, "UBND xã An Bình");
            settings.set(503, "");
            let page = stage.open("/").await?;
            assert_eq!(page.field("unit-name").value().await?, "UBND xã An Bình");
            assert_eq!(warned(&page).await?, Vec::<String>::new());
            // An unreadable file causes a warning and changes nothing; nor does an empty one.
            for (status, text) in
                [(200, "{ unit-name: UBND }"), (200, "<html>"), (403, ""), (200, "{}")]
            {
                settings.set(status, text);
                for is_up in [true, false] {
                    if !is_up {
                        stage.server.stop();
                    }
                    let page = stage.open("/").await?;
                    assert_eq!(page.field("unit-name").value().await?, "UBND xã An Bình", "{text}");
                }
                stage.server.resume()?;
            }
            // A missing file causes no warning.
            settings.set(404, "");
            let page = stage.open("/").await?;
            assert_eq!(warned(&page).await?, Vec::<String>::new());
            stage.server.stop();
            let page = stage.open("/").await?;
            assert_eq!(page.field("unit-name").value().await?, "");
            Ok(())
        })
        .await
}

/// Without a worker that caches the settings, the page remembers them itself.
#[tokio::test]
async fn without_a_worker_the_page_remembers_how_it_was_set_up() -> TestResult {
    let settings = Settings::new(r#"{ "unit-name": "UBND xã Mỹ Trà" }"#);
    settings
        .setup()
        .preload("delete Navigator.prototype.serviceWorker;")
        .allow_problem("Failed to load resource")
        .run(async |stage| {
            stage.open("/").await?;
            settings.set(403, "");
            let page = stage.open("/").await?;
            assert_eq!(page.field("unit-name").value().await?, "UBND xã Mỹ Trà");
            let warned = warned(&page).await?;
            assert!(warned.iter().any(|one| one.contains("set up as it was last")), "{warned:?}");
            Ok(())
        })
        .await
}

/// The settings say where reports go, so no other site may provide them, with or without a worker.
#[tokio::test]
async fn no_other_site_sets_the_page_up() -> TestResult {
    let given = r#"{ "unit-name": "UBND xã Lạ", "upload-url": "/nhan" }"#;
    let site = Site::default().header("access-control-allow-origin", "*");
    let other = Server::start(site.file("/page.json", "application/json", given))?;
    let away = other.url("/page.json");
    let policy = ["connect-src 'self' ", &other.url("")].concat();
    Setup::empty()
        .mount("/", dist())
        .preload(RECORD)
        .policy(&STRICT_POLICY.replace("connect-src 'self'", &policy))
        .route("/page.json", move |_| {
            Response::new(302, "text/plain", "").header("location", &away)
        })
        .run(async |stage| {
            for _ in ["without", "with"] {
                let page = stage.open("/").await?;
                assert_eq!(page.evaluate("return __attributes;", json!(null)).await?, json!({}));
                let warned = warned(&page).await?;
                assert!(warned.iter().any(|one| one.contains("it leads to")), "{warned:?}");
                worker::at_work(&page).await?;
            }
            assert!(!other.requests().is_empty(), "it was not led there");
            Ok(())
        })
        .await
}

/// A changed page does not match the release, so it is not cached. A message says so where
/// webmasters look.
#[tokio::test]
async fn a_changed_page_is_named() -> TestResult {
    let html = std::fs::read_to_string(dist().join("index.html"))?;
    let html = html.replace("<tu-kiem-tra>", "<tu-kiem-tra unit-name=\"UBND xã Mỹ Trà\">");
    Settings::new("{}")
        .setup()
        .page("/", &html)
        .page("/index.html", &html)
        .run(async |stage| {
            let page = stage.open("/").await?;
            assert_eq!(page.field("unit-name").value().await?, "UBND xã Mỹ Trà");
            page.wait_for("a warning", async |page| Ok(!warned(page).await?.is_empty())).await?;
            let warned = warned(&page).await?;
            let says = |part: &str| warned.iter().any(|one| one.contains(part));
            assert!(
                says("index.html is not as it was released") && says("page.json"),
                "{warned:?}"
            );
            Ok(())
        })
        .await
}
