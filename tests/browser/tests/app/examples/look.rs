//! People copy the examples, so every page must work on a phone and be accessible.

use browser_tests::{Page, STRICT_POLICY, TestResult};
use serde_json::{Value, json};

use super::released;

/// A page of each example, and an element that shows that it is complete.
const PAGES: [(&str, &str); 8] = [
    ("plain/", "tu-kiem-tra"),
    ("liferay/", "tu-kiem-tra"),
    ("liferay/thong-bao.html", "h2"),
    ("aspnet/", "tu-kiem-tra"),
    ("strict-csp/", "tu-kiem-tra"),
    ("iframe/", "#events > li"),
    ("api/", "tu-kiem-tra"),
    ("react/", "tu-kiem-tra"),
];

const TOO_WIDE: &str =
    "return document.documentElement.scrollWidth - document.documentElement.clientWidth;";

async fn wait_until_whole(page: &Page, sign: &str) -> TestResult {
    if sign == "tu-kiem-tra" {
        return page.wait_until_ready().await;
    }
    let sign = page.outside(sign);
    sign.wait_for("to be there", async |sign| sign.exists().await).await
}

#[tokio::test]
async fn every_page_fits_a_phone_and_is_accessible() -> TestResult {
    released()?
        .viewport(360, 740)
        .policy(&format!("{STRICT_POLICY}; frame-src 'self'"))
        .run(async |stage| {
            for (path, sign) in PAGES {
                let page = stage.goto(&format!("/examples/{path}")).await?;
                wait_until_whole(&page, sign).await?;
                assert_eq!(page.evaluate(TOO_WIDE, Value::Null).await?, json!(0), "{path}");
                let violations = page.axe().await?;
                assert!(violations.is_empty(), "{path}:\n{}", violations.join("\n"));
            }
            Ok(())
        })
        .await
}
