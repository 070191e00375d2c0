//! The faults that must make a test fail.

use browser_tests::{Setup, TestResult};
use serde_json::json;
use tokio::task::LocalSet;

use crate::sample;

/// Runs the sample page and a script in it. Returns the error that the test gets.
async fn outcome_of(setup: Setup, script: &'static str) -> Option<String> {
    let run = setup.run(async |stage| {
        let page = stage.open("/sample.html").await?;
        page.evaluate(script, json!(null)).await?;
        // Both end up in the log some time after the script.
        page.evaluate(
            "return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));",
            json!(null),
        )
        .await?;
        Ok(())
    });
    run.await.err().map(|error| format!("{error:#}"))
}

#[tokio::test]
async fn a_logged_error_fails_the_test() -> TestResult {
    let told = outcome_of(sample(), "console.error('gone wrong');").await.expect("it fails");
    assert!(told.contains("gone wrong"), "{told}");
    let told = outcome_of(sample(), "setTimeout(() => { throw new Error('thrown'); });")
        .await
        .expect("it fails");
    assert!(told.contains("thrown"), "{told}");
    assert_eq!(outcome_of(sample(), "console.warn('only a warning');").await, None);
    Ok(())
}

#[tokio::test]
async fn a_broken_policy_fails_the_test() -> TestResult {
    let styled = "const style = document.createElement('style'); style.textContent = 'p { color: red }'; document.head.append(style);";
    let told = outcome_of(sample(), styled).await.expect("it fails");
    assert!(told.contains("policy violated: style-src"), "{told}");
    let allowed = sample().policy("default-src 'self'; style-src 'self' 'unsafe-inline'");
    assert_eq!(outcome_of(allowed, styled).await, None);
    Ok(())
}

#[tokio::test]
async fn what_is_allowed_does_not() -> TestResult {
    assert_eq!(
        outcome_of(sample().allow_problem("expected"), "console.error('expected');").await,
        None
    );
    Ok(())
}

#[tokio::test]
async fn problems_before_a_reload_are_kept() -> TestResult {
    let run = sample().own_browser().run(async |stage| {
        let page = stage.open("/sample.html").await?;
        page.evaluate("console.error('before');", json!(null)).await?;
        page.reload().await?;
        stage.goto("/favicon.ico").await?;
        stage.browser.close().await?;
        stage.browser.reopen().await?;
        Ok(())
    });
    let told = format!("{:#}", run.await.expect_err("it fails"));
    assert!(told.contains("before"), "{told}");
    Ok(())
}

#[tokio::test]
async fn a_failed_assertion_and_a_late_test_end_as_they_should() -> TestResult {
    let tasks = LocalSet::new();
    let panicked = tasks.spawn_local(sample().run(async |_| panic!("an assertion")));
    tasks.await;
    assert!(panicked.await.expect_err("it panics").is_panic());
    let late = sample().timeout(std::time::Duration::from_millis(300)).run(async |_| {
        std::future::pending::<()>().await;
        Ok(())
    });
    let told = late.await.expect_err("it fails").to_string();
    assert!(told.contains("takes more than"), "{told}");
    Ok(())
}
