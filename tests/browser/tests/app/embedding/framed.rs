//! The element in an iframe: the permissions of its page, its height, and the notices when the
//! browser partitions its storage.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use browser_tests::{Engine, Page, Response, STRICT_POLICY, Server, Site, TestResult, dist};
use serde_json::{Value, json};

use super::host::{Allowed, EMBED, call, guest, guest_site, host, wait_to_hear};
use crate::support::checklists::text;
use crate::support::paper;
use crate::support::start::Start;

#[tokio::test]
async fn listed_origins_have_all_methods_and_events() -> TestResult {
    listed(Engine::Chromium).await
}

pub async fn listed(engine: Engine) -> TestResult {
    let allowed = Allowed::default();
    let guest = guest(&allowed)?;
    host(&guest)
        .engine(engine)
        .viewport(1280, 800)
        .run(async |stage| {
            let own = stage.server.url("");
            allowed.set(&json!({ "origins": ["https://other.example", own] }).to_string());
            let page = stage.goto("/").await?;
            let prefilled = "unit-name=UBND%20x%C3%A3%20M%E1%BB%B9%20Tr%C3%A0&period=2022&lang=en";
            // An address that anybody can write must not set where reports go, nor show the text of
            // other sites.
            let forbidden = "upload-url=https://evil.example/&checklist=https://evil.example/a.json";
            let given = json!({
                "page": guest.url(&format!("/tkt/embed.html?{prefilled}&{forbidden}")),
                "script": guest.url("/tkt/tu-kiem-tra-frame.js"),
                "options": { "takeOverExports": true },
            });
            page.evaluate(EMBED, given).await?;
            // The call comes before the program is loaded and is answered afterwards.
            assert_eq!(call(&page, "listInspections", json!([])).await?, json!({ "value": [] }));
            assert_eq!(wait_to_hear(&page, "tkt-ready", 1).await?.len(), 1);

            let unit = json!({ "name": "UBND phường 1" });
            let new = json!({ "checklist": "/small.json", "unit": unit, "period": "2022" });
            let started = call(&page, "startInspection", json!([new])).await?;
            let id = started.get("value").cloned().with_context(|| started.to_string())?;
            let answer = json!({ "numerator": 24, "denominator": 25 });
            let verdict = call(&page, "setAnswer", json!(["share", answer])).await?;
            assert_eq!(verdict, json!({ "value": "not-met" }));
            assert_eq!(call(&page, "flush", json!([])).await?, json!({ "value": null }));
            let changes = wait_to_hear(&page, "tkt-change", 1).await?;
            assert_eq!(changes.first().and_then(|detail| detail.get("inspectionId")), Some(&id));
            wait_to_hear(&page, "tkt-saved", 1).await?;
            let report = call(&page, "exportReport", json!([])).await?;
            let report = report.get("value").cloned().context("a report")?;
            let keep = json!({ "onConflict": "keep-both" });
            let again = call(&page, "importReport", json!([report, keep])).await?;
            assert!(again.get("value").is_some_and(|other| *other != id), "{again}");
            let refused = call(&page, "importReport", json!([report])).await?;
            assert_eq!(refused.get("code"), Some(&json!("import-conflict")), "{refused}");
            let opened = call(&page, "openInspection", json!([id])).await?;
            assert_eq!(opened, json!({ "value": null }));
            let refused = call(&page, "openInspection", json!(["x"])).await?;
            assert_eq!(refused.get("code"), Some(&json!("unknown-inspection")), "{refused}");

            // The person exports: the host gets the report, and nothing is downloaded.
            let frame = page.in_frame(0);
            page.evaluate("document.querySelector('#frame').scrollIntoView();", json!(null)).await?;
            frame.action("export").click().await?;
            let exported = wait_to_hear(&page, "tkt-export", 1).await?;
            let exported = exported.first().and_then(|detail| detail.pointer("/report/inspection/id"));
            assert_eq!(exported, Some(&id));
            assert_eq!(std::fs::read_dir(stage.browser.downloads())?.count(), 0);

            // Values from the address, and values that its host sets.
            let set = "__frame.set('lang', 'vi'); __frame.set('upload-url', '/nhan'); __frame.set('onclick', 'x');";
            page.evaluate(set, json!(null)).await?;
            frame.action("home").click().await?;
            frame.wait_for("Vietnamese", async |frame| {
                Ok(frame.action("start").text().await? == text("vi", "start.button")?)
            })
            .await?;
            assert_eq!(frame.field("unit-name").value().await?, "UBND xã Mỹ Trà");
            assert_eq!(frame.field("period").value().await?, "2022");
            let attributes = "return ['upload-url', 'checklist', 'onclick'].map((name) => element.getAttribute(name));";
            let attributes = frame.evaluate(attributes, json!(null)).await?;
            assert_eq!(attributes, json!(["/nhan", null, null]));

            // The storage is partitioned. The notice says so and offers to take the data along.
            let told = frame.find("[data-notice=framed]").text().await?;
            assert!(told.contains(&text("vi", "warning.framed")?), "{told}");
            frame.find("[data-notice=framed] [data-action=back-up-all]").click().await?;
            stage.browser.wait_for_download(".json").await.map(drop)
        })
        .await
}

