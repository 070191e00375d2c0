//! From one release to the next: never mixed, never half, and never against a person's will.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use browser_tests::{Place, Release, Response, Setup, TestResult};
use serde_json::json;

use super::worker;

const PATH: &str = "/tkt/";

#[tokio::test]
async fn half_an_update_leaves_the_release_before() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    let (wasm, shell) = (two.program()?, "tu-kiem-tra.js");
    Setup::empty()
        .mount(PATH, place.path())
        .own_browser()
        .run(async |stage| {
            let page = worker::served(stage, PATH).await?;
            let before = worker::releases(&page).await?;
            // The worker arrives first, then more and more of the rest.
            for arrived in [vec!["sw.js"], vec!["sw.js", "index.html", "embed.html", shell]] {
                place.add(&two, |name| arrived.contains(&name))?;
                worker::update_in_vain(&page).await?;
                page.reload().await?;
                assert_eq!(worker::release(&page).await?, 1);
            }
            // Everything but the end of one file.
            place.publish(&two)?;
            place.truncate(&wasm)?;
            worker::update_in_vain(&page).await?;
            page.reload().await?;
            assert_eq!(worker::release(&page).await?, 1);
            assert_eq!(worker::releases(&page).await?, before);
            assert!(!page.find("[data-notice=newer]").exists().await?);

            // Also offline, and after a restart of the browser.
            stage.server.stop();
            stage.browser.close().await?;
            stage.browser.reopen().await?;
            let page = stage.open(PATH).await?;
            assert_eq!(worker::release(&page).await?, 1);

            // The rest arrives after all.
            stage.server.resume()?;
            place.publish(&two)?;
            worker::update(&page).await?;
            worker::waits(&page).await?;
            page.action("reload").click().await?;
            worker::wait_for_release(&page, 2).await
        })
        .await
}

/// If a file differs in the middle, its length and its type show nothing.
#[tokio::test]
async fn a_file_that_was_changed_is_not_taken() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    let broken = Arc::new(AtomicBool::new(false));
    let is_broken = Arc::clone(&broken);
    let file = place.path().join("icon.svg");
    Setup::empty()
        .mount(PATH, place.path())
        .route("/tkt/icon.svg", move |_| {
            let mut icon = std::fs::read(&file).unwrap_or_default();
            if is_broken.load(Ordering::Relaxed) {
                icon = String::from_utf8_lossy(&icon).replace("#ffffff", "#fffffe").into_bytes();
            }
            Response::new(200, "image/svg+xml", icon)
        })
        .run(async |stage| {
            let page = worker::served(stage, PATH).await?;
            broken.store(true, Ordering::Relaxed);
            place.publish(&two)?;
            worker::update_in_vain(&page).await?;
            broken.store(false, Ordering::Relaxed);
            worker::update(&page).await?;
            worker::waits(&page).await
        })
        .await
}

#[tokio::test]
async fn a_browser_that_is_killed_during_an_update_starts_it_anew() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    let (held, asked) = (Arc::new(AtomicBool::new(true)), Arc::new(AtomicBool::new(false)));
    let (is_held, is_asked) = (Arc::clone(&held), Arc::clone(&asked));
    let wasm = two.program()?;
    let file = place.path().join(&wasm);
    Setup::empty()
        .mount(PATH, place.path())
        .route(&format!("{PATH}{wasm}"), move |_| {
            is_asked.store(true, Ordering::Relaxed);
            let delay = if is_held.load(Ordering::Relaxed) { 3600 } else { 0 };
            let body = std::fs::read(&file).unwrap_or_default();
            Response::new(200, "application/wasm", body).after(std::time::Duration::from_secs(delay))
        })
        .own_browser()
        .run(async |stage| {
            let page = worker::served(stage, PATH).await?;
            place.publish(&two)?;
            let start = "navigator.serviceWorker.getRegistration().then((registration) => registration.update());";
            page.evaluate(start, json!(null)).await?;
            page.wait_for("the update to wait for a file", async |_| Ok(asked.load(Ordering::Relaxed)))
                .await?;
            stage.browser.kill().await?;
            held.store(false, Ordering::Relaxed);
            stage.browser.reopen().await?;
            let page = stage.open(PATH).await?;
            assert_eq!(worker::release(&page).await?, 1);
            worker::waits(&page).await?;
            page.action("reload").click().await?;
            worker::wait_for_release(&page, 2).await
        })
        .await
}

#[tokio::test]
async fn a_release_that_is_taken_back_comes_again() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    Setup::empty()
        .mount(PATH, place.path())
        .run(async |stage| {
            let page = worker::served(stage, PATH).await?;
            // Withdrawn before anybody switched to it: there is nothing new.
            place.publish(&two)?;
            worker::update(&page).await?;
            page.find("[data-notice=newer]").text().await?;
            place.publish(&one)?;
            worker::update(&page).await?;
            page.wait_for("nothing newer", async |page| {
                Ok(!page.find("[data-notice=newer]").exists().await?)
            })
            .await?;

            place.publish(&two)?;
            worker::update(&page).await?;
            page.action("reload").click().await?;
            worker::wait_for_release(&page, 2).await?;
            // Withdrawn after that: the previous one counts as newer.
            place.publish(&one)?;
            worker::update(&page).await?;
            page.action("reload").click().await?;
            worker::wait_for_release(&page, 1).await?;
            stage.server.stop();
            page.reload().await?;
            assert_eq!(worker::release(&page).await?, 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_open_page_keeps_its_own_release() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    let (old, new) = (one.program()?, two.program()?);
    Setup::empty()
        .mount(PATH, place.path())
        .run(async |stage| {
            let page = worker::served(stage, PATH).await?;
            let other = stage.open_tab(PATH).await?;
            place.publish(&two)?;
            worker::update(&page).await?;
            worker::waits(&page).await?;
            // A page that is opened while the newer release waits gets all of the previous one.
            let third = stage.open_tab(PATH).await?;
            assert_eq!(worker::release(&third).await?, 1);
            third.find("[data-notice=newer]").text().await?;
            third.close().await?;

            page.action("reload").click().await?;
            worker::wait_for_release(&page, 2).await?;
            // The other page is unchanged, gets the notice, and can still load its own files.
            assert_eq!(worker::release(&other).await?, 1);
            assert!(other.find("[data-notice=newer]").is_visible().await?);
            stage.server.stop();
            let has = "return fetch(given).then(({ ok }) => ok, () => false);";
            assert_eq!(other.evaluate(has, json!(old)).await?, json!(true));
            assert_eq!(other.evaluate(has, json!(new)).await?, json!(true));
            other.action("reload").click().await?;
            worker::wait_for_release(&other, 2).await?;
            // No page needs it any more.
            page.reload().await?;
            page.wait_for("the release before to be gone", async |page| {
                Ok(worker::releases(page).await?.len() == 1)
            })
            .await
        })
        .await
}
