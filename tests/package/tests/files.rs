//! The contents of the package, and its installation.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use package_tests::{Installed, files, folder, json, root, text};
use serde_json::Value;

#[test]
fn npm_installs_the_very_files_of_the_folder() -> Result<()> {
    let installed = Installed::elsewhere()?;
    let (expected, found) = (files(&folder())?, files(&installed.package())?);
    ensure!(expected.keys().eq(found.keys()), "{:?}\nare not\n{:?}", found.keys(), expected.keys());
    for (path, content) in &expected {
        ensure!(found.get(path) == Some(content), "{} differs", path.display());
    }
    Ok(())
}

#[test]
fn the_release_is_in_it_as_it_was_built() -> Result<()> {
    ensure!(files(&folder().join("dist"))? == files(&root().join("dist"))?, "dist/ differs");
    ensure!(files(&folder().join("checklists"))? == files(&root().join("checklists"))?);
    ensure!(files(&folder().join("schema"))? == files(&root().join("schema"))?);
    Ok(())
}

#[test]
fn it_asks_for_nothing_else() -> Result<()> {
    let manifest = json(&folder().join("package.json"))?;
    for field in ["dependencies", "peerDependencies", "optionalDependencies", "scripts", "bin"] {
        ensure!(manifest.get(field).is_none(), "package.json has `{field}`");
    }
    Ok(())
}

#[test]
fn every_name_leads_to_a_file() -> Result<()> {
    let installed = Installed::elsewhere()?;
    let found = installed.node(
        r#"
        import { existsSync } from "node:fs";
        const names = [
          "", "/frame", "/package.json", "/custom-elements.json", "/schema/report.schema.json",
          "/schema/checklist.schema.json", "/checklists/sa-dec-2023.json", "/dist/index.html",
        ];
        for (const name of names) {
          const file = new URL(import.meta.resolve("tu-kiem-tra" + name));
          if (!existsSync(file)) throw new Error(`tu-kiem-tra${name} leads to ${file}`);
        }
        // The types of that module promise it.
        const exported = Object.keys(await import("tu-kiem-tra/frame")).join();
        if (exported !== "connect") throw new Error(`tu-kiem-tra/frame exports ${exported}`);
        console.log(import.meta.resolve("tu-kiem-tra"));
        "#,
    )?;
    ensure!(found.trim().ends_with("/tu-kiem-tra/dist/tu-kiem-tra.js"), "{found}");
    let hidden = installed.node(r#"import.meta.resolve("tu-kiem-tra/README.md")"#);
    ensure!(hidden.is_err(), "what is no part of the interface can be imported");
    Ok(())
}

#[test]
fn the_version_stands_where_it_has_a_place() -> Result<()> {
    let manifest = json(&folder().join("package.json"))?;
    ensure!(manifest.get("version").is_some_and(|version| version == env!("CARGO_PKG_VERSION")));
    for (path, content) in files(&folder())? {
        let is_left = String::from_utf8_lossy(&content).contains("__VERSION__");
        ensure!(!is_left, "{} has a place for the version without one", path.display());
    }
    Ok(())
}

/// In the package, links of the guides and examples to other files of the project must lead to one,
/// too.
#[test]
fn links_stay_inside() -> Result<()> {
    let mut links = 0;
    for path in files(&folder())?.into_keys().filter(|path| !path.starts_with("dist")) {
        let (start, up) = match path.extension().and_then(|extension| extension.to_str()) {
            Some("md") => ("](", ""),
            Some("html" | "js" | "jsx") => ("\"../", "../"),
            _ => continue,
        };
        for rest in text(&folder().join(&path))?.split(start).skip(1) {
            let link = rest.split([')', '"', '#', '?', ' ']).next().unwrap_or_default();
            if link.is_empty() || link.contains(':') {
                continue;
            }
            links += 1;
            let around = path.parent().unwrap_or(Path::new(""));
            let target = folder().join(around).join(up).join(link);
            ensure!(target.exists(), "{}: {up}{link} leads to nothing", path.display());
        }
    }
    ensure!(links > 0, "no link was found: are they written in another way?");
    Ok(())
}

#[test]
fn licences_go_along() -> Result<()> {
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "LICENSE-ICONS"] {
        ensure!(text(&folder().join(file))? == text(&root().join(file))?, "{file} differs");
    }
    let others = text(&folder().join("THIRD-PARTY-LICENSES.txt"))?;
    ensure!(
        others.contains("leptos ") && others.contains("Permission is hereby granted"),
        "{others}"
    );
    Ok(())
}

#[test]
fn liferay_finds_what_its_descriptor_names() -> Result<()> {
    let descriptor = text(&folder().join("client-extension.yaml"))?;
    for line in [
        "  - from: dist",
        "  type: customElement",
        "  htmlElementName: tu-kiem-tra",
        "  useESM: true",
    ] {
        ensure!(descriptor.lines().any(|other| other == line), "`{line}` is not in it");
    }
    let urls = descriptor.split("  urls:\n").nth(1).context("no urls")?;
    for url in urls.lines().map_while(|line| line.strip_prefix("    - ")) {
        ensure!(folder().join("dist").join(url).is_file(), "{url} is not in dist/");
    }
    Ok(())
}

/// Checks the requirements of CycloneDX 1.5, and that the list has the same components as the
/// licences.
#[test]
fn the_list_of_components_is_whole() -> Result<()> {
    let bom = json(&folder().join("sbom.cdx.json"))?;
    ensure!(bom["bomFormat"] == "CycloneDX" && bom["specVersion"] == "1.5" && bom["version"] == 1);
    // They would make each build differ.
    ensure!(bom.get("serialNumber").is_none() && bom["metadata"].get("timestamp").is_none());
    let own = &bom["metadata"]["component"];
    ensure!(own["name"] == "tu-kiem-tra" && own["version"] == env!("CARGO_PKG_VERSION"));
    let components = bom["components"].as_array().context("no components")?;
    let mut references = BTreeSet::new();
    let mut crates = BTreeSet::new();
    for component in components {
        let text = |name: &str| component[name].as_str().unwrap_or_default();
        ensure!(component["type"] == "library" && !text("name").is_empty(), "{component}");
        let licence = component["licenses"][0]["expression"].as_str().unwrap_or_default();
        ensure!(!licence.is_empty() && !licence.contains('/'), "{component}");
        ensure!(references.insert(text("bom-ref")), "{component} is there twice");
        if text("purl").starts_with("pkg:cargo/") {
            let digest = component["hashes"][0]["content"].as_str().unwrap_or_default();
            ensure!(
                component["hashes"][0]["alg"] == "SHA-256" && digest.len() == 64,
                "{component}"
            );
            crates.insert(format!("{} {}", text("name"), text("version")));
        }
    }
    let depends = bom["dependencies"][0]["dependsOn"].as_array().context("no dependencies")?;
    let depends: BTreeSet<&str> = depends.iter().filter_map(Value::as_str).collect();
    ensure!(depends == references, "the dependencies are not the components");

    let licences = text(&folder().join("THIRD-PARTY-LICENSES.txt"))?;
    let list = licences.split("\n\n").nth(2).context("no list of licences")?;
    let listed = list.lines().filter_map(|line| Some(line.split_once(": ")?.0.to_owned()));
    let listed: BTreeSet<String> =
        listed.filter(|name| !name.starts_with("Rust's") && !name.starts_with("Lucide")).collect();
    ensure!(listed == crates, "{:?}", listed.symmetric_difference(&crates));
    Ok(())
}
