//! `sbom.cdx.json`: the components of the release, for programs that look for known
//! vulnerabilities. CycloneDX 1.5 (<https://cyclonedx.org/docs/1.5/json/>). It has no time and no
//! random number in it, so that the same release always has the same list.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::VERSION;
use super::inside::{self, field};
use crate::failure::{Context, Result};
use crate::supply;

/// Returns the whole text.
pub fn text() -> Result<String> {
    let digests = supply::digests()?;
    let mut components: Vec<Value> =
        inside::crates()?.iter().map(|package| of_crate(package, &digests)).collect();
    components.extend([rust()?, icons()]);
    let own = json!({
        "type": "library",
        "bom-ref": "tu-kiem-tra",
        "name": "tu-kiem-tra",
        "version": VERSION,
        "licenses": [{"expression": "MIT OR Apache-2.0"}],
        "purl": format!("pkg:npm/tu-kiem-tra@{VERSION}"),
    });
    let inside: Vec<&Value> = components.iter().filter_map(|one| one.get("bom-ref")).collect();
    let bom = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": own},
        "dependencies": [{"ref": "tu-kiem-tra", "dependsOn": inside}],
        "compositions": [{"aggregate": "complete", "assemblies": ["tu-kiem-tra"]}],
        "components": components,
    });
    let text = serde_json::to_string_pretty(&bom);
    Ok(text.context(|| "The list of components cannot be written".to_owned())? + "\n")
}

fn of_crate(package: &Value, digests: &BTreeMap<String, String>) -> Value {
    let (name, version) = (field(package, "name"), field(package, "version"));
    let purl = format!("pkg:cargo/{name}@{version}");
    let mut component = json!({
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "licenses": [{"expression": expression(field(package, "license"))}],
        "purl": purl,
    });
    let digest = digests.get(&format!("{name}@{version}"));
    if let (Some(members), Some(digest)) = (component.as_object_mut(), digest) {
        members.insert("hashes".to_owned(), json!([{"alg": "SHA-256", "content": digest}]));
    }
    component
}

/// Returns the licence as an SPDX expression. The older notation of a choice of licences is none.
fn expression(licence: &str) -> String {
    licence.split('/').map(str::trim).collect::<Vec<_>>().join(" OR ")
}

fn rust() -> Result<Value> {
    let version = inside::rust_version()?;
    let purl = format!("pkg:github/rust-lang/rust@{version}");
    Ok(json!({
        "type": "library",
        "bom-ref": purl,
        "name": "rust-std",
        "version": version,
        "description": "Rust's standard library, with the crates that it is built with; see THIRD-PARTY-LICENSES.txt",
        "licenses": [{
            "expression":
                "(MIT OR Apache-2.0) AND MIT AND (Apache-2.0 WITH LLVM-exception) AND Unicode-3.0",
        }],
        "purl": purl,
    }))
}

/// Returns the component of the icons. They have no version: the drawings are in src/view/icon.rs.
fn icons() -> Value {
    json!({
        "type": "library",
        "bom-ref": "lucide-icons",
        "name": "lucide-icons",
        "licenses": [{"expression": "ISC AND MIT"}],
        "externalReferences": [{"type": "website", "url": "https://lucide.dev"}],
    })
}

#[cfg(test)]
mod tests {
    use super::{expression, text};

    #[test]
    fn the_same_release_has_the_same_list() {
        let written = text().unwrap();
        assert_eq!(written, text().unwrap());
        for name in ["leptos", "wasm-bindgen", "rust_xlsxwriter", "rust-std", "lucide-icons"] {
            assert!(written.contains(&format!("\"name\": \"{name}\"")), "{name}");
        }
        for changing in ["timestamp", "serialNumber"] {
            assert!(!written.contains(changing), "{changing}");
        }
    }

    #[test]
    fn licences_are_written_as_spdx_has_them() {
        assert_eq!(expression("MIT/Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(expression("Apache-2.0 / MIT"), "Apache-2.0 OR MIT");
        assert_eq!(expression("MIT OR Zlib"), "MIT OR Zlib");
    }
}
