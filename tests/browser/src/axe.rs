//! axe-core, which checks a page for accessibility.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::tab::Tab;

/// The script that runs axe-core in the page. WebDriver's scripts are not bound by the page's
/// policy.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then(
      ({ violations }) => done({ violations }),
      (error) => done({ error: String(error) }),
    );
";

/// Returns the violations in the whole page.
pub async fn violations(tab: &Tab) -> Result<Vec<String>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/axe-core/axe.min.js");
    let library =
        fs::read_to_string(&file).context("axe-core is not installed: run `cargo xtask build`")?;
    tab.execute(&format!("if (!window.axe) {{ {library} }}"), Vec::new()).await?;
    let outcome = tab.client().await?.execute_async(RUN, Vec::new()).await?;
    let Some(violations) = outcome.get("violations").and_then(Value::as_array) else {
        bail!("axe-core failed: {outcome}");
    };
    Ok(violations.iter().map(describe).collect())
}

fn describe(violation: &Value) -> String {
    let text = |value: &Value, name: &str| {
        value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let nodes =
        violation.get("nodes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let places = nodes.iter().map(|node| {
        // A list of selectors. Inside a shadow root it is a list of lists.
        let target = node.get("target").unwrap_or(&json!(null)).to_string();
        format!(
            "\n    {target} {}\n      {}",
            text(node, "html"),
            text(node, "failureSummary").replace('\n', " ")
        )
    });
    format!(
        "{} ({}): {}{}",
        text(violation, "id"),
        text(violation, "impact"),
        text(violation, "help"),
        places.collect::<String>()
    )
}
