//! Reads the project's files for the rules: lines of code, uses, tests.

use std::fs;
use std::path::{Path, PathBuf};

/// A file of the project.
pub struct Source {
    pub name: String,
    pub text: String,
}

/// A line's number and the problem there.
pub type Finding = (usize, String);

impl Source {
    pub fn of(file: &Path) -> Self {
        Self { name: name(file), text: read(file) }
    }

    /// Returns the lines of code that name one of these crates or paths. A path is found in the
    /// forms `super::storage` and `use crate::{storage, …}`, too.
    pub fn uses(&self, words: &[String]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (number, line) in code_lines(&expand_groups(&self.text)) {
            for word in words {
                let relative = word.replace("crate::", "super::");
                if has_word(&line, word) || has_word(&line, &relative) {
                    findings.push((number, format!("`{word}` in `{}`", line.trim())));
                }
            }
        }
        findings
    }

    /// Returns the lines that contain one of these texts.
    pub fn containing(&self, words: &[&str]) -> Vec<Finding> {
        let lines = self.text.lines().enumerate();
        let lines = lines.filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        lines.map(|(index, line)| (index + 1, format!("`{}`", line.trim()))).collect()
    }

    /// Returns the file with blank lines for comments and for code that is compiled only in tests.
    /// rustfmt ensures that an item ends in a line with its own indentation.
    pub fn without_tests(&self) -> Self {
        let mut text = String::new();
        let mut test: Option<&str> = None;
        for line in self.text.lines() {
            let (indentation, code) = line.split_at(line.len() - line.trim_start().len());
            if let Some(start) = test {
                let is_end = indentation == start && code.ends_with([';', '}']);
                test = test.filter(|_| !is_end);
            } else if code == "#[cfg(test)]" {
                test = Some(indentation);
            } else if !code.starts_with("//") {
                text.push_str(line);
            }
            text.push('\n');
        }
        Self { name: self.name.clone(), text }
    }

    /// Returns the files that this one declares as modules for tests only.
    pub fn test_modules(&self) -> Vec<String> {
        let folder = match self.name.rsplit_once('/') {
            Some((folder, "mod.rs" | "lib.rs" | "main.rs")) => folder,
            _ => self.name.trim_end_matches(".rs"),
        };
        let declared = self.text.split("#[cfg(test)]\n").skip(1).filter_map(|rest| {
            let line = rest.lines().next()?.trim();
            line.trim_start_matches("pub(crate) ")
                .trim_start_matches("pub ")
                .strip_prefix("mod ")?
                .strip_suffix(';')
        });
        declared.map(|module| format!("{folder}/{module}.rs")).collect()
    }
}

/// Returns numbered lines without comments.
fn code_lines(text: &str) -> Vec<(usize, String)> {
    let without_comment = |line: &str| match line.find("//") {
        // The slashes of an address in a string are no comment.
        Some(start) if !line[..start].ends_with(':') => line[..start].to_owned(),
        _ => line.to_owned(),
    };
    text.lines().enumerate().map(|(index, line)| (index + 1, without_comment(line))).collect()
}

/// Returns `crate::{a::X, b}` with `crate::` before each part, on the same lines.
fn expand_groups(text: &str) -> String {
    let mut expanded = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("crate::{") {
        let (before, group) = rest.split_at(start + "crate::{".len());
        expanded.push_str(before);
        let mut depth = 1;
        let mut end = group.len();
        let mut at_start = true;
        for (index, character) in group.char_indices() {
            match character {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                end = index;
                break;
            }
            if at_start && (character.is_alphanumeric() || character == '_') {
                expanded.push_str("crate::");
                at_start = false;
            }
            at_start |= depth == 1 && character == ',';
            expanded.push(character);
        }
        rest = &group[end..];
    }
    expanded + rest
}

/// Returns whether `word` is in `line` with no letter, digit or underscore next to it.
fn has_word(line: &str, word: &str) -> bool {
    let joins =
        |character: Option<char>| character.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(start, _)| {
        !joins(line[..start].chars().next_back())
            && !joins(line[start + word.len()..].chars().next())
    })
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns all files below a folder of the project, or the file of that name.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path).expect("a folder of the project can be read") {
                open.push(entry.expect("an entry can be read").path());
            }
        } else if path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Returns the path from the root, with `/`.
pub fn name(file: &Path) -> String {
    let path = file.strip_prefix(root()).unwrap_or(file);
    path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

pub fn read(file: &Path) -> String {
    String::from_utf8_lossy(&fs::read(file).expect("a file of the project can be read"))
        .into_owned()
}

#[test]
fn code_is_read_as_it_should_be() {
    let uses = |text: &str, word: &str| {
        Source { name: String::new(), text: text.to_owned() }
            .uses(&[word.to_owned()])
            .first()
            .map(|(line, _)| *line)
    };
    let cases = [
        ("use crate::storage::Vault;", "crate::storage", Some(1)),
        ("\nuse super::storage::Vault;", "crate::storage", Some(2)),
        (
            "use crate::{\n    checklist::Id,\n    storage::{self, Vault},\n};",
            "crate::storage",
            Some(3),
        ),
        ("use crate::{report::{storage, x}, view};", "crate::storage", None),
        ("use crate::storage_kind::X;", "crate::storage", None),
        ("// as in crate::storage", "crate::storage", None),
        ("/// See <https://leptos.dev>", "leptos", None),
        ("let x = leptos::mount(y);", "leptos", Some(1)),
        ("let prefetch = 1;", "fetch", None),
    ];
    for (text, word, expected) in cases {
        assert_eq!(uses(text, word), expected, "{text}");
    }

    let text = "fn a() {}\n#[cfg(test)]\nuse x::y;\nfn b() { c.unwrap() }\n#[cfg(test)]\nmod tests {\n    d.unwrap();\n}\ne.unwrap();\n";
    let source = Source { name: String::new(), text: text.to_owned() };
    let lines: Vec<usize> = source
        .without_tests()
        .containing(&[".unwrap()"])
        .into_iter()
        .map(|(line, _)| line)
        .collect();
    assert_eq!(lines, [4, 9]);
    let text = "#[cfg(test)]\nmod samples;\nmod real;\n#[cfg(test)]\nmod tests {\n}\n".to_owned();
    let test_modules =
        |name: &str| Source { name: name.to_owned(), text: text.clone() }.test_modules();
    assert_eq!(test_modules("src/a/mod.rs"), ["src/a/samples.rs"]);
    assert_eq!(test_modules("src/a/b.rs"), ["src/a/b/samples.rs"]);
}
