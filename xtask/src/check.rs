//! The command `check-checklist`.

use std::process::Command;

use crate::failure::{Context, Result};
use crate::project;

/// Runs the library's check of checklist files, natively. Returns whether all are good. The check
/// is an example of the library, so that the other commands are built without the library.
pub fn checklists(arguments: &[&str]) -> Result<bool> {
    // Run in the person's directory, not in the project's root: the paths are relative to it.
    let mut command = Command::new("cargo");
    command
        .args(["run", "--quiet", "--locked", "--manifest-path"])
        .arg(project::root().join("Cargo.toml"))
        .args(["--package", "tu-kiem-tra", "--example", "check_checklist", "--"])
        .args(arguments);
    let status = command.status().context(|| "`cargo` could not be started".to_owned())?;
    Ok(status.success())
}

#[cfg(test)]
mod tests {
    use super::checklists;
    use crate::project;

    #[test]
    fn good_files_bad_ones_and_none_differ() {
        let file = |name: &str| project::root().join(name).display().to_string();
        let good = file("checklists/sa-dec-2023.json");
        let checked = |files: &[&str]| checklists(files).unwrap();
        assert!(checked(&[&good]));
        assert!(checked(&["--lang", "en", &good]));
        assert!(!checked(&[&good, &file("package.json")]));
        assert!(!checked(&[&file("checklists/none.json")]));
        assert!(!checked(&[]));
    }
}
