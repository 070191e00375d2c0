//! The command `fuzz`: libFuzzer runs each target of `tests/fuzz/` for some seconds, and a table
//! shows the results.
//!
//! libFuzzer comes with the crate libfuzzer-sys, pinned in Cargo.lock. The compiler of this
//! toolchain can instrument for it without nightly features.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Context, Failure, Result};
use crate::project;
use crate::step::{output_of, program, run, step};
use crate::system;

/// The committed corpus, a folder for each target.
const CORPUS: &str = "tests/fuzz/corpus";

/// The flags that instrument the program, so that libFuzzer sees where an input leads.
const INSTRUMENTED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares";

/// The limits for one input: seconds and megabytes of memory.
const LIMITS: [&str; 2] = ["-timeout=5", "-rss_limit_mb=1024"];

/// The options of the command.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    /// The seconds for each target.
    seconds: u32,
    /// The targets. All of them run if none is named.
    only: Vec<String>,
}

impl Options {
    /// Reads `[SECONDS] [--only TARGET,TARGET]`.
    pub fn parse(options: &[&str]) -> Result<Self> {
        let mut parsed = Self { seconds: 30, only: Vec::new() };
        let mut rest = options.iter();
        while let Some(option) = rest.next() {
            if *option == "--only" {
                let names = rest.next().copied().unwrap_or_default();
                parsed.only = names.split(',').map(str::to_owned).collect();
            } else {
                let seconds = option.parse().ok().filter(|seconds| *seconds > 0);
                parsed.seconds = seconds.ok_or_else(|| {
                    Failure::new(format!(
                        "`fuzz` takes how many seconds each target runs, and `--only TARGET,TARGET`, not `{option}`."
                    ))
                })?;
            }
        }
        Ok(parsed)
    }
}

/// The result of one target.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    inputs: u64,
    /// The number of inputs so far that lead somewhere new, with the committed ones.
    corpus: u64,
    a_second: u64,
    /// The file with the input on which the target failed.
    found: Option<String>,
}

/// Runs the targets. Returns whether nothing was found.
pub fn all(options: &[&str]) -> Result<bool> {
    let options = Options::parse(options)?;
    let known = targets()?;
    if let Some(name) = options.only.iter().find(|name| !known.contains(name)) {
        let known = known.join(", ");
        return Err(Failure::new(format!("There is no target `{name}`, only {known}.")));
    }
    system::install_cxx()?;
    let fuzzer = build()?;
    let mut outcomes = Vec::new();
    for name in known.iter().filter(|name| options.only.is_empty() || options.only.contains(name)) {
        let outcome = step(name, || fuzz(&fuzzer, name, options.seconds))?;
        outcomes.push((name, outcome));
    }

    println!("\n{:<12} {:>11} {:>8} {:>9}  found", "target", "inputs", "corpus", "a second");
    for (name, Outcome { inputs, corpus, a_second, found }) in &outcomes {
        let found = found.as_deref().unwrap_or("nothing");
        println!("{name:<12} {inputs:>11} {corpus:>8} {a_second:>9}  {found}");
    }
    let nothing_found = outcomes.iter().all(|(_, outcome)| outcome.found.is_none());
    if !nothing_found {
        println!(
            "\nWhat failed stands above. Put the input into the target's folder in {CORPUS} under a name that \
             tells what is in it: `cargo test -p fuzz-targets` fails on it until it is mended."
        );
    }
    Ok(nothing_found)
}

