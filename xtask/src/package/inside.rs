//! The third-party parts of the release: the crates in its WebAssembly and the version of Rust.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::failure::{Context, Failure, Result};
use crate::step::{output_of, program};
use crate::tools::WASM;

/// The packages of the release's programs.
const PROGRAMS: [&str; 2] = ["tu-kiem-tra", "tu-kiem-tra-office"];

/// Returns cargo's metadata of each third-party crate in the release, ordered by name.
pub fn crates() -> Result<Vec<Value>> {
    let inside = linked()?;
    let mut metadata = metadata()?;
    let packages = metadata.get_mut("packages").and_then(Value::as_array_mut);
    let mut packages = packages.map(std::mem::take).unwrap_or_default();
    packages.retain(|package| {
        let name = format!("{} {}", field(package, "name"), field(package, "version"));
        // The project's own crates have no source; their licences are included separately.
        inside.contains(&name) && !field(package, "source").is_empty()
    });
    Ok(packages)
}

/// Returns the name and version of every crate that is linked into the WebAssembly. Crates that
/// only the build needs are left out: the code of a procedural macro is not in its output.
fn linked() -> Result<BTreeSet<String>> {
    let mut cargo = program("cargo");
    cargo.args(["tree", "--target", WASM, "--edges", "normal,no-proc-macro", "--prefix", "none"]);
    cargo.args(["--format", "{p}", "--offline", "--locked"]);
    for name in PROGRAMS {
        cargo.args(["--package", name]);
    }
    let listed = output_of(&mut cargo).ok_or_else(|| not_listed("cargo tree"))?;
    let words = |line: &str| -> Option<String> {
        let mut words = line.split_whitespace();
        Some(format!("{} {}", words.next()?, words.next()?.strip_prefix('v')?))
    };
    Ok(listed.lines().filter_map(words).collect())
}

/// Returns cargo's metadata of all crates.
pub fn metadata() -> Result<Value> {
    let command = ["metadata", "--format-version", "1", "--offline", "--locked"];
    let host = output_of(program("rustc").args(["--print", "host-tuple"])).unwrap_or_default();
    // Crates of other systems may not have been fetched.
    let platforms = ["--filter-platform", WASM, "--filter-platform", host.trim()];
    let printed = output_of(program("cargo").args(command).args(platforms))
        .ok_or_else(|| not_listed("cargo metadata"))?;
    serde_json::from_str(&printed)
        .context(|| "What `cargo metadata` prints cannot be read".to_owned())
}

fn not_listed(command: &str) -> Failure {
    Failure::new(format!(
        "`{command}` does not say which crates are inside: run `cargo xtask build`, which fetches them."
    ))
}

/// Returns the version of Rust, whose standard library is in the release.
pub fn rust_version() -> Result<String> {
    let printed = output_of(program("rustc").arg("--version"));
    let version = printed.as_deref().and_then(|printed| printed.split_whitespace().nth(1));
    let missing = || Failure::new("`rustc --version` fails: is Rust installed?");
    version.map(str::to_owned).ok_or_else(missing)
}

/// Returns a string from cargo's metadata of a crate.
pub fn field<'a>(package: &'a Value, name: &str) -> &'a str {
    package.get(name).and_then(Value::as_str).unwrap_or_default()
}
