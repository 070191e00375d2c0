//! The tools from npm: `wasm-opt` (package binaryen) and axe-core, pinned by `package-lock.json`.

use std::fs;
use std::path::PathBuf;

use crate::failure::{Context, Failure, Result};
use crate::project;
use crate::step::{program, run, step};

/// The folder of the programs that npm installed.
pub fn bin() -> PathBuf {
    project::root().join("node_modules").join(".bin")
}

/// Makes node_modules match package-lock.json. Does nothing if it already does.
pub fn install() -> Result<()> {
    let lock_file = project::root().join("package-lock.json");
    let lock =
        fs::read_to_string(&lock_file).context(|| "package-lock.json cannot be read".to_owned())?;
    // A copy of the lock file, written last: an interrupted install has none.
    let stamp = project::root().join("node_modules").join(".installed-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    if project::on_path(&["npm"]).is_none() {
        return Err(Failure::new(
            "npm is missing, which the optimiser of the WebAssembly comes from: install Node.js 20 or newer.",
        ));
    }
    step("tools from npm", || {
        run(
            program("npm").args(["ci", "--no-audit", "--no-fund"]),
            "If package.json was changed, run `npm install` to bring package-lock.json up to date; \
             otherwise see whether npm reaches its registry.",
        )?;
        fs::write(&stamp, &lock).context(|| format!("{} cannot be written", stamp.display()))
    })
}
