//! Checks of the packages from npm that need no network: the versions are exact, each file has its
//! digest, which `npm ci` compares, and no package runs a script at installation.

use serde_json::Value;

use super::read;
use crate::failure::{Context, Result};

/// The packages that have an installation script. `.npmrc` prevents it from running. Each is
/// accepted because its program works without the script.
const WITH_SCRIPTS: &[&str] = &["node_modules/esbuild"];

/// Returns the faults in package.json, package-lock.json and .npmrc.
pub fn faults() -> Result<Vec<String>> {
    let json = |name: &str| -> Result<Value> {
        serde_json::from_str(&read(name)?).context(|| format!("{name} is no JSON"))
    };
    Ok(found(&json("package.json")?, &json("package-lock.json")?, &read(".npmrc")?))
}

fn found(manifest: &Value, lock: &Value, settings: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !settings.lines().any(|line| line.trim() == "ignore-scripts=true") {
        faults.push(".npmrc does not say ignore-scripts=true".to_owned());
    }
    let members =
        |value: Option<&Value>| value.and_then(Value::as_object).cloned().unwrap_or_default();
    for kind in ["dependencies", "devDependencies", "optionalDependencies"] {
        for (name, version) in members(manifest.get(kind)) {
            if !version.as_str().is_some_and(is_exact) {
                faults.push(format!(
                    "package.json has {name} as {version}, which is no exact version"
                ));
            }
        }
    }
    let packages = members(lock.get("packages"));
    if packages.len() < 2 {
        faults.push("package-lock.json has no packages".to_owned());
    }
    for (place, package) in packages.iter().filter(|(place, _)| !place.is_empty()) {
        let text = |name: &str| package.get(name).and_then(Value::as_str).unwrap_or_default();
        if !is_exact(text("version")) {
            faults.push(format!("{place} has no exact version"));
        }
        // 64 bytes in Base64.
        let digest = text("integrity").strip_prefix("sha512-").unwrap_or_default();
        if digest.len() != 88 {
            faults.push(format!("{place} has no digest"));
        }
        let resolved = text("resolved");
        if !resolved.is_empty() && !resolved.starts_with("https://registry.npmjs.org/") {
            faults.push(format!("{place} comes from {resolved}"));
        }
        let has_script = package.get("hasInstallScript").is_some_and(|has| *has == true);
        if has_script && !WITH_SCRIPTS.contains(&place.as_str()) {
            faults.push(format!("{place} has a script that runs at installing"));
        }
    }
    faults
}

/// Returns whether a version is three numbers, perhaps with a suffix, and no range, tag or address.
fn is_exact(version: &str) -> bool {
    let release = version.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<&str> = release.split('.').collect();
    let is_number =
        |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    numbers.len() == 3 && numbers.iter().all(is_number)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{faults, found};

    #[test]
    fn what_npm_brings_is_as_it_should_be() {
        assert_eq!(faults().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_is_wrong_is_named() {
        let digest = format!("sha512-{}", "a".repeat(88));
        let changed = |change: &dyn Fn(&mut Value, &mut Value)| {
            let mut manifest = json!({"devDependencies": {"a": "1.0.0"}});
            let mut lock = json!({"packages": {
                "": {}, "node_modules/a": {"version": "1.0.0", "integrity": digest},
            }});
            change(&mut manifest, &mut lock);
            found(&manifest, &lock, "ignore-scripts=true\n")
        };
        assert!(changed(&|_, _| ()).is_empty());
        assert_eq!(found(&json!({}), &json!({}), "").len(), 2);
        for version in ["^1.0.0", "latest", "1.0", "1.x.0", "https://x/a.tgz", ""] {
            let faults = changed(&|manifest, _| manifest["devDependencies"]["a"] = version.into());
            assert_eq!(faults.len(), 1, "{version}: {faults:?}");
        }
        for (name, value) in [
            ("version", json!("*")),
            ("integrity", json!("sha1-a")),
            ("integrity", json!(null)),
            ("resolved", json!("git+ssh://x")),
            ("hasInstallScript", json!(true)),
        ] {
            let faults =
                changed(&|_, lock| lock["packages"]["node_modules/a"][name] = value.clone());
            assert_eq!(faults.len(), 1, "{name}: {faults:?}");
        }
    }
}