/// Returns the names of the targets. Each has a folder in the corpus, which a test there checks.
fn targets() -> Result<Vec<String>> {
    let unreadable = || format!("{CORPUS} cannot be read");
    let mut names = Vec::new();
    for entry in fs::read_dir(project::root().join(CORPUS)).context(unreadable)? {
        names.push(entry.context(unreadable)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

/// Builds the program that has all targets and returns its path.
fn build() -> Result<PathBuf> {
    let host = output_of(program("rustc").args(["--print", "host-tuple"]));
    let host =
        host.ok_or_else(|| Failure::new("`rustc` does not say for which system it compiles."))?;
    let host = host.trim();
    step("fuzzer", || {
        run(
            program("cargo")
                .args(["build", "--locked", "--package", "fuzz-targets", "--bin", "fuzz"])
                .args(["--features", "libfuzzer", "--profile", "fuzz"])
                // With an explicit target, build scripts and macros are not instrumented.
                .args(["--target", host])
                .env("RUSTFLAGS", INSTRUMENTED),
            "What is wrong stands above; libFuzzer is compiled with the system's C++ compiler.",
        )
    })?;
    Ok(project::target().join(host).join("fuzz/fuzz"))
}

/// Runs one target. Its new inputs stay in target/, so that the next run continues from there.
fn fuzz(fuzzer: &Path, name: &str, seconds: u32) -> Result<Outcome> {
    let place = project::target().join("fuzzing").join(name);
    let (corpus, findings) = (place.join("corpus"), place.join("findings"));
    for folder in [&corpus, &findings] {
        fs::create_dir_all(folder).context(|| format!("{} cannot be made", folder.display()))?;
    }
    let output = Command::new(fuzzer)
        .current_dir(project::root())
        .env("FUZZ_TARGET", name)
        .env("RUST_BACKTRACE", "0")
        .args(LIMITS)
        .args(["-print_final_stats=1", "-max_len=65536", &format!("-max_total_time={seconds}")])
        .arg(format!("-artifact_prefix={}/", findings.display()))
        .arg(corpus)
        .arg(project::root().join(CORPUS).join(name))
        .output()
        .context(|| "The fuzzer cannot be started".to_owned())?;
    let log = String::from_utf8_lossy(&output.stderr);
    let mut outcome = read(&log);
    if outcome.found.is_some() || !output.status.success() {
        let file = place.join("log.txt");
        fs::write(&file, &*log).context(|| format!("{} cannot be written", file.display()))?;
        for line in reason(&log) {
            println!("    {}", line.chars().take(200).collect::<String>());
        }
        println!("    The whole log is in {}.", file.display());
        outcome.found.get_or_insert_with(|| format!("it ended early ({})", output.status));
    }
    Ok(outcome)
}

/// Parses the output of libFuzzer.
fn read(log: &str) -> Outcome {
    let number = |name: &str| {
        let value =
            log.lines().rev().find_map(|line| line.split_once(name)?.1.split_whitespace().next());
        value.and_then(|value| value.split('/').next()?.parse().ok())
    };
    let found =
        log.lines().find_map(|line| line.split_once("Test unit written to ").map(|found| found.1));
    Outcome {
        // After a failure the figures are only in the progress lines.
        inputs: number("stat::number_of_executed_units:").unwrap_or_else(|| on_the_way(log)),
        corpus: number(" corp: ").unwrap_or_default(),
        a_second: number("stat::average_exec_per_sec:")
            .or_else(|| number(" exec/s: "))
            .unwrap_or_default(),
        found: found.map(str::to_owned),
    }
}

/// Returns the last number of inputs, as in `#4096 pulse  cov: 12 …`.
fn on_the_way(log: &str) -> u64 {
    let counts =
        log.lines().rev().filter_map(|line| line.strip_prefix('#')?.split_whitespace().next());
    counts.filter_map(|count| count.parse().ok()).next().unwrap_or_default()
}

/// Returns the lines of a log that tell why it ended: the panic and the lines after it, or the
/// limit.
fn reason(log: &str) -> impl Iterator<Item = &str> {
    let is_start = |line: &&str| line.contains("panicked at") || line.contains("ERROR: libFuzzer");
    log.lines()
        .skip_while(move |line| !is_start(line))
        .filter(|line| !line.trim().is_empty())
        .take(6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_targets_can_be_chosen() {
        let only = vec!["report".to_owned(), "typed".to_owned()];
        let parsed = Options::parse(&["5", "--only", "report,typed"]).unwrap();
        assert_eq!(parsed, Options { seconds: 5, only });
        assert_eq!(Options::parse(&[]).unwrap(), Options { seconds: 30, only: vec![] });
        for wrong in [["0"], ["ten"], ["--all"]] {
            assert!(Options::parse(&wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn what_libfuzzer_prints_is_read() {
        let done = "#200\tNEW    cov: 9 ft: 9 corp: 12/3Kb lim: 4 exec/s: 100 rss: 30Mb\n\
            Done 5000 runs in 2 second(s)\nstat::number_of_executed_units: 5000\nstat::average_exec_per_sec:     2500\n";
        let expected = Outcome { inputs: 5_000, corpus: 12, a_second: 2_500, found: None };
        assert_eq!(read(done), expected);

        let failed = "#200\tNEW    cov: 9 ft: 9 corp: 12/3Kb lim: 4 exec/s: 100 rss: 30Mb\n\n\
            thread '<unnamed>' panicked at src/a.rs:1:2:\nit is wrong\n==1== ERROR: libFuzzer: deadly signal\n\
            artifact_prefix='f/'; Test unit written to f/crash-1\n";
        let found = Some("f/crash-1".to_owned());
        assert_eq!(read(failed), Outcome { inputs: 200, corpus: 12, a_second: 100, found });
        assert_eq!(reason(failed).nth(1), Some("it is wrong"));
    }
}
