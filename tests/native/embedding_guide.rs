//! The guide for webmasters: both languages agree, and its quotations match the program and the
//! release.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value};

/// The guide in each language, with its code and the headings of its tables for the element.
const GUIDES: [(&str, &str, [&str; 3]); 2] = [
    ("docs/embedding.md", "vi", ["Thuộc tính", "Phương thức", "Sự kiện"]),
    ("docs/embedding.en.md", "en", ["Attribute", "Method", "Event"]),
];

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the texts between two texts, wherever they occur.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split_once(end).map(|(inner, _)| inner))
}

/// Returns the levels of a guide's headings, in order; sections with their numbers.
fn headings(guide: &str) -> Vec<String> {
    let outline = |line: &str| {
        let (level, words) = line.split_once(' ')?;
        let number = words.split_once(". ").map(|(number, _)| number);
        let is_heading = !level.is_empty() && level.bytes().all(|byte| byte == b'#');
        is_heading.then(|| format!("{level} {}", number.unwrap_or_default()))
    };
    let (text, mut in_block) = (read(guide), false);
    let lines = text.lines().filter(|line| {
        in_block ^= line.starts_with("```");
        !in_block
    });
    lines.filter_map(outline).collect()
}

/// Returns the blocks of code in a guide, in order, each with its language.
fn blocks(guide: &str) -> Vec<String> {
    let text = read(guide);
    text.split("```").skip(1).step_by(2).map(str::to_owned).collect()
}

/// Returns the first cells of a table that begins with this heading.
fn first_cells(text: &str, heading: &str) -> Vec<String> {
    let table = text.lines().skip_while(|line| !line.starts_with(&format!("| {heading} |")));
    let rows = table.skip(2).take_while(|line| line.starts_with("| "));
    rows.filter_map(|row| row.split(" | ").next()?.strip_prefix("| ").map(str::to_owned)).collect()
}

/// Returns the names in these cells: that of `setAnswer(itemId, answer)` is `setAnswer`.
fn names(cells: &[String]) -> BTreeSet<String> {
    let written = cells.iter().flat_map(|cell| cell.split('`').skip(1).step_by(2));
    written.map(|name| name.split('(').next().unwrap_or_default().to_owned()).collect()
}

/// Returns a sentence as the guide quotes it, with its values left open.
fn open(sentence: &str) -> String {
    let mut parts = sentence.split('{');
    let mut open = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        open.push('…');
        open.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    open
}

/// Returns the texts of the element's shell in a language.
fn sentences_of_the_shell(language: &str) -> Vec<String> {
    let words = read("src/shell/words.js");
    let start = format!("  {language}: {{");
    let of_language = between(&words, &start, "\n  },").next().unwrap();
    of_language.split('"').skip(1).step_by(2).map(open).collect()
}

