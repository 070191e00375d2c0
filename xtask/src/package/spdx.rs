//! Licence expressions as crates have them (SPDX and the older `MIT/Apache-2.0`), and the licences
//! that this project accepts.

/// The licences that only require that their texts are included.
const ALLOWED: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Returns whether the project may include something under this expression.
pub fn is_allowed(expression: &str) -> bool {
    is_met_by(expression, ALLOWED)
}

/// Returns whether these licences satisfy an expression. An expression that can't be parsed is
/// satisfied by none.
pub fn is_met_by(expression: &str, licences: &[&str]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    matches!(any(&words, licences), Some((is_met, [])) if is_met)
}

/// Whether the parsed part is satisfied, and the words after it.
type Read<'a, 'b> = Option<(bool, &'b [&'a str])>;

/// Parses `A OR B`, which binds less than AND.
fn any<'a, 'b>(words: &'b [&'a str], licences: &[&str]) -> Read<'a, 'b> {
    let (mut is_met, mut rest) = all(words, licences)?;
    while let ["OR", after @ ..] = rest {
        let (is_next_met, after) = all(after, licences)?;
        (is_met, rest) = (is_met || is_next_met, after);
    }
    Some((is_met, rest))
}

/// Parses `A AND B`.
fn all<'a, 'b>(words: &'b [&'a str], licences: &[&str]) -> Read<'a, 'b> {
    let (mut is_met, mut rest) = one(words, licences)?;
    while let ["AND", after @ ..] = rest {
        let (is_next_met, after) = one(after, licences)?;
        (is_met, rest) = (is_met && is_next_met, after);
    }
    Some((is_met, rest))
}

/// Parses a licence, a licence with an exception (none of which is accepted), or an expression in
/// brackets.
fn one<'a, 'b>(words: &'b [&'a str], licences: &[&str]) -> Read<'a, 'b> {
    match words {
        ["(", inside @ ..] => match any(inside, licences)? {
            (is_met, [")", rest @ ..]) => Some((is_met, rest)),
            _ => None,
        },
        ["OR" | "AND" | "WITH" | ")", ..] => None,
        [_, "WITH", _, rest @ ..] => Some((false, rest)),
        [licence, rest @ ..] => Some((licences.contains(licence), rest)),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_allowed, is_met_by};

    #[test]
    fn what_may_be_carried() {
        let cases = [
            ("MIT", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0-only", false),
            ("MPL-2.0", false),
            ("MPL-2.0 OR MIT", true),
            ("MIT AND MPL-2.0", false),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR Apache-2.0) AND GPL-2.0-only", false),
            ("GPL-2.0-only OR MIT AND Zlib", true),
            ("Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT", true),
            ("Apache-2.0 WITH LLVM-exception", false),
            ("", false),
            ("MIT OR", false),
            ("(MIT", false),
            ("MIT MIT", false),
            ("OR", false),
        ];
        for (expression, expected) in cases {
            assert_eq!(is_allowed(expression), expected, "{expression}");
        }
    }

    #[test]
    fn one_licence_may_be_enough() {
        assert!(is_met_by("MIT OR Apache-2.0", &["MIT"]));
        assert!(!is_met_by("MIT AND Apache-2.0", &["MIT"]));
    }
}
