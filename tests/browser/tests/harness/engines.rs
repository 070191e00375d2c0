//! Firefox and WebKit: the harness's abilities in them, and its limits.

use std::fs;
use std::time::Duration;

use anyhow::{Result, bail};
use browser_tests::{Ability, Engine, Page, TestResult, check_snapshot};
use serde_json::{Value, json};

use crate::sample;

const OTHERS: [Engine; 2] = [Engine::Firefox, Engine::WebKit];

#[test]
fn what_is_lacking_is_listed_with_its_reason() -> TestResult {
    let mut table = String::from("What is tested in Chromium alone, and why.\n");
    for engine in OTHERS {
        table += &format!("\n{engine:?}\n");
        for ability in Ability::ALL {
            if let Some(why) = engine.lacks(ability) {
                table += &format!("- {}: {why}\n", ability.name());
            }
        }
    }
    check_snapshot("engines", &table)
}

async fn inner_size(page: &Page) -> Result<Value> {
    page.evaluate("return [innerWidth, innerHeight];", Value::Null).await
}

/// A person's steps, on a page without knowledge of the harness.
async fn is_driven(engine: Engine) -> TestResult {
    sample()
        .engine(engine)
        .viewport(700, 600)
        .preload("const early = 'early'; window.__early = [early, document.scripts.length];")
        .preload("const early = 'as early';")
        .patience(Duration::from_secs(3))
        .run(async |stage| {
            let page = stage.open("/sample.html").await?;
            assert_eq!(page.evaluate("return __early;", Value::Null).await?, json!(["early", 1]));
            assert_eq!(inner_size(&page).await?, json!([700, 600]));
            page.set_viewport(1280, 1024).await?;
            assert_eq!(inner_size(&page).await?, json!([1280, 1024]));
            let narrow = page.set_viewport(360, 640).await;
            assert_eq!(narrow.is_err(), engine.lacks(Ability::NarrowPages).is_some());

            let focus = page.evaluate("return document.hasFocus();", Value::Null).await?;
            assert_eq!(focus == json!(false), engine.lacks(Ability::Focus).is_some());

            let name = page.field("unit-name");
            name.type_text("UBND Phường 2").await?;
            name.fill("Ủy ban nhân dân xã Tân Quy Tây").await?;
            assert_eq!(name.value().await?, "Ủy ban nhân dân xã Tân Quy Tây");
            name.fill("").await?;
            assert_eq!(name.value().await?, "");
            page.field("unit-type").select("office").await?;
            assert_eq!(page.field("unit-type").value().await?, "office");
            page.action("start").click().await?;
            page.item("signature").choose("met").await?;
            page.item("contact").check("phone").await?;
            page.item("contact").uncheck("phone").await?;

            let second = stage.open_tab("/sample.html").await?;
            second.item("on-time").field("numerator").type_text("24").await?;
            assert_eq!(page.item("on-time").field("numerator").value().await?, "");
            second.close().await?;
            page.action("export").click().await?;
            assert_eq!(fs::read_to_string(stage.browser.wait_for_download(".json").await?)?, "{}");

            // A page loaded without the server, as by a service worker, may need the harness's
            // script.
            stage.server.stop();
            let script = "return fetch('/harness.js').then(({ ok }) => ok, () => false);";
            let kept = page.evaluate(script, Value::Null).await?;
            assert_eq!(kept == json!(false), engine.lacks(Ability::Offline).is_some());
            Ok(())
        })
        .await
}

#[tokio::test]
async fn firefox_is_driven() -> TestResult {
    is_driven(Engine::Firefox).await
}

#[tokio::test]
async fn webkit_is_driven() -> TestResult {
    is_driven(Engine::WebKit).await
}

/// A script of the page's own that makes every error of which a test must be told.
const WRONG: &str = "
    console.error('logged', 7);
    setTimeout(() => { throw new Error('thrown'); });
    setTimeout(() => Promise.reject(new Error('rejected')));
    const add = (name, members) => document.head.append(Object.assign(document.createElement(name), members));
    add('style', { textContent: 'p { color: red }' });
    add('script', { src: '/missing.js' });
    console.warn('only a warning');
    fetch('/failed');
";

async fn tells_what_goes_wrong(engine: Engine) -> TestResult {
    let setup = sample().file("/wrong.js", "text/javascript", WRONG);
    let run = setup.engine(engine).allow_problem("allowed").run(async |stage| {
        let page = stage.open("/sample.html").await?;
        page.evaluate("console.error('allowed'); console.error('left');", Value::Null).await?;
        page.reload().await?;
        let load = "
            const script = Object.assign(document.createElement('script'), { src: '/wrong.js' });
            document.head.append(script);
        ";
        page.evaluate(load, Value::Null).await?;
        let list = "return [...__harness.logged, ...__harness.violations].join();";
        page.wait_for("all to be known", async |page| {
            let known = page.evaluate(list, Value::Null).await?;
            let known = known.as_str().unwrap_or_default();
            Ok(["missing.js", "thrown", "rejected", "style-src"]
                .iter()
                .all(|one| known.contains(one)))
        })
        .await
    });
    let Err(error) = run.await else { bail!("it does not fail") };
    let told = format!("{error:#}");
    for expected in [
        "logged: left",
        "logged: logged 7",
        "Error: thrown",
        "not caught: Error: rejected",
        "missing.js does not load",
        "policy violated: style-src",
    ] {
        assert!(told.contains(expected), "{expected:?} is not in {told}");
    }
    assert_eq!(!told.contains("/failed"), engine.lacks(Ability::FailedRequests).is_some());
    assert!(!told.contains("allowed") && !told.contains("warning"), "{told}");
    Ok(())
}

#[tokio::test]
async fn firefox_tells_what_goes_wrong() -> TestResult {
    tells_what_goes_wrong(Engine::Firefox).await
}

#[tokio::test]
async fn webkit_tells_what_goes_wrong() -> TestResult {
    tells_what_goes_wrong(Engine::WebKit).await
}
