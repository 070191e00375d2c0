//! The form in a frame: the page around gets its events and calls its methods, if its origin is
//! listed.

use anyhow::Result;
use browser_tests::{Page, Response, STRICT_POLICY, Setup, TestResult};
use serde_json::{Value, json};

use super::released;

const PATH: &str = "/examples/iframe/";

/// The element in the frame, as `inside`.
const INSIDE: &str =
    "const inside = document.querySelector('iframe').contentDocument.querySelector('tu-kiem-tra');";

/// The release, under a policy that also allows frames.
fn framing() -> Result<Setup> {
    Ok(released()?.policy(&format!("{STRICT_POLICY}; frame-src 'self'")))
}

/// Waits for a condition in the frame.
async fn wait_inside(page: &Page, what: &str, condition: &str) -> Result<()> {
    let script = format!("{INSIDE} return Boolean({condition});");
    page.wait_for(what, async |page| Ok(page.evaluate(&script, json!(null)).await? == json!(true)))
        .await
}

/// Waits until the page around has an event of this type in its log, and returns its text.
async fn heard(page: &Page, kind: &str) -> Result<String> {
    page.outside(&format!("#events > [data-type='{kind}']")).text().await
}

async fn wait_for_outcome(page: &Page, words: &str) -> Result<()> {
    let outcome = page.outside("#outcome");
    outcome
        .wait_for(&format!("to say {words:?}"), async |outcome| {
            Ok(outcome.text().await?.contains(words))
        })
        .await
}

#[tokio::test]
async fn a_listed_page_hears_and_calls_the_form() -> TestResult {
    framing()?
        .route("/dist/embed.json", |request| {
            let origin = request.headers.get("host").map(|host| format!("http://{host}"));
            Response::new(200, "application/json", json!({ "origins": [origin] }).to_string())
        })
        .run(async |stage| {
            let page = stage.goto(PATH).await?;
            heard(&page, "tkt-ready").await?;
            let name = "inside.shadowRoot.querySelector('[data-field=unit-name]')?.value";
            wait_inside(&page, "the unit's name", &format!("{name} === 'UBND xã Tân Hội'")).await?;
            page.outside("#list").click().await?;
            wait_for_outcome(&page, "0 đợt").await?;

            let start =
                format!("{INSIDE} inside.shadowRoot.querySelector('[data-action=start]').click();");
            page.evaluate(&start, Value::Null).await?;
            let saved = heard(&page, "tkt-saved").await?;
            assert!(saved.contains("inspectionId"), "{saved}");
            page.outside("#list").click().await?;
            wait_for_outcome(&page, "1 đợt").await?;

            page.outside("#english").click().await?;
            let language = "inside.shadowRoot.querySelector('[part=root]').lang === 'en'";
            wait_inside(&page, "English", language).await?;

            page.outside("#disconnect").click().await?;
            wait_for_outcome(&page, "Đã ngừng").await?;
            page.outside("#list").click().await?;
            wait_for_outcome(&page, "not-connected").await
        })
        .await
}

#[tokio::test]
async fn a_page_that_is_not_listed_is_told_so_and_has_the_form() -> TestResult {
    framing()?
        .run(async |stage| {
            let page = stage.goto(PATH).await?;
            let told = heard(&page, "tkt-error").await?;
            assert!(told.contains("not-allowed") && told.contains("embed.json"), "{told}");
            page.outside("#list").click().await?;
            wait_for_outcome(&page, "not-allowed").await?;
            let start =
                "inside.shadowRoot?.querySelector('[data-action=start]')?.checkVisibility()";
            wait_inside(&page, "the form", start).await
        })
        .await
}
