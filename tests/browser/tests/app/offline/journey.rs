//! The standalone page with its server stopped and the browser restarted.

use std::fs;

use anyhow::Result;
use browser_tests::{Ability, Engine, Page, Setup, Stage, TestResult, wait_until};
use serde_json::{Value, json};

use super::worker;
use crate::support::start::Start;
use crate::support::steps;

/// Opens the page without the harness's own script, which is not cached.
async fn open(stage: &mut Stage) -> Result<Page> {
    let page = stage.goto("/").await?;
    // Not before the page has its settings.
    let defined = "return customElements.whenDefined('tu-kiem-tra').then(() => true);";
    page.evaluate(defined, json!(null)).await?;
    page.call("listInspections", json!([])).await?;
    Ok(page)
}

async fn opened_again(stage: &mut Stage, engine: Engine, id: &str) -> Result<Page> {
    if engine.lacks(Ability::Profile).is_none() {
        stage.browser.close().await?;
        stage.browser.reopen().await?;
    }
    let page = open(stage).await?;
    steps::open(&page, id).await?;
    Ok(page)
}

/// An inspection is started online and continues offline for days.
pub async fn without_a_server(engine: Engine) -> TestResult {
    Setup::dist()
        .engine(engine)
        .as_served()
        .own_browser()
        .run(async |stage| {
            let page = open(stage).await?;
            let id = Start::default().run(&page).await?;
            page.item("signature-agency").field("numerator").fill("24").await?;
            page.call("flush", json!([])).await?;
            worker::at_work(&page).await?;

            stage.server.stop();
            let page = opened_again(stage, engine, &id).await?;
            let ratio = page.item("signature-agency");
            assert_eq!(ratio.field("numerator").value().await?, "24");
            ratio.field("denominator").fill("25").await?;
            ratio.wait_for_verdict("not-met").await?;
            page.item("feedback-posted").check("phone").await?;
            page.action("export").click().await?;
            let report = stage.browser.wait_for_download(".json").await?;
            let report: Value = serde_json::from_slice(&fs::read(report)?)?;
            assert_eq!(report.pointer("/inspection/id"), Some(&json!(id)));
            page.call("flush", json!([])).await?;

            let page = opened_again(stage, engine, &id).await?;
            assert_eq!(page.item("signature-agency").field("denominator").value().await?, "25");
            // Another one, to the end.
            steps::go_home(&page).await?;
            Start { checklist: "sa-dec-2023", period: "2023", ..Start::default() }
                .run(&page)
                .await?;
            steps::complete_anyway(&page, "Chưa đủ hồ sơ").await
        })
        .await
}

#[tokio::test]
async fn the_page_works_with_its_server_stopped() -> TestResult {
    without_a_server(Engine::Chromium).await
}

#[tokio::test]
async fn a_portals_page_loses_nothing_when_the_network_goes() -> TestResult {
    let html = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
        <script type="module" src="/tkt/tu-kiem-tra.js"></script></head>
        <body><main><h1>Cổng</h1><tu-kiem-tra></tu-kiem-tra></main></body></html>"#;
    Setup::empty()
        .mount("/tkt/", browser_tests::dist())
        .page("/cong", html)
        // The files of the program for office files are fetched ten seconds after the page was
        // opened.
        .allow_problem("ERR_CONNECTION_REFUSED")
        .run(async |stage| {
            let page = stage.open("/cong").await?;
            // No worker is registered in a foreign page.
            assert_eq!(worker::states(&page).await?, json!([null, null, null]));
            stage.server.stop();
            let before = stage.server.requests().len();
            Start::default().run(&page).await?;
            page.action("language").click().await?;
            page.item("signature-agency").field("numerator").fill("24").await?;
            page.item("signature-agency").field("denominator").fill("25").await?;
            page.item("signature-agency").wait_for_verdict("not-met").await?;
            page.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;
            steps::go_home(&page).await?;
            page.find("[aria-labelledby=device-title] [data-action=back-up-all]").click().await?;
            wait_until("the backup", async || {
                let files = fs::read_dir(stage.browser.downloads())?.count();
                Ok((files == 2).then_some(()))
            })
            .await?;
            assert_eq!(stage.server.requests().len(), before);
            Ok(())
        })
        .await
}
