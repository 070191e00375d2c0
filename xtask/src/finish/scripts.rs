//! The scripts that keep their names from release to release: the one that a portal's page names,
//! and those for an element in an iframe.

use std::fs;
use std::path::Path;

use super::{Bundle, NAME, integrity, replace_all};
use crate::failure::{Context, Failure, Result};
use crate::project;

/// The files of `src/shell/` that make the embedding script. Each stands before those that import
/// from it.
const SHELL: &[&str] =
    &["words.js", "style.js", "plain.js", "loading.js", "office.js", "updates.js", "element.js"];

/// The files of `src/frame/` and their names in the release. The frame's page is written with the
/// other page.
const FRAME: &[(&str, &str)] =
    &[("embed.json", "embed.json"), ("guest.js", "embed.js"), ("host.js", "tu-kiem-tra-frame.js")];

/// Writes all scripts with fixed names.
pub fn write(staging: &Path, bundle: &Bundle) -> Result<()> {
    write_file(staging, &format!("{NAME}.js"), &shell(staging, bundle)?)?;
    for (source, name) in FRAME {
        write_file(staging, name, &read("frame", source)?)?;
    }
    Ok(())
}

/// Returns the embedding script.
fn shell(staging: &Path, bundle: &Bundle) -> Result<String> {
    let mut hashes = serde_json::Map::new();
    let Bundle { form, office, .. } = bundle;
    for file in [&form.glue, &form.wasm, &office.glue, &office.wasm] {
        hashes.insert(file.clone(), integrity::of(&staging.join(file))?.into());
    }
    let hashes = serde_json::Value::from(hashes).to_string();
    let mut script = joined("shell", SHELL)?;
    for (mark, value) in [
        ("__GLUE__", &form.glue),
        ("__WASM__", &form.wasm),
        ("__OFFICE_GLUE__", &office.glue),
        ("__OFFICE_WASM__", &office.wasm),
        ("__INTEGRITY__", &hashes),
    ] {
        script = replace_all(&script, mark, value, "src/shell/")?;
    }
    Ok(script)
}

/// Returns files of a folder of `src/` as one script. Each file stands before those that import
/// from it.
pub fn joined(folder: &str, names: &[&str]) -> Result<String> {
    let modules: Result<Vec<String>> = names.iter().map(|name| read(folder, name)).collect();
    join(&modules?)
}

/// Joins modules into one script. Their imports and exports stand on lines of their own and have no
/// meaning within one file.
fn join(modules: &[String]) -> Result<String> {
    let mut script = String::new();
    for line in modules.iter().flat_map(|module| module.lines()) {
        if line.starts_with("import ") && line.contains(" from \"./") {
            continue;
        }
        let declared = line.strip_prefix("export ").filter(|rest| {
            ["const ", "class ", "function ", "async "].iter().any(|word| rest.starts_with(word))
        });
        let line = declared.unwrap_or(line);
        if line.starts_with("import ") || line.starts_with("export ") {
            return Err(Failure::new(format!(
                "A script in src/ has the line `{line}`, which xtask/src/finish/scripts.rs does not know: \
                 write `import {{ … }} from \"./….js\";` in one line, and `export` before a declaration."
            )));
        }
        script += line;
        script.push('\n');
    }
    Ok(script)
}

/// Reads a file in a folder of `src/`.
pub fn read(folder: &str, name: &str) -> Result<String> {
    let file = project::root().join("src").join(folder).join(name);
    fs::read_to_string(&file).context(|| format!("src/{folder}/{name} cannot be read"))
}

/// Writes a file of the release.
pub fn write_file(staging: &Path, name: &str, text: &str) -> Result<()> {
    fs::write(staging.join(name), text).context(|| format!("{name} cannot be written"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn modules_become_one_script() {
        let one = "export const A = 1;\nconst inner = import(\"./x.js\");\n".to_owned();
        let two = "import { A } from \"./one.js\";\nexport function f() {}\n".to_owned();
        let expected = "const A = 1;\nconst inner = import(\"./x.js\");\nfunction f() {}\n";
        assert_eq!(join(&[one, two]).unwrap(), expected);
        for unknown in
            ["import {\n  A,\n} from \"./one.js\";", "export default 1;", "import \"x\";"]
        {
            assert!(join(&[unknown.to_owned()]).is_err(), "{unknown}");
        }
    }
}
