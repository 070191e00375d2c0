//! The comparison of an inspection with earlier ones of the unit: the card on the result, and the
//! answers carried over.

use anyhow::{Context, Result};
use browser_tests::{Browser, Page, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::text;
use crate::support::keys::press;
use crate::support::paper;
use crate::support::reports::{self, sealed};
use crate::support::sites::small_portal;
use crate::support::steps;

/// Returns a text of the interface with its values filled in.
fn said(name: &str, values: &[(&str, &str)]) -> Result<String> {
    let mut said = text("vi", name)?;
    for (name, value) in values {
        said = said.replace(&format!("{{{name}}}"), value);
    }
    Ok(said)
}

/// Starts an inspection of a period and answers some of its items.
async fn inspect(page: &Page, period: &str, answers: Value) -> Result<String> {
    let unit = json!({ "name": "UBND xã Hòa An" });
    let new = json!({ "checklist": "/small.json", "unit": unit, "period": period });
    let id = page.call("startInspection", json!([new])).await?;
    for (item, answer) in answers.as_object().context("answers by item")? {
        page.call("setAnswer", json!([item, answer])).await?;
    }
    page.call("flush", json!([])).await?;
    Ok(id.as_str().context("an id")?.to_owned())
}

fn not_met() -> Value {
    json!({ "verdict": "not-met", "reason": "Thiếu máy quét" })
}

async fn show_result(page: &Page) -> Result<()> {
    page.action("result").click().await?;
    page.find(".comparison").wait_for("to be there", async |card| card.exists().await).await
}

/// The items of one of the lists.
async fn list(page: &Page, name: &str) -> Result<Value> {
    let script = "
        const lines = root.querySelectorAll(`[data-compared-list=${given}] [data-compared]`);
        return [...lines].map((line) => line.dataset.compared);
    ";
    page.evaluate(script, json!(name)).await
}

/// Returns the bars of the chart with their labels.
async fn bars(page: &Page) -> Result<Vec<(String, String)>> {
    let script = "
        return [...root.querySelectorAll('[data-trend]')]
          .map((bar) => [bar.dataset.trend, bar.innerText.replace(/\\s+/g, ' ').trim()]);
    ";
    Ok(serde_json::from_value(page.evaluate(script, json!(null)).await?)?)
}

#[tokio::test]
async fn the_result_says_what_became_of_each_item() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let before = json!({
                "attested": { "verdict": "met" },
                "share": { "numerator": 90, "denominator": 100 },
                "overdue": { "count": 3 },
                "hours": { "quantity": "5" },
            });
            inspect(&page, "2026-Q1", before).await?;
            let now = json!({
                "attested": not_met(),
                "share": { "numerator": 96, "denominator": 100 },
                "overdue": { "count": 0 },
                "notice": { "parts": { "address": true, "phone": true, "mailbox": true } },
            });
            inspect(&page, "2026-Q2", now).await?;
            show_result(&page).await?;
            assert_eq!(list(&page, "fell").await?, json!(["attested"]));
            assert_eq!(list(&page, "rose").await?, json!(["share", "overdue"]));
            assert_eq!(list(&page, "answered").await?, json!(["notice"]));
            assert_eq!(list(&page, "unanswered").await?, json!(["hours"]));
            let summary = page.find("[data-compare-summary]").text().await?;
            let expected = said(
                "compare.summary",
                &[
                    ("met", "2"),
                    ("total", "13"),
                    ("period", "Quý I/2026"),
                    ("then-met", "2"),
                    ("then-total", "13"),
                    ("rose", "2"),
                    ("fell", "1"),
                    ("new", "1"),
                    ("lasting", "0"),
                ],
            )?;
            assert_eq!(summary, expected);
            // The exact figures stand behind the verdicts.
            page.find("[data-compared-list=rose] summary").click().await?;
            let share = page.find("[data-compared=share]");
            let told = share.text().await?;
            assert!(told.contains("90% (90/100)") && told.contains("96% (96/100)"), "{told}");
            let area = page.find("[data-compared-area=first]").text().await?;
            assert!(area.contains("2/5") && area.contains("1/5"), "{area}");
            assert_eq!(page.axe().await?, Vec::<String>::new());
            // A line leads to its item.
            share.find("button").click().await?;
            steps::wait_for_item(&page, "share").await
        })
        .await
}

