//! The life of an inspection: completing, reopening, the next period, and undoing losses.

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, TestResult};
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::reports;
use crate::support::sites::small_portal;
use crate::support::start::{Start, inspections};
use crate::support::steps;

async fn report(page: &Page) -> Result<Value> {
    page.call("exportReport", json!([])).await
}

async fn at(page: &Page, pointer: &str) -> Result<Value> {
    Ok(report(page).await?.pointer(pointer).cloned().unwrap_or_default())
}

#[tokio::test]
async fn what_is_missing_is_shown_before_it_is_completed() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.action("complete").click().await?;
            let dialog = page.find("[data-dialog=complete]");
            assert_eq!(dialog.count("li").await?, 32);
            let missing = dialog.find("[data-finding=signature-agency] button");
            // A line leads to its item and completes nothing.
            missing.click().await?;
            steps::wait_for_item(&page, "signature-agency").await?;
            assert_eq!(at(&page, "/inspection/status").await?, "in-progress");

            // Esc leaves the dialog, and the focus returns.
            page.action("complete").click().await?;
            page.field("complete-reason").press(Key::Escape).await?;
            steps::wait_for_no_dialog(&page).await?;
            page.action("complete")
                .wait_for("to have the focus", async |button| button.is_focused().await)
                .await?;

            // Without a reason it is not completed.
            page.action("complete").click().await?;
            page.action("complete-anyway").click().await?;
            let reason = page.field("complete-reason");
            reason.wait_for_attribute("aria-invalid", "true").await?;
            reason.wait_for("to have the focus", async |field| field.is_focused().await).await?;
            reason.fill("Phần mềm một cửa đang bảo trì").await?;
            page.action("complete-anyway").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            let report = report(&page).await?;
            reports::check_schema(&report)?;
            let at = |pointer: &str| report.pointer(pointer).cloned().unwrap_or_default();
            assert_eq!(at("/inspection/status"), "completed");
            assert_eq!(at("/inspection/incompleteReason"), "Phần mềm một cửa đang bảo trì");
            page.action("result").click().await?;
            let shown = page.find(".result").text().await?;
            assert!(shown.contains("Phần mềm một cửa đang bảo trì"), "{shown}");

            // Right afterwards everything can be undone.
            page.action("answering").click().await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn completing_can_be_taken_back() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "", ..Start::default() }.run(&page).await?;
            steps::complete_anyway(&page, "Thử").await?;
            page.action("undo").click().await?;
            page.wait_for("it to be open", async |page| page.action("complete").is_visible().await)
                .await?;
            assert_eq!(at(&page, "/inspection/status").await?, "in-progress");
            assert_eq!(at(&page, "/inspection/incompleteReason").await?, Value::Null);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_touch_on_a_completed_item_asks_first() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            steps::complete_anyway(&page, "Thử").await?;
            let note = page.item("thrift").field("note");
            let script = "
                const { left, top, width, height } = (place.scrollIntoView({ block: 'center' }),
                  place.getBoundingClientRect());
                const [x, y] = [left + width / 2, top + height / 2];
                place.getRootNode().elementFromPoint(x, y).click();
            ";
            note.on_element(script, Value::Null).await?;
            page.action("amend-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            assert_eq!(at(&page, "/inspection/status").await?, "completed");
            note.on_element(script, Value::Null).await?;
            page.action("amend-go").click().await?;
            note.wait_for("to be open", async |note| note.is_enabled().await).await?;
            assert_eq!(at(&page, "/inspection/status").await?, "amended");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_next_period_takes_over_what_the_person_wants() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let start = Start {
                checklist: "cap-xa-2026",
                period: "2026-Q1",
                inspectors: "Lê Thị Hoa, Trần Nam",
                ..Start::default()
            };
            let first = start.run(&page).await?;
            page.item("budget-disclosed").choose("met").await?;
            page.item("budget-disclosed").field("note").fill("Xem biên bản").await?;
            let roster = page.item("procedures-posted");
            roster.action("add-row").click().await?;
            roster.row(0).column("name").fill("12/KH-UBND").await?;
            roster.row(0).column("desk").check().await?;
            page.wait_for_save_state("saved").await?;
            steps::go_home(&page).await?;

            steps::listed(&page, &first).find("[data-action=next-period]").click().await?;
            page.field("period")
                .wait_for("to have the focus", async |field| field.is_focused().await)
                .await?;
            assert_eq!(page.field("unit-name").value().await?, start.unit);
            assert_eq!(page.field("inspectors").value().await?, start.inspectors);
            assert_eq!(page.field("checklist").value().await?, start.checklist);
            assert_eq!(page.field("period").value().await?, "Quý II/2026");
            assert!(page.field("carry-targets").is_checked().await?);
            page.field("carry-rows").check().await?;
            assert!(!page.field("carry-notes").is_checked().await?);
            page.field("carry-notes").check().await?;
            page.field("period").fill("2026-Q2").await?;
            page.action("start").click().await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;

            let report = report(&page).await?;
            reports::check_schema(&report)?;
            assert_eq!(report.pointer("/inspection/period"), Some(&json!("2026-Q2")));
            // Names without a tick fall short; no other item is answered.
            assert_eq!(report.pointer("/summary/answered"), Some(&json!(1)));
            let item = |id: &str| reports::item(&report, id);
            assert_eq!(item("budget-disclosed")?.get("answer"), None);
            assert_eq!(item("budget-disclosed")?.get("note"), Some(&json!("Xem biên bản")));
            let rows = item("procedures-posted")?.pointer("/answer/rows");
            assert_eq!(rows, Some(&json!([{"name": "12/KH-UBND"}])));
            // The period before is as it was.
            let all = inspections(&page).await?;
            assert_eq!(all.len(), 2);
            page.call("openInspection", json!([first])).await?;
            assert_eq!(at(&page, "/inspection/period").await?, "2026-Q1");
            assert_eq!(page.summary().await?.answered, 2);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_date_that_gives_way_can_be_taken_back() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "", ..Start::default() }.run(&page).await?;
            let item = page.item("report");
            for typed in ["30/08/2022", "cuối tháng"] {
                item.field("date").fill(typed).await?;
                item.field("not-yet").check().await?;
                let told = text("vi", "deadline.date-dropped")?.replace("{date}", typed);
                steps::wait_for_notice(&page, "done", &told).await?;
                assert_eq!(item.field("date").value().await?, "");
                page.action("undo").click().await?;
                item.field("date")
                    .wait_for("to have its date", async |field| Ok(field.value().await? == typed))
                    .await?;
                assert!(!item.field("not-yet").is_checked().await?);
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_answer_that_stands_there_by_mistake_is_taken_away() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start { checklist: "", ..Start::default() }.run(&page).await?;
            let item = page.item("attested");
            let clear = item.action("clear-answer");
            assert!(!clear.is_visible().await?);
            item.choose("not-met").await?;
            item.field("reason").fill("Thiếu máy").await?;
            item.field("note").fill("Hỏi lại").await?;
            clear.click().await?;
            item.wait_for_verdict("unanswered").await?;
            steps::wait_for_item(&page, "attested").await?;
            let chosen = item.find("[data-field=verdict][value=not-met]");
            assert!(!chosen.is_checked().await?);
            assert_eq!(item.field("note").value().await?, "Hỏi lại");
            page.action("undo").click().await?;
            item.wait_for_verdict("not-met").await?;
            assert_eq!(item.field("reason").value().await?, "Thiếu máy");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn deleting_for_good_asks_first() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = Start::default().run(&page).await?;
            steps::go_home(&page).await?;
            steps::listed(&page, &id).find("[data-action=delete]").click().await?;
            page.find("details.deleted summary").click().await?;
            let deleted = page.find(&format!("[data-deleted=\"{id}\"]"));
            deleted.find("[data-action=purge]").click().await?;
            let asked = page.find("[data-dialog=purge]").text().await?;
            assert!(asked.contains("UBND Phường 2"), "{asked}");
            page.action("purge-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            deleted.find("[data-action=restore]").click().await?;
            let listed = steps::listed(&page, &id);
            listed.wait_for("to be back", async |listed| listed.exists().await).await?;
            inspections(&page).await?.first().context("it is there").map(drop)
        })
        .await
}
