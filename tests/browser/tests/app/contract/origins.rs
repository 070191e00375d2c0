//! The built files on one server, and the page that uses them on another.

use browser_tests::{Engine, Setup, TestResult};
use serde_json::json;

use crate::support::release::elsewhere;
use crate::support::start::Start;

#[tokio::test]
async fn the_script_may_come_from_another_origin() -> TestResult {
    another_origin(Engine::Chromium).await
}

/// The element works from another origin, in any browser.
pub async fn another_origin(engine: Engine) -> TestResult {
    let files = elsewhere()?;
    let (script, origin) = (files.url("/tkt/tu-kiem-tra.js"), files.url(""));
    let page = format!(
        r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
        <script type="module" src="{script}"></script></head>
        <body><main><h1>Cổng thông tin</h1><tu-kiem-tra></tu-kiem-tra></main></body></html>"#
    );
    let policy = format!(
        "default-src 'none'; script-src 'self' {origin} 'wasm-unsafe-eval'; connect-src {origin}; \
         img-src 'self'"
    );
    Setup::empty()
        .engine(engine)
        .page("/", &page)
        .policy(&policy)
        .run(async |stage| {
            let page = stage.open("/").await?;
            Start::default().run(&page).await?;
            page.item("thrift").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            assert!(!files.requests_for("/tkt/tu-kiem-tra.js").is_empty());
            // No other server gets a request.
            let asked = "
                const asked = performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin);
                return [...new Set(asked)].filter((origin) => origin !== location.origin);
            ";
            let asked = page.evaluate(asked, json!(null)).await?;
            assert_eq!(asked, json!([origin]));
            page.reload().await?;
            assert!(
                page.find("[data-inspection]").exists().await?,
                "it is the page's origin that stores"
            );
            Ok(())
        })
        .await
}
