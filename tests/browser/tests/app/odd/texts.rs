//! A translator or an extension changes the text nodes inside.

use anyhow::{Result, ensure};
use browser_tests::{Page, TestResult};
use serde_json::{Value, json};

use super::start_in;
use crate::support::answers::answer;
use crate::support::checklists::{id, list, small};
use crate::support::scripts::{settle, strings};
use crate::support::sites::small_portal;

/// Puts each text into an element, as translators do: in the place of its node, or around it.
const WRAP: &str = "
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    nodes.filter((node) => node.data.trim() && node.parentNode.localName !== 'font').forEach((node, index) => {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      outer.append(inner);
      if (index % 2) inner.textContent = node.data;
      node.replaceWith(outer);
      if (!(index % 2)) inner.append(node);
    });
";

/// Splits each text or removes it.
const BREAK: &str = "
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    nodes.filter((node) => node.data.trim()).forEach((node, index) => {
      if (index % 2) node.remove();
      else node.splitText(node.length / 2);
    });
";

/// Returns all text of the items and of the sticky line.
const TEXTS: &str = "
    const texts = (selector) => [...root.querySelectorAll(selector)].map((one) => one.textContent);
    return given.flatMap(texts);
";

/// The selectors of every text of an inspection, and of those that changed during the work.
const ALL: &[&str] = &[".progress-count", ".workspace", ".result"];
const CHANGED: &[&str] = &[
    ".progress-count > span:last-child",
    "[data-item]:not([data-verdict=unanswered]) .verdict-name",
    "[data-item]:not([data-verdict=unanswered]) .verdict-detail",
    ".field-error",
];

async fn texts(page: &Page, of: &[&str]) -> Result<Vec<String>> {
    settle(page).await?;
    strings(page.evaluate(TEXTS, json!(of)).await?)
}

/// Works while the texts are changed, and then compares them with those of an untouched page.
async fn work(touch: &str, again: bool, compared: &[&str]) -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            page.evaluate(touch, Value::Null).await?;
            let inspection = start_in(&page, "2022").await?;
            page.evaluate(touch, Value::Null).await?;
            for item in list(&small()?, "items") {
                // Its deadline is in another year.
                if id(item) == "report" || !page.item(id(item)).exists().await? {
                    continue;
                }
                if again {
                    page.evaluate(touch, Value::Null).await?;
                }
                let verdict = answer(&page.item(id(item)), item, 1).await?;
                page.item(id(item)).wait_for_verdict(verdict).await?;
            }
            page.item("overdue").field("count").fill("1.5").await?;
            page.item("overdue").wait_for_verdict("invalid").await?;
            page.wait_for_save_state("saved").await?;
            let saved = page.find("[data-save-state]").text().await?;
            ensure!(saved.starts_with("Đã lưu"), "it says {saved}");
            page.action("result").click().await?;
            let before = texts(&page, compared).await?;
            page.reload().await?;
            page.call("openInspection", json!([inspection])).await?;
            page.action("result").click().await?;
            let fresh = texts(&page, compared).await?;
            ensure!(fresh.len() >= compared.len() - 1, "there is too little to compare: {fresh:?}");
            for (before, fresh) in before.iter().zip(&fresh) {
                ensure!(before == fresh, "it says\n{before}\nand should say\n{fresh}");
            }
            assert_eq!(before.len(), fresh.len());
            Ok(())
        })
        .await
}

#[tokio::test]
async fn texts_are_right_after_somebody_wrapped_them() -> TestResult {
    work(WRAP, true, ALL).await
}

#[tokio::test]
async fn texts_that_change_are_right_after_somebody_broke_them() -> TestResult {
    work(BREAK, false, CHANGED).await
}

#[tokio::test]
async fn translators_are_asked_to_leave_it_alone() -> TestResult {
    small_portal()?
        .run(async |stage| {
            let page = stage.open("/").await?;
            let script = "
                const page = root.querySelector('[part=root]');
                return [element.translate, page.translate, page.classList.contains('notranslate')];
            ";
            assert_eq!(page.evaluate(script, Value::Null).await?, json!([false, false, true]));
            Ok(())
        })
        .await
}
