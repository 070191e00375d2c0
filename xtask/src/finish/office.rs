//! The second program, which makes office files: Trunk builds one, so this one is built here.

use std::path::Path;

use super::Program;
use crate::failure::Result;
use crate::project;
use crate::step::{program, run};
use crate::tools::WASM;

/// The package and its binary.
pub const PACKAGE: &str = "tu-kiem-tra-office";

/// What its files in the release are named after.
const NAME: &str = "office";

/// Compiles it and has wasm-bindgen write its two files into the staging folder.
pub(super) fn build(staging: &Path, release: bool) -> Result<Program> {
    let mut cargo = program("cargo");
    cargo.args(["build", "--quiet", "--offline", "--locked"]);
    cargo.args(["--package", PACKAGE, "--bins", "--target", WASM]);
    let profile = if release { "release" } else { "debug" };
    if release {
        cargo.arg("--release");
    }
    run(&mut cargo, "What is wrong stands above; it is in office/.")?;
    let built = project::target().join(WASM).join(profile).join(format!("{PACKAGE}.wasm"));
    run(
        program("wasm-bindgen")
            .args(["--target", "web", "--no-typescript", "--out-name", NAME, "--out-dir"])
            .arg(staging)
            .arg(built),
        "`cargo xtask build` puts wasm-bindgen on the PATH; with plain Trunk it has to be there.",
    )?;
    Ok(Program { name: NAME, glue: format!("{NAME}.js"), wasm: format!("{NAME}_bg.wasm") })
}
