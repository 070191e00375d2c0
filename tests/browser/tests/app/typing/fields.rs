//! Every kind of text field, typed into in every way. The stored text is the typed one.

use std::time::Duration;

use anyhow::Result;
use browser_tests::{Control, Page, Stroke, TestResult};
use serde_json::{Value, json};

use super::{beside_plain_fields, compare};
use crate::support::reports;
use crate::support::start::Start;

const TAG: &str = r#"<tu-kiem-tra checklist="/small.json"></tu-kiem-tra>"#;

const SMALL: Start<'_> = Start {
    checklist: "",
    unit: "UBND phường 1",
    unit_type: "commune",
    period: "2022",
    inspectors: "",
    questions: &[],
};

/// Opens a page with the small checklist, and types in every way into fields of one kind.
async fn type_into(
    kind: &str,
    fields: impl AsyncFnOnce(&Page) -> Result<Vec<Control>>,
) -> TestResult {
    beside_plain_fields(TAG)?
        .timeout(Duration::from_secs(240))
        .run(async |stage| {
            let page = stage.open("/").await?;
            let fields = fields(&page).await?;
            compare(&page, kind, &fields).await
        })
        .await
}

#[tokio::test]
async fn the_start_form() -> TestResult {
    type_into("input", async |page| Ok(vec![page.field("unit-name"), page.field("inspectors")]))
        .await
}

#[tokio::test]
async fn notes_reasons_and_narratives() -> TestResult {
    type_into("textarea", async |page| {
        SMALL.run(page).await?;
        let attested = page.item("attested");
        attested.choose("not-met").await?;
        let text = page.item("proposals").field("text");
        Ok(vec![attested.field("note"), attested.field("reason"), text])
    })
    .await
}

#[tokio::test]
async fn figures_and_cells() -> TestResult {
    type_into("input", async |page| {
        SMALL.run(page).await?;
        let roster = page.item("posted");
        roster.action("add-row").click().await?;
        Ok(vec![page.item("share").field("numerator"), roster.row(0).column("name")])
    })
    .await
}

/// A separate test: the search hides everything without the words, including other fields.
#[tokio::test]
async fn words_that_are_looked_for() -> TestResult {
    type_into("input", async |page| {
        SMALL.run(page).await?;
        Ok(vec![page.field("search")])
    })
    .await
}

/// A field that writes back is noticed, or these tests would prove nothing.
#[tokio::test]
async fn a_field_that_writes_back_is_noticed() -> TestResult {
    beside_plain_fields(TAG)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let field = page.field("unit-name");
            let script = "
                const write = () => { place.value = place.value.normalize('NFD'); };
                place.addEventListener('input', write);
            ";
            field.on_element(script, Value::Null).await?;
            let told = compare(&page, "input", &[field]).await.expect_err("it is noticed");
            assert!(format!("{told:#}").contains("in a plain field"), "{told:#}");
            Ok(())
        })
        .await
}

/// A word with precomposed letters, and with its marks as separate characters.
const COMPOSED: &str = "Ti\u{1ebf}ng";
const DECOMPOSED: &str = "Tie\u{302}\u{301}ng";

#[tokio::test]
async fn what_was_typed_is_stored_as_typed() -> TestResult {
    beside_plain_fields(TAG)?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let unit = format!("{COMPOSED} {DECOMPOSED}");
            Start { unit: &unit, inspectors: &unit, ..SMALL }.run(&page).await?;
            let write = async |field: Control, text: &str| -> TestResult {
                field.on_element("place.focus();", Value::Null).await?;
                page.stroke(Stroke::Commit(text)).await.map(drop)
            };
            let attested = page.item("attested");
            attested.choose("not-met").await?;
            write(attested.field("note"), COMPOSED).await?;
            write(attested.field("reason"), DECOMPOSED).await?;
            write(page.item("proposals").field("text"), &format!(" {DECOMPOSED}  {COMPOSED} "))
                .await?;
            let roster = page.item("posted");
            roster.action("add-row").click().await?;
            write(roster.row(0).column("name"), DECOMPOSED).await?;
            page.wait_for_save_state("saved").await?;

            let report = page.call("exportReport", json!([])).await?;
            let inspection = report.get("inspection").cloned().unwrap_or_default();
            assert_eq!(inspection.pointer("/unit/name"), Some(&json!(unit)));
            assert_eq!(inspection.pointer("/inspectors/0"), Some(&json!(unit)));
            let at = |item: &str, pointer: &str| -> Result<Value> {
                Ok(reports::item(&report, item)?.pointer(pointer).cloned().unwrap_or_default())
            };
            assert_eq!(at("attested", "/note")?, COMPOSED);
            assert_eq!(at("attested", "/answer/reason")?, DECOMPOSED);
            assert_eq!(at("proposals", "/answer/text")?, format!(" {DECOMPOSED}  {COMPOSED} "));
            assert_eq!(at("posted", "/answer/rows/0/name")?, DECOMPOSED);
            Ok(())
        })
        .await
}
