//! The whole job by keyboard alone.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use browser_tests::{Browser, Page, Setup, TestResult};
use fantoccini::key::Key;
use serde_json::json;

use crate::support::checklists::{id, list, small};
use crate::support::keys::{back, press, type_text};
use crate::support::reports::{self, check_file};
use crate::support::sites::{portal, small_portal};
use crate::support::{scripts, steps};

/// Returns the name of the focused field, action or item.
async fn focus(page: &Page) -> Result<String> {
    let script = "
        const focused = root.activeElement;
        if (!focused) return 'nothing';
        const { field, action, item } = focused.dataset;
        return field ?? action ?? item ?? focused.localName;
    ";
    let name = page.evaluate(script, json!(null)).await?;
    Ok(name.as_str().unwrap_or_default().to_owned())
}

/// Presses Tab until an element has the focus. Fails if that takes too long, or if the focus is
/// invisible on the way.
async fn tab_to(browser: &Browser, page: &Page, name: &str) -> TestResult {
    let mut passed = Vec::new();
    for _ in 0..60 {
        if focus(page).await? == name {
            return check_visible(page, name).await;
        }
        press(browser, "Tab").await?;
        passed.push(focus(page).await?);
    }
    bail!("Tab does not come to {name}, but to {}", passed.join(", "))
}

/// Checks that the focus is visible, by an outline or another ring around the element.
async fn check_visible(page: &Page, name: &str) -> TestResult {
    let script = "
        const focused = root.activeElement;
        const around = [focused, focused.nextElementSibling, focused.parentElement].filter(Boolean);
        return around.some((one) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
          return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
        });
    ";
    assert_eq!(
        page.evaluate(script, json!(null)).await?,
        json!(true),
        "the focus on {name} can't be seen"
    );
    Ok(())
}

#[tokio::test]
async fn a_short_job_needs_no_mouse() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let browser = &stage.browser;
            tab_to(browser, &page, "checklist").await?;
            // The fourth in the list. Its first letters would do, but arrows are certain.
            while page.field("checklist").value().await? != "phuong-2-105-2022" {
                press(browser, "ArrowDown").await?;
            }
            tab_to(browser, &page, "unit-name").await?;
            type_text(browser, "UBND Phường 2").await?;
            tab_to(browser, &page, "period").await?;
            type_text(browser, "2022").await?;
            // Enter in a field starts, as in any form.
            press(browser, "Enter").await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;

            // Goes to the first item without an answer, which is an attestation.
            back_to(browser, &page, "next-unanswered").await?;
            press(browser, "Enter").await?;
            steps::wait_for_item(&page, "shortcomings-2021-remedied").await?;
            tab_to(browser, &page, "verdict").await?;
            press(browser, " ").await?;
            page.item("shortcomings-2021-remedied").wait_for_verdict("met").await?;
            press(browser, "ArrowRight").await?;
            page.item("shortcomings-2021-remedied").wait_for_verdict("partly-met").await?;
            tab_to(browser, &page, "reason").await?;
            type_text(browser, "Thiếu kinh phí").await?;

            // The keyboard's focus moves into the next item and continues from there.
            to_next(browser, &page, "staff-coordination").await?;

            let ratio = page.item("feedback-handled");
            while scripts::focused_item(&page).await? != "feedback-handled" {
                press(browser, "Tab").await?;
            }
            tab_to(browser, &page, "numerator").await?;
            type_text(browser, "959").await?;
            press(browser, "Tab").await?;
            assert_eq!(focus(&page).await?, "denominator");
            type_text(browser, "960").await?;
            ratio.wait_for_verdict("not-met").await?;
            // Spaces and Enter in a field do nothing else.
            press(browser, "Enter").await?;
            assert_eq!(focus(&page).await?, "denominator");
            tab_to(browser, &page, "na").await?;
            press(browser, " ").await?;
            ratio.wait_for_verdict("not-applicable").await?;
            press(browser, " ").await?;
            ratio.wait_for_verdict("not-met").await?;

            back_to(browser, &page, "result").await?;
            press(browser, "Enter").await?;
            page.find(".result")
                .wait_for("to be shown", async |result| result.is_visible().await)
                .await?;
            back_to(browser, &page, "export").await?;
            press(browser, "Enter").await?;
            let file = browser.wait_for_download(".json").await?;
            let report = check_file(&page, &fs::read(file)?).await?;
            assert_eq!(report.pointer("/summary/answered"), Some(&json!(2)));
            let attested =
                reports::item(&report, "shortcomings-2021-remedied")?.get("answer").cloned();
            assert_eq!(
                attested,
                Some(json!({ "verdict": "partly-met", "reason": "Thiếu kinh phí" }))
            );
            Ok(())
        })
        .await
}