/// Imports the report as one of another period and of a unit with that name.
async fn of_another(
    page: &Page,
    report: &Value,
    id: &str,
    period: &str,
    unit: &str,
) -> Result<Value> {
    let mut report = report.clone();
    let inspection = report.get_mut("inspection").and_then(Value::as_object_mut);
    let inspection = inspection.context("a report has an inspection")?;
    inspection.insert("id".to_owned(), json!(id));
    inspection.insert("period".to_owned(), json!(period));
    inspection.insert("unit".to_owned(), json!({ "name": unit, "type": "commune" }));
    sealed(page, report).await
}

#[tokio::test]
async fn imported_reports_count_and_what_was_deleted_does_not() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let answers = json!({ "attested": not_met(), "overdue": { "count": 0 } });
            let id = inspect(&page, "2026-Q3", answers).await?;
            let report = page.call("exportReport", json!([])).await?;
            let first = "00000000-0000-4000-8000-000000000001";
            let second = "00000000-0000-4000-8000-000000000002";
            let third = "00000000-0000-4000-8000-000000000003";
            // One unit in another spelling, and one with almost the same name.
            for (id, period, unit) in [
                (first, "2026-Q1", "ubnd  xã Hoà An"),
                (second, "2026-Q2", "UBND xã Hòa An"),
                (third, "2026-05", "UBND xã Hóa An"),
            ] {
                let report = of_another(&page, &report, id, period, unit).await?;
                page.call("importReport", json!([report])).await?;
            }
            page.call("openInspection", json!([id])).await?;
            show_result(&page).await?;
            assert_eq!(list(&page, "lasting").await?, json!(["attested"]));
            page.find("[data-compared-list=lasting] summary").click().await?;
            let times = said("compare.times", &[("count", "3")])?;
            let line = page.find("[data-compared-list=lasting] [data-compared=attested]");
            assert!(line.text().await?.contains(&times));
            let names = async || -> Result<Vec<String>> {
                Ok(bars(&page).await?.into_iter().map(|(role, _)| role).collect())
            };
            assert_eq!(names().await?, ["other", "with", "this"]);
            // The chart has a text alternative and a table.
            let picture = page.find(".trend-picture");
            assert_eq!(picture.attribute("role").await?.as_deref(), Some("img"));
            let label = picture.attribute("aria-label").await?.unwrap_or_default();
            let value = said("compare.value", &[("percent", "7,6%"), ("of", "1/13")])?;
            assert!(label.contains(&format!("Quý I/2026: {value}")), "{label}");
            assert_eq!(page.find(".trend tbody").count("tr").await?, 3);

            page.field("compare-with").select(first).await?;
            page.find("[data-trend=with]")
                .wait_for("to be the first", async |bar| {
                    Ok(bar.text().await?.contains("Quý I/2026"))
                })
                .await?;
            assert_eq!(names().await?, ["with", "other", "this"]);
            assert!(page.find("[data-compare-summary]").text().await?.contains("Quý I/2026"));

            steps::go_home(&page).await?;
            steps::listed(&page, first).find("[data-action=delete]").click().await?;
            page.call("openInspection", json!([id])).await?;
            show_result(&page).await?;
            assert_eq!(names().await?, ["with", "this"]);
            assert!(!page.find("[data-compared-list=lasting]").exists().await?);
            assert!(!page.field("compare-with").exists().await?);
            Ok(())
        })
        .await
}

