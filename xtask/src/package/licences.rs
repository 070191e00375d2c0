//! `THIRD-PARTY-LICENSES.txt`: all third-party parts of the release with their licences and licence
//! texts. A licence that asks for more than that stops the packaging.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::inside::{self, field};
use super::spdx;
use crate::failure::{Context, Failure, Result};
use crate::project;

/// The text on Rust's own libraries, which no crate's folder has.
const RUST: &str = include_str!("rust-std.txt");

/// The prefixes of the names of files that have to be included.
const FILES: &[&str] = &["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE"];

/// A third-party part of the release.
struct Part {
    /// The name and the version.
    name: String,
    /// The licence as an SPDX expression.
    licence: String,
    texts: Vec<String>,
}

/// Returns the whole text.
pub fn text() -> Result<String> {
    let mut parts = vec![rust()?, icons()?];
    for package in &inside::crates()? {
        let name = format!("{} {}", field(package, "name"), field(package, "version"));
        parts.push(of_crate(package, name)?);
    }
    Ok(written(&parts))
}

fn of_crate(package: &Value, name: String) -> Result<Part> {
    let licence = field(package, "license").to_owned();
    if !spdx::is_allowed(&licence) {
        return Err(Failure::new(format!(
            "{name} is under `{licence}`, which is not among the licences in xtask/src/package/spdx.rs: \
             take another crate, or add the licence there if it asks for nothing but its text."
        )));
    }
    let folder = Path::new(field(package, "manifest_path")).parent().unwrap_or(Path::new(""));
    let mut texts = files_of(folder)?;
    if texts.is_empty() {
        texts.push(usual_text(&name, &licence, &authors(package))?);
    }
    Ok(Part { name, licence, texts })
}

/// Returns the texts in a crate's folder, ordered by file name.
fn files_of(folder: &Path) -> Result<Vec<String>> {
    let problem = || format!("{} cannot be read", folder.display());
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).context(problem)? {
        let path = entry.context(problem)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
        if path.is_file() && FILES.iter().any(|start| name.starts_with(start)) {
            files.insert(
                name,
                fs::read_to_string(&path)
                    .context(|| format!("{} cannot be read", path.display()))?,
            );
        }
    }
    Ok(files.into_values().collect())
}

/// Returns the text of a licence for a crate that has no file with it.
fn usual_text(name: &str, licence: &str, authors: &str) -> Result<String> {
    let own = |file: &str| {
        let path = project::root().join(file);
        fs::read_to_string(path).context(|| format!("{file} cannot be read"))
    };
    if spdx::is_met_by(licence, &["MIT"]) {
        let holder = |line: &str| match line.starts_with("Copyright") {
            true => format!("Copyright (c) {authors}"),
            false => line.to_owned(),
        };
        return Ok(own("LICENSE-MIT")?.lines().map(holder).collect::<Vec<_>>().join("\n"));
    }
    if spdx::is_met_by(licence, &["Apache-2.0"]) {
        return own("LICENSE-APACHE");
    }
    Err(Failure::new(format!(
        "{name} is under `{licence}` and has no file with that text: ask its authors for one, or take \
         another crate."
    )))
}

/// Returns a crate's authors, without their addresses.
fn authors(package: &Value) -> String {
    let authors = package.get("authors").and_then(Value::as_array).into_iter().flatten();
    let names = authors.filter_map(|author| Some(author.as_str()?.split('<').next()?.trim()));
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        format!("the authors of {}", field(package, "name"))
    } else {
        names.join(", ")
    }
}

/// Returns the part for Rust's standard library.
fn rust() -> Result<Part> {
    let version = inside::rust_version()?;
    Ok(Part {
        name: format!("Rust's standard library {version}"),
        licence: "(MIT OR Apache-2.0) AND Unicode-3.0, and as said below".to_owned(),
        texts: vec![RUST.to_owned()],
    })
}

