//! A release whose program does not start, or stops: the person's reload gets a repaired one.

use browser_tests::{Page, Place, Release, Setup, Stage, TestResult};
use serde_json::json;

use super::worker;

/// The button of the message that the program does not work.
const RELOAD: &str = "[role=alert] [data-action=reload]";

/// Continues with the published release, like a person after its notice.
async fn goes_on(stage: &mut Stage, place: &Place, release: &Release) -> anyhow::Result<Page> {
    let page = worker::served(stage, "/").await?;
    place.publish(release)?;
    worker::update(&page).await?;
    worker::waits(&page).await?;
    page.action("reload").click().await?;
    Ok(page)
}

#[tokio::test]
async fn a_program_that_does_not_start_is_replaced_by_its_reload() -> TestResult {
    let (one, three) = (Release::numbered(1)?, Release::numbered(3)?);
    let two = Release::numbered(2)?.with_in_glue("throw new Error('broken');")?;
    let place = Place::with(&one)?;
    Setup::empty()
        .mount("/", place.path())
        .run(async |stage| {
            let page = goes_on(stage, &place, &two).await?;
            page.wait_for("the element to say so", async |page| page.find(RELOAD).exists().await)
                .await?;
            // The device doesn't know the repaired release yet.
            place.publish(&three)?;
            page.find(RELOAD).click().await?;
            worker::wait_for_release(&page, 3).await
        })
        .await
}

#[tokio::test]
async fn a_program_that_has_stopped_is_replaced_by_its_reload() -> TestResult {
    let (one, three) = (Release::numbered(1)?, Release::numbered(3)?);
    let fault = "globalThis.stopNow = () => { throw new Error('on demand'); };";
    let two = Release::numbered(2)?.with_in_glue(fault)?;
    let place = Place::with(&one)?;
    Setup::empty()
        .mount("/", place.path())
        .allow_problem("on demand")
        .run(async |stage| {
            let page = goes_on(stage, &place, &two).await?;
            worker::wait_for_release(&page, 2).await?;
            place.publish(&three)?;
            worker::update(&page).await?;
            worker::waits(&page).await?;
            // The repaired release is on the device: it needs no network.
            stage.server.stop();
            page.evaluate("setTimeout(stopNow);", json!(null)).await?;
            page.wait_for("the element to say so", async |page| page.find(RELOAD).exists().await)
                .await?;
            page.find(RELOAD).click().await?;
            worker::wait_for_release(&page, 3).await
        })
        .await
}
