//! The conditions of a schema that become a union of types: what is allowed, asked for and named
//! for each kind of item, or for each status of an inspection.

use serde_json::Value;

/// The rules for one value of a property.
pub struct Branch<'a> {
    /// The property that decides.
    pub property: &'a str,
    /// The value that was compared with.
    compared: &'a Value,
    /// Whether the branch is for that value, or for all others.
    is_equal: bool,
    /// The rules for that value.
    schema: &'a Value,
    /// The rules for every value.
    all: &'a Value,
    root: &'a Value,
}

/// The branches of a schema: those of `allOf`, each an `if` and a `then`, or its own `if`. `root`
/// has the definitions that it names.
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
        // On a property that may be absent: no type says that.
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
    /// The type of the property that decides; `fields` is the type in which it has all its values.
    pub fn value(&self, fields: &str) -> String {
        let (property, compared) = (self.property, self.compared);
        if self.is_equal {
            compared.to_string()
        } else {
            format!("Exclude<{fields}[{property:?}], {compared}>")
        }
    }

    /// Whether the property must be absent.
    pub fn forbids(&self, property: &str) -> bool {
        self.property_schema(property) == Some(&Value::Bool(false))
    }

    /// Whether the property must be there.
    pub fn requires(&self, property: &str) -> bool {
        lists(self.schema.get("required"), property)
    }

    /// The names that an object may have here, where it is of a definition that lists more of them.
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

/// Whether a list in a schema has this name.
pub fn lists(list: Option<&Value>, name: &str) -> bool {
    list.and_then(Value::as_array).is_some_and(|list| list.iter().any(|listed| listed == name))
}
