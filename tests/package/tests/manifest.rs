//! The Custom Elements Manifest. `xtask/src/package/contract.rs` compares its contents with the
//! sources.

use anyhow::{Context, Result, ensure};
use package_tests::{folder, json, root};
use serde_json::Value;

#[test]
fn it_is_what_its_schema_asks_for() -> Result<()> {
    let schema = json(&root().join("node_modules/custom-elements-manifest/schema.json"))?;
    let manifest = json(&folder().join("custom-elements.json"))?;
    let validator = jsonschema::validator_for(&schema)?;
    let faults: Vec<String> = validator
        .iter_errors(&manifest)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    ensure!(manifest.get("schemaVersion").is_some_and(|version| version == "1.0.0"));
    Ok(())
}

#[test]
fn its_modules_are_there() -> Result<()> {
    let manifest = json(&folder().join("custom-elements.json"))?;
    let modules = manifest.get("modules").and_then(Value::as_array).context("no modules")?;
    ensure!(!modules.is_empty());
    for module in modules {
        let path = module.get("path").and_then(Value::as_str).context("a module without a path")?;
        ensure!(folder().join(path).is_file(), "{path} is not there");
    }
    Ok(())
}
