//! What went wrong in a page without a test asking: errors in its log and violations of its policy.

use anyhow::Result;
use serde_json::Value;

use crate::tab::Tab;

/// Runs in each page before any of its own scripts, and in spite of any policy. Keeps the violations
/// of the policy, and the element's events for [`crate::Page::events`].
pub const RECORDER: &str = r#"
(() => {
  if (window.__harness) return;
  const seen = { violations: [], events: [] };
  Object.defineProperty(window, "__harness", { value: seen });
  addEventListener("securitypolicyviolation", (event) => {
    const place = event.sourceFile ? ` (${event.sourceFile}:${event.lineNumber})` : "";
    seen.violations.push(`${event.effectiveDirective} forbids ${event.blockedURI || "inline"}${place}`);
  }, true);
  const names = ["ready", "change", "saved", "save-error", "export", "upload", "error"];
  for (const name of names) {
    addEventListener("tkt-" + name, (event) => {
      const detail = event.detail === undefined ? null : JSON.parse(JSON.stringify(event.detail));
      seen.events.push({ type: event.type, detail });
    }, true);
  }
})();
"#;

/// The problems in a tab since the last call.
pub async fn of(tab: &Tab) -> Result<Vec<String>> {
    let mut problems = Vec::new();
    // Not every browser has a log.
    for entry in tab.log().await.unwrap_or_default() {
        let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default();
        if text("level") == "SEVERE" {
            problems.push(format!("logged: {}", text("message")));
        }
    }
    let violations =
        tab.execute("return window.__harness?.violations.splice(0) ?? []", Vec::new()).await?;
    for violation in violations.as_array().into_iter().flatten() {
        problems.push(format!("policy violated: {}", violation.as_str().unwrap_or_default()));
    }
    Ok(problems)
}
