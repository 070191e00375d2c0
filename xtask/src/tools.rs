//! The tools of the build that cargo and rustup install, each pinned to one version.
//!
//! They go to a separate folder in the user's cache. All clones share it, and `cargo install` of
//! the same programs for other projects doesn't touch it.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use crate::failure::{Context, Failure, Result};
use crate::step::{output_of, program, run, step};
use crate::{node, project};

/// The compilation target of the page.
pub const WASM: &str = "wasm32-unknown-unknown";

/// A crate that is installed for its programs.
struct Tool {
    package: &'static str,
    version: &'static str,
    /// The programs. All must be installed; the first one tells the version.
    programs: &'static [&'static str],
    options: &'static [&'static str],
}

const TRUNK: Tool = Tool {
    package: "trunk",
    version: "0.21.14",
    programs: &["trunk"],
    // Without its features it downloads nothing and needs no TLS library, which halves the build
    // time. Everything that it would download is installed here.
    options: &["--no-default-features"],
};

/// Must have exactly the version of the wasm-bindgen crate in Cargo.toml.
const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    version: "0.2.126",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    options: &[],
};

/// The driver of Firefox in the browser tests.
const GECKODRIVER: Tool =
    Tool { package: "geckodriver", version: "0.37.1", programs: &["geckodriver"], options: &[] };

/// The check of the crates against deny.toml.
const DENY: Tool =
    Tool { package: "cargo-deny", version: "0.20.2", programs: &["cargo-deny"], options: &[] };

/// Installs missing tools of the build and returns the PATH to build with.
pub fn install() -> Result<OsString> {
    before_path(install_for_builds()?)
}

/// Installs missing tools of the build and Firefox's driver, and returns the PATH to test with.
pub fn install_for_tests() -> Result<OsString> {
    let mut folders = install_for_builds()?;
    folders.extend(GECKODRIVER.install()?);
    before_path(folders)
}

/// Installs cargo-deny if it is missing, and returns the PATH to run it with.
pub fn install_deny() -> Result<OsString> {
    before_path(DENY.install()?.into_iter().collect())
}

fn install_for_builds() -> Result<Vec<PathBuf>> {
    install_target()?;
    let mut folders = vec![node::bin()];
    for tool in [TRUNK, WASM_BINDGEN] {
        folders.extend(tool.install()?);
    }
    node::install()?;
    Ok(folders)
}

fn before_path(mut folders: Vec<PathBuf>) -> Result<OsString> {
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    env::join_paths(folders).context(|| "PATH cannot be put together".to_owned())
}

/// Fetches the crates of Cargo.lock that this machine and the page need, so that Trunk builds
/// offline.
pub fn fetch_crates() -> Result<()> {
    let host = output_of(program("rustc").args(["--print", "host-tuple"])).unwrap_or_default();
    run(
        program("cargo").args([
            "fetch",
            "--quiet",
            "--locked",
            "--target",
            WASM,
            "--target",
            host.trim(),
        ]),
        "If Cargo.toml was changed, run `cargo check` to bring Cargo.lock up to date; otherwise see \
         whether cargo reaches its registry.",
    )
}

/// Adds the WebAssembly target to the toolchain if it is missing.
pub fn install_target() -> Result<()> {
    let libraries =
        output_of(program("rustc").args(["--print", "target-libdir", "--target", WASM]));
    if libraries.is_some_and(|folder| PathBuf::from(folder.trim()).is_dir()) {
        return Ok(());
    }
    step("compilation target", || {
        run(
            program("rustup").args(["target", "add", WASM]),
            "Without rustup, install the standard library of wasm32-unknown-unknown in the way that \
             this Rust toolchain was installed.",
        )
    })
}

impl Tool {
    /// Returns the folder to put on PATH for the tool, or `None` if PATH already has it.
    fn install(&self) -> Result<Option<PathBuf>> {
        if self.programs.iter().all(|name| project::on_path(&[name]).is_some())
            && self.programs.first().is_some_and(|name| self.is_version(name.into()))
        {
            return Ok(None);
        }
        let root = cache()?.join(format!("{}-{}", self.package, self.version));
        let bin = root.join("bin");
        // cargo moves a program to its place only when it is complete.
        if self.programs.iter().all(|name| self.is_version(bin.join(name))) {
            return Ok(Some(bin));
        }
        step(&format!("{} {} (some minutes, once)", self.package, self.version), || {
            run(
                program("cargo")
                    .args([
                        "install",
                        self.package,
                        "--version",
                        self.version,
                        "--locked",
                        "--force",
                    ])
                    .args(self.options)
                    .arg("--root")
                    .arg(&root)
                    // The tools run for seconds, so fast compilation matters more than fast code.
                    .env("CARGO_PROFILE_RELEASE_LTO", "off")
                    .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
                    .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
                "See whether cargo reaches its registry, then run the command again.",
            )
        })?;
        Ok(Some(bin))
    }

    fn is_version(&self, program_file: PathBuf) -> bool {
        output_of(program(program_file).arg("--version"))
            .is_some_and(|printed| printed.split_whitespace().any(|word| word == self.version))
    }
}

fn cache() -> Result<PathBuf> {
    let of_user =
        env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let of_user =
        of_user.or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache")));
    match of_user {
        Some(folder) => Ok(folder.join("tu-kiem-tra").join("tools")),
        None => Err(Failure::new("Set HOME or XDG_CACHE_HOME: the tools are installed below it.")),
    }
}
