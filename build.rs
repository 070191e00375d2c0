//! Generates constants from JSON files.
//!
//! `locales/*.json` become one struct for each language, so that a missing text is a compile error
//! and a lookup costs nothing. `checklists/*.json` become the table of compiled-in checklists, so
//! that a start need not read their files.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a build script stops with a message"
)]

use serde_json::{Map, Value};
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

const LANGUAGES: [&str; 2] = ["vi", "en"];

/// The checklists that are compiled in, in the order in which they are offered.
const CHECKLISTS: [&str; 6] = [
    "cap-xa-2026",
    "vinh-long-3747-2022",
    "phuong-2-105-2022",
    "sa-dec-2023",
    "cao-lanh-2022",
    "vung-tau-2022",
];

fn main() {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=checklists");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let write = |name, code| fs::write(Path::new(&out).join(name), code);
    write("messages.rs", messages()).expect("OUT_DIR can be written");
    write("checklists.rs", checklists()).expect("OUT_DIR can be written");
}

fn messages() -> String {
    let mut code =
        String::from("/// Every text of the interface in one language.\npub struct Messages {\n");
    for (key, text) in locale(LANGUAGES[0]) {
        let text = text.as_str().unwrap_or_default().replace('\n', " ");
        writeln!(code, "    /// {text}\n    pub {}: &'static str,", field(&key)).unwrap();
    }
    code.push_str("}\n");
    for language in LANGUAGES {
        let name = language.to_uppercase();
        writeln!(
            code,
            "/// The texts of `locales/{language}.json`.\npub static {name}: Messages = Messages {{"
        )
        .unwrap();
        for (key, text) in locale(language) {
            let text = text
                .as_str()
                .unwrap_or_else(|| panic!("locales/{language}.json: `{key}` is no text"));
            writeln!(code, "    {}: {text:?},", field(&key)).unwrap();
        }
        code.push_str("};\n");
    }
    code
}

fn checklists() -> String {
    let count = CHECKLISTS.len();
    let mut code = format!(
        "/// Those that are compiled in, in the order in which they are offered.\npub static BUILTIN: [Builtin; {count}] = [\n"
    );
    for id in CHECKLISTS {
        let path = format!("checklists/{id}.json");
        let file = Value::Object(object(&path));
        let text = |pointer| {
            let text = file.pointer(pointer).and_then(Value::as_str);
            text.unwrap_or_else(|| panic!("{path}: `{pointer}` is no text"))
        };
        assert_eq!(text("/id"), id, "{path}: its name is not its id");
        let (version, title_vi) = (text("/version"), text("/title/vi"));
        let title_en = file.pointer("/title/en").and_then(Value::as_str);
        // White space between the parts would have to be loaded and read.
        let file = file.to_string();
        writeln!(
            code,
            "    Builtin {{ id: {id:?}, version: {version:?}, title_vi: {title_vi:?}, title_en: {title_en:?}, file: {file:?} }},"
        )
        .unwrap();
    }
    code.push_str("];\n");
    code
}

fn locale(language: &str) -> Map<String, Value> {
    object(&format!("locales/{language}.json"))
}

fn object(path: &str) -> Map<String, Value> {
    let file = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Returns the field name of a key: `start.unit-name` becomes `start_unit_name`.
fn field(key: &str) -> String {
    key.replace(['.', '-'], "_")
}
