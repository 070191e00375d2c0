//! The page for iframes and the webmaster's own file beside it, without a network.

use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};

use browser_tests::{Response, Setup, TestResult, dist};
use serde_json::json;

use super::worker;

#[tokio::test]
async fn the_page_for_iframes_opens_with_what_it_was_given() -> TestResult {
    let status = Arc::new(AtomicU16::new(200));
    let current = Arc::clone(&status);
    Setup::empty()
        .mount("/tkt/", dist())
        .route("/tkt/embed.json", move |_| {
            let body = r#"{ "origins": ["https://cong.example.gov.vn"] }"#;
            Response::new(current.load(Ordering::Relaxed), "application/json", body)
        })
        .allow_problem("Failed to load resource")
        .run(async |stage| {
            let page = stage.open("/tkt/").await?;
            worker::at_work(&page).await?;
            let page = stage.open("/tkt/embed.html?unit-name=UBND+xã+An+Bình").await?;
            assert_eq!(page.field("unit-name").value().await?, "UBND xã An Bình");
            let origins = "
                const ask = () => fetch('./embed.json').then((answer) => answer.text(), () => 'nothing');
                return ask();
            ";
            let given = page.evaluate(origins, json!(null)).await?;
            // The server fails, and is then gone: the last copy counts.
            status.store(503, Ordering::Relaxed);
            assert_eq!(page.evaluate(origins, json!(null)).await?, given);
            stage.server.stop();
            let page = stage.open("/tkt/embed.html?unit-name=UBND+xã+Mỹ+Trà").await?;
            assert_eq!(page.field("unit-name").value().await?, "UBND xã Mỹ Trà");
            assert_eq!(page.evaluate(origins, json!(null)).await?, given);
            // A file that the webmaster removed does not come back.
            status.store(404, Ordering::Relaxed);
            stage.server.resume()?;
            page.evaluate(origins, json!(null)).await?;
            stage.server.stop();
            assert_eq!(page.evaluate(origins, json!(null)).await?, json!("nothing"));
            Ok(())
        })
        .await
}
