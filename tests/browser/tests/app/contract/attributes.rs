//! Attributes prefill the start form and do nothing else; each has a property.

use anyhow::Result;
use browser_tests::{Page, TestResult};
use serde_json::json;

use super::{report, start_small};
use crate::support::checklists::text;
use crate::support::scripts;
use crate::support::sites::{portal, small_portal};
use crate::support::start::inspections;
use crate::support::steps::go_home;

const FILLED: &str = r#"<tu-kiem-tra checklist="cao-lanh-2022" unit-name="UBND xã Mỹ Trà" unit-code="29884"
    unit-type="one-stop" superior-name="UBND thành phố Cao Lãnh" period="2022-Q3" lang="vi"></tu-kiem-tra>"#;

async fn form(page: &Page) -> Result<Vec<String>> {
    let names = ["checklist", "unit-name", "unit-code", "unit-type", "superior-name", "period"];
    let mut values = Vec::new();
    for name in names {
        values.push(page.field(name).value().await?);
    }
    Ok(values)
}

#[tokio::test]
async fn they_prefill_the_form_and_start_nothing() -> TestResult {
    portal(FILLED)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let expected = [
                "cao-lanh-2022",
                "UBND xã Mỹ Trà",
                "29884",
                "one-stop",
                "UBND thành phố Cao Lãnh",
                "2022-Q3",
            ];
            assert_eq!(form(&page).await?, expected);
            assert!(inspections(&page).await?.is_empty());
            assert!(page.items().await?.is_empty());

            // Only one click is left to do.
            page.action("start").click().await?;
            page.wait_for("the items", async |page| Ok(!page.items().await?.is_empty())).await?;
            let report = report(&page).await?;
            let inspection = report.get("inspection").cloned().unwrap_or_default();
            let unit = json!({ "name": "UBND xã Mỹ Trà", "code": "29884", "type": "one-stop" });
            assert_eq!(inspection.get("unit"), Some(&unit));
            assert_eq!(inspection.get("superior"), Some(&json!("UBND thành phố Cao Lãnh")));
            assert_eq!(inspection.get("period"), Some(&json!("2022-Q3")));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn they_act_at_the_next_start_only() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let id = start_small(&page).await?;
            page.item("share").field("numerator").type_text("24").await?;
            let before = report(&page).await?;
            let change = "
                const attributes = Object.entries(given);
                for (const [name, value] of attributes) element.setAttribute(name, value);
            ";
            let changed = json!({
                "checklist": "vung-tau-2022", "unit-name": "Phường khác", "unit-code": "1",
                "unit-type": "office", "superior-name": "Sở Nội vụ", "period": "2023",
            });
            page.evaluate(change, changed).await?;
            scripts::settle(&page).await?;
            assert_eq!(inspections(&page).await?, [id]);
            assert!(report(&page).await? == before, "the open inspection changed");
            assert_eq!(page.item("share").field("numerator").value().await?, "24");

            go_home(&page).await?;
            let expected = ["vung-tau-2022", "Phường khác", "1", "office", "Sở Nội vụ", "2023"];
            assert_eq!(form(&page).await?, expected);
            start_small(&page).await?;
            let report = report(&page).await?;
            assert_eq!(report.pointer("/inspection/superior"), Some(&json!("Sở Nội vụ")));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn each_has_a_property() -> TestResult {
    portal("<tu-kiem-tra></tu-kiem-tra>")?
        .run(async |stage| {
            let page = stage.open("/").await?;
            for (property, attribute, value) in [
                ("checklist", "checklist", "cao-lanh-2022"),
                ("unitName", "unit-name", "Phường 1"),
                ("unitCode", "unit-code", "29551"),
                ("unitType", "unit-type", "office"),
                ("superiorName", "superior-name", "Sở Nội vụ"),
                ("period", "period", "2022"),
                ("lang", "lang", "en"),
                ("storageNamespace", "storage-namespace", "other"),
                ("uploadUrl", "upload-url", "/nhan"),
            ] {
                let script = "
                    const { property, attribute, value } = given;
                    const seen = [element[property]];
                    element[property] = value;
                    seen.push(element.getAttribute(attribute), element[property]);
                    element.setAttribute(attribute, value + value);
                    seen.push(element[property]);
                    element.removeAttribute(attribute);
                    return [...seen, element[property]];
                ";
                let given = json!({ "property": property, "attribute": attribute, "value": value });
                let seen = page.evaluate(script, given).await?;
                let twice = format!("{value}{value}");
                assert_eq!(seen, json!(["", value, value, twice, ""]), "{property}");
            }
            Ok(())
        })
        .await
}

/// A page whose script has not loaded yet.
const BARE: &str = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title></head>
    <body><main><h1>Cổng</h1><tu-kiem-tra></tu-kiem-tra></main></body></html>"#;

const LOAD: &str = "
    const script = document.createElement('script');
    script.type = 'module';
    script.src = '/tkt/tu-kiem-tra.js';
    document.head.append(script);
";

#[tokio::test]
async fn a_property_may_be_set_before_the_element_is_defined() -> TestResult {
    portal("")?
        .page("/bare", BARE)
        .run(async |stage| {
            let page = stage.goto("/bare").await?;
            let set = "
                element.unitName = 'UBND xã Mỹ Trà';
                element.checklist = 'cao-lanh-2022';
                element.period = '2022';
                element.storageNamespace = 'early';
                element.lang = 'en';
            ";
            page.evaluate(&format!("{set} {LOAD}"), json!(null)).await?;
            page.wait_until_ready().await?;
            assert_eq!(page.field("unit-name").value().await?, "UBND xã Mỹ Trà");
            assert_eq!(page.field("checklist").value().await?, "cao-lanh-2022");
            assert_eq!(page.field("period").value().await?, "2022");
            assert_eq!(page.action("start").text().await?, text("en", "start.button")?);
            let databases =
                "return indexedDB.databases().then((all) => all.map((one) => one.name));";
            assert_eq!(page.evaluate(databases, json!(null)).await?, json!(["tkt:early"]));
            // The accessors still work, as nothing shadows them any more.
            let later = "element.unitName = 'Khác'; return element.getAttribute('unit-name');";
            assert_eq!(page.evaluate(later, json!(null)).await?, "Khác");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn lang_acts_at_once_and_keeps_what_is_entered() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            assert_eq!(page.action("start").text().await?, text("vi", "start.button")?);
            page.evaluate("element.lang = 'en';", json!(null)).await?;
            assert_eq!(page.action("start").text().await?, text("en", "start.button")?);
            assert_eq!(page.find("[part=root]").attribute("lang").await?.as_deref(), Some("en"));

            start_small(&page).await?;
            let share = page.item("share");
            share.field("numerator").type_text("24a").await?;
            share.field("note").type_text("Chờ số liệu").await?;
            let english = share.find(".verdict-name").text().await?;
            page.evaluate("element.setAttribute('lang', 'vi');", json!(null)).await?;
            assert_eq!(share.find(".verdict-name").text().await?, text("vi", "verdict.invalid")?);
            assert_eq!(english, text("en", "verdict.invalid")?);
            assert_eq!(share.field("numerator").value().await?, "24a");
            assert_eq!(share.field("note").value().await?, "Chờ số liệu");
            // Typing continues in the same place.
            share.field("numerator").fill("25").await?;
            share.field("denominator").fill("25").await?;
            share.wait_for_verdict("met").await?;
            Ok(())
        })
        .await
}

/// Texts of the checklist without English are marked as Vietnamese.
#[tokio::test]
async fn vietnamese_among_english_is_marked() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            page.evaluate("element.lang = 'en';", json!(null)).await?;
            start_small(&page).await?;
            let script = "
                const language = (text) => {
                  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
                  while (nodes.nextNode()) {
                    const { data, parentElement } = nodes.currentNode;
                    if (data.trim() === text) return parentElement.closest('[lang]').lang;
                  }
                  return 'not found';
                };
                return given.map(language);
            ";
            // An item's text, labels of its fields, a part, a column, an area; then two with English.
            let vietnamese = ["b", "Đúng hạn", "Hồ sơ trễ hạn", "Địa chỉ", "Thủ tục", "Hai"];
            let english = ["One", "Was it inspected?"];
            let texts = vietnamese.iter().chain(&english).collect::<Vec<_>>();
            page.item("posted").action("add-row").click().await?;
            let languages = page.evaluate(script, json!(texts)).await?;
            assert_eq!(
                languages,
                json!(["vi", "vi", "vi", "vi", "vi", "vi", "en", "en"]),
                "{texts:?}"
            );
            Ok(())
        })
        .await
}
