//! How a person learns of a newer release and switches to it when they like.

use std::time::Duration;

use anyhow::Result;
use browser_tests::{Page, Place, Release, Setup, TestResult};
use serde_json::{Value, json};

use super::worker;
use crate::saving::CUT_OFF;
use crate::support::checklists::text;
use crate::support::scripts::settle;
use crate::support::start::Start;
use crate::support::steps;

const NOTICE: &str = "[data-notice=newer]";

/// Returns the place of a person: the field, its selection, the scroll position, and the field's
/// position.
async fn place_of_writing(page: &Page) -> Result<Value> {
    let script = "
        const field = root.activeElement;
        const { top, left, width, height } = field.getBoundingClientRect();
        const mark = [field.selectionStart, field.selectionEnd];
        return [field.dataset.field, field.value, ...mark, scrollX, scrollY, top, left, width, height];
    ";
    page.evaluate(script, json!(null)).await
}

#[tokio::test]
async fn nobody_is_interrupted_while_she_types() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    Setup::empty()
        .mount("/", place.path())
        .run(async |stage| {
            let page = worker::served(stage, "/").await?;
            let id = Start::default().run(&page).await?;
            let field = page.item("disbursement-difficulties").field("note");
            field.type_text("Chậm giải ngân do thiếu hồ").await?;
            // At the lower edge, where notices appear that are visible at once.
            let lower = "place.scrollIntoView({ block: 'end', behavior: 'instant' });";
            field.on_element(lower, json!(null)).await?;
            settle(&page).await?;
            let before = place_of_writing(&page).await?;

            place.publish(&two)?;
            worker::update(&page).await?;
            page.find(NOTICE).text().await?;
            settle(&page).await?;
            assert_eq!(place_of_writing(&page).await?, before);
            let covered = "
                const { left, bottom, width } = place.getBoundingClientRect();
                return place.getRootNode().elementFromPoint(left + width / 2, bottom - 4) !== place;
            ";
            assert_eq!(field.on_element(covered, json!(null)).await?, json!(false));
            field.type_text(" sơ").await?;
            field.blur().await?;

            // Now it is visible, and announced politely.
            let in_sight = "const { top, bottom } = place.getBoundingClientRect(); return top >= 0 && bottom <= innerHeight;";
            page.find(NOTICE)
                .wait_for("to be in sight", async |notice| {
                    Ok(notice.on_element(in_sight, json!(null)).await? == json!(true))
                })
                .await?;
            let polite = "return place.closest('[role=status]') !== null && place.getRootNode().activeElement === null;";
            assert_eq!(page.find(NOTICE).on_element(polite, json!(null)).await?, json!(true));
            assert!(steps::notice(&page, "newer").await?.contains(&text("vi", "newer.release")?));

            page.action("reload").click().await?;
            page.wait_for("the release 2", async |page| Ok(worker::release(page).await? == 2)).await?;
            page.wait_until_ready().await?;
            page.call("openInspection", json!([id])).await?;
            assert_eq!(field.value().await?, "Chậm giải ngân do thiếu hồ sơ");
            assert!(!page.find(NOTICE).exists().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_cannot_be_saved_keeps_the_page() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    Setup::empty()
        .mount("/", place.path())
        .run(async |stage| {
            let page = worker::served(stage, "/").await?;
            Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            place.publish(&two)?;
            worker::update(&page).await?;
            worker::waits(&page).await?;
            page.evaluate(CUT_OFF, json!(null)).await?;
            page.item("disbursement-difficulties").field("note").type_text("Chậm").await?;
            page.action("reload").click().await?;
            steps::notice(&page, "error").await?;
            assert_eq!(worker::release(&page).await?, 1);
            worker::waits(&page).await?;

            // Once it can be saved, the same button works.
            page.evaluate("IDBDatabase.prototype.transaction = __transaction;", json!(null))
                .await?;
            page.wait_for_save_state("saved").await?;
            steps::dismiss_notices(&page).await?;
            page.action("reload").click().await?;
            page.wait_for("the release 2", async |page| Ok(worker::release(page).await? == 2)).await
        })
        .await
}

#[tokio::test]
async fn who_does_not_want_it_goes_on_as_she_was() -> TestResult {
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    Setup::empty()
        .mount("/", place.path())
        .own_browser()
        .run(async |stage| {
            let page = worker::served(stage, "/").await?;
            place.publish(&two)?;
            worker::update(&page).await?;
            worker::waits(&page).await?;
            page.action("dismiss-newer").click().await?;
            page.wait_for("the notice to be gone", async |page| {
                Ok(!page.find(NOTICE).exists().await?)
            })
            .await?;
            assert_eq!(worker::release(&page).await?, 1);
            // After all its pages are closed, the previous release is not needed any more.
            stage.browser.close().await?;
            stage.browser.reopen().await?;
            let page = stage.open("/").await?;
            page.wait_for("the release 2", async |page| Ok(worker::release(page).await? == 2)).await
        })
        .await
}

/// A page that stays open for days checks when it becomes visible again, at most once an hour.
#[tokio::test]
async fn an_open_page_asks_once_an_hour() -> TestResult {
    let clock =
        "window.__ahead = 0; const now = Date.now; Date.now = () => now() + window.__ahead;";
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    Setup::empty()
        .mount("/", place.path())
        .preload(clock)
        .run(async |stage| {
            // On a first visit the browser has no worker that it could update by itself.
            let page = stage.open("/").await?;
            worker::at_work(&page).await?;
            let asked = || stage.server.requests_for("/sw.js").len();
            // Once to install the worker, and once to check for a newer one.
            page.wait_for("the page to ask", async |_| Ok(asked() == 2)).await?;
            let before = asked();
            let look = "window.__ahead = given * 60_000; dispatchEvent(new Event('focus'));";
            page.evaluate(look, json!(59)).await?;
            settle(&page).await?;
            assert_eq!(asked(), before);
            place.publish(&two)?;
            page.wait_for("the page to ask", async |page| {
                page.evaluate(look, json!(61)).await?;
                Ok(asked() > before)
            })
            .await?;
            page.find(NOTICE).text().await?;
            let after = asked();
            assert_eq!(after, before + 1);
            page.evaluate(look, json!(62)).await?;
            settle(&page).await?;
            assert_eq!(asked(), after);
            Ok(())
        })
        .await
}

/// Without a network nothing was learnt, so the page checks as soon as there is one.
#[tokio::test]
async fn who_could_not_ask_does_so_when_the_network_is_back() -> TestResult {
    let count = "
        window.__asked = 0;
        const { update } = ServiceWorkerRegistration.prototype;
        ServiceWorkerRegistration.prototype.update = function () {
          return update.call(this).finally(() => window.__asked++);
        };
    ";
    let (one, two) = (Release::numbered(1)?, Release::numbered(2)?);
    let place = Place::with(&one)?;
    Setup::empty()
        .mount("/", place.path())
        .preload(count)
        .run(async |stage| {
            worker::served(stage, "/").await?;
            stage.server.stop();
            let page = stage.open("/").await?;
            let asked = async |page: &Page| page.evaluate("return __asked;", json!(null)).await;
            page.wait_for("the page to have asked in vain", async |page| {
                Ok(asked(page).await? == json!(1))
            })
            .await?;
            place.publish(&two)?;
            stage.server.resume()?;
            page.evaluate("dispatchEvent(new Event('online'));", json!(null)).await?;
            page.find(NOTICE).text().await?;
            assert_eq!(asked(&page).await?, json!(2));
            Ok(())
        })
        .await
}

/// A worker that doesn't identify itself waits all the same.
#[tokio::test]
async fn a_release_whose_worker_is_silent_is_told_of() -> TestResult {
    let one = Release::numbered(1)?;
    let two = Release::numbered(2)?.with_in("sw.js", "event.ports[0]?.postMessage", "void ")?;
    let place = Place::with(&one)?;
    Setup::empty()
        .mount("/", place.path())
        .patience(Duration::from_secs(30))
        .run(async |stage| {
            let page = worker::served(stage, "/").await?;
            place.publish(&two)?;
            worker::update(&page).await?;
            worker::waits(&page).await?;
            page.find(NOTICE).text().await?;
            page.action("reload").click().await?;
            worker::wait_for_release(&page, 2).await
        })
        .await
}
