//! Pages that are not ours: another path, their own styles, a script that moves things about.

use browser_tests::{Engine, Setup, TestResult, dist};
use serde_json::json;

use super::start_small;
use crate::support::checklists::text;
use crate::support::scripts::{refusal, settle};
use crate::support::sites::{host_page, small_portal};
use crate::support::start::Start;

const PAGE: &str = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng thông tin</title>
    <link rel="stylesheet" href="/giao-dien.css">
    <script type="module" src="/tai-nguyen/tkt/tu-kiem-tra.js"></script></head>
    <body><main><h1>Cổng thông tin</h1><form id="tim"><label>Tìm <input name="q"></label>
    <tu-kiem-tra></tu-kiem-tra></form></main></body></html>"#;

/// A portal's own styles: general ones that must not reach into the element, and those that are
/// meant to.
const STYLE: &str = "
    * { letter-spacing: 3px; }
    button { background: rgb(200, 0, 0); text-transform: uppercase; }
    tu-kiem-tra { --tkt-accent: rgb(1, 2, 3); }
    tu-kiem-tra::part(header) { border-top: 7px solid rgb(4, 5, 6); }
    tu-kiem-tra::part(item) { outline: 2px solid rgb(7, 8, 9); }
    tu-kiem-tra::part(progress) { border-top: 3px solid rgb(10, 11, 12); }
    tu-kiem-tra::part(verdict) { text-indent: 5px; }
";

/// Returns the state of the host's page that the element must not change.
const SURROUNDINGS: &str = "
    const outside = document.documentElement.cloneNode(true);
    outside.querySelectorAll('tu-kiem-tra').forEach((one) => one.replaceChildren());
    return [outside.outerHTML, document.title, location.href, history.length,
      document.adoptedStyleSheets.length, document.styleSheets.length];
";

/// Records the names of the window's globals.
const GLOBALS: &str = "window.__before = ['__before', ...Object.keys(window)];";

/// Returns the globals added since. The browser's driver adds one of its own.
const NEW_GLOBALS: &str = "
    const names = Object.keys(window).filter((name) => !name.startsWith('se_'));
    return names.filter((name) => !__before.includes(name));
";

#[tokio::test]
async fn one_script_and_one_tag_are_enough_anywhere() -> TestResult {
    one_tag_anywhere(Engine::Chromium).await
}

/// One tag is enough, in any browser.
pub async fn one_tag_anywhere(engine: Engine) -> TestResult {
    Setup::empty()
        .engine(engine)
        .mount("/tai-nguyen/tkt/", dist())
        .page("/dich-vu/tu-kiem-tra/", PAGE)
        .file("/giao-dien.css", "text/css", STYLE)
        .run(async |stage| {
            let page = stage.open("/dich-vu/tu-kiem-tra/").await?;
            page.evaluate(GLOBALS, json!(null)).await?;
            let before = page.evaluate(SURROUNDINGS, json!(null)).await?;
            Start { checklist: "vung-tau-2022", ..Start::default() }.run(&page).await?;
            page.item("index-measures").choose("met").await?;
            page.wait_for_save_state("saved").await?;
            page.action("result").click().await?;
            page.action("export").click().await?;
            stage.browser.wait_for_download(".json").await?;
            // The surrounding form was not sent, and the rest of the page is unchanged.
            assert_eq!(page.evaluate(SURROUNDINGS, json!(null)).await?, before);
            assert_eq!(page.evaluate(NEW_GLOBALS, json!(null)).await?, json!([]));

            page.action("answering").click().await?;
            let header = page.find("[part~=header]");
            assert_eq!(header.style("border-top-color").await?, "rgb(4, 5, 6)");
            let item = page.item("index-measures");
            assert_eq!(item.style("outline-color").await?, "rgb(7, 8, 9)");
            assert_eq!(
                page.find("[part~=progress]").style("border-top-color").await?,
                "rgb(10, 11, 12)"
            );
            assert_eq!(item.find("[part~=verdict]").style("text-indent").await?, "5px");
            let start = page.action("next-unanswered");
            assert_eq!(
                start.style("background-color").await?,
                "rgb(1, 2, 3)",
                "the accent is the host's"
            );
            assert_eq!(start.style("text-transform").await?, "none");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_element_may_be_moved_and_taken_out() -> TestResult {
    moved_and_taken_out(Engine::Chromium).await
}

/// The element survives moves and removal, in any browser.
pub async fn moved_and_taken_out(engine: Engine) -> TestResult {
    small_portal()?
        .engine(engine)
        .run(async |stage| {
            let page = stage.open("/").await?;
            start_small(&page).await?;
            let share = page.item("share");
            share.field("numerator").type_text("24").await?;
            page.evaluate("document.body.prepend(element);", json!(null)).await?;
            settle(&page).await?;
            assert_eq!(share.field("numerator").value().await?, "24");
            share.field("denominator").type_text("25").await?;
            share.wait_for_verdict("not-met").await?;

            // Taken out during work and put back later: everything is still there.
            page.evaluate("window.__kept = element; element.remove();", json!(null)).await?;
            settle(&page).await?;
            page.evaluate("document.body.append(window.__kept);", json!(null)).await?;
            page.wait_for_events("tkt-ready", 2).await?;
            page.find("[data-inspection] [data-action=open]").click().await?;
            assert_eq!(share.field("numerator").value().await?, "24");
            assert_eq!(share.field("denominator").value().await?, "25");
            assert_eq!(share.verdict().await?, "not-met");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_program_that_does_not_load_is_told_of() -> TestResult {
    let script = std::fs::read(dist().join("tu-kiem-tra.js"))?;
    Setup::empty()
        .page("/", &host_page(r#"<tu-kiem-tra lang="en"></tu-kiem-tra>"#))
        .file("/tkt/tu-kiem-tra.js", "text/javascript", script)
        .allow_problem("404")
        .run(async |stage| {
            let page = stage.goto("/").await?;
            let told = page.wait_for_events("tkt-error", 1).await?;
            assert_eq!(told[0].get("code"), Some(&json!("load-failed")));
            let message = page.find("[role=alert]").text().await?;
            assert!(message.contains("could not be loaded"), "{message}");
            assert!(!refusal(&page, "listInspections", json!([])).await?.is_empty());
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_standalone_page_is_the_same_element() -> TestResult {
    standalone(Engine::Chromium).await
}

/// The standalone page works in any browser.
pub async fn standalone(engine: Engine) -> TestResult {
    Setup::dist()
        .engine(engine)
        .run(async |stage| {
            let page = stage.open("/").await?;
            let count = "return document.querySelectorAll('tu-kiem-tra').length;";
            assert_eq!(page.evaluate(count, json!(null)).await?, json!(1));
            assert_eq!(page.action("start").text().await?, text("vi", "start.button")?);
            page.action("language").click().await?;
            assert_eq!(page.action("start").text().await?, text("en", "start.button")?);
            // The person chose it, so it is remembered.
            page.reload().await?;
            assert_eq!(page.action("start").text().await?, text("en", "start.button")?);
            Ok(())
        })
        .await
}
