//! Pages that are still loading when another release takes over.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use browser_tests::{Response, Setup, TestResult};
use serde_json::json;

use super::worker;
use crate::support::published::{Place, Release};

const TAKE_OVER: &str = "
    return navigator.serviceWorker.getRegistration()
      .then(({ waiting }) => waiting.postMessage({ tuKiemTra: 'take-over' }));
";

#[tokio::test]
async fn a_page_that_is_still_loading_keeps_its_own_release() -> TestResult {
    // Its program waits for a script before it, and for the time of a take-over.
    let script = "<head><script src=\"/cham.js\"></script>";
    let one = Release::numbered(1)?.with_in("index.html", "<head>", script)?;
    // Of a page that is on its way the browser does not say that it is open: here, of none.
    let unnamed = "[] ?? await clients.matchAll";
    let two = Release::numbered(2)?.with_in("sw.js", "await clients.matchAll", unnamed)?;
    let place = Place::with(&one)?;
    let (slow, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let (is_slow, is_asked) = (Arc::clone(&slow), Arc::clone(&asked));
    Setup::empty()
        .mount("/tkt/", place.path())
        .route("/cham.js", move |_| {
            let slow = is_slow.load(Ordering::Relaxed);
            is_asked.store(slow, Ordering::Relaxed);
            let delay = Duration::from_secs(if slow { 4 } else { 0 });
            Response::new(200, "text/javascript", "")
                .header("cache-control", "no-store")
                .after(delay)
        })
        .run(async |stage| {
            let page = worker::served(stage, "/tkt/").await?;
            let other = stage.open_tab("/tkt/").await?;
            place.publish(&two)?;
            worker::update(&page).await?;
            worker::waits(&page).await?;
            slow.store(true, Ordering::Relaxed);
            page.evaluate("setTimeout(() => location.reload());", json!(null)).await?;
            other
                .wait_for("the page to be loading", async |_| Ok(asked.load(Ordering::Relaxed)))
                .await?;
            other.evaluate(TAKE_OVER, json!(null)).await?;
            worker::at_work(&other).await?;
            other.close().await?;
            worker::wait_for_release(&page, 1).await?;

            page.reload().await?;
            assert_eq!(worker::release(&page).await?, 2);
            page.wait_for("the release before to be gone", async |page| {
                Ok(worker::releases(page).await?.len() == 1)
            })
            .await
        })
        .await
}

/// What the server has by the name of a script is not what an older page asks for.
#[tokio::test]
async fn a_page_whose_release_is_gone_gets_no_script_of_another() -> TestResult {
    let place = Place::with(&Release::numbered(1)?)?;
    Setup::empty()
        .mount("/tkt/", place.path())
        .page("/tkt/cua-xa.html", "<!doctype html><html lang=\"vi\"><title>Trang của xã</title></html>")
        .allow_problem("Failed to load resource")
        .run(async |stage| {
            let page = worker::served(stage, "/tkt/").await?;
            let ask = "return fetch('/tkt/tu-kiem-tra.js?0123456789abcdef').then(({ ok }) => ok, () => false);";
            assert_eq!(page.evaluate(ask, json!(null)).await?, json!(false));
            // A page that a webmaster wrote has no release.
            let page = stage.goto("/tkt/cua-xa.html").await?;
            assert_eq!(page.evaluate(ask, json!(null)).await?, json!(true));
            Ok(())
        })
        .await
}
