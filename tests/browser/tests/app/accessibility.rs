//! The accessibility tree of each screen, compared with `tests/browser/snapshots/`.
//!
//! After an intended change, `UPDATE_SNAPSHOTS=1 cargo test -p browser-tests --test app --
//! accessibility` writes the files anew. Another screen is one more line with [`check`].

use anyhow::{Result, ensure};
use browser_tests::{Page, Setup, Stage, TestResult, check_snapshot};
use serde_json::json;

use crate::support::checklists::text;
use crate::support::clock::{CLOCK, live_in_vietnam};
use crate::support::scripts::settle;
use crate::support::sites::portal;
use crate::support::{dialogs, paper, steps};

/// Compares the accessibility tree with the snapshot of this name.
async fn check(page: &Page, screen: &str) -> TestResult {
    settle(page).await?;
    check_snapshot(screen, &page.accessibility_tree().await?)
}

/// The browser's figures on its storage differ from device to device.
const STORAGE: &str = "
    const say = (name, value) => { StorageManager.prototype[name] = () => Promise.resolve(value); };
    say('estimate', { usage: 1_234_567, quota: 2_000_000_000 });
    say('persisted', false);
    say('persist', false);
";

/// Returns the setup of a page with the small checklist on a fixed day.
fn setup(language: &str) -> Result<Setup> {
    let tag = format!(r#"<tu-kiem-tra checklist="/small.json" lang="{language}"></tu-kiem-tra>"#);
    Ok(portal(&tag)?.preload(CLOCK).preload(STORAGE))
}

async fn open(stage: &mut Stage) -> Result<Page> {
    live_in_vietnam(&stage.browser).await?;
    let page = stage.open("/").await?;
    page.find(".facts").wait_for("to be shown", async |facts| facts.is_visible().await).await?;
    Ok(page)
}

/// Starts an inspection and gives answers with every verdict.
async fn answer(page: &Page) -> Result<()> {
    let unit = json!({ "name": "UBND phường 1" });
    let new = json!({ "checklist": "/small.json", "unit": unit, "period": "2022" });
    page.call("startInspection", json!([new])).await?;
    page.item("attested").choose("met").await?;
    page.item("if-inspected").choose("not-met").await?;
    page.item("if-not-inspected").choose("not-applicable").await?;
    page.item("share").field("numerator").fill("1.234").await?;
    page.item("share").field("denominator").fill("1.000").await?;
    page.item("overdue").field("count").fill("ba").await?;
    page.item("notice").check("phone").await?;
    page.item("posted").action("add-row").click().await?;
    page.item("posted").row(0).column("name").fill("Khai sinh").await?;
    let since = page.item("posted").row(0).column("since");
    since.fill("hôm qua").await?;
    // The field shows its error once it is left.
    page.item("posted").field("note").click().await?;
    since.wait_for_attribute("aria-invalid", "true").await?;
    page.call("flush", json!([])).await?;
    page.wait_for_save_state("saved").await
}

#[tokio::test]
async fn the_screens_in_vietnamese() -> TestResult {
    setup("vi")?
        .run(async |stage| {
            let page = open(stage).await?;
            check(&page, "home-empty").await?;
            page.action("start").click().await?;
            page.field("unit-name").wait_for_attribute("aria-invalid", "true").await?;
            check(&page, "start-with-errors").await?;
            answer(&page).await?;
            check(&page, "answering").await?;
            page.action("result").click().await?;
            page.find(".result")
                .wait_for("to be shown", async |result| result.is_visible().await)
                .await?;
            check(&page, "result").await?;
            let report = page.call("exportReport", json!([])).await?;
            paper::ask(&page).await?;
            check(&page, "dialog-print").await?;
            page.action("print-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            page.action("complete").click().await?;
            check(&page, "dialog-complete").await?;
            page.field("complete-reason").fill("Máy chủ bảo trì").await?;
            page.action("complete-anyway").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            page.action("answering").click().await?;
            page.action("amend").click().await?;
            check(&page, "dialog-amend").await?;
            page.action("amend-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            steps::go_home(&page).await?;
            check(&page, "home-with-an-inspection").await?;
            for dialog in dialogs::on_home(stage, &report)? {
                dialog.open(&page).await?;
                check(&page, &format!("dialog-{}", dialog.name)).await?;
                dialog.close(&page).await?;
            }
            page.action("next-period").click().await?;
            page.find("[data-carry]")
                .wait_for("to be offered", async |carry| carry.exists().await)
                .await?;
            check(&page, "next-period").await?;
            page.action("delete").click().await?;
            page.find("details.deleted summary").click().await?;
            page.action("purge").click().await?;
            check(&page, "dialog-purge").await
        })
        .await
}

#[tokio::test]
async fn answering_in_english() -> TestResult {
    setup("en")?
        .run(async |stage| {
            let page = open(stage).await?;
            answer(&page).await?;
            check(&page, "answering-en").await
        })
        .await
}

/// The error of a field is announced once, when the field is left, and stands in the field's
/// description.
#[tokio::test]
async fn an_error_is_told_once_and_linked_to_its_field() -> TestResult {
    setup("vi")?
        .run(async |stage| {
            let page = open(stage).await?;
            answer(&page).await?;
            // Ignores earlier announcements.
            let status = page.find(".visually-hidden[role=status]");
            let date = text("vi", "unreadable.date")?;
            status
                .wait_for("to tell of the last cell", async |status| {
                    Ok(status.property("textContent").await? == json!(date))
                })
                .await?;
            let heard = "
                window.__heard = [];
                const status = root.querySelector('.visually-hidden[role=status]');
                new MutationObserver(() => __heard.push(status.textContent.trim()))
                  .observe(status, { childList: true, characterData: true, subtree: true });
            ";
            page.evaluate(heard, json!(null)).await?;
            let told = text("vi", "unreadable.whole")?;
            let field = page.item("overdue").field("count");
            field.fill("bốn").await?;
            page.item("overdue").field("note").click().await?;
            page.wait_for("it to be told once", async |page| {
                let heard = page.evaluate("return __heard;", json!(null)).await?;
                ensure!(heard == json!([told]), "heard was {heard}");
                Ok(true)
            })
            .await?;
            let described = "
                const ids = (place.getAttribute('aria-describedby') ?? '').split(' ');
                return ids.map((id) => place.getRootNode().getElementById(id)?.innerText).join(' ');
            ";
            let said = field.on_element(described, json!(null)).await?.to_string();
            assert!(said.contains(&told), "{said}");
            // A roster's cell has its error in the line of the verdict, with its row.
            let cell = page.item("posted").row(0).column("since");
            let said = cell.on_element(described, json!(null)).await?.to_string();
            let row = text("vi", "problem.cell")?.replace("{row}", "1").replace("{why}", &date);
            assert!(said.contains(&row), "{said}");
            Ok(())
        })
        .await
}
