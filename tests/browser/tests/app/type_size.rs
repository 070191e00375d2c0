//! Type is as large as the reader sets it, whatever the host's page does, and the layout holds at
//! double size.

use std::time::Duration;

use anyhow::{Context, Result};
use browser_tests::{Browser, Page, Setup, TestResult};
use serde_json::{Value, json};

use crate::support::scripts::{self, settle};
use crate::support::sites::{host_page, small_portal};
use crate::support::start::Start;
use crate::support::{paper, steps};

/// Makes the browser use the reader's type size.
async fn set_type(browser: &Browser, size: u32) -> TestResult {
    let sizes = json!({ "fontSizes": { "standard": size } });
    browser.cdp("Page.setFontSizes", sizes).await.map(drop)
}

/// Returns the size of text in pixels.
async fn size_of(page: &Page, selector: &str) -> Result<f64> {
    let size = page.find(selector).style("font-size").await?;
    size.trim_end_matches("px").parse().with_context(|| size.clone())
}

#[tokio::test]
async fn the_reader_says_how_large_text_is() -> TestResult {
    let tag = r#"<tu-kiem-tra checklist="/small.json"></tu-kiem-tra>"#;
    let page = |style: &str| {
        host_page(tag).replace("</head>", &format!("<link rel=stylesheet href={style}></head>"))
    };
    small_portal()?
        .page("/small", &page("/small.css"))
        .page("/large", &page("/large.css"))
        .page("/odd", &page("/odd.css"))
        .file(
            "/small.css",
            "text/css",
            "html { font-size: 62.5%; } * { font-size: 1rem !important; }",
        )
        .file("/large.css", "text/css", "html { font-size: 200%; }")
        .file("/odd.css", "text/css", "html { font-size: 100px; }")
        .run(async |stage| {
            for (path, size, expected) in [
                ("/", 16, 16.0),
                ("/", 32, 32.0),
                // A host with small type does not make ours small.
                ("/small", 16, 16.0),
                ("/small", 24, 24.0),
                ("/large", 16, 32.0),
                ("/odd", 16, 32.0),
            ] {
                let page = stage.open(path).await?;
                set_type(&stage.browser, size).await?;
                settle(&page).await?;
                for text in ["[part=root]", "[data-action=start]", "label"] {
                    let shown = size_of(&page, text).await?;
                    let scale = if text == "[data-action=start]" { 1.125 } else { 1.0 };
                    let wanted = expected * scale;
                    assert!((shown - wanted).abs() < 0.1, "{path} {size} {text}: {shown}");
                }
            }
            set_type(&stage.browser, 16).await
        })
        .await
}

/// Returns the elements that stick out of the page, are clipped, or cover other text.
const BROKEN: &str = "
    const found = [], { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide`);
    const scrolls = (node) => node instanceof Element &&
      (['auto', 'scroll'].includes(getComputedStyle(node).overflowX) || scrolls(node.parentNode));
    const isClipped = (node) => node instanceof Element &&
      (getComputedStyle(node).clipPath !== 'none' || isClipped(node.parentNode));
    const within = root.querySelector('dialog[open]') ?? root;
    const shown = [...within.querySelectorAll('*')].filter((node) =>
      node.checkVisibility({ visibilityProperty: true }) && !node.closest('.visually-hidden, svg') &&
      node.getBoundingClientRect().width > 1 && !isClipped(node));
    for (const node of shown) {
      const { left, right } = node.getBoundingClientRect();
      const name = `${node.localName}.${node.className} ${node.textContent.trim().slice(0, 40)}`;
      if ((left < -1 || right > clientWidth + 1) && !scrolls(node.parentNode)) found.push(`${name} sticks out`);
      const isText = node.matches('button, label, p, h2, h3, legend, summary, li, dt, dd, strong, .nav-area');
      if (isText && node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0 && getComputedStyle(node).display !== 'inline') {
        found.push(`${name} is cut: ${node.scrollWidth} in ${node.clientWidth}`);
      }
    }
    const buttons = shown.filter((node) => node.matches('button'));
    for (const [index, one] of buttons.entries()) {
      const a = one.getBoundingClientRect();
      for (const other of buttons.slice(index + 1)) {
        const b = other.getBoundingClientRect();
        const over = Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
        if (over && one.parentNode === other.parentNode) found.push(`${one.textContent} lies over ${other.textContent}`);
      }
    }
    return found.slice(0, 8);
";

async fn check(page: &Page, screen: &str) -> TestResult {
    settle(page).await?;
    let found = scripts::strings(page.evaluate(BROKEN, Value::Null).await?)?;
    assert!(found.is_empty(), "{screen}: {}", found.join("\n"));
    Ok(())
}

#[tokio::test]
async fn a_phone_holds_text_of_double_size() -> TestResult {
    Setup::dist()
        .viewport(360, 740)
        .timeout(Duration::from_secs(180))
        .run(async |stage| {
            let page = stage.open("/").await?;
            // As a reader's own style sheet would have it.
            page.evaluate("document.documentElement.style.fontSize = '200%';", Value::Null).await?;
            check(&page, "the first screen").await?;
            page.field("checklist").select("cao-lanh-2022").await?;
            page.action("start").click().await?;
            page.field("unit-name").wait_for_attribute("aria-invalid", "true").await?;
            check(&page, "the form with errors").await?;
            Start { checklist: "cao-lanh-2022", ..Start::default() }.run(&page).await?;
            let roster = page.item("procedures-posted");
            roster.action("add-row").click().await?;
            roster.row(0).column("posted-on").fill("hôm qua").await?;
            roster.action("paste-rows").click().await?;
            check(&page, "answering").await?;
            page.action("areas").click().await?;
            check(&page, "the areas").await?;
            page.action("areas").click().await?;
            page.action("result").click().await?;
            check(&page, "the result").await?;
            page.action("complete").click().await?;
            check(&page, "what is missing").await?;
            page.action("go-on").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            paper::ask(&page).await?;
            check(&page, "the printed report").await?;
            page.action("print-leave").click().await?;
            steps::wait_for_no_dialog(&page).await?;
            steps::go_home(&page).await?;
            check(&page, "the list").await
        })
        .await
}
