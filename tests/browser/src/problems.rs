//! Problems of a page that every test checks: errors in its log and violations of its policy.

use anyhow::Result;
use serde_json::Value;

use crate::engine::Engine;
use crate::tab::Tab;

/// A script that runs in each page before the page's own. It records the violations of the policy,
/// and the element's events for [`crate::Page::events`].
pub const RECORDER: &str = include_str!("recorder.js");

/// A script that runs after it in browsers whose driver has no log. It records the messages.
pub const LOGGER: &str = include_str!("logger.js");

/// Takes the recorded problems.
const TAKE: &str = "
    const take = (list) => window.__harness?.[list]?.splice(0) ?? [];
    return [take('violations'), take('logged')];
";

/// Takes the problems in a tab since the last call.
pub async fn of(tab: &Tab) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    if tab.engine() == Engine::Chromium {
        for entry in tab.log().await? {
            let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default();
            if text("level") == "SEVERE" {
                problems.push(format!("logged: {}", text("message")));
            }
        }
    }
    let kept = tab.execute(TAKE, Vec::new()).await?;
    for (index, kind) in ["policy violated", "logged"].iter().enumerate() {
        for problem in kept.get(index).and_then(Value::as_array).into_iter().flatten() {
            problems.push(format!("{kind}: {}", problem.as_str().unwrap_or_default()));
        }
    }
    Ok(problems)
}
