//! The types, used as a host does, by the compiler of TypeScript. What must not compile stands
//! after `@ts-expect-error`: if it does compile, that is the error.

use std::fmt::Write;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use package_tests::{Installed, files, folder, root, text};

/// The ways in which imports are resolved: by bundlers, and by Node.
const WAYS: [(&str, &str); 2] = [("esnext", "bundler"), ("nodenext", "nodenext")];

fn sample(name: &str) -> Result<String> {
    text(&root().join("tests/package/types").join(name))
}

#[test]
fn a_host_can_use_them() -> Result<()> {
    let project = Installed::elsewhere()?;
    for name in ["usage.ts", "frame.ts"] {
        project.write(name, &sample(name)?)?;
    }
    for (module, resolution) in WAYS {
        project.compile(&["usage.ts", "frame.ts"], module, resolution)?;
    }
    Ok(())
}

#[test]
fn react_knows_the_element() -> Result<()> {
    let project = Installed::beside_tools()?;
    project.write("react.tsx", &sample("react.tsx")?)?;
    for (module, resolution) in WAYS {
        project.compile(&["react.tsx"], module, resolution)?;
    }
    Ok(())
}

/// The release's own scripts are checked, too, with the types of the contract.
#[test]
fn the_scripts_hold_to_their_types() -> Result<()> {
    for folder in ["src", "src/offline"] {
        let mut compiler = Command::new("node");
        compiler.arg("node_modules/typescript/bin/tsc").args(["--project", folder]);
        let output = compiler.current_dir(root()).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    Ok(())
}

/// Every checklist of the project and every report that an earlier version wrote has the types.
#[test]
fn real_checklists_and_reports_have_them() -> Result<()> {
    let mut source = String::from("import type { Checklist, Report } from \"tu-kiem-tra\";\n");
    let mut count = 0;
    for (of, place) in [("Checklist", "checklists"), ("Report", "tests/golden/v1/reports")] {
        for content in files(&root().join(place))?.into_values() {
            count += 1;
            writeln!(source, "export const data{count}: {of} = {};", String::from_utf8(content)?)?;
        }
    }
    ensure!(count >= 8, "only {count} were found");
    let project = Installed::elsewhere()?;
    project.write("data.ts", &source)?;
    project.compile(&["data.ts"], "esnext", "bundler")?;

    // With one thing wrong in it, it does not compile: it is really the types that are asked.
    project.write("data.ts", &source.replacen("\"kind\":\"ratio\"", "\"kind\":\"share\"", 1))?;
    let fault = project.compile(&["data.ts"], "esnext", "bundler").err().context("it compiles")?;
    ensure!(fault.to_string().contains("share"), "{fault}");
    Ok(())
}

#[test]
fn only_the_file_for_react_needs_reacts_types() -> Result<()> {
    let types = files(&folder().join("types"))?;
    let mut importing = types
        .iter()
        .filter(|(_, content)| String::from_utf8_lossy(content).contains("from \"react\""));
    ensure!(importing.next().is_some_and(|(name, _)| name.ends_with("react.d.ts")));
    ensure!(importing.next().is_none());
    Ok(())
}
