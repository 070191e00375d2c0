//! A composition continues while another element of the same namespace, the host or the day changes
//! the page around it.

use anyhow::{Context, Result};
use browser_tests::{Control, Page, Stage, Stroke, TestResult, Typed};
use serde_json::{Value, json};

use super::{Target, beside_plain_fields, units};
use crate::support::checklists::text;
use crate::support::clock::CLOCK;
use crate::support::{reports, scripts, steps};

const TWO: &str = r#"<tu-kiem-tra id="a"></tu-kiem-tra><tu-kiem-tra id="b"></tu-kiem-tra>"#;

/// Two elements with the same inspection open: the person types in the first one.
async fn two(stage: &mut Stage) -> Result<[Page; 2]> {
    let page = stage.goto("/").await?;
    page.wait_for_events("tkt-ready", 2).await?;
    let [a, b] = ["#a", "#b"].map(|id| page.with_host(id));
    let unit = json!({ "name": "UBND phường 1" });
    let new = json!({ "checklist": "/small.json", "unit": unit, "period": "2022" });
    let id = a.call("startInspection", json!([new])).await?;
    steps::listed(&b, id.as_str().context("an id")?)
        .wait_for("to be listed", async |entry| entry.exists().await)
        .await?;
    b.call("openInspection", json!([id])).await?;
    Ok([a, b])
}

/// Begins to compose 'Tiếng' after 'Xã ', and checks the field.
async fn begin(page: &Page, field: &Control) -> Result<()> {
    let place = super::Place { name: "", before: "Xã ", selected: "", after: "" };
    Target::Ours(field.clone()).prepare(page, place).await?;
    for state in ["T", "Ti", "Tiê"] {
        check(&page.stroke(Stroke::Compose(state)).await?, &format!("Xã {state}"))?;
    }
    Ok(())
}

/// Continues the composition and ends it.
async fn finish(page: &Page) -> Result<()> {
    check(&page.typed().await?, "Xã Tiê")?;
    for state in ["Tiên", "Tiêng", "Tiếng"] {
        check(&page.stroke(Stroke::Compose(state)).await?, &format!("Xã {state}"))?;
    }
    check(&page.stroke(Stroke::Commit("Tiếng")).await?, "Xã Tiếng")?;
    check(&page.stroke(Stroke::Letter(' ')).await?, "Xã Tiếng ")
}

/// Checks that the field has this text and the caret at its end.
fn check(typed: &Typed, text: &str) -> Result<()> {
    let end = u64::from(units(text)?);
    anyhow::ensure!(typed.value == text && typed.selection == (end, end), "{text:?}: {typed:?}");
    Ok(())
}

/// Types into a field from elsewhere, without moving the focus.
async fn type_elsewhere(field: &Control, text: &str) -> Result<()> {
    let script = "
        place.value = given;
        place.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
    ";
    field.on_element(script, json!(text)).await.map(drop)
}

/// Waits until a field shows this, as entries from elsewhere appear by themselves.
async fn wait_for_value(field: &Control, text: &str) -> Result<()> {
    let what = format!("to show {text:?}");
    field.wait_for(&what, async |field| Ok(field.value().await? == text)).await
}

/// Writes into the same field in the other element, and waits until the first one has heard of it.
async fn edit_same_field(a: &Page, b: &Page) -> Result<()> {
    type_elsewhere(&b.item("proposals").field("text"), "của người khác").await?;
    let told = text("vi", "saving.other-tab")?;
    a.find(".visually-hidden[role=status]")
        .wait_for("to tell of it", async |status| {
            Ok(status.property("textContent").await? == json!(told))
        })
        .await?;
    scripts::settle(a).await
}

#[tokio::test]
async fn another_element_edits_other_items() -> TestResult {
    beside_plain_fields(TWO)?
        .run(async |stage| {
            let [a, b] = two(stage).await?;
            begin(&a, &a.item("proposals").field("text")).await?;
            type_elsewhere(&b.item("overdue").field("count"), "3").await?;
            a.item("overdue").wait_for_verdict("not-met").await?;
            finish(&a).await
        })
        .await
}

#[tokio::test]
async fn another_element_edits_another_field_of_the_item() -> TestResult {
    beside_plain_fields(TWO)?
        .run(async |stage| {
            let [a, b] = two(stage).await?;
            begin(&a, &a.item("proposals").field("text")).await?;
            wait_for_value(&b.item("proposals").field("text"), "Xã Tiê").await?;
            type_elsewhere(&b.item("proposals").field("note"), "theo báo cáo").await?;
            wait_for_value(&a.item("proposals").field("note"), "theo báo cáo").await?;
            finish(&a).await?;
            // Neither undoes the other.
            wait_for_value(&b.item("proposals").field("text"), "Xã Tiếng ").await?;
            let report = a.call("exportReport", json!([])).await?;
            let item = reports::item(&report, "proposals")?;
            assert_eq!(item.get("note"), Some(&json!("theo báo cáo")));
            assert_eq!(item.pointer("/answer/text"), Some(&json!("Xã Tiếng ")));
            Ok(())
        })
        .await
}

