//! Pages whose release is replaced while they are still loading.

use browser_tests::{Place, Release, Setup, TestResult};
use serde_json::json;

use super::worker;

const TAKE_OVER: &str = "
    return navigator.serviceWorker.getRegistration()
      .then(({ waiting }) => waiting.postMessage({ tuKiemTra: 'take-over' }));
";

/// The browser doesn't list a loading page as open. Here it lists no page at all.
#[tokio::test]
async fn a_page_that_is_on_its_way_keeps_its_own_release() -> TestResult {
    let one = Release::numbered(1)?;
    let unnamed = "[] ?? await clients.matchAll";
    let two = Release::numbered(2)?.with_in("sw.js", "await clients.matchAll", unnamed)?;
    let place = Place::with(&one)?;
    let wasm = one.program()?;
    Setup::empty()
        .mount("/tkt/", place.path())
        .run(async |stage| {
            let page = worker::served(stage, "/tkt/").await?;
            place.publish(&two)?;
            worker::update(&page).await?;
            worker::waits(&page).await?;
            page.evaluate(TAKE_OVER, json!(null)).await?;
            worker::at_work(&page).await?;
            // The first request makes the worker tidy up; the next one still succeeds.
            let ask = "return fetch(given).then((answer) => answer.ok);";
            for _ in 0..2 {
                assert_eq!(page.evaluate(ask, json!(wasm)).await?, json!(true));
            }
            page.reload().await?;
            assert_eq!(worker::release(&page).await?, 2);
            page.wait_for("the release before to be gone", async |page| {
                Ok(worker::releases(page).await?.len() == 1)
            })
            .await
        })
        .await
}

/// A server's present script of a name is not the one that an older page requests.
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
            // A page written by a webmaster has no release.
            let page = stage.goto("/tkt/cua-xa.html").await?;
            assert_eq!(page.evaluate(ask, json!(null)).await?, json!(true));
            Ok(())
        })
        .await
}
