//! TypeScript types of reports and checklists, generated from `schema/report.schema.json`, so that
//! they can't differ from the schema.
//!
//! They are generated here because the generators of npm rename a definition wherever it is used,
//! drop conditions on an item's kind, and bring a formatter of many megabytes. Where a type can't
//! express a rule (patterns, lengths, conditions on something optional), it is wider than the
//! schema, never narrower. An unknown keyword stops the packaging, as it might change a type.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::branches::{self, Branch};
use crate::failure::{Failure, Result};

/// The keywords that don't affect a type, and those that are handled here.
const KNOWN: &[&str] = &[
    "$defs",
    "$ref",
    "$schema",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "default",
    "description",
    "else",
    "enum",
    "format",
    "if",
    "items",
    "maxLength",
    "maximum",
    "maxItems",
    "minItems",
    "minimum",
    "oneOf",
    "pattern",
    "properties",
    "propertyNames",
    "required",
    "then",
    "title",
    "type",
];

/// Returns the text of the file of types.
pub fn of_schema(schema: &Value) -> Result<String> {
    let mut text = String::from(
        "// The data that <tu-kiem-tra> exchanges. Made from schema/report.schema.json, which also says what\n\
         // types can't: patterns, lengths, the highest numbers.\n",
    );
    let root =
        schema.get("title").and_then(Value::as_str).ok_or_else(|| unclear("the root", "title"))?;
    text += &definition(root, schema, schema)?;
    for (name, definition_of) in object(schema, "$defs") {
        text += &definition(name, definition_of, schema)?;
    }
    Ok(text)
}

/// Returns one exported type. `root` has the definitions that it refers to.
fn definition(name: &str, schema: &Value, root: &Value) -> Result<String> {
    let doc = doc(schema, "");
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        let of = type_of(name, schema, "")?;
        let space = if of.starts_with('\n') { "" } else { " " };
        return Ok(format!("\n{doc}export type {name} ={space}{of};\n"));
    };
    check(name, schema)?;
    let branches = branches::of(schema, root);
    if branches.is_empty() {
        return Ok(format!(
            "\n{doc}export interface {name} {}\n",
            fields(name, schema, properties, "")?
        ));
    }
    // A property that some branch narrows stands in every branch, not among the common ones.
    let (narrowed, common): (Map<_, _>, Map<_, _>) = properties
        .clone()
        .into_iter()
        .partition(|(property, _)| branches.iter().any(|branch| branch.names(property).is_some()));
    let common = fields(name, schema, &common, "")?;
    let mut text = format!(
        "\n/** What every {name} has. */\nexport interface {name}Fields {common}\n\n\
         {doc}export type {name} = {name}Fields &\n  (\n"
    );
    for branch in &branches {
        text += &format!("    | {{ {} }}\n", branch_fields(name, schema, branch, &narrowed)?);
    }
    Ok(text + "  );\n")
}

/// Returns the fields that one branch adds, on one line.
fn branch_fields(
    name: &str,
    schema: &Value,
    branch: &Branch,
    narrowed: &Map<String, Value>,
) -> Result<String> {
    let value = branch.value(&format!("{name}Fields"));
    let mut parts = vec![format!("{}: {value}", key(branch.property))];
    for (property, of) in object(schema, "properties").filter(|(name, _)| *name != branch.property)
    {
        let is_required = branch.requires(property) || is_required(schema, property);
        if branch.forbids(property) {
            parts.push(format!("{}?: never", key(property)));
        } else if narrowed.contains_key(property) || branch.requires(property) {
            let mut of = type_of(name, of, "")?;
            if let Some(names) = branch.names(property) {
                of = format!("Pick<{of}, {}>", names.join(" | "));
            }
            parts.push(format!("{}{}: {of}", key(property), if is_required { "" } else { "?" }));
        }
    }
    Ok(parts.join("; "))
}

/// Returns the fields of an object type, in braces.
fn fields(
    name: &str,
    schema: &Value,
    properties: &Map<String, Value>,
    indent: &str,
) -> Result<String> {
    let inner = format!("{indent}  ");
    let mut text = String::from("{\n");
    for (property, of) in properties {
        let optional = if is_required(schema, property) { "" } else { "?" };
        let doc = doc(of, &inner);
        text +=
            &format!("{doc}{inner}{}{optional}: {};\n", key(property), type_of(name, of, &inner)?);
    }
    Ok(text + indent + "}")
}

