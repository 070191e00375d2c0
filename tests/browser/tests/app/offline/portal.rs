//! A portal's own page offline, by the two lines in the guide.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use browser_tests::{Page, Place, Release, Response, Setup, Stage, TestResult};
use serde_json::json;

use super::worker;
use crate::support::start::Start;

/// In a file of the portal's own.
const WORKER: &str = "self.tuKiemTra = \"/tkt/\";\nimportScripts(\"/tkt/sw.js\");\n";

/// In a script of its page.
const REGISTER: &str = "navigator.serviceWorker?.register('/tkt-offline.js', { scope: '/dich-vu/tu-kiem-tra', updateViaCache: 'none' });";

/// The path of its page.
pub const PATH: &str = "/dich-vu/tu-kiem-tra";

fn html(mark: &str) -> String {
    format!(
        r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{mark}</title>
        <link rel="stylesheet" href="/portal.css"><script src="/portal.js"></script>
        <script type="module" src="/tkt/tu-kiem-tra.js"></script></head>
        <body><main><h1>Cổng dịch vụ</h1><tu-kiem-tra></tu-kiem-tra></main></body></html>"#
    )
}

/// A portal with the release in a folder. A test may change its page's response.
pub fn portal(place: &Place, page: impl Fn() -> Response + Send + Sync + 'static) -> Setup {
    Setup::empty()
        .mount("/tkt/", place.path())
        .route(PATH, move |_| page())
        .file("/tkt-offline.js", "text/javascript", WORKER)
        .file("/portal.js", "text/javascript", REGISTER)
        .file("/portal.css", "text/css", "h1 { color: rgb(1, 2, 3); }")
        .file("/api/user", "application/json", "{}")
        .file("/login", "text/html; charset=utf-8", "<!doctype html><title>Đăng nhập</title>")
        .allow_problem("Failed to load resource")
}

/// Returns the page with this title.
pub fn ok(mark: &str) -> Response {
    Response::new(200, "text/html; charset=utf-8", html(mark))
}

/// Visits the page until it is cached: once for the worker, once through it.
pub async fn visited(stage: &mut Stage) -> anyhow::Result<Page> {
    let page = stage.open(PATH).await?;
    worker::at_work(&page).await?;
    let page = stage.open(PATH).await?;
    page.wait_for("the page to be kept", async |page| {
        let caches = worker::caches(page).await?;
        let copies = caches.iter().find(|name| name.starts_with("tkt:copies:"));
        let Some(copies) = copies else { return Ok(false) };
        let kept = worker::kept(page, copies).await?;
        Ok([PATH, "/portal.css", "/portal.js"]
            .iter()
            .all(|path| kept.iter().any(|one| one == path)))
    })
    .await?;
    Ok(page)
}