/// Browsers submit a form with one text field on Enter, and each area is a form.
#[tokio::test]
async fn enter_in_the_only_field_of_an_area_leaves_the_page_as_it_is() -> TestResult {
    let mut checklist = small()?;
    let posted = list(&checklist, "items").iter().find(|item| id(item) == "posted").cloned();
    let items = checklist.get_mut("items").context("a checklist without items")?;
    *items = json!([posted.context("no roster")?]);
    portal("<tu-kiem-tra></tu-kiem-tra>")?
        .file("/one.json", "application/json", checklist.to_string())
        .run(async |stage| {
            let page = stage.open("/").await?;
            let new =
                json!({ "checklist": "/one.json", "unit": { "name": "UBND phường 2" }, "period": "2022" });
            page.call("startInspection", json!([new])).await?;
            // Read after all listeners have run.
            let listen = "
                const look = (event) => setTimeout(() => (globalThis.isSent = !event.defaultPrevented));
                root.addEventListener('submit', look, true);
            ";
            page.evaluate(listen, json!(null)).await?;
            // A roster without rows has no other single-line field.
            let target = page.item("posted").field("target");
            target.type_text("50").await?;
            target.press(Key::Enter).await?;
            page.wait_for_save_state("saved").await?;
            assert_eq!(target.value().await?, "50");
            // The browser dispatched the form's submission.
            page.wait_for("an answer to the browser", async |page| {
                let is_sent = page.evaluate("return globalThis.isSent ?? null", json!(null)).await?;
                assert_ne!(is_sent, json!(true), "the form of the area was sent");
                Ok(is_sent == json!(false))
            })
            .await?;
            Ok(())
        })
        .await
}

/// Goes back to the button for the next item without an answer, presses it, and checks the focus
/// afterwards.
async fn to_next(browser: &Browser, page: &Page, id: &str) -> TestResult {
    back_to(browser, page, "next-unanswered").await?;
    press(browser, "Enter").await?;
    steps::wait_for_item(page, id).await?;
    // Into the item, not just to it: the first Tab reaches its first field.
    press(browser, "Tab").await?;
    assert_eq!(scripts::focused_item(page).await?, id);
    assert_eq!(focus(page).await?, "verdict");
    Ok(())
}

async fn back_to(browser: &Browser, page: &Page, name: &str) -> TestResult {
    for _ in 0..120 {
        if focus(page).await? == name {
            return Ok(());
        }
        back(browser).await?;
    }
    bail!("Tab backwards does not come to {name}")
}

/// Screens opened by keyboard take the focus along and return it afterwards.
#[tokio::test]
async fn the_focus_is_never_lost() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let browser = &stage.browser;
            let id = crate::support::start::Start::default().run(&page).await?;
            let lost = async |place: &str| -> TestResult {
                page.wait_for(&format!("{place} to have the focus"), async |page| {
                    let script = "return root.activeElement?.checkVisibility() ?? false;";
                    Ok(page.evaluate(script, json!(null)).await? == json!(true))
                })
                .await
            };
            lost("the items").await?;
            back_to(browser, &page, "result").await?;
            press(browser, "Enter").await?;
            lost("the result").await?;
            back_to(browser, &page, "answering").await?;
            press(browser, "Enter").await?;
            lost("the items again").await?;
            back_to(browser, &page, "home").await?;
            press(browser, "Enter").await?;
            lost("the list").await?;
            tab_to(browser, &page, "open").await?;
            press(browser, "Enter").await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;
            lost("the items").await?;
            back_to(browser, &page, "home").await?;
            press(browser, "Enter").await?;
            tab_to(browser, &page, "delete").await?;
            press(browser, "Enter").await?;
            steps::notice(&page, "done").await?;
            lost("the list without the one that was deleted").await?;
            tab_to(browser, &page, "undo").await?;
            press(browser, "Enter").await?;
            steps::listed(&page, &id)
                .wait_for("to be back", async |listed| listed.exists().await)
                .await?;
            lost("the list with it").await
        })
        .await
}

