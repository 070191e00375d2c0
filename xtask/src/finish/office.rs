//! The second program, which makes office files. Trunk builds only one program, so this one is
//! built here.

use std::path::Path;
use std::process::Command;

use super::Program;
use crate::dist::{FLAGS, without_paths};
use crate::failure::Result;
use crate::project;
use crate::step::{program, run};
use crate::tools::WASM;

/// The package and its binary.
const PACKAGE: &str = "tu-kiem-tra-office";

/// The name after which its files are named.
const NAME: &str = "office";

/// Compiles the program and has wasm-bindgen write its two files into the staging folder.
pub(super) fn build(staging: &Path) -> Result<Program> {
    run(compile().arg("--quiet"), "What is wrong stands above; it is in office/.")?;
    let built = project::target().join(WASM).join("release").join(format!("{PACKAGE}.wasm"));
    run(
        program("wasm-bindgen")
            .args(["--target", "web", "--no-typescript", "--out-name", NAME, "--out-dir"])
            .arg(staging)
            .arg(built),
        "`cargo xtask build` puts wasm-bindgen on the PATH; with plain Trunk it has to be there.",
    )?;
    Ok(Program { name: NAME, glue: format!("{NAME}.js"), wasm: format!("{NAME}_bg.wasm") })
}

/// Returns the command that compiles the program. Every build compiles it as for a release, since
/// it seldom changes and takes long.
pub fn compile() -> Command {
    let mut cargo = program("cargo");
    cargo.args(["build", "--release", "--locked", "--package", PACKAGE, "--bins"]);
    cargo.args(["--target", WASM]).env(FLAGS, without_paths());
    cargo
}
