//! The service worker of the release, which knows each of its files by what it has to be.

use std::path::Path;

use super::pages::{SCRIPTS, address};
use super::scripts::{joined, read, write_file};
use super::{integrity, replace_all, short_hash};
use crate::failure::Result;

/// The files of `src/offline/` that make it, each before those that import from it.
const WORKER: &[&str] = &["release.js", "network.js", "copies.js", "worker.js"];

/// Writes the script by which the standalone page registers it.
pub fn write_start(staging: &Path) -> Result<()> {
    write_file(staging, "offline.js", &read("offline", "start.js")?)
}

/// Writes the worker and the one that takes it away again. While somebody works on the page, the
/// worker itself takes away one that a release has left at the same address.
pub fn write(staging: &Path, release: bool) -> Result<()> {
    let remover = in_a_scope_of_its_own(&read("offline", "remove.js")?);
    if !release {
        return write_file(staging, "sw.js", &remover);
    }
    let mut files = serde_json::Map::new();
    for (name, integrity) in integrity::list(staging)? {
        let address =
            if SCRIPTS.contains(&name.as_str()) { address(staging, &name)? } else { name };
        files.insert(address, integrity.into());
    }
    let files = serde_json::Value::from(files).to_string();
    let worker = in_a_scope_of_its_own(&joined("offline", WORKER)?);
    let worker = replace_all(&worker, "__FILES__", &files, "src/offline/")?;
    // The worker's behaviour is part of a version.
    let version = short_hash(worker.as_bytes());
    let worker = replace_all(&worker, "__VERSION__", &version, "src/offline/")?;
    write_file(staging, "sw.js", &worker)?;
    write_file(staging, "sw-remove.js", &remover)
}

/// A portal's own worker may load it, with names of its own.
fn in_a_scope_of_its_own(script: &str) -> String {
    format!("(() => {{\n\"use strict\";\n{script}}})();\n")
}
