//! What goes over the network: the sum of the release's files as a server sends them at best (Brotli, quality 11) is held
//! against the limits in `bench/size.json`.
//!
//! `UPDATE_SIZES=1` writes the sizes of today there; a limit is changed by hand, and for a reason.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use package_tests::{root, text};
use serde::{Deserialize, Serialize};

const FILE: &str = "bench/size.json";

/// A part of the release that a page fetches as a whole.
#[derive(Serialize, Deserialize)]
struct Part {
    /// How many bytes it may have.
    limit: usize,
    /// The bytes of its files, when they were written down last. `…` stands for what is in a file.
    files: BTreeMap<String, usize>,
}

/// How many bytes a server sends of a file. Node has the compressor, which would take half a minute to compile here.
fn sent(file: &Path) -> Result<usize> {
    let script = "
        const { readFileSync } = require('node:fs'), { brotliCompressSync } = require('node:zlib');
        console.log(brotliCompressSync(readFileSync(process.argv[1])).length);
    ";
    let output = Command::new("node").args(["--eval", script]).arg(file).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim().parse()?)
}

/// The one file of the release of that name.
fn file(name: &str) -> Result<PathBuf> {
    let dist = root().join("dist");
    let Some((start, end)) = name.split_once('…') else {
        return Ok(dist.join(name));
    };
    let is_hash = |middle: &str| middle.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_it = |found: &str| {
        found.strip_prefix(start).and_then(|rest| rest.strip_suffix(end)).is_some_and(is_hash)
    };
    for found in fs::read_dir(dist)? {
        let found = found?;
        if found.file_name().to_str().is_some_and(is_it) {
            return Ok(found.path());
        }
    }
    anyhow::bail!("dist/ has no {name}")
}

#[test]
fn nothing_grows_past_its_limit() -> Result<()> {
    let mut parts: BTreeMap<String, Part> = serde_json::from_str(&text(&root().join(FILE))?)?;
    let mut told = String::new();
    let mut too_large = Vec::new();
    for (name, part) in &mut parts {
        let mut sum = 0;
        for (file_name, before) in &mut part.files {
            let now = sent(&file(file_name)?).context(file_name.clone())?;
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
