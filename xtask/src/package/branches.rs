//! The conditions of a schema that become a union of types: the allowed, required and named
//! properties for each kind of item, or for each status of an inspection.

use serde_json::Value;

/// The rules for one value of a property.
pub struct Branch<'a> {
    /// The property that decides.
    pub property: &'a str,
    /// The value with which the property is compared.
    compared: &'a Value,
    /// Whether the branch is for that value, rather than for all others.
    is_equal: bool,
    /// The schema of the branch.
    schema: &'a Value,
    /// The schema that always holds.
    all: &'a Value,
    root: &'a Value,
}

/// Returns the branches of a schema: those of `allOf`, each an `if` and a `then`, or its own `if`.
/// `root` has the definitions that the schema refers to.
pub fn of<'a>(all: &'a Value, root: &'a Value) -> Vec<Branch<'a>> {
    let listed = all.get("allOf").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    listed
        .iter()
        .chain([all])
        .flat_map(|schema| of_condition(schema, all, root))
        .flatten()
        .collect()
}

fn of_condition<'a>(schema: &'a Value, all: &'a Value, root: &'a Value) -> [Option<Branch<'a>>; 2] {
    let branch = |keyword: &str, is_equal: bool| {
        let condition = schema.get("if")?;
        let mut properties = condition.get("properties")?.as_object()?.iter();
        // No type can express a condition on a property that may be absent.
        if condition.get("required").is_some() {
            return None;
        }
        let (property, value) = properties.next()?;
        let (compared, schema) = (value.get("const")?, schema.get(keyword)?);
        Some(Branch { property, compared, is_equal, schema, all, root })
    };
    [branch("then", true), branch("else", false)]
}

impl Branch<'_> {
    /// Returns the type of the property that decides. `fields` is the type in which it has all its
    /// values.
    pub fn value(&self, fields: &str) -> String {
        let (property, compared) = (self.property, self.compared);
        if self.is_equal {
            compared.to_string()
        } else {
            format!("Exclude<{fields}[{property:?}], {compared}>")
        }
    }

    /// Returns whether the property must be absent.
    pub fn forbids(&self, property: &str) -> bool {
        self.property_schema(property) == Some(&Value::Bool(false))
    }

    /// Returns whether the property must be present.
    pub fn requires(&self, property: &str) -> bool {
        lists(self.schema.get("required"), property)
    }

    /// Returns the names that an object may have in this branch, if its definition lists more of
    /// them.
    pub fn names(&self, property: &str) -> Option<Vec<String>> {
        let definition = self.all.get("properties")?.get(property)?.get("$ref")?.as_str()?;
        let definition = self.root.pointer(definition.strip_prefix('#')?)?;
        definition.get("properties")?;
        let names =
            self.property_schema(property)?.get("propertyNames")?.get("enum")?.as_array()?;
        Some(names.iter().map(Value::to_string).collect())
    }

    fn property_schema(&self, property: &str) -> Option<&Value> {
        self.schema.get("properties")?.get(property)
    }
}

/// Returns whether a list in a schema has this name.
pub fn lists(list: Option<&Value>, name: &str) -> bool {
    list.and_then(Value::as_array).is_some_and(|list| list.iter().any(|listed| listed == name))
}
