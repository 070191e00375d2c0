//! Turns `locales/*.json` into one struct of constants for each language, so that a text that is
//! missing in one of them is a compile error and a lookup costs nothing.

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

fn main() {
    println!("cargo::rerun-if-changed=locales");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("messages.rs"), generate()).expect("OUT_DIR can be written");
}

fn generate() -> String {
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

fn locale(language: &str) -> Map<String, Value> {
    let path = format!("locales/{language}.json");
    let file = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&file).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// `start.unit-name` becomes `start_unit_name`.
fn field(key: &str) -> String {
    key.replace(['.', '-'], "_")
}
