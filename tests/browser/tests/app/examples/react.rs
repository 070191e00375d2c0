//! A React page: attributes follow its state, events reach it, and the form is mounted and
//! unmounted.

use std::fs;

use anyhow::Result;
use browser_tests::{Control, Page, Setup, TestResult};
use serde_json::json;

use super::release::react_for_development;
use super::{elements, released, start};
use crate::support::steps;

const PATH: &str = "/examples/react/";

/// The page in development: React warns of mistakes, and mounts, unmounts and mounts again.
fn developed() -> Result<Setup> {
    let script = react_for_development()?;
    Ok(released()?.file("/examples/react/app.js", "text/javascript; charset=utf-8", script))
}

/// Goes to one of the page's two tabs, counted from 1.
async fn go(page: &Page, tab: u8) -> Result<()> {
    let tab = format!("nav button:nth-of-type({tab})");
    page.outside(&tab).click().await?;
    page.outside(&tab).wait_for_attribute("aria-pressed", "true").await
}

/// Starts, answers and waits until the page's own component got the event of the save.
async fn work(page: &Page) -> Result<String> {
    let id = start(page).await?;
    page.item("reform-targets").field("note").fill("Đã rà soát").await?;
    page.wait_for_save_state("saved").await?;
    let status = page.outside(".bar [role=status]");
    let heard = async |status: &Control| Ok(status.text().await?.starts_with("Lưu lần cuối lúc"));
    status.wait_for("to say when it was saved", heard).await?;
    Ok(id)
}

#[tokio::test]
async fn attributes_follow_the_state_of_the_page() -> TestResult {
    released()?
        .run(async |stage| {
            let page = stage.open(PATH).await?;
            assert_eq!(page.field("unit-name").value().await?, "UBND phường Tân Ngãi");
            assert_eq!(page.field("checklist").value().await?, "vinh-long-3747-2022");
            page.outside("select[name=unit]").find("option:last-child").click().await?;
            page.field("unit-name")
                .wait_for("to follow", async |field| Ok(field.value().await? == "UBND xã Nhơn Phú"))
                .await?;
            page.outside("select[name=language]").select("en").await?;
            page.find("[part=root]").wait_for_attribute("lang", "en").await?;
            assert_eq!(page.events("tkt-ready").await?.len(), 1, "it was not made anew");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_form_comes_and_goes_with_its_tab() -> TestResult {
    released()?
        .run(async |stage| {
            let page = stage.open(PATH).await?;
            let id = work(&page).await?;
            page.outside(".bar > button").click().await?;
            go(&page, 2).await?;
            assert_eq!(elements(&page).await?, json!(0));
            let report = page.outside(".report").text().await?;
            assert!(report.contains("UBND phường Tân Ngãi"), "{report}");

            go(&page, 1).await?;
            page.wait_for_events("tkt-ready", 2).await?;
            steps::open(&page, &id).await?;
            assert_eq!(page.item("reform-targets").field("note").value().await?, "Đã rà soát");

            // The page takes over the person's export.
            page.action("result").click().await?;
            page.action("export").click().await?;
            page.wait_for_events("tkt-export", 1).await?;
            assert_eq!(fs::read_dir(stage.browser.downloads())?.count(), 0);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn errors_reach_the_page() -> TestResult {
    released()?
        .run(async |stage| {
            let page = stage.open(PATH).await?;
            page.outside(".bar > button").click().await?;
            let alert = page.outside("section > [role=alert]");
            assert!(alert.text().await?.starts_with("no-inspection: "));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn strict_mode_leaves_one_form_that_works() -> TestResult {
    developed()?
        .run(async |stage| {
            let page = stage.open(PATH).await?;
            let id = work(&page).await?;
            assert_eq!(elements(&page).await?, json!(1));
            assert_eq!(page.events("tkt-ready").await?.len(), 1);
            go(&page, 2).await?;
            go(&page, 1).await?;
            page.wait_for_events("tkt-ready", 2).await?;
            steps::open(&page, &id).await?;
            assert_eq!(page.item("reform-targets").field("note").value().await?, "Đã rà soát");
            assert_eq!(elements(&page).await?, json!(1));
            Ok(())
        })
        .await
}
