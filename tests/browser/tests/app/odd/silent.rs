//! Fields that are filled without any event: they show the stored value.

use anyhow::{Context, Result};
use browser_tests::{Page, Setup, TestResult};
use serde_json::{Value, json};

use super::start;
use crate::support::reports;
use crate::support::scripts::settle;
use crate::support::sites::small_portal;

/// Fills a field and sends at most one event.
const FILL: &str = "
    const [value, event] = given;
    if (typeof value === 'boolean') place.checked = value;
    else place.value = value;
    if (event) place.dispatchEvent(new Event(event, { bubbles: event === 'change' }));
";

/// Returns items, the selectors of their fields, the values to fill in, and the places and values
/// in the report.
fn fields() -> Vec<(&'static str, &'static str, Value, &'static str, Value)> {
    vec![
        ("share", "[data-field=numerator]", json!("24"), "/answer/numerator", json!(24)),
        ("overdue", "[data-field=count]", json!("5"), "/answer/count", json!(5)),
        ("hours", "[data-field=quantity]", json!("4,5"), "/answer/quantity", json!("4.5")),
        ("own-share", "[data-field=target]", json!("80"), "", Value::Null),
        ("report", "[data-field=date]", json!("30/08/2022"), "/answer/done", json!("2022-08-30")),
        ("old-plan", "[data-field=not-yet]", json!(true), "/answer/notYet", json!(true)),
        (
            "notice",
            "[data-field=part][value=phone]",
            json!(true),
            "/answer/parts/phone",
            json!(true),
        ),
        (
            "monthly",
            "[data-field=done-period][value='2026-01']",
            json!(true),
            "/answer/donePeriods/0",
            json!("2026-01"),
        ),
        (
            "attested",
            "[data-field=verdict][value=not-met]",
            json!(true),
            "/answer/verdict",
            json!("not-met"),
        ),
        ("proposals", "[data-field=text]", json!("Một\nhai"), "/answer/text", json!("Một\nhai")),
        ("proposals", "[data-field=note]", json!("Xem"), "/note", json!("Xem")),
        ("posted", "[data-column=name]", json!("Thủ tục"), "/answer/rows/0/name", json!("Thủ tục")),
        ("posted", "[data-column=desk]", json!(true), "/answer/rows/0/desk", json!(true)),
    ]
}

async fn silently(event: &str, told: impl AsyncFn(&Page) -> Result<()>) -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = start(&page).await?;
            page.item("posted").action("add-row").click().await?;
            settle(&page).await?;
            for (item, field, value, _, _) in fields() {
                let field = page.item(item).find(field);
                field.on_element(FILL, json!([value, event])).await?;
            }
            told(&page).await?;
            page.wait_for_save_state("saved").await?;
            // It shows the stored value, not one that is read again now.
            page.reload().await?;
            page.call("openInspection", json!([id])).await?;
            let report = page.call("exportReport", json!([])).await?;
            for (item, field, _, place, expected) in fields() {
                let stored = reports::item(&report, item)?.pointer(place);
                if !place.is_empty() {
                    assert_eq!(stored, Some(&expected), "{item} {field}");
                }
            }
            let own = report.pointer("/inspection/own/own-share/target");
            assert_eq!(own, Some(&json!("80")));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_told_by_change_alone_is_stored() -> TestResult {
    silently("change", async |_| Ok(())).await
}

#[tokio::test]
async fn what_is_told_by_blur_alone_is_stored() -> TestResult {
    silently("blur", async |_| Ok(())).await
}

#[tokio::test]
async fn what_is_not_told_is_stored_before_the_host_gets_it() -> TestResult {
    silently("", async |page| page.call("flush", json!([])).await.map(drop)).await
}

