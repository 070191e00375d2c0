//! The policy that the page carries itself.

use browser_tests::{STRICT_POLICY, TestResult};
use serde_json::json;

use super::{released, start};

/// Inserts a style that the policy forbids and the page doesn't need.
const INLINE_STYLE: &str = "
    const style = document.createElement('style');
    style.textContent = 'body { display: none; }';
    document.head.append(style);
";

#[tokio::test]
async fn the_page_s_own_policy_is_strict_and_enough() -> TestResult {
    released()?
        // The server sends no policy: the page's own applies.
        .policy("")
        .allow_problem("style-src")
        .run(async |stage| {
            let page = stage.open("/examples/strict-csp/").await?;
            let policy = page.outside("meta[http-equiv]").attribute("content").await?;
            assert_eq!(policy.as_deref(), Some(STRICT_POLICY));
            start(&page).await?;
            page.item("index-measures").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            page.action("result").click().await?;
            page.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;

            page.evaluate(INLINE_STYLE, json!(null)).await?;
            page.wait_for("the policy to act", async |page| {
                let seen = page.evaluate("return __harness.violations;", json!(null)).await?;
                let seen = seen.as_array().cloned().unwrap_or_default();
                // Nothing else was blocked all the while.
                assert!(seen.len() < 2, "{seen:?}");
                Ok(seen.len() == 1)
            })
            .await
        })
        .await
}
