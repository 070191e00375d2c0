//! The browser's accessibility tree of the element, as text.

use std::collections::HashMap;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::page::Page;

/// Roles that say nothing by themselves: their contents are told in their place.
const WRAPPERS: [&str; 7] =
    ["generic", "none", "paragraph", "strong", "LabelText", "Legend", "MenuListPopup"];

/// Roles that repeat the text above them.
const REPEATED: [&str; 3] = ["InlineTextBox", "LineBreak", "ListMarker"];

/// States that are always told, and those that are told when they are not `false`.
const STATES: [&str; 4] = ["level", "checked", "expanded", "pressed"];
const SET_STATES: [&str; 6] = ["selected", "disabled", "readonly", "required", "invalid", "modal"];

impl Page {
    /// Returns the element's accessibility tree: a line for each node with its role, name and
    /// states, indented below its parent.
    pub async fn accessibility_tree(&self) -> Result<String> {
        let host = format!("document.querySelector({})", json!(self.host()));
        let found = self.tab().cdp("Runtime.evaluate", json!({ "expression": host })).await?;
        let object = found.pointer("/result/objectId").context("there is no such element")?;
        let described = self.tab().cdp("DOM.describeNode", json!({ "objectId": object })).await?;
        let host = described.pointer("/node/backendNodeId").context("the element has no id")?;

        let tree = self.tab().cdp("Accessibility.getFullAXTree", json!({})).await?;
        let nodes = tree.get("nodes").and_then(Value::as_array).context("there is no tree")?;
        let tree = Tree { nodes: nodes.iter().map(|node| (text(node, "/nodeId"), node)).collect() };
        let root = nodes.iter().find(|node| node.get("backendDOMNodeId") == Some(host));
        let mut lines = Vec::new();
        tree.tell(root.context("the element is not in the tree")?, 0, "", &mut lines);
        Ok(lines.join("\n") + "\n")
    }
}

/// The nodes by their ids.
struct Tree<'a> {
    nodes: HashMap<&'a str, &'a Value>,
}

impl Tree<'_> {
    /// Adds the lines of a node and of its descendants. `above` is the name and the value of its
    /// parent.
    fn tell(&self, node: &Value, depth: usize, above: &str, lines: &mut Vec<String>) {
        let (role, name) = (text(node, "/role/value"), text(node, "/name/value").trim());
        if REPEATED.contains(&role) {
            return;
        }
        let ignored = node.get("ignored") == Some(&json!(true));
        let is_wrapper = ignored || (WRAPPERS.contains(&role) && name.is_empty());
        let is_text = role == "StaticText";
        let repeats = is_text && (name.is_empty() || above.contains(name));
        if is_wrapper || repeats {
            self.tell_children(node, depth, above, lines);
        } else {
            lines.push(format!("{}{}", "  ".repeat(depth), line(node, role, name)));
            let said = format!("{name}\n{}", text(node, "/value/value"));
            self.tell_children(node, depth + 1, &said, lines);
        }
    }

    fn tell_children(&self, node: &Value, depth: usize, above: &str, lines: &mut Vec<String>) {
        let children = node.get("childIds").and_then(Value::as_array).into_iter().flatten();
        for child in children.filter_map(|id| self.nodes.get(id.as_str()?)) {
            self.tell(child, depth, above, lines);
        }
    }
}

/// Returns a node's line: `textbox "Tên đơn vị" required invalid value="…" described="…"`.
fn line(node: &Value, role: &str, name: &str) -> String {
    let mut line = if role == "StaticText" { "text".to_owned() } else { role.to_owned() };
    if !name.is_empty() {
        line += &format!(" {name:?}");
    }
    let properties = node.get("properties").and_then(Value::as_array).into_iter().flatten();
    for property in properties {
        let (name, value) = (text(property, "/name"), property.pointer("/value/value"));
        let value = value.map(|value| value.as_str().map_or(value.to_string(), str::to_owned));
        match value.as_deref().unwrap_or_default() {
            "false" if SET_STATES.contains(&name) => {}
            _ if name == "level" && role != "heading" => {}
            "true" if SET_STATES.contains(&name) => line += &format!(" {name}"),
            value if SET_STATES.contains(&name) || STATES.contains(&name) => {
                line += &format!(" {name}={value}");
            }
            _ => {}
        }
    }
    // A button's value is that of a file field, in the browser's own words and language.
    if let Some(value) = node.pointer("/value/value").filter(|_| role != "button") {
        line += &format!(" value={value}");
    }
    let description = text(node, "/description/value").trim();
    if !description.is_empty() {
        line += &format!(" described={description:?}");
    }
    line
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}
