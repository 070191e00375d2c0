//! The service worker of the release, which knows the digest of each of its files.

use std::path::Path;

use super::pages::{SCRIPTS, address};
use super::scripts::{joined, read, write_file};
use super::{integrity, replace_all, short_hash};
use crate::failure::Result;

/// The files of `src/offline/` that make the worker. Each stands before those that import from it.
const WORKER: &[&str] = &["release.js", "network.js", "copies.js", "worker.js"];

/// Writes the script by which the standalone page registers the worker.
pub fn write_start(staging: &Path) -> Result<()> {
    write_file(staging, "offline.js", &read("offline", "start.js")?)
}

/// Writes the worker and the script that removes it. During development the worker itself removes
/// one that a release has left at the same address.
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
    // The version depends on the worker's code, too.
    let version = short_hash(worker.as_bytes());
    let worker = replace_all(&worker, "__VERSION__", &version, "src/offline/")?;
    write_file(staging, "sw.js", &worker)?;
    write_file(staging, "sw-remove.js", &remover)
}

/// Wraps a script in a scope of its own, since a portal's own worker with its own names may load
/// it.
fn in_a_scope_of_its_own(script: &str) -> String {
    format!("(() => {{\n\"use strict\";\n{script}}})();\n")
}