/// The typing person goes on: their text is the later one, and no letter of it is lost.
#[tokio::test]
async fn another_element_edits_the_same_field() -> TestResult {
    beside_plain_fields(TWO)?
        .run(async |stage| {
            let [a, b] = two(stage).await?;
            begin(&a, &a.item("proposals").field("text")).await?;
            wait_for_value(&b.item("proposals").field("text"), "Xã Tiê").await?;
            edit_same_field(&a, &b).await?;
            finish(&a).await
        })
        .await
}

/// The other element edits the field between two keys of a person who composes nothing.
#[tokio::test]
async fn another_element_edits_the_same_field_between_two_keys() -> TestResult {
    beside_plain_fields(TWO)?
        .run(async |stage| {
            let [a, b] = two(stage).await?;
            let field = a.item("proposals").field("text");
            let place = super::Place { name: "", before: "Xã ", selected: "", after: "" };
            Target::Ours(field.clone()).prepare(&a, place).await?;
            for letter in "Tieen".chars() {
                a.stroke(Stroke::Letter(letter)).await?;
            }
            a.stroke(Stroke::Backspace).await?;
            // This text was there once before: the other element must have the later one.
            a.wait_for_save_state("saved").await?;
            wait_for_value(&b.item("proposals").field("text"), "Xã Tiee").await?;
            edit_same_field(&a, &b).await?;
            for stroke in [Stroke::Backspace, Stroke::Backspace, Stroke::Letter('ê')] {
                a.stroke(stroke).await?;
            }
            check(&a.stroke(Stroke::Letter('n')).await?, "Xã Tiên")
        })
        .await
}

#[tokio::test]
async fn another_element_starts_an_inspection() -> TestResult {
    beside_plain_fields(TWO)?
        .run(async |stage| {
            let page = stage.goto("/").await?;
            page.wait_for_events("tkt-ready", 2).await?;
            let [a, b] = ["#a", "#b"].map(|id| page.with_host(id));
            begin(&a, &a.field("unit-name")).await?;
            let unit = json!({ "name": "UBND phường 1" });
            let new = json!({ "checklist": "/small.json", "unit": unit, "period": "2022" });
            b.call("startInspection", json!([new])).await?;
            a.find("[data-inspection]")
                .wait_for("to be listed", async |entry| entry.exists().await)
                .await?;
            finish(&a).await
        })
        .await
}

#[tokio::test]
async fn another_element_edits_another_cell_of_the_roster() -> TestResult {
    beside_plain_fields(TWO)?
        .run(async |stage| {
            let [a, b] = two(stage).await?;
            for row in 1..=2 {
                a.item("posted").action("add-row").click().await?;
                b.item("posted").wait_for_rows(row).await?;
            }
            let cell = |page: &Page, row| page.item("posted").row(row).column("name");
            begin(&a, &cell(&a, 0)).await?;
            wait_for_value(&cell(&b, 0), "Xã Tiê").await?;
            type_elsewhere(&cell(&b, 1), "Chứng thực").await?;
            wait_for_value(&cell(&a, 1), "Chứng thực").await?;
            finish(&a).await
        })
        .await
}

#[tokio::test]
async fn the_host_answers_other_items() -> TestResult {
    beside_plain_fields(TWO)?
        .run(async |stage| {
            let [a, _] = two(stage).await?;
            begin(&a, &a.item("attested").field("note")).await?;
            a.call("setAnswer", json!(["overdue", { "count": 0 }])).await?;
            a.item("overdue").wait_for_verdict("met").await?;
            assert_eq!(a.summary().await?.answered, 1);
            finish(&a).await
        })
        .await
}

#[tokio::test]
async fn a_month_ends() -> TestResult {
    beside_plain_fields(r#"<tu-kiem-tra></tu-kiem-tra>"#)?
        .preload(CLOCK)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let unit = json!({ "name": "UBND phường 1" });
            let new = json!({ "checklist": "/small.json", "unit": unit, "period": "2026" });
            page.call("startInspection", json!([new])).await?;
            let item = page.item("monthly");
            item.check("2026-01").await?;
            item.wait_for_verdict("met").await?;
            begin(&page, &item.field("note")).await?;
            let script = "
                window.__now = Date.UTC(2026, 2, 10, 3);
                document.dispatchEvent(new Event('visibilitychange'));
            ";
            page.evaluate(script, Value::Null).await?;
            item.wait_for_verdict("partly-met").await?;
            finish(&page).await
        })
        .await
}
