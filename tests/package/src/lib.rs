//! The package as npm installs it, and helpers for its tests.
//!
//! `cargo xtask test` makes the package and runs them; after a `cargo xtask package`, also
//! `cargo test -p package-tests`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tempfile::TempDir;

/// Returns the folder of the project.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the folder of the package.
#[must_use]
pub fn folder() -> PathBuf {
    root().join(concat!("target/package/tu-kiem-tra-", env!("CARGO_PKG_VERSION")))
}

/// Reads a JSON file.
///
/// # Errors
/// Fails if it can't be read.
pub fn json(file: &Path) -> Result<Value> {
    Ok(serde_json::from_str(&text(file)?)?)
}

/// Reads a text file.
///
/// # Errors
/// Fails if it can't be read.
pub fn text(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}

/// Returns all files below a folder, by their relative paths.
///
/// # Errors
/// Fails if something can't be read.
pub fn files(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            for entry in fs::read_dir(&path)? {
                open.push(entry?.path());
            }
        } else {
            let content =
                fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            found.insert(path.strip_prefix(folder)?.to_owned(), content);
        }
    }
    Ok(found)
}

/// An empty project in which the package is installed.
pub struct Installed(TempDir);

impl Installed {
    /// Creates one outside of this project, so that nothing of this project is found from there.
    ///
    /// # Errors
    /// Fails if the package can't be installed.
    pub fn elsewhere() -> Result<Self> {
        Self::into(TempDir::new()?)
    }

    /// Creates one from which the tools of this project are found.
    ///
    /// # Errors
    /// Fails if the package can't be installed.
    pub fn beside_tools() -> Result<Self> {
        Self::into(TempDir::new_in(root().join("target"))?)
    }

    fn into(project: TempDir) -> Result<Self> {
        let archive = concat!("tu-kiem-tra-", env!("CARGO_PKG_VERSION"), ".tgz");
        let archive = folder()
            .with_file_name(archive)
            .canonicalize()
            .context("there is no package: run `cargo xtask package`")?;
        let installed = Self(project);
        installed.write("package.json", r#"{ "private": true, "type": "module" }"#)?;
        // Without network and scripts: a package that needs either is not self-contained.
        let mut npm = Command::new("npm");
        npm.args(["install", "--offline", "--no-audit", "--no-fund", "--silent"]).arg(archive);
        installed.run(&mut npm)?;
        Ok(installed)
    }

    /// Returns the folder of the package in it.
    #[must_use]
    pub fn package(&self) -> PathBuf {
        self.0.path().join("node_modules/tu-kiem-tra")
    }

    /// Writes a file of the project.
    ///
    /// # Errors
    /// Fails if it can't be written.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        fs::write(self.0.path().join(name), text)
            .with_context(|| format!("{name} cannot be written"))
    }

    /// Runs a module in the project and returns its output.
    ///
    /// # Errors
    /// Fails if the module does.
    pub fn node(&self, module: &str) -> Result<String> {
        self.run(Command::new("node").args(["--input-type", "module", "--eval", module]))
    }

    /// Compiles files of the project strictly, as modules of this kind. `resolution` is the way in
    /// which imports are resolved.
    ///
    /// # Errors
    /// Fails with the compiler's messages if the files have errors.
    pub fn compile(&self, files: &[&str], module: &str, resolution: &str) -> Result<()> {
        let options = serde_json::json!({
            "compilerOptions": {
                // The package's types are checked, too. Those of browsers would take most of the
                // time.
                "skipDefaultLibCheck": true,
                "strict": true, "exactOptionalPropertyTypes": true, "noEmit": true, "skipLibCheck": false,
                "target": "es2022", "lib": ["es2022", "dom"], "types": [], "jsx": "react-jsx",
                "module": module, "moduleResolution": resolution,
            },
            "files": files,
        });
        self.write("tsconfig.json", &options.to_string())?;
        let compiler = root().join("node_modules/typescript/bin/tsc");
        self.run(Command::new("node").arg(compiler)).map(drop)
    }

    fn run(&self, command: &mut Command) -> Result<String> {
        let output = command.current_dir(self.0.path()).output()?;
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            bail!("{command:?} failed:\n{printed}{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(printed)
    }
}
