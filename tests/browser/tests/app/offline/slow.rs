//! A network that hangs, and a failing server: copies are used, and renewed later.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use browser_tests::{Place, Release, Response, Setup, TestResult};
use serde_json::json;

use super::portal::{PATH, ok, portal, visited};
use super::worker;

/// The delay of a server that accepts the request and never answers.
const SILENCE: Duration = Duration::from_secs(3600);

/// A delay longer than the timeout if there is a copy.
const SLOW: Duration = Duration::from_secs(6);

#[tokio::test]
async fn who_has_a_copy_does_not_wait_for_a_network_that_hangs() -> TestResult {
    let place = Place::with(&Release::numbered(1)?)?;
    let hanging = Arc::new(AtomicBool::new(false));
    let (of_page, of_style) = (Arc::clone(&hanging), Arc::clone(&hanging));
    let page = move || {
        if of_page.load(Ordering::Relaxed) { ok("sau").after(SLOW) } else { ok("đầu") }
    };
    portal(&place, page)
        .route("/portal.css", move |_| {
            let delay = if of_style.load(Ordering::Relaxed) { SILENCE } else { Duration::ZERO };
            Response::new(200, "text/css", "h1 { color: rgb(1, 2, 3); }").after(delay)
        })
        .route("/slow.svg", |_| {
            let picture = r#"<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>"#;
            Response::new(200, "image/svg+xml", picture).after(SLOW)
        })
        .run(async |stage| {
            visited(stage).await?;
            hanging.store(true, Ordering::Relaxed);
            let page = stage.open(PATH).await?;
            let title = "return document.title;";
            assert_eq!(page.evaluate(title, json!(null)).await?, json!("đầu"));
            assert_eq!(page.outside("h1").style("color").await?, "rgb(1, 2, 3)");
            // A file without a copy is waited for.
            let picture = "
                const picture = new Image();
                picture.src = '/slow.svg';
                return picture.decode().then(() => picture.naturalWidth);
            ";
            assert_eq!(page.evaluate(picture, json!(null)).await?, json!(7));
            // The late response is the copy now.
            page.wait_for("the copy to be renewed", async |page| {
                let copy = "return caches.match(given).then((copy) => copy.text());";
                let copy = page.evaluate(copy, json!(PATH)).await?;
                Ok(copy.as_str().is_some_and(|copy| copy.contains("<title>sau</title>")))
            })
            .await
        })
        .await
}

/// For a page that names the script without its hash.
#[tokio::test]
async fn a_server_in_trouble_is_as_good_as_none() -> TestResult {
    let place = Place::with(&Release::numbered(1)?)?;
    let file = place.path().join("tu-kiem-tra.js");
    let trouble = Arc::new(AtomicBool::new(false));
    let is_trouble = Arc::clone(&trouble);
    let html = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
        <script type="module" src="/tkt/tu-kiem-tra.js"></script></head>
        <body><tu-kiem-tra></tu-kiem-tra></body></html>"#;
    Setup::empty()
        .mount("/tkt/", place.path())
        .page("/tkt/cua-xa.html", html)
        .route("/tkt/tu-kiem-tra.js", move |_| {
            let status = if is_trouble.load(Ordering::Relaxed) { 503 } else { 200 };
            Response::new(status, "text/javascript", std::fs::read(&file).unwrap_or_default())
        })
        .run(async |stage| {
            worker::served(stage, "/tkt/").await?;
            trouble.store(true, Ordering::Relaxed);
            stage.open("/tkt/cua-xa.html").await.map(drop)
        })
        .await
}
