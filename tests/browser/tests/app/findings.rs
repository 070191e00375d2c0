//! Findings: the measures for items that are not met, from the field to the report and the next
//! period.

use anyhow::Result;
use browser_tests::{Page, Setup, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::start::Start;
use crate::support::{reports, steps};

async fn finding(page: &Page, item: &str) -> Result<Value> {
    page.call("flush", json!([])).await?;
    let report = page.call("exportReport", json!([])).await?;
    reports::check_schema(&report)?;
    Ok(reports::item(&report, item)?.get("finding").cloned().unwrap_or_default())
}

/// Enters the measures for an item that is not met.
async fn plan(page: &Page, item: &str) -> Result<()> {
    let item = page.item(item);
    item.choose("not-met").await?;
    item.field("reason").fill("Thiếu máy quét").await?;
    item.field("action").fill("Mua hai máy quét").await?;
    item.field("in-charge").fill("Bà Lan").await?;
    item.field("finding-due").fill("15/12/2026").await
}

#[tokio::test]
async fn what_is_not_met_asks_what_is_done_about_it() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            let item = page.item("thrift");
            let fields = item.find("[data-finding-fields]");
            assert!(!fields.exists().await?);
            item.choose("met").await?;
            assert!(!fields.exists().await?);
            plan(&page, "thrift").await?;
            assert_eq!(page.axe().await?, Vec::<String>::new());
            let due = item.field("finding-due");
            due.fill("31/02/2026").await?;
            due.blur().await?;
            due.wait_for_attribute("aria-invalid", "true").await?;
            let unread = json!({ "action": "Mua hai máy quét", "inCharge": "Bà Lan", "unread": { "due": "31/02/2026" } });
            assert_eq!(finding(&page, "thrift").await?, unread);
            // The verdict depends on the answer alone, not on the measures.
            assert_eq!(item.verdict().await?, "not-met");

            // It survives a reload, and so does the unreadable text.
            page.reload().await?;
            steps::open(&page, &id).await?;
            assert_eq!(due.value().await?, "31/02/2026");
            due.fill("15/12/2026").await?;
            item.field("finding-state").select("done").await?;
            item.field("finding-done").fill("10/12/2026").await?;
            item.field("proof").fill("Biên bản số 7").await?;
            let expected = json!({
                "action": "Mua hai máy quét", "inCharge": "Bà Lan", "due": "2026-12-15",
                "state": "done", "done": "2026-12-10", "proof": "Biên bản số 7",
            });
            assert_eq!(finding(&page, "thrift").await?, expected);
            // The entries stay visible when the item is met after all.
            item.choose("met").await?;
            assert!(fields.is_visible().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_result_and_completing_say_what_is_missing() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            plan(&page, "thrift").await?;
            let other = page.item("communication-topics");
            other.field("na").check().await?;
            page.item("thrift").field("in-charge").fill("").await?;
            page.wait_for_save_state("saved").await?;
            page.action("result").click().await?;
            let line = page.find(".result [data-finding=thrift]");
            let said = line.text().await?;
            let lacks = text("vi", "finding.lacks")?
                .replace("{what}", &text("vi", "finding.lacks-in-charge")?);
            for part in ["Mua hai máy quét", "hạn 15/12/2026", &lacks] {
                assert!(said.contains(part), "{said}");
            }
            page.action("complete").click().await?;
            let lacking = page.find("[data-dialog=complete] [data-lacking]");
            assert_eq!(lacking.count("li").await?, 1);
            assert_eq!(page.axe().await?, Vec::<String>::new());
            // A line leads to its item.
            lacking.find("button").click().await?;
            steps::wait_for_item(&page, "thrift").await
        })
        .await
}

#[tokio::test]
async fn what_is_still_to_be_done_goes_on_to_the_next_period() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let first = Start { period: "2026-Q1", ..Start::default() }.run(&page).await?;
            plan(&page, "thrift").await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;
            steps::listed(&page, &first).find("[data-action=next-period]").click().await?;
            assert!(page.field("carry-findings").is_checked().await?);
            page.action("start").click().await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;
            let item = page.item("thrift");
            assert_eq!(item.verdict().await?, "unanswered");
            assert_eq!(item.field("finding-state").value().await?, "carried-over");
            assert_eq!(item.field("action").value().await?, "Mua hai máy quét");
            let expected = json!({
                "action": "Mua hai máy quét", "inCharge": "Bà Lan", "due": "2026-12-15",
                "state": "carried-over",
            });
            assert_eq!(finding(&page, "thrift").await?, expected);
            Ok(())
        })
        .await
}

/// Visibility follows from the stored values: emptied fields disappear once they are left.
#[tokio::test]
async fn fields_that_were_emptied_stay_while_somebody_writes_in_them() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            page.wait_for_save_state("saved").await?;
            let other = stage.open_tab("/").await?;
            steps::open(&other, &id).await?;
            let (item, seen) = (page.item("thrift"), other.item("thrift"));
            let [fields, there] = [&item, &seen].map(|item| item.find("[data-finding-fields]"));
            item.choose("not-met").await?;
            item.field("action").fill("Mua máy quét").await?;
            there.wait_for("to come", async |there| there.is_visible().await).await?;
            item.choose("met").await?;
            item.field("action").fill("").await?;
            there.wait_for("to go away", async |there| Ok(!there.exists().await?)).await?;
            // It has the focus.
            assert!(fields.is_visible().await?);
            item.field("note").fill("Đã đủ").await?;
            fields.wait_for("to go away, too", async |fields| Ok(!fields.exists().await?)).await
        })
        .await
}
