//! The folder of the release, as far as the examples need it: `dist/` and `examples/` beside each other.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, Result, ensure};
use browser_tests::dist;

use crate::support::checklists::project;

static FOLDER: OnceLock<Result<PathBuf, String>> = OnceLock::new();

/// The folder, made at its first use.
pub fn folder() -> Result<PathBuf> {
    let made = FOLDER.get_or_init(|| make().map_err(|error| format!("{error:#}")));
    made.clone().map_err(anyhow::Error::msg)
}

fn make() -> Result<PathBuf> {
    let folder = project("target/browser-tests/release");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    copy(&dist(), &folder.join("dist"))?;
    copy(&project("examples/embedding"), &folder.join("examples"))?;
    build_react(&folder, &[])?;
    Ok(folder)
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let entries = fs::read_dir(from)
        .with_context(|| format!("{} is missing: run `cargo xtask build` first", from.display()))?;
    for entry in entries {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The React page's script as it is built for development: only there React warns of mistakes, and
/// mounts everything twice in its strict mode.
pub fn react_for_development() -> Result<Vec<u8>> {
    let folder = tempfile::tempdir()?;
    let script = folder.path().join("app.js");
    let out = format!("--outfile={}", script.display());
    build_react(&self::folder()?, &[&out, "--define:process.env.NODE_ENV=\"development\""])?;
    fs::read(script).context("esbuild wrote no script")
}

/// Builds the React page by its own command, as its author does.
fn build_react(folder: &Path, options: &[&str]) -> Result<()> {
    let build = Command::new("npm")
        .args(["run", "build", "--"])
        .args(options)
        .current_dir(folder.join("examples/react"))
        .output()
        .context("npm is missing: install Node.js 20 or newer")?;
    let told = String::from_utf8_lossy(&build.stderr);
    ensure!(build.status.success(), "the React page is not built:\n{told}");
    Ok(())
}
