//! Checklists with more items than are laid out at once.

use anyhow::{Context, Result};
use browser_tests::{Page, TestResult};
use serde_json::{Value, json};

use crate::support::checklists::{list, small};
use crate::support::sites::portal;

/// The number of items, which exceeds the number laid out at once (`MANY` in
/// `src/view/inspection.rs`).
const ITEMS: usize = 240;

/// Returns the small checklist with this many items of all its kinds in turn, ordered by area.
fn many() -> Result<Value> {
    let mut checklist = small()?;
    let areas: Vec<Value> =
        list(&checklist, "areas").iter().filter_map(|area| area.get("id").cloned()).collect();
    // The kinds after these are for some units only.
    let kinds: Vec<Value> = list(&checklist, "items").iter().take(11).cloned().collect();
    let items = kinds.iter().cycle().take(ITEMS).zip(0..).map(|(item, number)| {
        let mut item = item.clone();
        let area = areas.get(number * areas.len() / ITEMS).cloned().unwrap_or_default();
        if let Some(item) = item.as_object_mut() {
            item.insert("id".to_owned(), json!(format!("many-{number}")));
            item.insert("area".to_owned(), area);
        }
        item
    });
    let items: Vec<Value> = items.collect();
    let checklist_items = checklist.get_mut("items").context("a checklist without items")?;
    *checklist_items = json!(items);
    Ok(checklist)
}

/// Returns the distance of an element below the sticky line, once two frames agree.
async fn below_the_line(page: &Page, selector: &str) -> Result<f64> {
    let script = "
        const frame = () => new Promise(requestAnimationFrame);
        const place = () =>
          root.querySelector(given).getBoundingClientRect().top - root.querySelector('[part=progress]').getBoundingClientRect().bottom;
        return (async () => {
          let before, now = place();
          do {
            before = now;
            for (let count = 0; count < 10; count++) await frame();
            now = place();
          } while (Math.abs(now - before) >= 1);
          return now;
        })();
    ";
    page.evaluate(script, json!(selector)).await?.as_f64().context("no place")
}

#[tokio::test]
async fn who_goes_to_an_area_or_an_item_far_away_arrives_there() -> TestResult {
    let checklist = many()?;
    let areas = list(&checklist, "areas");
    let last = areas.last().and_then(|area| area.get("id")?.as_str()).context("no area")?;
    portal("<tu-kiem-tra></tu-kiem-tra>")?
        .file("/many.json", "application/json", checklist.to_string())
        .viewport(1280, 800)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let new =
                json!({ "checklist": "/many.json", "unit": { "name": "UBND phường 2" }, "period": "2022" });
            page.call("startInspection", json!([new])).await?;

            let area = format!("[data-area={last}]");
            page.find(&format!("li:nth-child({}) > .nav-area", areas.len())).click().await?;
            page.find(&area)
                .wait_for("to have the focus", async |area| area.is_focused().await)
                .await?;
            let place = below_the_line(&page, &area).await?;
            assert!((0.0..80.0).contains(&place), "{place} below the line");

            // The first item without an answer after the last answered one.
            page.action("next-unanswered").click().await?;
            let item = page.find("[data-item=many-0]");
            item.wait_for("to have the focus", async |item| item.is_focused().await).await?;
            let place = below_the_line(&page, "[data-item=many-0]").await?;
            assert!((0.0..80.0).contains(&place), "{place} below the line");
            Ok(())
        })
        .await
}
