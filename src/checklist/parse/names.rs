//! The names of places in a file, which help people to find them.

use serde_json::Value;

/// The fields that can name an element of a list, the best first.
const NAMES: [&str; 2] = ["id", "cited"];

/// The maximum length of a name, in characters. No more is ever shown.
const LONGEST: usize = 100;

/// Returns the name of each list element on the way to a place; blank where it has none.
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
