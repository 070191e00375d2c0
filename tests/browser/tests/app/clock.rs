//! A tablet whose clock jumps a year back and forward between edits: nothing is lost, and the order is
//! that of the edits.

use anyhow::Result;
use browser_tests::{Page, Setup, TestResult};
use serde_json::json;

use crate::saving::CUT_OFF;
use crate::support::checklists::text;
use crate::support::clock::{CLOCK, live_in_vietnam};
use crate::support::scripts::{check_same, fields};
use crate::support::start::{Start, inspections};
use crate::support::steps;

/// Sets the clock this many years off the given minute.
async fn jump(page: &Page, years: i32, minute: usize) -> Result<()> {
    let script = "window.__now = Date.UTC(2026 + given[0], 1, 10, 3, given[1]);";
    page.evaluate(script, json!([years, minute])).await.map(drop)
}

#[tokio::test]
async fn a_clock_that_jumps_loses_nothing() -> TestResult {
    Setup::dist()
        .preload(CLOCK)
        .run(async |stage| {
            live_in_vietnam(&stage.browser).await?;
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let count = page.item("overdue-not-closed").field("count");
            let words = page.item("disbursement-difficulties").field("note");
            for (minute, years) in [0, -1, 1, -1].into_iter().enumerate() {
                jump(&page, years, minute).await?;
                let typed = &minute.to_string();
                count.fill(typed).await?;
                words.fill(&format!("Lần {typed}")).await?;
                page.wait_for_save_state("saved").await?;
                // The clock is right again after each reload.
                page.reload().await?;
                steps::open(&page, &id).await?;
                assert_eq!(count.value().await?, *typed, "{years}");
                assert_eq!(words.value().await?, format!("Lần {typed}"), "{years}");
            }
            // An edit that only the journal has wins over one with a time in the future, too.
            jump(&page, 1, 5).await?;
            words.fill("Năm sau").await?;
            page.wait_for_save_state("saved").await?;
            jump(&page, -1, 6).await?;
            page.evaluate(CUT_OFF, json!(null)).await?;
            words.fill("Năm trước").await?;
            page.wait_for_save_state("failed").await?;
            jump(&page, 0, 0).await?;
            let before = fields(&page).await?;
            page.reload().await?;
            steps::open(&page, &id).await?;
            assert_eq!(words.value().await?, "Năm trước");
            check_same(&before, &fields(&page).await?)
        })
        .await
}

#[tokio::test]
async fn the_list_has_the_order_of_the_edits_whatever_the_clock_says() -> TestResult {
    Setup::dist()
        .preload(CLOCK)
        .run(async |stage| {
            live_in_vietnam(&stage.browser).await?;
            let page = stage.open("/").await?;
            let mut ids = Vec::new();
            for (minute, unit) in ["UBND phường 1", "UBND phường 2"].into_iter().enumerate() {
                jump(&page, 0, minute).await?;
                ids.push(Start { unit, ..Start::default() }.run(&page).await?);
                steps::go_home(&page).await?;
            }
            // Each edit is of the inspection that is lower in the list, with the clock set
            // differently.
            for (edit, years) in [0, -1, 1, 0, -1, -2, 0].into_iter().enumerate() {
                jump(&page, years, 2 + edit).await?;
                let edited = ids.remove(0);
                steps::open(&page, &edited).await?;
                page.item("overdue-not-closed").field("count").fill(&edit.to_string()).await?;
                page.wait_for_save_state("saved").await?;
                steps::go_home(&page).await?;
                ids.push(edited);
                let newest_first: Vec<String> = ids.iter().rev().cloned().collect();
                assert_eq!(inspections(&page).await?, newest_first, "edit {edit}, {years} years");
                page.reload().await?;
                assert_eq!(inspections(&page).await?, newest_first, "edit {edit}, after a reload");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_was_changed_since_its_export_is_known_whatever_the_clock_says() -> TestResult {
    Setup::dist()
        .preload(CLOCK)
        .run(async |stage| {
            live_in_vietnam(&stage.browser).await?;
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let changed = text("vi", "home.changed-since-export")?;
            let is_changed = async || -> Result<bool> {
                page.wait_for_save_state("saved").await?;
                steps::go_home(&page).await?;
                page.reload().await?;
                let said = steps::listed(&page, &id).text().await?.contains(&changed);
                steps::open(&page, &id).await?;
                Ok(said)
            };
            let jumps = [(0, 0), (0, -1), (1, 0), (0, 1), (-1, -2)];
            for (minute, (exported, edited)) in jumps.into_iter().enumerate() {
                jump(&page, exported, 2 * minute).await?;
                let exports = page.events("tkt-export").await?.len();
                page.action("result").click().await?;
                page.action("export").click().await?;
                page.wait_for_events("tkt-export", exports + 1).await?;
                page.action("answering").click().await?;
                assert!(!is_changed().await?, "exported {exported}");

                jump(&page, edited, 2 * minute + 1).await?;
                let count = page.item("overdue-not-closed").field("count");
                let typed = if count.value().await? == "3" { "4" } else { "3" };
                count.fill(typed).await?;
                assert!(is_changed().await?, "exported {exported}, edited {edited}");
            }
            Ok(())
        })
        .await
}
