//! The names that places of a file give themselves, for people who have to find them.

use serde_json::Value;

/// The fields by which an element of a list can be known, the best first.
const NAMES: [&str; 2] = ["id", "cited"];

/// How much of a name is kept, in characters: more is not shown of any.
const LONGEST: usize = 100;

/// The name of each element of a list on the way to a place; blank where it has none.
pub(super) fn on_the_way(pointer: &str, definition: &Value) -> Vec<String> {
    let mut names = Vec::new();
    let mut here = Some(definition);
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        here = match here {
            Some(Value::Array(elements)) => {
                let element = step.parse().ok().and_then(|index: usize| elements.get(index));
                let name = |element: &Value| {
                    let name = NAMES.into_iter().find_map(|name| element.get(name)?.as_str());
                    name.map(|name| name.chars().take(LONGEST).collect::<String>())
                };
                names.push(element.and_then(name).unwrap_or_default());
                element
            }
            Some(Value::Object(members)) => members.get(&step),
            _ => None,
        };
    }
    names
}