/// Presses Tab until a field or a button of an item has the focus.
async fn tab_into(browser: &Browser, page: &Page, item: &str, name: &str) -> TestResult {
    for _ in 0..60 {
        if focus(page).await? == name && scripts::focused_item(page).await? == item {
            return check_visible(page, name).await;
        }
        press(browser, "Tab").await?;
    }
    bail!("Tab does not come to {name} of {item}")
}

/// Every kind of item, the missing ones, completing, reopening, the list: everything by keyboard.
#[tokio::test]
async fn the_whole_job_needs_no_mouse() -> TestResult {
    small_portal()?
        .timeout(Duration::from_secs(240))
        .run(async |stage| {
            let page = stage.open("/").await?;
            let browser = &stage.browser;
            page.find(".facts")
                .wait_for("to be shown", async |facts| facts.is_visible().await)
                .await?;
            tab_to(browser, &page, "unit-name").await?;
            type_text(browser, "UBND phường 1").await?;
            tab_to(browser, &page, "period").await?;
            type_text(browser, "2022").await?;
            tab_to(browser, &page, "inspectors").await?;
            type_text(browser, "Lê Thị Hoa").await?;
            press(browser, "Enter").await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;

            for (item, field, text, verdict) in [
                ("attested", "verdict", " ", ""),
                ("share", "numerator", "25", ""),
                ("share", "denominator", "25", "met"),
                ("overdue", "count", "0", "met"),
                ("hours", "quantity", "4,5", "met"),
                ("old-plan", "date", "30/08/2022", "met"),
                ("monthly", "done-period", " ", "partly-met"),
                ("posted", "add-row", " ", ""),
                ("notice", "part", " ", "partly-met"),
                ("proposals", "text", "Bổ sung máy quét", "met"),
            ] {
                tab_into(browser, &page, item, field).await?;
                match text {
                    " " => press(browser, " ").await?,
                    text => type_text(browser, text).await?,
                }
                if field == "add-row" {
                    // The new row has the focus, and is filled in from there.
                    let row = page.item(item).row(0);
                    row.column("name")
                        .wait_for("to have the focus", async |cell| cell.is_focused().await)
                        .await?;
                    type_text(browser, "Khai sinh").await?;
                    for _ in 0..2 {
                        press(browser, "Tab").await?;
                        press(browser, " ").await?;
                    }
                    page.item(item).wait_for_verdict("met").await?;
                }
                if !verdict.is_empty() {
                    page.item(item).wait_for_verdict(verdict).await?;
                }
            }
            page.item("attested").wait_for_verdict("met").await?;

            // The list of missing items. Esc leaves it, and the focus returns.
            tab_to(browser, &page, "complete").await?;
            press(browser, "Enter").await?;
            let dialog = page.find("[data-dialog=complete]");
            dialog.wait_for("to be open", async |dialog| dialog.is_visible().await).await?;
            press(browser, "Escape").await?;
            steps::wait_for_no_dialog(&page).await?;
            assert_eq!(focus(&page).await?, "complete");
            press(browser, "Enter").await?;
            tab_to(browser, &page, "complete-reason").await?;
            type_text(browser, "Máy chủ bảo trì").await?;
            tab_to(browser, &page, "complete-anyway").await?;
            press(browser, "Enter").await?;
            steps::wait_for_no_dialog(&page).await?;

            back_to(browser, &page, "amend").await?;
            press(browser, "Enter").await?;
            tab_to(browser, &page, "amend-go").await?;
            press(browser, "Enter").await?;
            steps::wait_for_no_dialog(&page).await?;
            // Finds an item by words, and goes back to the list.
            tab_to(browser, &page, "search").await?;
            type_text(browser, "khong co tu nay").await?;
            tab_to(browser, &page, "clear-filter").await?;
            press(browser, "Enter").await?;
            page.field("search")
                .wait_for("to have the focus", async |field| field.is_focused().await)
                .await?;
            back_to(browser, &page, "home").await?;
            press(browser, "Enter").await?;
            page.wait_for("the list", async |page| page.action("open").exists().await).await?;
            tab_to(browser, &page, "open").await?;
            press(browser, "Enter").await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;
            let report = page.call("exportReport", json!([])).await?;
            assert_eq!(report.pointer("/inspection/status"), Some(&json!("amended")));
            assert_eq!(report.pointer("/inspection/inspectors"), Some(&json!(["Lê Thị Hoa"])));
            assert_eq!(report.pointer("/summary/answered"), Some(&json!(9)));
            Ok(())
        })
        .await
}
