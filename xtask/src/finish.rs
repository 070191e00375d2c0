//! The part of the build after Trunk. Trunk calls `cargo xtask finish` when its files are in the
//! staging folder (`[[hooks]]` in Trunk.toml), before it moves them to dist/.
//!
//! 1. The second program is built beside the first one (`office`). In a release, wasm-opt shrinks
//!    the WebAssembly, and the files are named by their content, so that a server may let browsers
//!    cache them for ever.
//! 2. The scripts with fixed names are written with those names in them (`scripts`), then the two
//!    pages, which name each script by its content (`pages`).
//! 3. In a release, the service worker is written with the list of all these files (`worker`).
//! 4. `integrity.json` lists the digest of every file (`integrity`).

mod glue;
mod integrity;
pub mod office;
mod pages;
mod scripts;
mod worker;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::failure::{Context, Failure, Result};
use crate::step::{program, run};
use crate::{node, project};

/// The binary in Cargo.toml. wasm-bindgen and Trunk name their files after it.
const NAME: &str = "tu-kiem-tra";

/// The features of WebAssembly beyond the first standard that rustc uses. They are listed one by
/// one: `--all-features` lets wasm-opt write instructions that browsers don't know.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Runs all steps in the staging folder that Trunk names.
pub fn hook() -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from).ok_or_else(|| {
        Failure::new(
            "`finish` is called by Trunk: run `cargo xtask build` or `trunk build --release`.",
        )
    })?;
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");

    let bundle = Bundle {
        form: Program::written_by_trunk(&staging)?.finished(&staging, release)?,
        office: office::build(&staging)?.finished(&staging, release)?,
        page_style: the_one(&staging, "page-", ".css")?,
    };
    scripts::write(&staging, &bundle)?;
    worker::write_start(&staging)?;
    pages::write(&staging, &bundle, release)?;
    worker::write(&staging, release)?;
    integrity::write(&staging)
}

/// The names of the files that were built.
struct Bundle {
    /// The form.
    form: Program,
    /// The program that makes office files.
    office: Program,
    /// The style sheet of our own pages.
    page_style: String,
}

/// The two files that wasm-bindgen makes of a program.
struct Program {
    /// The name by which wasm-bindgen's JavaScript requests its WebAssembly, without the suffix
    /// `_bg.wasm`.
    name: &'static str,
    /// The JavaScript between the shell and the WebAssembly.
    glue: String,
    wasm: String,
}

impl Program {
    fn written_by_trunk(staging: &Path) -> Result<Self> {
        let wasm = the_one(staging, NAME, "_bg.wasm")?;
        let glue = wasm.replace("_bg.wasm", ".js");
        if !staging.join(&glue).is_file() {
            return Err(Failure::new(format!(
                "Trunk wrote {wasm} without {glue}: has it changed its names?"
            )));
        }
        Ok(Self { name: NAME, glue, wasm })
    }

    /// Optimises the WebAssembly in a release and puts its name into the glue, where wasm-bindgen
    /// wrote one without a hash. In a release both files are first named by their content: Trunk's
    /// hash is of another file, the one before wasm-bindgen and wasm-opt. In development any name
    /// will do, as nothing is cached.
    fn finished(mut self, staging: &Path, release: bool) -> Result<Self> {
        let name = self.name;
        if release {
            optimise(&staging.join(&self.wasm))?;
            self.wasm = rename(staging, &self.wasm, |hash| format!("{name}-{hash}_bg.wasm"))?;
        }
        let glue_file = staging.join(&self.glue);
        let glue =
            fs::read_to_string(&glue_file).context(|| format!("{} cannot be read", self.glue))?;
        let glue = replace_all(
            &glue,
            &format!("{name}_bg.wasm"),
            &self.wasm,
            "wasm-bindgen's JavaScript",
        )?;
        let glue = glue::stand_alone(&glue::catch_directly(&glue)?)?;
        fs::write(&glue_file, glue).context(|| format!("{} cannot be written", self.glue))?;
        if release {
            self.glue = rename(staging, &self.glue, |hash| format!("{name}-{hash}.js"))?;
        }
        Ok(self)
    }
}

/// Returns the name of the one file that begins with `start` and ends with `end`.
fn the_one(staging: &Path, start: &str, end: &str) -> Result<String> {
    let mut found = Vec::new();
    for entry in
        fs::read_dir(staging).context(|| format!("{} cannot be read", staging.display()))?
    {
        let entry = entry.context(|| format!("{} cannot be read", staging.display()))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with(start) && name.ends_with(end) {
            found.push(name);
        }
    }
    match found.as_slice() {
        [name] => Ok(name.clone()),
        _ => Err(Failure::new(format!(
            "Trunk's staging folder should hold one {start}…{end}, but has {}: see what index.html \
             names.",
            found.len()
        ))),
    }
}

/// Shrinks the WebAssembly in place.
fn optimise(wasm: &Path) -> Result<()> {
    let pinned = node::bin().join("wasm-opt");
    let Some(wasm_opt) =
        Some(pinned).filter(|file| file.is_file()).or_else(|| project::on_path(&["wasm-opt"]))
    else {
        println!("wasm-opt is not installed, so the WebAssembly stays larger: `npm ci` brings it.");
        return Ok(());
    };
    let size = || fs::metadata(wasm).map_or(0, |file| file.len() / 1024);
    let before = size();
    run(
        program(wasm_opt).arg("-Oz").args(WASM_FEATURES).arg(wasm).arg("--output").arg(wasm),
        "If it names a feature that is not enabled, add that to WASM_FEATURES in xtask/src/finish.rs.",
    )?;
    println!("wasm-opt: {before} KiB -> {} KiB", size());
    Ok(())
}

/// Returns `text` with every `old` replaced. Fails if there is none, which is a mistake in `place`.
fn replace_all(text: &str, old: &str, new: &str, place: &str) -> Result<String> {
    if text.contains(old) {
        Ok(text.replace(old, new))
    } else {
        Err(Failure::new(format!(
            "`{old}` should be in {place} but is not: see xtask/src/finish.rs."
        )))
    }
}

/// Renames a file by the hash of its content and returns its new name.
fn rename(staging: &Path, old: &str, new: impl Fn(&str) -> String) -> Result<String> {
    let content = fs::read(staging.join(old)).context(|| format!("{old} cannot be read"))?;
    let new = new(&short_hash(&content));
    fs::rename(staging.join(old), staging.join(&new))
        .context(|| format!("{old} cannot be renamed"))?;
    Ok(new)
}

/// Returns the first 16 hexadecimal digits of the SHA-256.
fn short_hash(content: &[u8]) -> String {
    Sha256::digest(content).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
