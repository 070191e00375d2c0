//! The whole job by touch alone, on a tablet and on a phone. Each tap also checks that the target
//! is as large as a fingertip and not covered.

use std::fs;
use std::time::Duration;

use anyhow::Result;
use browser_tests::{Control, Page, Setup, Stroke, TestResult};
use serde_json::json;

use crate::support::reports::{self, check_file};
use crate::support::sites::small_portal;
use crate::support::steps;

/// Taps a field and types like an on-screen keyboard.
async fn write(page: &Page, field: &Control, text: &str) -> Result<()> {
    field.tap().await?;
    field.wait_for("to have the focus", async |field| field.is_focused().await).await?;
    page.stroke(Stroke::Commit(text)).await.map(drop)
}

/// Ticks a checkbox or radio.
async fn tick(option: &Control) -> Result<()> {
    option.tap().await?;
    option.wait_for("to be ticked", async |option| option.is_checked().await).await
}

async fn job(setup: Setup) -> TestResult {
    setup
        .touch()
        .timeout(Duration::from_secs(180))
        .run(async |stage| {
            let page = stage.open("/").await?;
            write(&page, &page.field("unit-name"), "UBND phường 1").await?;
            write(&page, &page.field("period"), "2022").await?;
            page.action("start").tap().await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;
            answer(&page).await?;

            page.action("next-unanswered").tap().await?;
            steps::wait_for_item(&page, "if-inspected").await?;
            tick(&page.item("if-inspected").find("[value=met]")).await?;
            page.action("next-unanswered").tap().await?;
            steps::wait_for_item(&page, "if-not-inspected").await?;
            tick(&page.item("if-not-inspected").find("[value=not-applicable]")).await?;
            write(&page, &page.item("if-not-inspected").field("reason"), "Đã kiểm tra").await?;

            page.action("result").tap().await?;
            page.action("export").tap().await?;
            let file = stage.browser.wait_for_download(".json").await?;
            let report = check_file(&page, &fs::read(file)?).await?;
            assert_eq!(report.pointer("/summary/answered"), Some(&json!(13)));
            for (item, verdict) in [("share", "met"), ("posted", "met"), ("notice", "partly-met")] {
                let judged = reports::item(&report, item)?.get("verdict").cloned();
                assert_eq!(judged, Some(json!(verdict)), "{item}");
            }
            page.action("home").tap().await?;
            page.find("[data-inspection]")
                .wait_for("to be listed", async |listed| listed.is_visible().await)
                .await
        })
        .await
}

/// Answers an item of each kind, in their order.
async fn answer(page: &Page) -> Result<()> {
    let next = async |id: &str| {
        page.action("next-unanswered").tap().await?;
        steps::wait_for_item(page, id).await
    };
    let fill = async |item: &str, fields: &[(&str, &str)]| -> Result<()> {
        for (field, text) in fields {
            write(page, &page.item(item).field(field), text).await?;
        }
        Ok(())
    };
    next("attested").await?;
    tick(&page.item("attested").find("[data-field=verdict][value=met]")).await?;
    next("share").await?;
    fill("share", &[("numerator", "1.234"), ("denominator", "1.234")]).await?;
    next("own-share").await?;
    fill("own-share", &[("target", "80,5"), ("numerator", "9"), ("denominator", "10")]).await?;
    next("overdue").await?;
    fill("overdue", &[("count", "3")]).await?;
    next("hours").await?;
    fill("hours", &[("quantity", "4,5")]).await?;
    next("report").await?;
    fill("report", &[("due", "30/06/2022"), ("date", "01/06/2022")]).await?;
    next("old-plan").await?;
    tick(&page.item("old-plan").field("not-yet")).await?;
    next("monthly").await?;
    tick(&page.item("monthly").option("2022-03")).await?;
    next("posted").await?;
    let roster = page.item("posted");
    roster.action("add-row").tap().await?;
    roster.wait_for_rows(1).await?;
    let row = roster.row(0);
    write(page, &row.column("name"), "Đăng ký khai sinh").await?;
    tick(&row.column("desk")).await?;
    tick(&row.column("website")).await?;
    write(page, &row.column("since"), "16/06/2022").await?;
    next("notice").await?;
    tick(&page.item("notice").option("phone")).await?;
    next("proposals").await?;
    fill("proposals", &[("text", "Bổ sung máy quét")]).await
}

#[tokio::test]
async fn on_a_tablet() -> TestResult {
    job(small_portal()?.viewport(820, 1180)).await
}

#[tokio::test]
async fn on_a_phone() -> TestResult {
    job(small_portal()?.viewport(360, 740)).await
}
