//! Files and folders of the project that go into the package as they are.

use std::fs;
use std::path::Path;

use crate::failure::{Context, Result};

/// The folder that npm leaves where an example was tried. npm wouldn't pack it either.
const NOT_OURS: &str = "node_modules";

/// Copies a file, or a folder with everything in it. The target may exist already.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to)
            .map(|_| ())
            .context(|| format!("{} cannot be copied", from.display()));
    }
    create(to)?;
    let problem = || format!("{} cannot be read", from.display());
    for entry in fs::read_dir(from).context(problem)? {
        let entry = entry.context(problem)?;
        if entry.file_name() == NOT_OURS {
            continue;
        }
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Creates a folder and its parents.
pub fn create(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).context(|| format!("{} cannot be made", folder.display()))
}

/// Reads a file.
pub fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).context(|| format!("{} cannot be read", file.display()))
}

/// Writes a file.
pub fn write(file: &Path, text: &str) -> Result<()> {
    fs::write(file, text).context(|| format!("{} cannot be written", file.display()))
}
