//! The command `package`: makes of the release a folder and a file that npm installs, both in
//! `target/package/`. The hand-written files for it are in the project's folder `package/`.

mod branches;
#[cfg(test)]
mod contract;
mod copy;
mod inside;
mod licences;
mod sbom;
mod spdx;
mod types;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::failure::{Context, Failure, Result};
use crate::step::{program, run, step};
use crate::{dist, node, project};
use copy::{copy, create, read, write};

pub use inside::metadata;
pub use spdx::is_met_by;

/// The version of the whole workspace, including this program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The folder of the results, below the root.
const TARGET: &str = "target/package";

/// The guides that are included.
const GUIDES: &[&str] =
    &["embedding.md", "embedding.en.md", "checklists.md", "checklists.en.md", "servers"];

const LICENCES: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE", "LICENSE-ICONS"];

/// Builds the release and packages it.
pub fn build() -> Result<()> {
    dist::build()?;
    of_built()
}

/// Packages the release in dist/.
pub fn of_built() -> Result<()> {
    node::install()?;
    let name = format!("tu-kiem-tra-{VERSION}");
    let target = project::root().join(TARGET);
    // The earlier result stays until the new one is complete.
    let staging = target.join("unfinished");
    remove(&staging)?;
    let folder = staging.join(&name);
    step("package", || {
        fill(&folder)?;
        check_named_files(&folder)?;
        pack(&folder)
    })?;
    for result in [name.clone(), format!("{name}.tgz")] {
        let place = target.join(&result);
        remove(&place)?;
        fs::rename(staging.join(&result), &place)
            .context(|| format!("{} cannot be written", place.display()))?;
    }
    remove(&staging)?;
    println!("{TARGET}/{name}/ holds the release, {TARGET}/{name}.tgz the same for npm.");
    Ok(())
}

/// Fills the folder with everything.
fn fill(folder: &Path) -> Result<()> {
    let root = project::root();
    if !root.join("dist/tu-kiem-tra.js").is_file() {
        return Err(Failure::new(
            "dist/ holds no release: run `cargo xtask package` without `--built`.",
        ));
    }
    create(folder)?;
    copy(&root.join("dist"), &folder.join("dist"))?;
    copy(&root.join("checklists"), &folder.join("checklists"))?;
    copy(&root.join("schema"), &folder.join("schema"))?;
    copy(&root.join("examples/embedding"), &folder.join("examples"))?;
    build_react_example(&folder.join("examples/react"))?;
    create(&folder.join("docs"))?;
    for guide in GUIDES {
        copy(&root.join("docs").join(guide), &folder.join("docs").join(guide))?;
    }
    for licence in LICENCES {
        copy(&root.join(licence), &folder.join(licence))?;
    }
    copy(&root.join("package"), folder)?;
    for versioned in ["package.json", "README.md"] {
        fill_version(&folder.join(versioned))?;
    }
    let schema = read_json(&root.join("schema/report.schema.json"))?;
    write(&folder.join("types/data.d.ts"), &types::of_schema(&schema)?)?;
    write(&folder.join("THIRD-PARTY-LICENSES.txt"), &licences::text()?)?;
    write(&folder.join("sbom.cdx.json"), &sbom::text()?)
}

/// Builds the script of the bundled example with its own command and the project's tools, which npm
/// finds further up.
fn build_react_example(folder: &Path) -> Result<()> {
    let mut npm = program("npm");
    npm.args(["run", "--silent", "build", "--", "--log-level=warning"]).current_dir(folder);
    run(&mut npm, "`npm ci` in the project's folder installs what the example is bundled with.")
}

/// Fills in the version where a file has a placeholder for it.
fn fill_version(file: &Path) -> Result<()> {
    write(file, &read(file)?.replace("__VERSION__", VERSION))
}

/// Checks that each name in package.json leads to a file.
fn check_named_files(folder: &Path) -> Result<()> {
    let manifest = read_json(&folder.join("package.json"))?;
    let named = ["exports", "customElements"].iter().filter_map(|field| manifest.get(*field));
    let mut paths = Vec::new();
    named.for_each(|value| collect_texts(value, &mut paths));
    for path in paths {
        // `./schema/*` names all files there.
        let fixed = path.split('*').next().unwrap_or_default();
        if !folder.join(fixed).exists() {
            return Err(Failure::new(format!(
                "package/package.json names {path}, which the release has not: is dist/ of an older version? \
                 `cargo xtask package` without `--built` builds it anew."
            )));
        }
    }
    Ok(())
}

/// Collects all strings in a JSON value, at any depth.
fn collect_texts<'a>(value: &'a Value, texts: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => texts.push(text),
        Value::Array(values) => values.iter().for_each(|value| collect_texts(value, texts)),
        Value::Object(fields) => fields.values().for_each(|value| collect_texts(value, texts)),
        _ => {}
    }
}

/// Makes the file for npm beside the folder.
fn pack(folder: &Path) -> Result<()> {
    // Given as a path, or npm would take it for the name of a package.
    let mut npm = program("npm");
    npm.args(["pack", "--silent", "--ignore-scripts", "--pack-destination", ".."]).arg(".");
    run(npm.current_dir(folder), "What npm says stands above.")
}

fn read_json(file: &Path) -> Result<Value> {
    serde_json::from_str(&read(file)?).context(|| format!("{} is no JSON", file.display()))
}

/// Removes a file or a folder if it exists.
fn remove(path: &PathBuf) -> Result<()> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else if path.exists() {
        fs::remove_file(path)
    } else {
        Ok(())
    };
    removed.context(|| format!("{} cannot be removed", path.display()))
}
