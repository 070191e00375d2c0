//! Checklists and texts of the interface, as the project's files have them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

/// Returns the path of a file of the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn json(path: &str) -> Result<Value> {
    let text = fs::read_to_string(project(path)).with_context(|| path.to_owned())?;
    Ok(serde_json::from_str(&text)?)
}

/// Returns a built-in checklist.
pub fn builtin(id: &str) -> Result<Value> {
    json(&format!("checklists/{id}.json"))
}

/// Returns a small checklist with an item or two of every kind. It is not built in.
pub fn small() -> Result<Value> {
    json("tests/cases/checklist.json")
}

/// Returns a text of the interface by language, `vi` or `en`, and name in `locales/`.
pub fn text(language: &str, name: &str) -> Result<String> {
    let texts = json(&format!("locales/{language}.json"))?;
    let text = texts.get(name).and_then(Value::as_str);
    Ok(text.with_context(|| format!("locales/{language}.json has no `{name}`"))?.to_owned())
}

/// Returns the items of a checklist that apply to a kind of unit, given its answers to the
/// questions.
pub fn applying(checklist: &Value, unit_type: &str, questions: &[(&str, bool)]) -> Vec<Value> {
    let items = checklist.get("items").and_then(Value::as_array).into_iter().flatten();
    let applies = |item: &&Value| {
        let performers = item.get("performers").and_then(Value::as_array);
        let performs = performers.into_iter().flatten().any(|performer| performer == unit_type);
        let ruled_out = item.get("when").is_some_and(|when| {
            let answer =
                questions.iter().find(|(id, _)| when.get("question") == Some(&Value::from(*id)));
            answer.is_some_and(|(_, answer)| when.get("is") != Some(&Value::from(*answer)))
        });
        performs && !ruled_out
    };
    items.filter(applies).cloned().collect()
}

/// Returns the id of an item, a part, a column and so on.
pub fn id(value: &Value) -> &str {
    value.get("id").and_then(Value::as_str).unwrap_or_default()
}

/// Returns the ids of values.
pub fn ids(values: &[Value]) -> Vec<&str> {
    values.iter().map(id).collect()
}

/// Returns the members of one of a value's lists.
pub fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
