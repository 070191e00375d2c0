//! The problems of a page that no test asked for: errors in its log and violations of its policy.

use anyhow::Result;
use serde_json::Value;

use crate::engine::Engine;
use crate::tab::Tab;

/// Runs in each page before any of its own scripts. Keeps the violations of the policy, and the
/// element's events for [`crate::Page::events`].
pub const RECORDER: &str = include_str!("recorder.js");

/// Runs after it in browsers whose driver tells no log. Keeps what would be in one.
pub const LOGGER: &str = include_str!("logger.js");

/// Takes what is kept.
const TAKE: &str = "
    const take = (list) => window.__harness?.[list]?.splice(0) ?? [];
    return [take('violations'), take('logged')];
";

/// The problems in a tab since the last call.
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
