//! Checks of the crates in Cargo.lock against deny.toml that need neither network nor tool: all
//! crates come from one registry and have digests, every duplicate has a reason, licences are
//! allowed.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::read;
use crate::failure::Result;
use crate::package::{is_met_by, metadata};

/// The registry of all crates but the project's own.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Returns the faults of the crates.
pub fn faults() -> Result<Vec<String>> {
    let (lock, rules) = (read("Cargo.lock")?, read("deny.toml")?);
    let mut faults = of_lock(&lock, &rules);
    faults.extend(of_licences(&metadata()?, &rules));
    Ok(faults)
}

/// An entry of Cargo.lock.
struct Locked<'a> {
    name: &'a str,
    version: &'a str,
    source: Option<&'a str>,
    checksum: Option<&'a str>,
}

/// Returns the entries of Cargo.lock. cargo writes one member a line, so that no library is needed
/// to read it.
fn locked(lock: &str) -> Vec<Locked<'_>> {
    let crates = lock.split("[[package]]").skip(1);
    crates
        .map(|text| {
            let value = |name: &str| {
                text.lines().find_map(|line| {
                    let (member, value) = line.split_once(" = ")?;
                    (member == name).then(|| value.trim_matches('"'))
                })
            };
            Locked {
                name: value("name").unwrap_or_default(),
                version: value("version").unwrap_or_default(),
                source: value("source"),
                checksum: value("checksum"),
            }
        })
        .collect()
}

/// Returns the SHA-256 of each crate's file, by name and version (`name@version`).
pub fn digests() -> Result<BTreeMap<String, String>> {
    let lock = read("Cargo.lock")?;
    let digest =
        |one: Locked<'_>| Some((format!("{}@{}", one.name, one.version), one.checksum?.to_owned()));
    Ok(locked(&lock).into_iter().filter_map(digest).collect())
}

fn of_lock(lock: &str, rules: &str) -> Vec<String> {
    let crates = locked(lock);
    let mut faults = Vec::new();
    let mut versions: BTreeMap<&str, Vec<&Locked<'_>>> = BTreeMap::new();
    for one in &crates {
        versions.entry(one.name).or_default().push(one);
        let name = format!("{} {}", one.name, one.version);
        match (one.source, one.checksum) {
            (None, None) => {}
            (Some(REGISTRY), Some(digest)) if digest.len() == 64 => {}
            (Some(REGISTRY), _) => faults.push(format!("{name} has no digest")),
            (source, _) => {
                faults.push(format!("{name} comes from {}", source.unwrap_or("nowhere")));
            }
        }
    }
    // All but the newest, as cargo sorts them by version.
    let older = versions.values().flat_map(|all| all.split_last().map(|(_, older)| older));
    let older: BTreeSet<String> =
        older.flatten().map(|one| format!("{}@{}", one.name, one.version)).collect();
    let reasons = skipped(rules);
    for one in older.difference(&reasons) {
        faults.push(format!("{one} is there beside a newer version, with no reason in deny.toml"));
    }
    for one in reasons.difference(&older) {
        faults
            .push(format!("deny.toml has a reason for {one}, which is not there in two versions"));
    }
    faults
}

/// Returns the crates for which deny.toml gives a reason.
fn skipped(rules: &str) -> BTreeSet<String> {
    let named = |line: &str| {
        let (name, reason) =
            line.trim().strip_prefix("{ crate = \"")?.split_once("\", reason = \"")?;
        (name.contains('@') && reason.len() > "\" },".len()).then(|| name.to_owned())
    };
    rules.lines().filter_map(named).collect()
}

/// Returns the faults of the licences of all crates, including those for builds and tests.
fn of_licences(metadata: &Value, rules: &str) -> Vec<String> {
    let allowed = rules.split("allow = [").nth(1).and_then(|rest| rest.split(']').next());
    let allowed: Vec<&str> = allowed.unwrap_or_default().split('"').skip(1).step_by(2).collect();
    let packages = metadata.get("packages").and_then(Value::as_array).into_iter().flatten();
    let text = |package: &Value, name: &str| {
        package.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    packages
        .filter(|package| {
            let licence = text(package, "license");
            let exception =
                format!("{{ crate = \"{}\", allow = [\"{licence}\"] }}", text(package, "name"));
            !is_met_by(&licence, &allowed) && !rules.contains(&exception)
        })
        .map(|package| {
            let [name, licence] = ["name", "license"].map(|field| text(package, field));
            format!("{name} is under `{licence}`, which deny.toml does not allow")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{faults, of_licences, of_lock};

    #[test]
    fn the_crates_are_as_they_should_be() {
        assert_eq!(faults().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_is_wrong_is_named() {
        let one = |name: &str, version: &str, rest: &str| {
            format!("[[package]]\nname = \"{name}\"\nversion = \"{version}\"\n{rest}\n")
        };
        let source = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";
        let whole = format!("{source}\nchecksum = \"{}\"", "a".repeat(64));
        let cases = [
            (one("a", "1.0.0", &whole), None),
            (one("a", "1.0.0", ""), None),
            (one("a", "1.0.0", source), Some("a 1.0.0 has no digest")),
            (
                one("a", "1.0.0", "source = \"git+https://x\""),
                Some("a 1.0.0 comes from git+https://x"),
            ),
            (
                one("a", "1.0.0", &whole) + &one("a", "2.0.0", &whole),
                Some("a@1.0.0 is there beside a newer version"),
            ),
        ];
        for (lock, fault) in cases {
            let faults = of_lock(&lock, "");
            assert_eq!(faults.len(), usize::from(fault.is_some()), "{faults:?}");
            assert!(
                faults.iter().all(|found| found.starts_with(fault.unwrap_or("?"))),
                "{faults:?}"
            );
        }
        let stale = of_lock("", "    { crate = \"a@1.0.0\", reason = \"b\" },");
        assert!(stale[0].contains("not there in two versions"), "{stale:?}");
        // A line without a reason doesn't count.
        assert!(of_lock("", "    { crate = \"a@1.0.0\", reason = \"\" },").is_empty());
    }

    #[test]
    fn licences_that_are_not_allowed_are_named() {
        let rules = "allow = [\n \"MIT\",\n]\nexceptions = [\n { crate = \"b\", allow = [\"MPL-2.0\"] },\n]";
        let of = |name: &str, licence: &str| {
            let metadata = json!({"packages": [{"name": name, "license": licence}]});
            of_licences(&metadata, rules).len()
        };
        assert_eq!(
            [of("a", "MIT"), of("a", "MPL-2.0"), of("b", "MPL-2.0"), of("b", "")],
            [0, 1, 0, 1]
        );
    }
}
