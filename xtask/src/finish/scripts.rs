//! The files of the release that keep their names from release to release: the script that a portal's
//! page names, and what is needed where the element stands in an iframe.

use std::fs;
use std::path::Path;

use super::{Bundle, NAME, integrity, replace_all};
use crate::failure::{Context, Failure, Result};
use crate::project;

/// The files of `src/shell/` that make the embedding script, each before those that import from it.
const SHELL: &[&str] = &["words.js", "style.js", "loading.js", "element.js"];

/// The files of `src/frame/` and their names in the release.
const FRAME: &[(&str, &str)] = &[
    ("embed.html", "embed.html"),
    ("embed.json", "embed.json"),
    ("guest.js", "embed.js"),
    ("host.js", "tu-kiem-tra-frame.js"),
];

/// Writes all of them.
pub fn write(staging: &Path, bundle: &Bundle) -> Result<()> {
    write_file(staging, &format!("{NAME}.js"), &shell(staging, bundle)?)?;
    for (source, name) in FRAME {
        let mut text = read("frame", source)?;
        if *source == "embed.html" {
            text =
                replace_all(&text, "__PAGE_STYLE__", &bundle.page_style, "src/frame/embed.html")?;
        }
        write_file(staging, name, &text)?;
    }
    Ok(())
}

/// The embedding script.
fn shell(staging: &Path, bundle: &Bundle) -> Result<String> {
    let mut modules = Vec::new();
    for name in SHELL {
        modules.push(read("shell", name)?);
    }
    let mut hashes = serde_json::Map::new();
    for file in [&bundle.glue, &bundle.wasm] {
        hashes.insert(file.clone(), integrity::of(&staging.join(file))?.into());
    }
    let hashes = serde_json::Value::from(hashes).to_string();
    let mut script = joined(&modules)?;
    for (mark, value) in
        [("__GLUE__", &bundle.glue), ("__WASM__", &bundle.wasm), ("__INTEGRITY__", &hashes)]
    {
        script = replace_all(&script, mark, value, "src/shell/")?;
    }
    Ok(script)
}

/// Modules as one: each says what it takes and gives in lines of their own, which mean nothing within one
/// file.
fn joined(modules: &[String]) -> Result<String> {
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
                "src/shell/ has the line `{line}`, which xtask/src/finish/scripts.rs does not know: \
                 write `import {{ … }} from \"./….js\";` in one line, and `export` before a declaration."
            )));
        }
        script += line;
        script.push('\n');
    }
    Ok(script)
}

fn read(folder: &str, name: &str) -> Result<String> {
    let file = project::root().join("src").join(folder).join(name);
    fs::read_to_string(&file).context(|| format!("src/{folder}/{name} cannot be read"))
}

fn write_file(staging: &Path, name: &str, text: &str) -> Result<()> {
    fs::write(staging.join(name), text).context(|| format!("{name} cannot be written"))
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn modules_become_one_script() {
        let one = "export const A = 1;\nconst inner = import(\"./x.js\");\n".to_owned();
        let two = "import { A } from \"./one.js\";\nexport function f() {}\n".to_owned();
        let expected = "const A = 1;\nconst inner = import(\"./x.js\");\nfunction f() {}\n";
        assert_eq!(joined(&[one, two]).unwrap(), expected);
        for unknown in
            ["import {\n  A,\n} from \"./one.js\";", "export default 1;", "import \"x\";"]
        {
            assert!(joined(&[unknown.to_owned()]).is_err(), "{unknown}");
        }
    }
}
