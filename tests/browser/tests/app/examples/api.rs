//! A host with a button for every method and a log of every event.

use std::fs;

use anyhow::{Context, Result, ensure};
use browser_tests::{Page, TestResult, wait_until};
use serde_json::{Value, json};

use super::released;
use crate::support::scripts::strings;

/// Waits until the host shows the outcome of a method, and returns it.
async fn outcome(page: &Page, beginning: &str) -> Result<String> {
    wait_until(&format!("the host to say {beginning:?}"), async || {
        let error = page.outside("#error").text().await?;
        let told = page.outside("#outcome").text().await?;
        ensure!(told.starts_with(beginning), "it says {told:?} {error:?}");
        Ok(Some(told))
    })
    .await
}

/// Waits until the host shows an error of this code.
async fn refused(page: &Page, code: &str) -> Result<()> {
    let error = page.outside("#error");
    let what = format!("to begin with {code}");
    error
        .wait_for(&what, async |error| Ok(error.text().await?.starts_with(&format!("{code}: "))))
        .await
}

/// Returns the kinds of events in the host's log, each once.
async fn logged(page: &Page) -> Result<Vec<String>> {
    let script = "
        const entries = document.querySelectorAll('#events > li');
        return [...new Set([...entries].map((entry) => entry.dataset.type))].sort();
    ";
    strings(page.evaluate(script, json!(null)).await?)
}

/// Returns the report that the host shows.
async fn report(page: &Page) -> Result<Value> {
    Ok(serde_json::from_str(&page.outside("#report").text().await?)?)
}

/// Returns the host's own list when it has this many entries.
async fn wait_for_list(page: &Page, count: u64) -> Result<()> {
    let list = page.outside("#inspections");
    let what = format!("to have {count} entries");
    list.wait_for(&what, async |list| Ok(list.count("button").await? == count)).await
}

#[tokio::test]
async fn every_method_has_a_button() -> TestResult {
    released()?
        .run(async |stage| {
            let page = stage.open("/examples/api/").await?;
            page.outside("#start [name=checklist]").select("cao-lanh-2022").await?;
            page.outside("#start [name=unit]").fill("UBND xã Mỹ Trà").await?;
            page.outside("#start button").click().await?;
            let first = outcome(&page, "Đã bắt đầu ").await?;

            page.outside("#start [name=checklist]").select("phuong-2-105-2022").await?;
            page.outside("#start [name=unit]").fill("UBND phường An Bình").await?;
            page.outside("#start button").click().await?;
            page.wait_for("the second one", async |page| {
                let told = page.outside("#outcome").text().await?;
                Ok(told.starts_with("Đã bắt đầu ") && told != first)
            })
            .await?;
            wait_for_list(&page, 2).await?;

            page.outside("#answer button").click().await?;
            outcome(&page, "Kết quả của signature-agency: ").await?;
            let ratio = page.item("signature-agency");
            assert_eq!(ratio.field("numerator").value().await?, "24");
            page.outside("#flush").click().await?;
            outcome(&page, "Mọi câu trả lời").await?;
            assert_eq!(page.save_state().await?, "saved");

            page.outside("#export").click().await?;
            outcome(&page, "Đã lấy báo cáo").await?;
            let second = report(&page).await?;
            assert_eq!(
                second.pointer("/inspection/unit/name"),
                Some(&json!("UBND phường An Bình"))
            );

            // The older one, from the host's own list.
            let id = first.trim_start_matches("Đã bắt đầu ");
            page.outside(&format!("#inspections [data-id='{id}']")).click().await?;
            outcome(&page, &format!("Đã mở {id}")).await?;
            assert!(!page.item("signature-agency").exists().await?);

            page.outside("#import [name=onConflict]").select("keep-both").await?;
            page.outside("#import button").click().await?;
            outcome(&page, "Đã nhập ").await?;
            page.outside("#list").click().await?;
            outcome(&page, "3 đợt").await?;
            wait_for_list(&page, 3).await
        })
        .await
}

#[tokio::test]
async fn errors_come_with_their_codes() -> TestResult {
    released()?
        .run(async |stage| {
            let page = stage.open("/examples/api/").await?;
            page.outside("#export").click().await?;
            refused(&page, "no-inspection").await?;
            page.outside("#start [name=period]").fill("quý bốn").await?;
            page.outside("#start button").click().await?;
            refused(&page, "invalid-period").await?;
            page.outside("#start [name=period]").fill("2026").await?;
            page.outside("#start button").click().await?;
            outcome(&page, "Đã bắt đầu ").await?;
            assert!(!page.outside("#error").is_visible().await?);

            page.outside("#answer [name=item]").fill("khong-co").await?;
            page.outside("#answer button").click().await?;
            refused(&page, "unknown-item").await?;
            page.outside("#answer [name=answer]").fill("{").await?;
            page.outside("#answer button").click().await?;
            refused(&page, "SyntaxError").await?;
            page.outside("#export").click().await?;
            outcome(&page, "Đã lấy báo cáo").await?;
            page.outside("#import button").click().await?;
            refused(&page, "import-conflict").await
        })
        .await
}

/// Makes the storage full.
const FULL: &str = "
    window.__put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };
";

#[tokio::test]
async fn every_event_is_in_the_log() -> TestResult {
    released()?
        .run(async |stage| {
            let page = stage.open("/examples/api/").await?;
            page.outside("#start button").click().await?;
            outcome(&page, "Đã bắt đầu ").await?;
            page.item("staff-coordination").choose("met").await?;
            page.wait_for_save_state("saved").await?;

            // The host takes over the report, so there is no file.
            page.action("result").click().await?;
            page.action("export").click().await?;
            page.wait_for_events("tkt-export", 1).await?;
            let item = report(&page).await?;
            let items = item.get("items").and_then(Value::as_array).context("it has items")?;
            let answered =
                items.iter().find(|item| item.get("id") == Some(&json!("staff-coordination")));
            assert_eq!(answered.and_then(|item| item.get("verdict")), Some(&json!("met")));
            page.action("answering").click().await?;

            page.outside("#attributes [name=unit-type]").fill("village").await?;
            page.outside("#attributes [name=lang]").select("en").await?;
            page.outside("#attributes button").click().await?;
            page.evaluate(FULL, json!(null)).await?;
            page.item("staff-coordination").field("note").type_text("Đủ").await?;
            page.wait_for_save_state("failed").await?;
            let expected = [
                "tkt-change",
                "tkt-error",
                "tkt-export",
                "tkt-ready",
                "tkt-save-error",
                "tkt-saved",
            ];
            page.wait_for("every event", async |page| Ok(logged(page).await? == expected)).await?;
            assert_eq!(page.find("[part=root]").attribute("lang").await?.as_deref(), Some("en"));
            assert_eq!(fs::read_dir(stage.browser.downloads())?.count(), 0);
            page.evaluate("IDBObjectStore.prototype.put = __put;", json!(null)).await?;
            page.wait_for_save_state("saved").await
        })
        .await
}
