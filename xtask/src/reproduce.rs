//! The command `reproduce`: checks that the release depends on nothing but the commit. It is built
//! here and from a clone in another folder, and both results are compared byte by byte.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use crate::failure::{Context, Failure, Result};
use crate::step::{output_of, program, run, step};
use crate::{package, project};

/// The compared results, below the root of each: the release, the package and its file. Results of
/// other versions may lie beside them.
const RESULTS: [&str; 3] = [
    "dist",
    concat!("target/package/tu-kiem-tra-", env!("CARGO_PKG_VERSION")),
    concat!("target/package/tu-kiem-tra-", env!("CARGO_PKG_VERSION"), ".tgz"),
];

/// Builds twice and compares. Returns whether nothing differs; differences are printed.
pub fn compare() -> Result<bool> {
    let changed = output_of(program("git").args(["status", "--porcelain"]));
    let changed = changed.ok_or_else(|| Failure::new("`git status` fails: this is no clone."))?;
    if !changed.trim().is_empty() {
        return Err(Failure::new(format!(
            "What is not committed would make a difference: commit or put aside\n{}",
            changed.trim_end()
        )));
    }
    package::build()?;
    let clone = env::temp_dir().join(format!("tu-kiem-tra-reproduce-{}", process::id()));
    build_clone(&clone)?;
    let (here, there) = (files(project::root())?, files(clone.clone())?);
    let differences = differences(&here, &there);
    for difference in &differences {
        println!("{difference}");
    }
    if differences.is_empty() {
        println!("{} files are the same in both builds, byte by byte.", here.len());
        fs::remove_dir_all(&clone).context(|| format!("{} cannot be removed", clone.display()))?;
        return Ok(true);
    }
    println!("The second build is left in {}.", clone.display());
    Ok(false)
}

/// Clones the last commit and builds its package in a target folder of its own.
fn build_clone(clone: &Path) -> Result<()> {
    step("clone", || {
        let mut git = program("git");
        git.args(["clone", "--quiet", "--no-hardlinks"]).arg(project::root()).arg(clone);
        run(&mut git, "Is there room in the folder for temporary files?")
    })?;
    step("second build", || {
        let mut cargo = program("cargo");
        cargo
            .args(["xtask", "package"])
            .current_dir(clone)
            .env("CARGO_TARGET_DIR", clone.join("target"));
        run(&mut cargo, "What is wrong stands above; the first build had nothing wrong.")
    })
}

/// Returns the content of every compared file, by path.
fn files(root: PathBuf) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut open: Vec<PathBuf> = RESULTS.iter().map(|folder| root.join(folder)).collect();
    while let Some(path) = open.pop() {
        let problem = || format!("{} cannot be read", path.display());
        if path.is_dir() {
            for entry in fs::read_dir(&path).context(problem)? {
                open.push(entry.context(problem)?.path());
            }
        } else {
            let name = path.strip_prefix(&root).unwrap_or(&path).to_owned();
            found.insert(name, fs::read(&path).context(problem)?);
        }
    }
    Ok(found)
}

/// Returns a line for each file that differs.
fn differences(
    here: &BTreeMap<PathBuf, Vec<u8>>,
    there: &BTreeMap<PathBuf, Vec<u8>>,
) -> Vec<String> {
    let mut lines = Vec::new();
    for (path, first) in here {
        let name = path.display();
        match there.get(path) {
            None => lines.push(format!("{name} is missing in the second build")),
            Some(second) if second != first => {
                let place = first.iter().zip(second).position(|(a, b)| a != b);
                let place = place.unwrap_or_else(|| first.len().min(second.len()));
                lines.push(format!(
                    "{name} differs from byte {place} on ({} and {} bytes)",
                    first.len(),
                    second.len()
                ));
            }
            Some(_) => {}
        }
    }
    let new = there.keys().filter(|name| !here.contains_key(*name));
    lines.extend(new.map(|name| format!("{} is in the second build alone", name.display())));
    lines
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::PathBuf;

    use super::differences;

    #[test]
    fn what_differs_is_named_with_its_place() {
        let files = |files: &[(&str, &str)]| -> BTreeMap<PathBuf, Vec<u8>> {
            files
                .iter()
                .map(|(name, text)| (PathBuf::from(name), text.as_bytes().to_vec()))
                .collect()
        };
        let first = files(&[("a", "same"), ("b", "one"), ("c", "gone"), ("e", "ab")]);
        let second = files(&[("a", "same"), ("b", "ore"), ("d", "new"), ("e", "abc")]);
        assert!(differences(&first, &first).is_empty());
        assert_eq!(
            differences(&first, &second),
            [
                "b differs from byte 1 on (3 and 3 bytes)",
                "c is missing in the second build",
                "e differs from byte 2 on (2 and 3 bytes)",
                "d is in the second build alone",
            ]
        );
    }
}
