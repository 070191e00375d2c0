//! The transfer size: the release's files, compressed as well as a server can (Brotli, quality 11),
//! must not exceed the limits in `bench/size.json`, for the form, for the program that makes office
//! files, and for the files beside them.
//!
//! `UPDATE_SIZES=1` writes today's sizes there. A limit is changed by hand, and for a reason.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use package_tests::{root, text};
use serde::{Deserialize, Serialize};

const FILE: &str = "bench/size.json";

/// A part of the release that a page fetches as a whole.
#[derive(Serialize, Deserialize)]
struct Part {
    /// The limit in bytes.
    limit: usize,
    /// The recorded sizes of its files in bytes. `…` stands for the hash of a file's content.
    files: BTreeMap<String, usize>,
}

/// Returns the number of bytes that a server sends of a file. Node has the compressor, which would
/// take half a minute to compile here.
fn sent(file: &Path) -> Result<usize> {
    let script = "
        const { readFileSync } = require('node:fs'), { brotliCompressSync } = require('node:zlib');
        console.log(brotliCompressSync(readFileSync(process.argv[1])).length);
    ";
    let output = Command::new("node").args(["--eval", script]).arg(file).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// Returns the names of the release's files whose sizes are limited.
fn release() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for found in fs::read_dir(root().join("dist"))? {
        let name = found?.file_name().to_string_lossy().into_owned();
        if [".js", ".css", ".wasm"].iter().any(|end| name.ends_with(end)) {
            names.push(name);
        }
    }
    Ok(names)
}

/// Returns whether a file has a name, in which `…` stands for a hash.
fn is_named(file: &str, name: &str) -> bool {
    let Some((start, end)) = name.split_once('…') else { return file == name };
    let is_hash = |middle: &str| middle.bytes().all(|byte| byte.is_ascii_hexdigit());
    file.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)).is_some_and(is_hash)
}

#[test]
fn every_file_of_the_release_counts() -> Result<()> {
    let parts: BTreeMap<String, Part> = serde_json::from_str(&text(&root().join(FILE))?)?;
    let names: Vec<_> = parts.values().flat_map(|part| part.files.keys()).collect();
    for file in release()? {
        let counts = names.iter().any(|name| is_named(&file, name));
        ensure!(counts, "{file} is in no part of {FILE}: to which does it belong?");
    }
    Ok(())
}

#[test]
fn nothing_grows_past_its_limit() -> Result<()> {
    let mut parts: BTreeMap<String, Part> = serde_json::from_str(&text(&root().join(FILE))?)?;
    let files = release()?;
    let mut told = String::new();
    let mut too_large = Vec::new();
    for (name, part) in &mut parts {
        let mut sum = 0;
        for (file_name, before) in &mut part.files {
            let file = files.iter().find(|file| is_named(file, file_name));
            let file = file.with_context(|| format!("dist/ has no {file_name}"))?;
            let now = sent(&root().join("dist").join(file)).context(file_name.clone())?;
            let grown = i128::try_from(now)? - i128::try_from(*before)?;
            writeln!(told, "{file_name}: {now} bytes ({grown:+} since it was written down)")?;
            *before = now;
            sum += now;
        }
        writeln!(told, "{name}: {sum} bytes of {} that it may have", part.limit)?;
        if sum > part.limit {
            too_large.push(name.clone());
        }
    }
    println!("{told}");
    if std::env::var_os("UPDATE_SIZES").is_some() {
        fs::write(root().join(FILE), serde_json::to_string_pretty(&parts)? + "\n")?;
    }
    ensure!(too_large.is_empty(), "{too_large:?} grew past the limit of {FILE}:\n{told}");
    Ok(())
}
