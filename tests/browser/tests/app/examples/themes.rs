//! The rules of portals for every button, label and field don't reach into the form.

use std::collections::BTreeMap;

use anyhow::Result;
use browser_tests::{Stage, TestResult};
use serde_json::json;

use super::{released, start};

/// An element of each kind that themes have rules for, on the first screen and among the items.
const START: [&str; 8] = [
    "[part=root]",
    "h2",
    "form label",
    "[data-field=checklist]",
    "[data-field=unit-name]",
    "[data-action=start]",
    "[data-action=language]",
    "summary",
];
const ITEMS: [&str; 9] = [
    "[data-item] h3",
    "[data-item] p",
    "[data-item] label",
    "fieldset",
    "[data-item] [data-field=numerator]",
    "[data-item] [data-field=verdict]",
    "[data-item] textarea",
    "[data-item] summary",
    "[data-action=next-unanswered]",
];

/// Returns every property of each, except those that depend on the page's width and the custom
/// properties that a host may set.
const STYLES: &str = "
    const exempt = /^(--.*|width|height|(inline|block)-size|perspective-origin|transform-origin|grid-template-.*)$/;
    const styles = {};
    for (const part of given) {
      const place = root.querySelector(part);
      if (!place) throw new Error(`there is no ${part}`);
      for (const name of getComputedStyle(place)) {
        if (!exempt.test(name)) styles[`${part} ${name}`] = getComputedStyle(place).getPropertyValue(name);
      }
    }
    return styles;
";

type Styles = BTreeMap<String, String>;

/// Returns the styles of an inspection of the same checklist in the page of this example.
async fn styles(stage: &mut Stage, example: &str) -> Result<Styles> {
    let page = stage.open(&format!("/examples/{example}/")).await?;
    page.evaluate("element.setAttribute('checklist', 'phuong-2-105-2022');", json!(null)).await?;
    page.wait_for("the sources", async |page| page.find("summary").exists().await).await?;
    let mut styles: Styles = serde_json::from_value(page.evaluate(STYLES, json!(START)).await?)?;
    start(&page).await?;
    let items: Styles = serde_json::from_value(page.evaluate(STYLES, json!(ITEMS)).await?)?;
    styles.extend(items);
    Ok(styles)
}

async fn check(example: &str) -> TestResult {
    released()?
        .viewport(1280, 800)
        .run(async |stage| {
            let expected = styles(stage, "strict-csp").await?;
            let found = styles(stage, example).await?;
            let differ = |(name, value): (&String, &String)| {
                let now = found.get(name).map(String::as_str).unwrap_or_default();
                (now != value).then(|| format!("{name}: {value}, here {now}"))
            };
            let differences: Vec<String> = expected.iter().filter_map(differ).collect();
            assert!(differences.is_empty(), "{}", differences.join("\n"));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn liferay_s_does_not() -> TestResult {
    check("liferay").await
}

#[tokio::test]
async fn bootstrap_s_does_not() -> TestResult {
    check("aspnet").await
}