#[test]
fn both_languages_have_the_same_sections_and_things_to_copy() {
    let [(vi, ..), (en, ..)] = GUIDES;
    let sections = headings(vi);
    assert!(sections.len() > 15, "{sections:?}");
    assert_eq!(sections, headings(en));
    let languages = |guide: &str| -> Vec<String> {
        let blocks = blocks(guide).into_iter();
        blocks.map(|block| block.lines().next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(languages(vi), languages(en));
    for (vi, en) in blocks(vi).iter().zip(blocks(en)) {
        // Those two are written for people, in their language.
        if !vi.contains("<p>") && !vi.contains("curl") {
            assert_eq!(vi, &en);
        }
    }
}

#[test]
fn every_sentence_of_the_shell_is_explained() {
    for (guide, language, _) in GUIDES {
        let text = read(guide);
        let sentences = sentences_of_the_shell(language);
        assert!(sentences.len() > 10, "{sentences:?}");
        for sentence in sentences {
            assert!(text.contains(&format!("“{sentence}”")), "{guide} has not: {sentence}");
        }
    }
}

#[test]
fn people_see_every_sentence_that_is_explained() {
    for (guide, language, _) in GUIDES {
        let text = read(guide);
        let trouble = text.split("\n## 10. ").nth(1).unwrap();
        let mut said = sentences_of_the_shell(language);
        let locale: Map<String, Value> =
            serde_json::from_str(&read(&format!("locales/{language}.json"))).unwrap();
        said.extend(locale.values().filter_map(Value::as_str).map(open));
        let quoted: Vec<_> = between(trouble, "“", "”").collect();
        assert!(quoted.len() > 12, "{guide}: {quoted:?}");
        for sentence in quoted {
            assert!(said.iter().any(|other| other == sentence), "{guide}: {sentence}");
        }
    }
}

#[test]
fn the_strict_policy_is_the_one_that_is_tested() {
    let harness = read("tests/browser/src/site.rs");
    let policy = between(&harness, "STRICT_POLICY: &str = \"", "\";").next().unwrap();
    let policy = policy.split("\\\n").map(str::trim_start).collect::<String>();
    for file in GUIDES.map(|(guide, ..)| guide).into_iter().chain([
        "docs/servers/nginx.conf",
        "docs/servers/apache.conf",
        "docs/servers/web.config",
    ]) {
        let text = read(file);
        assert!(text.contains(&policy), "{file}: {policy}");
        let others = text.matches("default-src").count();
        assert_eq!(others, text.matches(&policy).count(), "{file} has another policy, too");
    }
    for (guide, ..) in GUIDES {
        for directive in policy.split("; ").filter_map(|directive| directive.split(' ').next()) {
            let row = format!("`{directive} '");
            let is_explained = directive == "default-src" || read(guide).contains(&row);
            assert!(is_explained, "{guide} does not explain {directive}");
        }
    }
}

#[test]
fn attributes_methods_and_events_are_those_of_the_element() {
    let shell = read("src/shell/element.js");
    let list = |name: &str| -> BTreeSet<String> {
        let start = format!("const {name} = [");
        let list = between(&shell, &start, "]").next().unwrap();
        list.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    };
    let types = read("package/types/tu-kiem-tra.d.ts");
    let promised = between(&types, "interface TuKiemTraEventDetails {", "\n}").next().unwrap();
    let promised = between(promised, "\n  \"", "\":").map(str::to_owned).collect::<BTreeSet<_>>();
    assert!(promised.len() > 5, "{promised:?}");
    for (guide, _, [attributes, called, events]) in GUIDES {
        let of = |heading: &str| names(&first_cells(&read(guide), heading));
        assert_eq!(of(attributes), list("ATTRIBUTES"), "{guide}");
        assert_eq!(of(called), list("METHODS"), "{guide}");
        assert_eq!(of(events), promised, "{guide}");
        for builtin in &tu_kiem_tra::checklist::BUILTIN {
            assert!(read(guide).contains(&format!("`{}`", builtin.id)), "{guide}: {}", builtin.id);
        }
    }
}

/// The pattern by which servers know a name with a hash matches the names that the build gives, and
/// no others.
#[test]
fn servers_know_the_files_of_the_release() {
    let configurations =
        ["nginx.conf", "apache.conf", "web.config"].map(|name| format!("docs/servers/{name}"));
    for file in &configurations {
        let text = read(file);
        for needed in [
            r"(tu-kiem-tra|office|page)-[0-9a-f]{16}(_bg)?\.(js|wasm|css)$",
            "application/wasm",
            "text/javascript",
            "application/json",
            "application/manifest+json",
            "public, max-age=31536000, immutable",
            "nosniff",
            "Access-Control-Allow-Origin",
            "frame-ancestors 'self'",
        ] {
            assert!(text.contains(needed), "{file}: {needed}");
        }
        for (guide, ..) in GUIDES {
            let link = file.trim_start_matches("docs/");
            assert!(read(guide).contains(&format!("]({link})")), "{guide}: {link}");
        }
    }
}
