//! The folder of the release as `cargo xtask package` makes it. The examples are run from there.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::support::checklists::project;

/// The folder, with `dist/` and `examples/` beside each other.
pub fn folder() -> Result<PathBuf> {
    let name = concat!("target/package/tu-kiem-tra-", env!("CARGO_PKG_VERSION"));
    let folder = project(name);
    ensure!(folder.is_dir(), "{name} is missing: run `cargo xtask package` first");
    Ok(folder)
}

/// Returns the React page's script as built for development: only there React warns of mistakes,
/// and mounts everything twice in its strict mode.
pub fn react_for_development() -> Result<Vec<u8>> {
    let target = tempfile::tempdir()?;
    let script = target.path().join("app.js");
    let out = format!("--outfile={}", script.display());
    let build = Command::new("npm")
        .args(["run", "build", "--", &out, "--define:process.env.NODE_ENV=\"development\""])
        .current_dir(folder()?.join("examples/react"))
        .output()
        .context("npm is missing: install Node.js 20 or newer")?;
    let told = String::from_utf8_lossy(&build.stderr);
    ensure!(build.status.success(), "the React page is not built:\n{told}");
    fs::read(script).context("esbuild wrote no script")
}