/// Only its own site sets who may use a page.
#[tokio::test]
async fn no_other_site_says_who_may_use_the_page() -> TestResult {
    let allowed = Allowed::default();
    let answer = allowed.clone();
    let other = Server::start(Site::default().route("/embed.json", move |_| {
        Response::new(200, "application/json", answer.get())
            .header("access-control-allow-origin", "*")
    }))?;
    let away = other.url("/embed.json");
    let policy = ["connect-src 'self' ", &other.url("")].concat();
    let guest = Server::start(
        guest_site(&allowed)?
            .policy(&STRICT_POLICY.replace("connect-src 'self'", &policy))
            .route("/tkt/embed.json", move |_| {
                Response::new(302, "text/plain", "").header("location", &away)
            }),
    )?;
    host(&guest)
        .allow_problem("can't be read")
        .run(async |stage| {
            let own = stage.server.url("");
            allowed.set(&json!({ "origins": [own] }).to_string());
            let page = stage.goto("/").await?;
            let given = json!({
                "page": guest.url("/tkt/embed.html"),
                "script": guest.url("/tkt/tu-kiem-tra-frame.js"),
            });
            page.evaluate(EMBED, given).await?;
            let refused = call(&page, "listInspections", json!([])).await?;
            assert_eq!(refused.get("code"), Some(&json!("not-allowed")), "{refused}");
            assert_eq!(other.requests_for("/embed.json").len(), 1, "it was not led there");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn others_have_the_page_alone() -> TestResult {
    let allowed = Allowed::default();
    let guest = guest(&allowed)?;
    host(&guest)
        .allow_problem("is no origin")
        .allow_problem("can't be read")
        .run(async |stage| {
            let own = stage.server.url("");
            for listed in [
                json!({ "origins": [] }).to_string(),
                json!({ "origins": ["*", "null", "https://*", format!("{own}/"), "localhost"] })
                    .to_string(),
                json!({ "origins": format!("{own}0") }).to_string(),
                json!([own]).to_string(),
                "{".to_owned(),
            ] {
                allowed.set(&listed);
                let page = stage.goto("/").await?;
                let given = json!({
                    "page": guest.url(&format!("/tkt/embed.html?origins={own}&origin={own}")),
                    "script": guest.url("/tkt/tu-kiem-tra-frame.js"),
                });
                page.evaluate(EMBED, given).await?;
                let refused = call(&page, "listInspections", json!([])).await?;
                assert_eq!(refused.get("code"), Some(&json!("not-allowed")), "{listed}: {refused}");
                let message = refused.get("message").and_then(Value::as_str).unwrap_or_default();
                assert!(message.contains("embed.json") && message.contains(&own), "{message}");
                assert_eq!(wait_to_hear(&page, "tkt-error", 1).await?.len(), 1);
                // For the person inside it works as usual.
                let frame = page.in_frame(0);
                frame.wait_until_ready().await?;
                Start::default().run(&frame).await?;
                frame.item("thrift").choose("met").await?;
                frame.wait_for_save_state("saved").await?;
                let all =
                    page.evaluate("return __heard.map(({ type }) => type);", json!(null)).await?;
                assert_eq!(all, json!(["tkt-error"]), "{listed}");
            }
            Ok(())
        })
        .await
}

async fn height(page: &Page) -> Result<f64> {
    let script = "return document.querySelector('#frame').getBoundingClientRect().height;";
    page.evaluate(script, json!(null)).await?.as_f64().context("a height")
}

#[tokio::test]
async fn it_is_as_high_as_its_content_and_no_higher_than_the_window() -> TestResult {
    let allowed = Allowed::default();
    let guest = guest(&allowed)?;
    host(&guest)
        .viewport(1280, 2600)
        .run(async |stage| {
            allowed.set(&json!({ "origins": [stage.server.url("")] }).to_string());
            let page = stage.goto("/").await?;
            let given = json!({
                "page": guest.url("/tkt/embed.html"),
                "script": guest.url("/tkt/tu-kiem-tra-frame.js"),
            });
            page.evaluate(EMBED, given).await?;
            wait_to_hear(&page, "tkt-ready", 1).await?;
            let frame = page.in_frame(0);
            let content = async || -> Result<f64> {
                let script = "return element.getBoundingClientRect().height;";
                frame.evaluate(script, json!(null)).await?.as_f64().context("a height")
            };
            // The first screen fits: nothing is cut off, and nothing scrolls inside.
            page.wait_for("the frame to fit", async |page| {
                let (frame, content) = (height(page).await?, content().await?);
                Ok(frame >= content && frame < content + 10.0 && content > 500.0)
            })
            .await?;
            // An inspection does not fit: its sticky parts must stay visible, so it scrolls inside.
            Start::default().run(&frame).await?;
            page.wait_for("the frame to be as high as the window", async |page| {
                Ok(content().await? > 2000.0 && (height(page).await? - 2600.0).abs() < 1.0)
            })
            .await?;
            page.set_viewport(1280, 700).await?;
            page.wait_for("the frame to follow the window", async |page| {
                Ok((height(page).await? - 700.0).abs() < 1.0)
            })
            .await?;
            // A page that is reloaded in it is connected again.
            frame.evaluate("location.reload();", json!(null)).await?;
            wait_to_hear(&page, "tkt-ready", 2).await?;
            let listed = call(&page, "listInspections", json!([])).await?;
            assert_eq!(listed.pointer("/value").and_then(Value::as_array).map(Vec::len), Some(1));
            // A value that can't be cloned is refused and blocks nothing else.
            let odd = "return __frame.setAnswer('a', { f() {} }).catch(({ code }) => code);";
            assert_eq!(page.evaluate(odd, json!(null)).await?, json!("bad-arguments"));
            // A second connection replaces the first, which is told.
            let second = "
                return import(given).then(async ({ connect }) => {
                  const second = connect(document.querySelector('#frame'), { takeOverExports: true });
                  await second.listInspections();
                  const first = await __frame.listInspections().catch(({ code }) => code);
                  window.__frame = second;
                  return first;
                });
            ";
            let script = json!(guest.url("/tkt/tu-kiem-tra-frame.js"));
            let first = page.evaluate(second, script).await?;
            assert_eq!(first, json!("not-connected"));
            // After the disconnection nothing is sent or answered any more, and exports are
            // downloads again.
            page.evaluate("__frame.disconnect();", json!(null)).await?;
            frame.find("[data-inspection] [data-action=open]").click().await?;
            frame.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;
            let ended = call(&page, "listInspections", json!([])).await?;
            assert_eq!(ended.get("code"), Some(&json!("not-connected")));
            Ok(())
        })
        .await
}

/// Prints from an iframe with that sandbox after running that script in it. Returns the notice that
/// follows, if any.
async fn print_in(sandbox: &str, first: &str) -> Result<Option<String>> {
    let allowed = Allowed::default();
    let guest = guest(&allowed)?;
    let told = Arc::new(Mutex::new(None));
    let found = Arc::clone(&told);
    host(&guest)
        .allow_problem("")
        .preload(HURRY)
        .run(async |stage| {
            let page = stage.goto("/").await?;
            let given = json!({ "page": guest.url("/tkt/embed.html"), "sandbox": sandbox });
            page.evaluate(EMBED, given).await?;
            let frame = page.in_frame(0);
            frame.wait_until_ready().await?;
            frame.evaluate(first, json!(null)).await?;
            Start::default().run(&frame).await?;
            paper::ask(&frame).await?;
            frame.action("print-now").click().await?;
            frame
                .wait_for("the time to be over", async |frame| {
                    Ok(frame.evaluate("return __over;", json!(null)).await? == json!(true))
                })
                .await?;
            let notice = frame.find("[data-notice=error]");
            if notice.exists().await? {
                *told.lock().unwrap_or_else(PoisonError::into_inner) = Some(notice.text().await?);
            }
            Ok(())
        })
        .await?;
    Ok(found.lock().unwrap_or_else(PoisonError::into_inner).take())
}

/// Shortens the timeout for printing and records when it is over.
const HURRY: &str = "
    const { setTimeout: wait } = window;
    window.__over = false;
    window.setTimeout = (act, time, ...more) => time === 3000
      ? wait(() => { act(); wait(() => { window.__over = true; }); }, 100, ...more)
      : wait(act, time, ...more);
";

/// The browser prints nothing there and reports no error.
#[tokio::test]
async fn where_a_sandbox_forbids_printing_that_is_told() -> TestResult {
    let most = "allow-scripts allow-same-origin allow-downloads allow-forms";
    let told = print_in(most, "return null;").await?;
    assert!(told.is_some_and(|told| told.contains("allow-modals")));
    // If the browser prints, or will do so after the person's choice, there is no notice.
    let begins = |place: &str| {
        format!(
            "const {{ get }} = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow');
             Object.defineProperty(HTMLIFrameElement.prototype, 'contentWindow', {{
               get() {{
                 const inside = get.call(this);
                 const begin = () => inside.dispatchEvent(new Event('beforeprint'));
                 if (inside) inside.print = () => {{ {place} }};
                 return inside;
               }},
             }});
             return null;"
        )
    };
    let whole = format!("{most} allow-modals");
    assert_eq!(print_in(&whole, "return null;").await?, None);
    for prints in ["begin();", "setTimeout(begin, 20);"] {
        assert_eq!(print_in(&whole, &begins(prints)).await?, None, "{prints}");
    }
    Ok(())
}

/// A sandbox without an origin has no storage.
#[tokio::test]
async fn where_storing_is_denied_that_is_told() -> TestResult {
    let guest = Server::start(
        Site::default()
            .mount("/tkt/", dist())
            .header("access-control-allow-origin", "*")
            .policy(&STRICT_POLICY.replace("'self'", "'self' http://127.0.0.1:*")),
    )?;
    host(&guest)
        .allow_problem("")
        .run(async |stage| {
            let page = stage.goto("/").await?;
            let sandbox = "allow-scripts allow-downloads allow-forms";
            let given = json!({ "page": guest.url("/tkt/embed.html"), "sandbox": sandbox });
            page.evaluate(EMBED, given).await?;
            let frame = page.in_frame(0);
            frame.action("start").wait_for("to be there", async |go| go.exists().await).await?;
            Start::default().run(&frame).await?;
            frame.item("thrift").choose("met").await?;
            frame.wait_for_save_state("failed").await?;
            let told = frame.find("[data-notice=trouble]").text().await?;
            assert!(!told.is_empty());
            frame.find("[data-notice=trouble] [data-action=backup]").click().await?;
            stage.browser.wait_for_download(".json").await.map(drop)
        })
        .await
}