#[tokio::test]
async fn what_is_not_told_is_stored_when_the_page_goes_out_of_sight() -> TestResult {
    silently("", async |page| {
        let hide = "document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));";
        page.evaluate(hide, Value::Null).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn what_is_not_told_is_stored_when_a_button_is_pressed() -> TestResult {
    silently("", async |page| page.action("result").click().await).await
}

#[tokio::test]
async fn the_start_form_knows_what_it_shows() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let fill = async |name: &str, value: &str| {
                page.field(name).on_element(FILL, json!([value, ""])).await
            };
            fill("unit-name", "UBND xã Tân Hạnh").await?;
            fill("unit-type", "office").await?;
            fill("period", "2026-Q1").await?;
            fill("inspectors", "Lê Thị Hoa").await?;
            page.action("start").click().await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;
            let report = page.call("exportReport", json!([])).await?;
            let at = |pointer: &str| report.pointer(pointer).cloned().context(pointer.to_owned());
            assert_eq!(at("/inspection/unit/name")?, "UBND xã Tân Hạnh");
            assert_eq!(at("/inspection/unit/type")?, "office");
            assert_eq!(at("/inspection/period")?, "2026-Q1");
            assert_eq!(at("/inspection/inspectors/0")?, "Lê Thị Hoa");
            Ok(())
        })
        .await
}

/// A value that the page does not show yet isn't the person's input.
#[tokio::test]
async fn what_a_host_sets_is_not_taken_back_by_a_page_that_lags() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            start(&page).await?;
            let script = "
                const press = () => root.querySelector('[data-action=areas], [data-action=result]').click();
                const say = () => document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
                return (async () => {
                  const told = [];
                  for (let turn = 0; turn < 20; turn++) {
                    const set = element.setAnswer('overdue', { count: turn });
                    element.setAnswer('notice', { parts: { phone: turn % 2 === 1 } });
                    element.setAnswer('attested', { verdict: turn % 2 ? 'met' : 'not-met', reason: `${turn}` });
                    // Between any two steps of the page.
                    for (let step = 0; step < turn; step++) { await null; say(); }
                    await set;
                    press();
                    await element.flush();
                    const { items } = await element.exportReport();
                    const of = (id) => items.find((item) => item.id === id).answer;
                    told.push([of('overdue').count, of('notice').parts?.phone ?? false, of('attested').verdict, of('attested').reason]);
                  }
                  return told;
                })();
            ";
            let told = page.evaluate(script, Value::Null).await?;
            let turn = |turn: u64| {
                let verdict = if turn % 2 == 1 { "met" } else { "not-met" };
                json!([turn, turn % 2 == 1, verdict, turn.to_string()])
            };
            assert_eq!(told, (0..20).map(turn).collect::<Value>());
            Ok(())
        })
        .await
}

/// An imported text may have characters that its field can't show: that is no input.
#[tokio::test]
async fn a_text_that_its_field_cannot_show_stays() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            start(&page).await?;
            let rows = json!([{ "name": "Một\nhai", "desk": true }]);
            page.call("setAnswer", json!(["posted", { "rows": rows }])).await?;
            page.call("setAnswer", json!(["proposals", { "text": "Một\r\nhai" }])).await?;
            settle(&page).await?;
            page.call("flush", json!([])).await?;
            page.item("posted")
                .row(0)
                .column("name")
                .on_element("place.focus(); place.blur();", Value::Null)
                .await?;
            let report = page.call("exportReport", json!([])).await?;
            let at = |item, pointer: &str| {
                Ok::<_, anyhow::Error>(reports::item(&report, item)?.pointer(pointer).cloned())
            };
            assert_eq!(at("posted", "/answer/rows/0/name")?, Some(json!("Một\nhai")));
            assert_eq!(at("proposals", "/answer/text")?, Some(json!("Một\r\nhai")));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_one_inspection_shows_is_not_read_into_another() -> TestResult {
    Setup::dist()
        .run(async |stage| {
            let page = stage.open("/").await?;
            let new = |period: &str| json!({ "checklist": "sa-dec-2023", "unit": { "name": "UBND xã" }, "period": period });
            let start = async |period: &str| page.call("startInspection", json!([new(period)])).await;
            let question = "[data-field=question][value=yes]";
            // The first is shown when the other replaces it.
            start("2023").await?;
            page.find(question).check().await?;
            start("2024").await?;
            assert!(!page.find(question).is_checked().await?);
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'));", json!(null)).await?;
            settle(&page).await?;
            let report = page.call("exportReport", json!([])).await?;
            assert_eq!(report.pointer("/inspection/period"), Some(&json!("2024")));
            assert!(report.pointer("/inspection/questions").is_none_or(|given| *given == json!({})));
            Ok(())
        })
        .await
}
