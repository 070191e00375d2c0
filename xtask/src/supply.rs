//! The command `supply`: checks that the parts of the project are as they should be. Each check
//! holds, is broken, or could not be done on this machine. The last case is reported, and never
//! counts as done.

mod crates;
mod npm;

pub use crates::digests;

use std::ffi::OsStr;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::failure::{Context, Result};
use crate::step::{program, step};
use crate::{project, tools};

/// The result of a check.
enum Outcome {
    Holds,
    /// The problem, in one or more lines.
    Broken(String),
    /// The reason why the check was not done.
    Undone(String),
}

/// Runs all checks. Returns whether nothing is broken.
pub fn all() -> Result<bool> {
    let mut outcomes = vec![
        ("crates: sources, digests, duplicates", of_faults(crates::faults()?)),
        ("npm: exact versions, digests, scripts", of_faults(npm::faults()?)),
    ];
    match tools::install_deny() {
        Err(failure) => outcomes.push(("cargo deny", Outcome::Undone(failure.to_string()))),
        Ok(path) => outcomes.extend(denied(&path)?),
    }
    let signatures = "No signature of a package from npm was verified.";
    outcomes.push(("npm audit signatures", of_npm(&["audit", "signatures"], signatures)?));
    outcomes.push(("npm audit", of_npm(&["audit"], "No package from npm was looked up.")?));
    println!();
    for (name, outcome) in &outcomes {
        match outcome {
            Outcome::Holds => println!("{name}: holds"),
            Outcome::Broken(faults) => println!("{name}: BROKEN\n{}", indented(faults)),
            Outcome::Undone(reason) => println!("{name}: COULD NOT BE DONE\n{}", indented(reason)),
        }
    }
    let undone = outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Undone(_)));
    let broken = outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Broken(_)));
    let (undone, broken) = (undone.count(), broken.count());
    println!(
        "\n{} hold, {broken} broken, {undone} could not be done",
        outcomes.len() - undone - broken
    );
    Ok(broken == 0)
}

fn of_faults(faults: Vec<String>) -> Outcome {
    if faults.is_empty() { Outcome::Holds } else { Outcome::Broken(faults.join("\n")) }
}

/// Returns the findings of cargo-deny. Advisories come by git from another server, so they are
/// fetched first: without them nothing is known.
fn denied(path: &OsStr) -> Result<[(&'static str, Outcome); 2]> {
    let deny = |arguments: &[&str]| -> Result<(bool, String)> {
        let mut command = program("cargo-deny");
        command.env("PATH", path).args(["--color", "never"]).args(arguments);
        printed(&mut command).map(|(success, out, errors)| (success, out + &errors))
    };
    let rules = step("cargo deny: bans, licences, sources", || {
        let (success, said) = deny(&["--locked", "check", "bans", "licenses", "sources"])?;
        Ok(if success { Outcome::Holds } else { Outcome::Broken(said) })
    })?;
    let advisories = step("cargo deny: advisories", || {
        let (is_fetched, said) = deny(&["fetch", "db"])?;
        if !is_fetched {
            return Ok(Outcome::Undone(format!(
                "The database of advisories (RustSec) could not be fetched: no crate was looked up in it.\n{}",
                last_lines(&said, 8)
            )));
        }
        let (success, said) = deny(&["--locked", "check", "--disable-fetch", "advisories"])?;
        Ok(if success { Outcome::Holds } else { Outcome::Broken(said) })
    })?;
    Ok([("cargo deny: bans, licences, sources", rules), ("cargo deny: advisories", advisories)])
}

/// Returns npm's findings on the installed packages: with `signatures`, whether the registry signed
/// them; otherwise, whether they have known vulnerabilities. `undone` is the message if npm can't
/// get its data.
fn of_npm(arguments: &[&str], undone: &str) -> Result<Outcome> {
    crate::node::install()?;
    let name = ["npm", &arguments.join(" ")].join(" ");
    step(&name, || {
        // One attempt: retries don't help where the registry's keys can't be reached.
        let mut npm = program("npm");
        npm.args(arguments).args(["--json", "--fetch-retries=0"]);
        let (success, out, errors) = printed(&mut npm)?;
        let said: Value = serde_json::from_str(&out).unwrap_or_default();
        let reason = ["/message", "/error/summary"];
        let mut reasons = reason.iter().filter_map(|place| said.pointer(place)?.as_str());
        Ok(match reasons.find(|reason| !reason.is_empty()) {
            _ if success => Outcome::Holds,
            Some(reason) => Outcome::Undone(format!("{undone}\n{reason}")),
            // The output has the findings.
            None if said.is_object() && said.get("error").is_none() => Outcome::Broken(out),
            None => Outcome::Undone(format!("{undone}\n{}", last_lines(&errors, 8))),
        })
    })
}

/// Returns whether a program succeeded, and what it printed to both outputs.
fn printed(command: &mut Command) -> Result<(bool, String, String)> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.output().context(|| format!("`{name}` could not be started"))?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((output.status.success(), text(&output.stdout), text(&output.stderr)))
}

fn indented(text: &str) -> String {
    text.trim().lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n")
}

fn last_lines(text: &str, number: usize) -> String {
    let lines: Vec<&str> = text.trim().lines().collect();
    lines.get(lines.len().saturating_sub(number)..).unwrap_or_default().join("\n")
}

/// Reads a file of the project.
fn read(name: &str) -> Result<String> {
    fs::read_to_string(project::root().join(name)).context(|| format!("{name} cannot be read"))
}
