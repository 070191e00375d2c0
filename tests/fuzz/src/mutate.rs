//! Mutation of JSON by its values. The result is JSON again, so that more than the parser is
//! tested.

use serde_json::{Map, Value, json};

/// Texts that have a meaning for a reader, or are hard to handle.
const TEXTS: [&str; 40] = [
    "",
    " ",
    "\u{a0}",
    "\n",
    "\u{0}",
    "\u{feff}",
    "\u{1f4c4} Đơn vị \"\\",
    "a/b~1",
    "a",
    "-",
    "__proto__",
    "0",
    "24a",
    "96",
    "100.000000001",
    "0.0000000001",
    "9007199254740991",
    "9007199254740992",
    "2026",
    "2026-Q4",
    "2026-12",
    "2999-12-31",
    "0000-01-01",
    "2026-02-30",
    "2026-10-01/2026-12-31",
    "2026-11-21T08:30:00+07:00",
    "2026-11-21T23:59:60.5Z",
    "21/11/2026",
    "in-progress",
    "completed",
    "commune",
    "office",
    "A",
    "ratio",
    "roster",
    "@header",
    "@document-signer",
    "3f2b8c1e-9d4a-4e6b-8a57-0c1d2e3f4a5b",
    "0123456789abcdef",
    "{\"answer\":{}}",
];

/// The names of fields in our files.
const NAMES: [&str; 32] = [
    "",
    "id",
    "kind",
    "text",
    "vi",
    "en",
    "area",
    "target",
    "own",
    "due",
    "by",
    "before",
    "atLeast",
    "when",
    "columns",
    "parts",
    "every",
    "label",
    "unit",
    "help",
    "legal",
    "answer",
    "unread",
    "numerator",
    "reason",
    "notApplicable",
    "finding",
    "evidence",
    "earlier",
    "incompleteReason",
    "attachments",
    "setAside",
];

/// Mutates a JSON text at some places, always in the same way for the same seed. Returns `None` if
/// it is not JSON or the result is longer than `longest`.
#[must_use]
pub fn json(bytes: &[u8], seed: u32, longest: usize) -> Option<Vec<u8>> {
    let mut value: Value = serde_json::from_slice(bytes).ok()?;
    let mut chance = Chance(u64::from(seed));
    for _ in 0..=chance.below(3) {
        change(&mut value, &mut chance);
    }
    let changed = serde_json::to_vec(&value).ok()?;
    (changed.len() <= longest).then_some(changed)
}

/// Mutates one value.
fn change(value: &mut Value, chance: &mut Chance) {
    let nodes = count(value);
    // A value from elsewhere in the file, whose shape the format has.
    let other = nth(value, &mut chance.below(nodes)).cloned().unwrap_or_default();
    let Some(place) = nth(value, &mut chance.below(nodes)) else { return };
    match (chance.below(8), place) {
        (0, place) => *place = other,
        (1, place) => *place = literal(chance),
        (2, Value::Object(members)) => rename(members, chance),
        (2 | 3, Value::Array(elements)) if !elements.is_empty() => {
            let element = elements[chance.below(elements.len())].clone();
            elements.insert(chance.below(elements.len() + 1), element);
        }
        (4, Value::Array(elements)) if !elements.is_empty() => {
            elements.remove(chance.below(elements.len()));
        }
        (4, Value::Object(members)) if !members.is_empty() => {
            _ = members.remove(&name_in(members, chance));
        }
        (3 | 5, Value::Object(members)) => {
            members.insert(chance.one_of(&NAMES).to_owned(), other);
        }
        (5, Value::Array(elements)) => elements.push(other),
        (_, Value::Array(elements)) if elements.len() > 1 => {
            let (one, two) = (chance.below(elements.len()), chance.below(elements.len()));
            elements.swap(one, two);
        }
        (_, Value::Object(members)) if !members.is_empty() => {
            let name = name_in(members, chance);
            members.insert(name, literal(chance));
        }
        (_, Value::String(text)) => change_text(text, chance),
        (_, Value::Bool(yes)) => *yes = !*yes,
        (_, place) => *place = literal(chance),
    }
}

fn change_text(text: &mut String, chance: &mut Chance) {
    let at = text.floor_char_boundary(chance.below(text.len() + 1));
    match chance.below(4) {
        0 => text.truncate(at),
        1 => text.insert_str(at, chance.one_of(&TEXTS)),
        2 => text.insert(at, char::from(b' ' + u8::try_from(chance.below(95)).unwrap_or_default())),
        _ => *text = chance.one_of(&TEXTS).to_owned(),
    }
}

fn rename(members: &mut Map<String, Value>, chance: &mut Chance) {
    if let Some(value) = members.remove(&name_in(members, chance)) {
        members.insert(chance.one_of(&NAMES).to_owned(), value);
    }
}

fn name_in(members: &Map<String, Value>, chance: &mut Chance) -> String {
    members.keys().nth(chance.below(members.len())).cloned().unwrap_or_default()
}

fn literal(chance: &mut Chance) -> Value {
    match chance.below(14) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(0),
        3 => json!(-1),
        4 => json!(24.0),
        5 => json!(1e300),
        6 => json!(9_007_199_254_740_991_u64),
        7 => json!(9_007_199_254_740_992_u64),
        8 => json!(u64::MAX),
        9 => json!([]),
        10 => json!({}),
        11 => "x".repeat(8_001).into(),
        _ => chance.one_of(&TEXTS).into(),
    }
}

/// Returns the number of values, including nested ones.
fn count(value: &Value) -> usize {
    let inside: usize = match value {
        Value::Array(elements) => elements.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    };
    1 + inside
}

/// Returns the value of this number, counted from the outside in.
fn nth<'a>(value: &'a mut Value, number: &mut usize) -> Option<&'a mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Array(elements) => elements.iter_mut().find_map(|element| nth(element, number)),
        Value::Object(members) => members.values_mut().find_map(|member| nth(member, number)),
        _ => None,
    }
}

/// Pseudo-random numbers from a seed (SplitMix64).
struct Chance(u64);

impl Chance {
    /// Returns a number below `end`, or 0 if `end` is 0.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(mixed % end).unwrap_or_default()
    }

    fn one_of(&mut self, texts: &[&'static str]) -> &'static str {
        texts[self.below(texts.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_counted_and_found() {
        let mut value = json!({"a": [1, {"b": null}], "c": "x"});
        assert_eq!(count(&value), 6);
        for number in 0..6 {
            assert!(nth(&mut value, &mut number.clone()).is_some(), "{number}");
        }
        assert_eq!(nth(&mut value, &mut 6), None);
    }

    #[test]
    fn what_was_json_stays_it_and_most_of_it_changes() {
        let file = br#"{"id":"a","items":[{"id":"b","n":1},{"id":"c","n":2}],"yes":true}"#;
        let changed: Vec<_> = (0..1_000).filter_map(|seed| json(file, seed, 500)).collect();
        assert!(changed.len() > 800, "{} are short enough", changed.len());
        assert!(changed.iter().all(|one| one.len() <= 500));
        let others = changed.iter().filter(|one| one.as_slice() != file).count();
        assert!(others > 700, "{others} are others");
        assert_eq!(json(file, 7, 500), json(file, 7, 500));
        assert_eq!(json(b"{", 7, 500), None);
    }
}
