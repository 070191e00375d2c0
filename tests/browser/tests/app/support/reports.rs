//! Checks of reports without the program's own code: a schema validator, and the browser's JSON and
//! SHA-256.

use std::fs;

use anyhow::{Context, Result, ensure};
use browser_tests::Page;
use serde_json::{Value, json};

use super::checklists::project;

/// Fails unless a report is valid against the published schema.
pub fn check_schema(report: &Value) -> Result<()> {
    let schema: Value =
        serde_json::from_str(&fs::read_to_string(project("schema/report.schema.json"))?)?;
    let validator = jsonschema::options().should_validate_formats(true).build(&schema)?;
    let errors: Vec<_> = validator
        .iter_errors(report)
        .map(|error| format!("{}: {error:.200}", error.instance_path()))
        .collect();
    ensure!(errors.is_empty(), "{}", errors.join("\n"));
    Ok(())
}

/// Serializes by RFC 8785, which follows JavaScript's own notation of numbers and strings. The
/// order of the names, by UTF-16 code units, is JavaScript's as well.
const CANONICAL: &str = "
    const canonical = (value) =>
      Array.isArray(value) ? `[${value.map(canonical).join()}]`
      : value && typeof value === 'object'
        ? `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`
        : JSON.stringify(value);
";

/// Fails unless a file is a report in its canonical form with the right digest, and returns the
/// report.
pub async fn check_file(page: &Page, bytes: &[u8]) -> Result<Value> {
    let text = std::str::from_utf8(bytes).context("a report is UTF-8")?;
    let script = format!(
        "{CANONICAL}
         return (async () => {{
           const {{ integrity, ...rest }} = JSON.parse(given);
           const bytes = new TextEncoder().encode(canonical(rest));
           const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
           return {{
             canonical: canonical(JSON.parse(given)) === given,
             sha256: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
           }};
         }})();"
    );
    let seen = page.evaluate(&script, json!(text)).await?;
    ensure!(seen.get("canonical") == Some(&json!(true)), "the file is not in its canonical form");
    let report: Value = serde_json::from_str(text)?;
    let expected = json!({ "canonicalization": "RFC8785", "sha256": seen.get("sha256") });
    ensure!(
        report.get("integrity") == Some(&expected),
        "{:?} is not {expected}",
        report.get("integrity")
    );
    check_schema(&report)?;
    Ok(report)
}

/// Returns the report as a file: its bytes by RFC 8785.
pub async fn canonical(page: &Page, report: &Value) -> Result<String> {
    let text =
        page.evaluate(&format!("{CANONICAL} return canonical(given);"), report.clone()).await?;
    Ok(text.as_str().context("a text")?.to_owned())
}

/// Returns a report with a new digest, after it was changed on purpose.
pub async fn sealed(page: &Page, mut report: Value) -> Result<Value> {
    let members = report.as_object_mut().context("a report is an object")?;
    members.remove("integrity");
    let script = format!(
        "{CANONICAL}
         return crypto.subtle.digest('SHA-256', new TextEncoder().encode(canonical(given))).then((digest) =>
           [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));"
    );
    let sha256 = page.evaluate(&script, Value::Object(members.clone())).await?;
    members
        .insert("integrity".to_owned(), json!({ "canonicalization": "RFC8785", "sha256": sha256 }));
    Ok(report)
}

/// Returns an item of a report.
pub fn item<'a>(report: &'a Value, id: &str) -> Result<&'a Value> {
    let items = report.get("items").and_then(Value::as_array).into_iter().flatten();
    let item = items.into_iter().find(|item| item.get("id") == Some(&json!(id)));
    item.with_context(|| format!("the report has no item {id}"))
}
