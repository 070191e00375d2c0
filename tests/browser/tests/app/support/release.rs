//! The files of the release, as in its own list.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use browser_tests::{Server, Site, dist};

/// Returns the names of all files with their digests (`sha384-…`).
pub fn integrity() -> Result<BTreeMap<String, String>> {
    let text = fs::read_to_string(dist().join("integrity.json")).context("integrity.json")?;
    Ok(serde_json::from_str(&text)?)
}

/// Returns the name of the WebAssembly.
pub fn wasm() -> Result<String> {
    file(|name| name.starts_with("tu-kiem-tra-") && name.ends_with("_bg.wasm"))
}

/// Returns the name of the JavaScript between the embedding script and the WebAssembly.
pub fn glue() -> Result<String> {
    let named = |name: &str| name.starts_with("tu-kiem-tra-") && name != "tu-kiem-tra-frame.js";
    file(|name| named(name) && name.ends_with(".js"))
}

fn file(is_it: impl Fn(&str) -> bool) -> Result<String> {
    let name = integrity()?.into_keys().find(|name| is_it(name));
    name.context("integrity.json lists no such file")
}

/// Starts a separate server with the release below `/tkt/`, for pages of all origins.
pub fn elsewhere() -> Result<Server> {
    Server::start(Site::default().mount("/tkt/", dist()).header("access-control-allow-origin", "*"))
}
