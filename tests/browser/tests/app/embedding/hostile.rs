//! Styles of the host that would spoil everything if they reached in, and ours if they leaked out.

use anyhow::{Context, Result};
use browser_tests::{Page, TestResult};
use serde_json::json;

use crate::support::scripts::settle;
use crate::support::sites::{host_page, small_portal};
use crate::support::start::Start;

const HOSTILE: &str = include_str!("hostile.css");

/// Returns the computed styles of everything in the shadow root, without size and place, which
/// depend on the host. Most are alike, so each is listed once.
const INSIDE: &str = "
    const layout = /size|width|height|origin|^inset|^(top|left|right|bottom)$|^margin|^--|^grid-template/;
    const isLayout = (name) => layout.test(name) && !/^(min|max)-|font-size/.test(name);
    return told([...root.querySelectorAll('[part=root], [part=root] *')], isLayout);
";

/// Returns the distinct computed styles of nodes, and for each node its name and the numbers of its
/// styles.
const TOLD: &str = "
    const told = (nodes, isLayout) => {
      const numbers = new Map();
      const numberOf = (style) => numbers.get(style) ?? numbers.set(style, numbers.size).get(style);
      const own = nodes.map((node) => {
        const style = getComputedStyle(node);
        const names = [...style].filter((name) => !isLayout(name));
        const own = names.map((name) => numberOf(`${name}: ${style.getPropertyValue(name)}`));
        return [`${node.tagName}.${node.className}`, own];
      });
      return [[...numbers.keys()], own];
    };
";

/// All distinct styles, and for each node its name and the indices of its styles.
struct Styles(Vec<String>, Vec<(String, Vec<usize>)>);

impl Styles {
    async fn of(page: &Page, script: &str) -> Result<Self> {
        let script = [TOLD, script].concat();
        let (all, own) = serde_json::from_value(page.evaluate(&script, json!(null)).await?)?;
        Ok(Self(all, own))
    }

    fn get(&self, numbers: &[usize]) -> Vec<&str> {
        numbers.iter().filter_map(|number| self.0.get(*number).map(String::as_str)).collect()
    }
}

async fn inside(page: &Page) -> Result<Styles> {
    page.evaluate("root.activeElement?.blur();", json!(null)).await?;
    settle(page).await?;
    Styles::of(page, INSIDE).await
}

/// Fails unless everything has the same styles.
fn check_alike(screen: &str, plain: &Styles, hostile: &Styles) {
    assert!(plain.1.len() > 6, "there is next to nothing on {screen}");
    assert_eq!(plain.1.len(), hostile.1.len(), "{screen}");
    let mut differences = Vec::new();
    for ((name, expected), (_, found)) in plain.1.iter().zip(&hostile.1) {
        let (expected, found) = (plain.get(expected), hostile.get(found));
        assert!(expected.len() > 100, "{name} has next to no styles");
        let became = expected.iter().zip(&found).filter(|(expected, found)| expected != found);
        differences.extend(became.map(|(one, other)| format!("{name} {one} became {other}")));
        assert_eq!(expected.len(), found.len(), "{name}");
    }
    let first: Vec<_> = differences.iter().take(20).collect();
    assert!(
        differences.is_empty(),
        "{screen}: {} differences, such as {first:#?}",
        differences.len()
    );
}

/// Returns the styles of the start screen, an inspection with some answers, a dialog, and the
/// result.
async fn screens(page: &Page) -> Result<Vec<(&'static str, Styles)>> {
    let mut screens = vec![("the first screen", inside(page).await?)];
    Start { checklist: "", ..Start::default() }.run(page).await?;
    page.item("share").field("numerator").type_text("24x").await?;
    page.item("posted").action("add-row").click().await?;
    page.wait_for_save_state("saved").await?;
    screens.push(("the items", inside(page).await?));
    page.action("result").click().await?;
    page.action("complete").click().await?;
    page.action("complete-anyway")
        .wait_for("to be there", async |go| go.is_visible().await)
        .await?;
    screens.push(("the dialog over the result", inside(page).await?));
    Ok(screens)
}

#[tokio::test]
async fn styles_of_the_host_do_not_reach_in() -> TestResult {
    let tag = r#"<tu-kiem-tra checklist="/small.json" storage-namespace="NAME"></tu-kiem-tra>"#;
    let head = r#"<link rel="stylesheet" href="/hostile.css"></head>"#;
    let plain = host_page(&tag.replace("NAME", "a"));
    let hostile = host_page(&tag.replace("NAME", "b"))
        .replace("</head>", head)
        .replace("<body>", r#"<body class="portlet-body">"#);
    small_portal()?
        .page("/plain", &plain)
        .page("/hostile", &hostile)
        .file("/hostile.css", "text/css", HOSTILE)
        .viewport(1280, 800)
        .run(async |stage| {
            let page = stage.open("/plain").await?;
            let expected = screens(&page).await?;
            let page = stage.open("/hostile").await?;
            let width =
                page.evaluate("return element.getBoundingClientRect().width;", json!(null)).await?;
            assert!(width.as_f64().context("a width")? > 1000.0, "{width}");
            for ((screen, plain), (_, hostile)) in expected.iter().zip(screens(&page).await?) {
                check_alike(screen, plain, &hostile);
            }
            Ok(())
        })
        .await
}

/// Returns the computed styles of everything outside of the element, without those that depend on
/// its size.
const OUTSIDE: &str = "
    const layout = /size|width|height|origin|^inset|^(top|left|right|bottom)$/;
    const nodes = document.querySelectorAll('body, body *:not(tu-kiem-tra):not(script)');
    return told([...nodes], (name) => layout.test(name));
";

#[tokio::test]
async fn styles_of_ours_do_not_get_out() -> TestResult {
    let page = r#"<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title></head>
        <body class="root"><h1>Cổng</h1><form class="card item"><label>Tìm <input class="input" name=q></label>
        <button class="button">Tìm</button></form><ul><li>Một</ul><dialog>Hỏi</dialog>
        <tu-kiem-tra></tu-kiem-tra></body></html>"#;
    let script = r#"<script type="module" src="/tkt/tu-kiem-tra.js"></script></body>"#;
    small_portal()?
        .page("/without", &page.replace("</body>", "<script></script></body>"))
        .page("/with", &page.replace("</body>", script))
        .run(async |stage| {
            let page = stage.goto("/without").await?;
            let before = Styles::of(&page, OUTSIDE).await?;
            let page = stage.open("/with").await?;
            Start { checklist: "vung-tau-2022", ..Start::default() }.run(&page).await?;
            let after = Styles::of(&page, OUTSIDE).await?;
            check_alike("the host's page", &before, &after);
            Ok(())
        })
        .await
}