/// Returns a type in the place where it is used.
fn type_of(name: &str, schema: &Value, indent: &str) -> Result<String> {
    check(name, schema)?;
    if let Some(reference) = text(schema, "$ref") {
        let target = reference.strip_prefix("#/$defs/").ok_or_else(|| unclear(name, reference))?;
        return Ok(target.to_owned());
    }
    if let Some(value) = schema.get("const") {
        return Ok(value.to_string());
    }
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        return Ok(values.iter().map(Value::to_string).collect::<Vec<_>>().join(" | "));
    }
    if let Some(choices) = ["oneOf", "anyOf"].iter().find_map(|word| schema.get(*word)?.as_array())
    {
        return union(name, choices, indent);
    }
    match schema.get("type") {
        Some(Value::Array(types)) => {
            let types = types.iter().map(|of| plain(name, schema, of.as_str(), indent));
            Ok(types.collect::<Result<Vec<_>>>()?.join(" | "))
        }
        of => plain(name, schema, of.and_then(Value::as_str), indent),
    }
}

/// Returns a type by the schema's keyword `type`.
fn plain(name: &str, schema: &Value, of: Option<&str>, indent: &str) -> Result<String> {
    match of {
        Some("string") => Ok("string".to_owned()),
        Some("integer" | "number") => Ok("number".to_owned()),
        Some("boolean") => Ok("boolean".to_owned()),
        Some("null") => Ok("null".to_owned()),
        Some("array") => {
            let items = schema.get("items").ok_or_else(|| unclear(name, "items"))?;
            Ok(format!("Array<{}>", type_of(name, items, indent)?))
        }
        Some("object") => match schema.get("properties").and_then(Value::as_object) {
            Some(properties) => fields(name, schema, properties, indent),
            None => map(name, schema, indent),
        },
        _ => Err(unclear(name, "type")),
    }
}

/// Returns the type of an object whose names are not fixed.
fn map(name: &str, schema: &Value, indent: &str) -> Result<String> {
    let values = schema.get("additionalProperties").filter(|of| of.is_object());
    let values =
        type_of(name, values.ok_or_else(|| unclear(name, "additionalProperties"))?, indent)?;
    match schema.get("propertyNames").and_then(|names| names.get("enum")?.as_array()) {
        None => Ok(format!("Record<string, {values}>")),
        Some(names) => {
            let names: Vec<_> = names.iter().map(Value::to_string).collect();
            Ok(format!("Partial<Record<{}, {values}>>", names.join(" | ")))
        }
    }
}

/// Returns a union with each choice and its description on a line of its own.
fn union(name: &str, choices: &[Value], indent: &str) -> Result<String> {
    let inner = format!("{indent}  ");
    let mut lines = String::new();
    for choice in choices {
        lines += &format!("\n{}{inner}| {}", doc(choice, &inner), type_of(name, choice, &inner)?);
    }
    Ok(lines)
}

/// Returns the description as a comment with a line break at the end.
fn doc(schema: &Value, indent: &str) -> String {
    let Some(description) = text(schema, "description") else { return String::new() };
    let description = description.replace("*/", "* /").replace('\n', &format!("\n{indent} * "));
    if description.contains('\n') {
        format!("{indent}/**\n{indent} * {description}\n{indent} */\n")
    } else {
        format!("{indent}/** {description} */\n")
    }
}

/// Returns a name as it stands before a colon.
fn key(name: &str) -> String {
    if name.chars().all(|letter| letter.is_ascii_alphanumeric()) {
        name.to_owned()
    } else {
        format!("{name:?}")
    }
}

fn text<'a>(schema: &'a Value, keyword: &str) -> Option<&'a str> {
    schema.get(keyword)?.as_str()
}

fn object<'a>(schema: &'a Value, keyword: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    schema.get(keyword).and_then(Value::as_object).into_iter().flatten()
}

fn is_required(schema: &Value, property: &str) -> bool {
    branches::lists(schema.get("required"), property)
}

/// Fails at a keyword that is not handled here.
fn check(name: &str, schema: &Value) -> Result<()> {
    let keywords = schema.as_object().into_iter().flatten().map(|(keyword, _)| keyword);
    match keywords.into_iter().find(|keyword| !KNOWN.contains(&keyword.as_str())) {
        None => Ok(()),
        Some(keyword) => Err(unclear(name, keyword)),
    }
}

fn unclear(name: &str, keyword: &str) -> Failure {
    Failure::new(format!(
        "No TypeScript type can be made of `{keyword}` at `{name}` in schema/report.schema.json: add it to \
         xtask/src/package/types.rs."
    ))
}