/// The printed report has the same chart, with its figures in a table before it.
#[tokio::test]
async fn the_picture_of_the_periods_stands_on_paper() -> TestResult {
    small_portal()?
        .preload(paper::NO_PRINTER)
        .run(async |stage| {
            let page = stage.open("/").await?;
            for period in ["2026-Q1", "2026-Q2"] {
                inspect(&page, period, json!({ "attested": not_met() })).await?;
            }
            let now = json!({ "attested": { "verdict": "met" }, "share": { "numerator": 1, "denominator": 2 } });
            inspect(&page, "2026-Q3", now).await?;
            // The result was not opened: printing reads the earlier inspections by itself.
            paper::ask(&page).await?;
            paper::print(&page).await?;
            let script = "
                const bars = [...paper.querySelectorAll('[data-trend]')];
                const tables = [...paper.querySelectorAll('main table')];
                return {
                  sides: bars.map((bar) => [bar.dataset.trend, bar.querySelector('.trend-bar').getAttribute('width')]),
                  fills: new Set(bars.map((bar) => view.getComputedStyle(bar.querySelector('.trend-bar')).fill)).size,
                  hatched: bars.filter((bar) => bar.querySelector('.trend-hatch')).length,
                  periods: tables.map((table) => table.caption.textContent).filter((text) => text.includes('qua các kỳ')),
                  order: bars[0].compareDocumentPosition(tables[1]) === view.Node.DOCUMENT_POSITION_PRECEDING,
                };
            ";
            let found = paper::on_paper(&page, script, json!(null)).await?;
            let expected = json!({
                "sides": [["other", "0"], ["with", "0"], ["this", "76"]], "fills": 2, "hatched": 0,
                "periods": ["Bảng 2. Tỷ lệ đạt qua các kỳ"], "order": true,
            });
            assert_eq!(found, expected);
            let told = paper::text(&page, "main").await?;
            assert!(told.contains("III. SO VỚI KỲ TRƯỚC"), "{told}");
            Ok(())
        })
        .await
}

/// Creates a period with a finding that is still open, and the next one, in which the item fails
/// again.
async fn fail_twice(page: &Page) -> Result<String> {
    inspect(page, "2026-Q1", json!({ "attested": not_met() })).await?;
    let item = page.item("attested");
    item.field("action").fill("Mua hai máy quét").await?;
    item.field("in-charge").fill("Bà Lan").await?;
    item.field("finding-due").fill("15/12/2026").await?;
    page.wait_for_save_state("saved").await?;
    let id = inspect(page, "2026-Q2", json!({ "attested": not_met() })).await?;
    show_result(page).await?;
    Ok(id)
}

async fn finding(page: &Page) -> Result<Value> {
    let report = page.call("exportReport", json!([])).await?;
    reports::check_schema(&report)?;
    Ok(reports::item(&report, "attested")?.get("finding").cloned().unwrap_or_default())
}

fn carried() -> Value {
    json!({
        "action": "Mua hai máy quét", "inCharge": "Bà Lan", "due": "2026-12-15",
        "state": "carried-over",
    })
}

#[tokio::test]
async fn what_is_still_to_be_done_is_carried_over_with_one_tap() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = fail_twice(&page).await?;
            let carry = page.action("carry-findings");
            assert_eq!(carry.text().await?, said("compare.carry", &[("count", "1")])?);
            assert_eq!(page.axe().await?, Vec::<String>::new());
            let told = page.events("tkt-change").await?.len();
            carry.click().await?;
            steps::wait_for_notice(&page, "done", &said("compare.carried", &[("count", "1")])?)
                .await?;
            assert_eq!(finding(&page).await?, carried());
            // The host gets an event, and the list of findings on the same screen is updated.
            assert_eq!(page.events("tkt-change").await?.len(), told + 1);
            let line = page.find(".result [data-finding=attested]").text().await?;
            assert!(line.contains("Mua hai máy quét"), "{line}");
            assert!(!carry.exists().await?);

            page.action("undo").click().await?;
            carry.wait_for("to be back", async |carry| carry.exists().await).await?;
            assert_eq!(finding(&page).await?, json!(null));
            carry.click().await?;
            carry.wait_for("to be gone", async |carry| Ok(!carry.exists().await?)).await?;
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            page.call("openInspection", json!([id])).await?;
            assert_eq!(page.item("attested").field("action").value().await?, "Mua hai máy quét");
            assert_eq!(finding(&page).await?, carried());
            Ok(())
        })
        .await
}

