//! The life of the browser, tabs, media, downloads and the server.

use std::time::Duration;

use browser_tests::{Response, TestResult, wait_until};
use serde_json::json;

use crate::sample;

#[tokio::test]
async fn a_closed_browser_keeps_its_profile() -> TestResult {
    sample()
        .own_browser()
        .run(async |stage| {
            let page = stage.open("/sample.html").await?;
            page.action("start").click().await?;
            page.item("on-time").field("numerator").type_text("24").await?;
            page.wait_for_save_state("saved").await?;
            page.reload().await?;
            assert_eq!(page.item("on-time").field("numerator").value().await?, "24");

            stage.browser.close().await?;
            assert!(stage.goto("/sample.html").await.is_err());
            stage.browser.reopen().await?;
            let page = stage.open("/sample.html").await?;
            assert_eq!(page.item("on-time").field("numerator").value().await?, "24");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_killed_browser_opens_again() -> TestResult {
    sample()
        .own_browser()
        .run(async |stage| {
            stage.open("/sample.html").await?;
            stage.browser.kill().await?;
            stage.browser.reopen().await?;
            let page = stage.open("/sample.html").await?;
            assert!(page.action("start").exists().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn tabs_share_a_profile_and_each_is_addressed() -> TestResult {
    sample()
        .run(async |stage| {
            let first = stage.open("/sample.html").await?;
            let second = stage.open_tab("/sample.html").await?;
            first.field("unit-name").type_text("một").await?;
            second.field("unit-name").type_text("hai").await?;
            assert_eq!(first.field("unit-name").value().await?, "một");
            assert_eq!(second.field("unit-name").value().await?, "hai");
            second.close().await?;
            assert!(first.action("start").exists().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn media_and_viewport_are_emulated() -> TestResult {
    sample()
        .viewport(360, 640)
        .media("prefers-color-scheme", "dark")
        .run(async |stage| {
            let page = stage.open("/sample.html").await?;
            let size = page.evaluate("return [innerWidth, innerHeight];", json!(null)).await?;
            assert_eq!(size, json!([360, 640]));
            let color = "return getComputedStyle(element).backgroundColor;";
            assert_eq!(page.evaluate(color, json!(null)).await?, json!("rgb(17, 17, 17)"));
            page.set_media(&[("prefers-color-scheme", "light")]).await?;
            assert_eq!(page.evaluate(color, json!(null)).await?, json!("rgb(255, 255, 255)"));
            page.set_viewport(1280, 800).await?;
            assert_eq!(page.evaluate("return innerWidth;", json!(null)).await?, json!(1280));
            let file = tempfile::tempdir()?.path().join("new").join("page.png");
            page.screenshot(&file).await?;
            assert!(std::fs::read(&file)?.starts_with(b"\x89PNG"));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn downloads_arrive() -> TestResult {
    sample()
        .run(async |stage| {
            let page = stage.open("/sample.html").await?;
            page.action("start").click().await?;
            page.action("export").click().await?;
            let file = stage.browser.wait_for_download(".json").await?;
            assert_eq!(std::fs::read_to_string(file)?, "{}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_server_answers_stops_and_starts_again() -> TestResult {
    sample()
        .allow_problem("ERR_CONNECTION_REFUSED")
        .route("/upload", |request| {
            let length = request.body.len();
            Response::new(201, "application/json", format!("{{\"length\":{length}}}")).after(Duration::from_millis(50))
        })
        .run(async |stage| {
            let page = stage.open("/sample.html").await?;
            let upload = "window.answer = null;
                fetch('/upload', { method: 'POST', headers: { 'X-Key': '1' }, body: 'Đã' })
                  .then((response) => response.text()).catch((error) => 'failed').then((text) => { window.answer = text; });";
            let answer = async || {
                page.evaluate(upload, json!(null)).await?;
                wait_until("the answer", async || {
                    Ok(page.evaluate("return window.answer;", json!(null)).await?.as_str().map(str::to_owned))
                })
                .await
            };
            assert_eq!(answer().await?, r#"{"length":4}"#);
            let requests = stage.server.requests_for("/upload");
            let request = requests.first().expect("it is kept");
            assert_eq!((request.method.as_str(), request.headers.get("x-key").map(String::as_str)), ("POST", Some("1")));
            stage.server.stop();
            assert_eq!(answer().await?, "failed");
            stage.server.resume()?;
            assert_eq!(answer().await?, r#"{"length":4}"#);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_element_is_hosted_at_another_path() -> TestResult {
    let host = r#"<!doctype html><html lang="en"><title>Portal</title>
        <script type="module" src="/static/parts/sample.js"></script><tu-kiem-tra id="a"></tu-kiem-tra><tu-kiem-tra id="b"></tu-kiem-tra>"#;
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/harness");
    browser_tests::Setup::empty()
        .page("/portal/", host)
        .mount("/static/parts/", folder)
        .run(async |stage| {
            let page = stage.open("/portal/").await?;
            let second = page.with_host("#b");
            second.field("unit-name").type_text("b").await?;
            assert_eq!(page.field("unit-name").value().await?, "");
            assert_eq!(second.field("unit-name").value().await?, "b");
            Ok(())
        })
        .await
}
