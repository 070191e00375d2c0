//! One step of a command: its name is printed before it and its time after it, and the output of
//! its programs is passed on at once. Steps that run tests also count them.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::failure::{Context, Failure, Result};
use crate::project;

/// Runs `work` as a step named `name`.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("==> {name}");
    let start = Instant::now();
    let outcome = work();
    let verdict = if outcome.is_ok() { "" } else { "failed after " };
    println!("==> {name}: {verdict}{:.1} s", start.elapsed().as_secs_f32());
    outcome
}

/// Returns a command that runs in the project's root. It gets no standard input: nothing may wait
/// for an answer.
pub fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(project::root()).stdin(Stdio::null());
    command
}

/// Runs a program that must succeed. If it fails, `advice` says what to do.
pub fn run(command: &mut Command, advice: &str) -> Result<()> {
    let status = command.status().context(|| cannot_start(command))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{}` failed ({status}). {advice}", shown(command))))
}

/// Returns the standard output of a program, or `None` when it fails or is not installed.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The numbers of tests that passed, failed and were skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl Count {
    /// Adds the counts of `other`.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }

    /// Reads the closing line of a test binary, which is the same in libtest and in
    /// wasm-bindgen-test: `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; …`
    fn read(line: &str) -> Option<Self> {
        let (_, result) = line.split_once("test result: ")?;
        let number_before = |word: &str| {
            result.split(';').find_map(|part| {
                let number = part.trim().strip_suffix(word)?;
                number.split_whitespace().last()?.parse().ok()
            })
        };
        Some(Self {
            passed: number_before(" passed")?,
            failed: number_before(" failed")?,
            skipped: number_before(" ignored").unwrap_or(0),
        })
    }
}

/// Runs a test runner, passes its output on and counts its tests. Returns the count and whether the
/// runner succeeded.
pub fn run_tests(command: &mut Command) -> Result<(Count, bool)> {
    let mut child = command.stdout(Stdio::piped()).spawn().context(|| cannot_start(command))?;
    let mut count = Count::default();
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).context(|| "Its output broke off".to_owned())? > 0
        {
            let mut terminal = std::io::stdout().lock();
            // A closed output is no reason to stop the tests.
            let _ = terminal.write_all(&line).and_then(|()| terminal.flush());
            if let Some(result) = Count::read(&String::from_utf8_lossy(&line)) {
                count.add(result);
            }
            line.clear();
        }
    }
    let status =
        child.wait().context(|| format!("`{}` could not be waited for", shown(command)))?;
    Ok((count, status.success()))
}

fn cannot_start(command: &Command) -> String {
    format!("`{}` could not be started; is it installed", shown(command))
}

/// Returns the command as it would be typed.
fn shown(command: &Command) -> String {
    let mut words = vec![command.get_program()];
    words.extend(command.get_args());
    words.iter().map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn closing_lines_are_counted() {
        let cases = [
            (
                "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out",
                Some((3, 0, 1)),
            ),
            (
                "test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 filtered out\n",
                Some((12, 2, 0)),
            ),
            ("test result: \u{1b}[32mok\u{1b}[m. 5 passed; 0 failed; 0 ignored", Some((5, 0, 0))),
            ("test passes ... ok", None),
            ("running 3 tests", None),
        ];
        for (line, expected) in cases {
            let read = Count::read(line).map(|c| (c.passed, c.failed, c.skipped));
            assert_eq!(read, expected, "{line}");
        }
    }
}