#[tokio::test]
async fn nothing_is_carried_into_a_completed_inspection() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            fail_twice(&page).await?;
            assert!(page.action("carry-findings").is_visible().await?);
            steps::complete_anyway(&page, "Hết hạn nộp").await?;
            assert!(!page.action("carry-findings").is_visible().await?);
            assert_eq!(finding(&page).await?, json!(null));
            Ok(())
        })
        .await
}

/// Presses Tab until an element has the focus.
async fn tab_to(browser: &Browser, page: &Page, selector: &str) -> Result<()> {
    for _ in 0..40 {
        if page.find(selector).is_focused().await? {
            return Ok(());
        }
        press(browser, "Tab").await?;
    }
    anyhow::bail!("Tab does not come to {selector}")
}

#[tokio::test]
async fn comparing_needs_no_mouse() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let browser = &stage.browser;
            inspect(&page, "2025-Q4", json!({ "attested": { "verdict": "met" } })).await?;
            fail_twice(&page).await?;
            let with = "[data-field=compare-with]";
            tab_to(browser, &page, with).await?;
            assert_eq!(list(&page, "fell").await?, json!([]));
            press(browser, "ArrowDown").await?;
            page.wait_for("the older one to be compared", async |page| {
                Ok(list(page, "fell").await? == json!(["attested"]))
            })
            .await?;
            // Choosing doesn't move the focus. The open tasks don't depend on the compared period.
            assert!(page.find(with).is_focused().await?);
            let carry = "[data-action=carry-findings]";
            assert!(page.find(carry).exists().await?);
            press(browser, "ArrowUp").await?;
            page.wait_for("the last one to be compared again", async |page| {
                Ok(list(page, "fell").await? == json!([]))
            })
            .await?;
            tab_to(browser, &page, carry).await?;
            press(browser, "Enter").await?;
            page.find(carry)
                .wait_for("to be gone", async |carry| Ok(!carry.exists().await?))
                .await?;
            assert_eq!(finding(&page).await?, carried());
            // A keyboard user is not sent to the top of the page.
            page.find("#comparison-title")
                .wait_for("to have the focus", async |title| title.is_focused().await)
                .await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_bars_are_told_apart_without_colour() -> TestResult {
    small_portal()?
        .media("forced-colors", "active")
        .run(async |stage| {
            let page = stage.open("/").await?;
            for period in ["2025-Q4", "2026-Q1", "2026-Q2"] {
                let answers = json!({
                    "attested": { "verdict": "met" }, "overdue": { "count": 0 },
                    "hours": { "quantity": "5" }, "share": { "numerator": 1, "denominator": 1 },
                });
                inspect(&page, period, answers).await?;
            }
            show_result(&page).await?;
            let picture =
                async |role: &str| page.find(&format!("[data-trend={role}] svg")).picture().await;
            let (this, with, other) =
                (picture("this").await?, picture("with").await?, picture("other").await?);
            for (what, one, two) in [
                ("this, with", &this, &with),
                ("this, other", &this, &other),
                ("with, other", &with, &other),
            ] {
                let count = page.differing_pixels(one, two).await?;
                assert!(count >= 200, "{what}: only {count} pixels differ");
            }
            let words: Vec<_> = bars(&page).await?.into_iter().map(|(_, text)| text).collect();
            let with = said("compare.compared", &[("period", "Quý I/2026")])?;
            let this = said("compare.this", &[("period", "Quý II/2026")])?;
            assert!(words.get(1).is_some_and(|words| words.starts_with(&with)), "{words:?}");
            assert!(words.get(2).is_some_and(|words| words.starts_with(&this)), "{words:?}");
            Ok(())
        })
        .await
}