#[tokio::test]
async fn a_portals_page_opens_without_its_server() -> TestResult {
    let place = Place::with(&Release::numbered(1)?)?;
    portal(&place, || ok("Cổng"))
        .file("/dich-vu/khac", "text/html; charset=utf-8", "<!doctype html><title>Khác</title>")
        .own_browser()
        .run(async |stage| {
            visited(stage).await?;
            stage.server.stop();
            stage.browser.close().await?;
            stage.browser.reopen().await?;
            let page = stage.open(PATH).await?;
            assert_eq!(page.outside("h1").style("color").await?, "rgb(1, 2, 3)");
            Start::default().run(&page).await?;
            page.item("signature-agency").field("numerator").fill("24").await?;
            page.call("flush", json!([])).await?;
            // With a query in its address it is the same page.
            stage.open(&format!("{PATH}?lang=vi")).await?;
            // Nothing else of the portal is cached: neither other pages nor requests of scripts.
            let ask = "return fetch(given).then(() => 'an answer', () => 'nothing');";
            let page = stage.open(PATH).await?;
            for path in ["/dich-vu/khac", "/api/user", "/login"] {
                assert_eq!(page.evaluate(ask, json!(path)).await?, json!("nothing"), "{path}");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_portals_page_is_the_servers_as_long_as_there_is_one() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    let state = Arc::new(AtomicU8::new(0));
    let now = Arc::clone(&state);
    let page = move || match now.load(Ordering::Relaxed) {
        0 => ok("đầu"),
        1 => Response::new(302, "text/plain", "").header("location", "/login"),
        2 => ok("không giữ").header("cache-control", "private, no-store"),
        3 => Response::new(500, "text/html; charset=utf-8", "<!doctype html><title>Lỗi</title>"),
        _ => ok("sau"),
    };
    portal(&place, page)
        .run(async |stage| {
            visited(stage).await?;
            let title = "return document.title;";
            for (number, online) in
                [(0, "đầu"), (1, "Đăng nhập"), (2, "không giữ"), (3, "đầu"), (4, "sau")]
            {
                state.store(number, Ordering::Relaxed);
                let page = stage.goto(PATH).await?;
                assert_eq!(page.evaluate(title, json!(null)).await?, json!(online), "{number}");
                let offline = if number == 4 { "sau" } else { "đầu" };
                page.wait_for("the copy to be that of the last good answer", async |page| {
                    let copy = "
                        return caches.match(given).then((copy) => copy.text())
                          .then((text) => new DOMParser().parseFromString(text, 'text/html').title);
                    ";
                    Ok(page.evaluate(copy, json!(PATH)).await? == json!(offline))
                })
                .await?;
                stage.server.stop();
                let page = stage.open(PATH).await?;
                assert_eq!(page.evaluate(title, json!(null)).await?, json!(offline), "{number}");
                stage.server.resume()?;
            }

            // A newer release comes with the page, and is available offline, too.
            place.publish(&two)?;
            let script = "return releaseOfShell === given && releaseOfGlue === given;";
            let page = stage.open(PATH).await?;
            assert_eq!(page.evaluate(script, json!(2)).await?, json!(true));
            worker::update(&page).await?;
            worker::at_work(&page).await?;
            assert!(!page.find("[data-notice=newer]").exists().await?);
            stage.server.stop();
            let page = stage.open(PATH).await?;
            assert_eq!(page.evaluate(script, json!(2)).await?, json!(true));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn half_a_release_on_a_portal_leaves_the_one_before_for_days_without_network() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    let wasm = two.program()?;
    portal(&place, || ok("Cổng"))
        .allow_problem("")
        .run(async |stage| {
            let page = visited(stage).await?;
            place.publish(&two)?;
            place.truncate(&wasm)?;
            worker::update_in_vain(&page).await?;
            // Online the page gets the server's files and reports their errors.
            let page = stage.goto(PATH).await?;
            page.wait_for_events("tkt-error", 1).await?;
            stage.server.stop();
            let page = stage.open(PATH).await?;
            let script = "return [releaseOfShell, releaseOfGlue];";
            assert_eq!(page.evaluate(script, json!(null)).await?, json!([1, 1]));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn it_can_be_taken_away_again() -> TestResult {
    let place = Place::with(&Release::numbered(1)?)?;
    let state = Arc::new(AtomicU8::new(0));
    let now = Arc::clone(&state);
    portal(&place, || ok("Cổng"))
        .route("/tkt-offline.js", move |_| {
            let removed = now.load(Ordering::Relaxed) > 0;
            let script = if removed { "importScripts(\"/tkt/sw-remove.js\");\n" } else { WORKER };
            Response::new(200, "text/javascript", script)
        })
        .run(async |stage| {
            let page = visited(stage).await?;
            Start::default().run(&page).await?;
            page.call("flush", json!([])).await?;
            page.evaluate("return caches.open('portal-v1').then(() => true);", json!(null)).await?;
            state.store(1, Ordering::Relaxed);
            worker::update(&page).await?;
            page.wait_for("what is kept to be gone", async |page| {
                Ok(worker::caches(page).await? == ["portal-v1"])
            })
            .await?;
            let page = stage.open(PATH).await?;
            let list = page.call("listInspections", json!([])).await?;
            assert_eq!(list.as_array().map(Vec::len), Some(1));
            Ok(())
        })
        .await
}
