//! A portal like Liferay: a sticky bar at the top, and navigation without reload.

use anyhow::Result;
use browser_tests::{Page, TestResult};
use serde_json::json;

use super::{elements, released, start};
use crate::support::scripts::settle;
use crate::support::steps;

/// Returns the edges of the portal's bar and the form's sticky line, from the top of the window.
const EDGES: &str = "
    const edge = (place, side) => place.getBoundingClientRect()[side];
    const bar = document.querySelector('.control-menu');
    return [edge(bar, 'top'), edge(bar, 'bottom'), edge(root.querySelector('[part~=progress]'), 'top')];
";

async fn follow(page: &Page, address: &str) -> Result<()> {
    page.outside(&format!(".navbar a[href='{address}']")).click().await?;
    arrive(page, address).await
}

/// Waits until the page of this name is shown.
async fn arrive(page: &Page, address: &str) -> Result<()> {
    let here = page.outside(&format!(".navbar a[aria-current][href='{address}']"));
    here.wait_for("to be shown", async |here| here.exists().await).await
}

#[tokio::test]
async fn navigation_without_a_reload_keeps_the_answers() -> TestResult {
    released()?
        .run(async |stage| {
            let page = stage.open("/examples/liferay/").await?;
            let id = start(&page).await?;
            page.evaluate("window.__same = true;", json!(null)).await?;
            let ratio = page.item("signature-agency");
            ratio.field("numerator").fill("24").await?;
            // The person leaves during work, without waiting for the save.
            ratio.field("denominator").fill("25").await?;
            follow(&page, "thong-bao.html").await?;
            assert_eq!(elements(&page).await?, json!(0));

            follow(&page, "index.html").await?;
            page.wait_for_events("tkt-ready", 2).await?;
            steps::open(&page, &id).await?;
            assert_eq!(ratio.field("numerator").value().await?, "24");
            assert_eq!(ratio.field("denominator").value().await?, "25");

            // The browser's own back and forward.
            ratio.field("denominator").fill("26").await?;
            page.evaluate("history.back();", json!(null)).await?;
            arrive(&page, "thong-bao.html").await?;
            page.evaluate("history.forward();", json!(null)).await?;
            arrive(&page, "index.html").await?;
            page.wait_for_events("tkt-ready", 3).await?;
            steps::open(&page, &id).await?;
            assert_eq!(ratio.field("denominator").value().await?, "26");
            page.wait_for_save_state("saved").await?;
            assert_eq!(page.evaluate("return window.__same;", json!(null)).await?, json!(true));
            assert_eq!(elements(&page).await?, json!(1));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_stays_in_view_stays_below_the_portal_s_bar() -> TestResult {
    released()?
        .run(async |stage| {
            let page = stage.open("/examples/liferay/").await?;
            start(&page).await?;
            page.action("next-unanswered").click().await?;
            page.evaluate("scrollTo(0, 2000);", json!(null)).await?;
            settle(&page).await?;
            assert_eq!(page.evaluate(EDGES, json!(null)).await?, json!([0, 56, 56]));
            Ok(())
        })
        .await
}