/// Returns the part for the icons.
fn icons() -> Result<Part> {
    let text = fs::read_to_string(project::root().join("LICENSE-ICONS"));
    Ok(Part {
        name: "Lucide icons".to_owned(),
        licence: "ISC AND MIT".to_owned(),
        texts: vec![text.context(|| "LICENSE-ICONS cannot be read".to_owned())?],
    })
}

/// Returns the list of the parts, followed by each text once, with the parts that it belongs to.
fn written(parts: &[Part]) -> String {
    let mut text = String::from(
        "What others wrote and tu-kiem-tra carries inside, with its licences.\n\n\
         The JavaScript beside the WebAssembly was made by wasm-bindgen and is under wasm-bindgen's licence.\n\n",
    );
    let mut texts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for part in parts {
        text += &format!("{}: {}\n", part.name, part.licence);
        for licence in &part.texts {
            // Line ends and trailing spaces make no difference.
            let lines: Vec<&str> = licence.trim().lines().map(str::trim_end).collect();
            texts.entry(lines.join("\n")).or_default().push(&part.name);
        }
    }
    let mut texts: Vec<_> =
        texts.into_iter().map(|(licence, names)| (names.join(", "), licence)).collect();
    texts.sort();
    for (names, licence) in texts {
        text += &format!("\n{}\n{names}\n\n{licence}\n", "=".repeat(80));
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Part, of_crate, text, usual_text, written};
    use crate::project;

    #[test]
    fn what_is_inside_is_named_with_its_text() {
        let text = text().unwrap();
        for part in [
            "leptos 0.8",
            "wasm-bindgen 0.2",
            "Rust's standard library 1.",
            "Lucide icons: ISC AND MIT",
            // The second program, for office files, is included, too.
            "rust_xlsxwriter 0.",
            "quick-xml 0.",
            "zip 9.",
        ] {
            assert!(text.contains(part), "{part}");
        }
        // Procedural macros, crates for builds or tests, and the project itself are not included.
        for other in
            ["\nwasm-bindgen-macro ", "\ntokio ", "\nschemars ", "\nsha2-asm ", "\ntu-kiem-tra "]
        {
            assert!(!text.contains(other), "{other}");
        }
        assert!(text.contains("UNICODE LICENSE V3") && text.contains("Apache License"));
    }

    #[test]
    fn a_licence_that_asks_for_more_stops() {
        let package = |licence: &str| {
            let manifest = project::root().join("Cargo.toml");
            json!({"name": "x", "version": "1.0.0", "license": licence, "manifest_path": manifest})
        };
        assert!(of_crate(&package("MIT"), "x 1.0.0".to_owned()).is_ok());
        for licence in ["MPL-2.0", "GPL-3.0-or-later", "", "MIT AND LGPL-2.1"] {
            assert!(of_crate(&package(licence), "x 1.0.0".to_owned()).is_err(), "{licence}");
        }
    }

    #[test]
    fn a_missing_text_is_the_usual_one_or_a_failure() {
        let mit = usual_text("x 1", "MIT OR Apache-2.0", "Ann Other").unwrap();
        assert!(mit.contains("Copyright (c) Ann Other") && !mit.contains("tu-kiem-tra"), "{mit}");
        assert!(usual_text("x 1", "Apache-2.0", "").unwrap().contains("Version 2.0"));
        assert!(usual_text("x 1", "Zlib", "").is_err());
    }

    #[test]
    fn a_text_stands_once() {
        let part = |name: &str, text: &str| Part {
            name: name.to_owned(),
            licence: "MIT".to_owned(),
            texts: vec![text.to_owned()],
        };
        let text =
            written(&[part("a 1", "Free.\n"), part("b 1", "Free. \r\n"), part("c 1", "Other.")]);
        assert_eq!(text.matches("Free.").count(), 1, "{text}");
        assert!(
            text.contains("\na 1, b 1\n\nFree.\n") && text.contains("\nc 1\n\nOther.\n"),
            "{text}"
        );
    }
}
