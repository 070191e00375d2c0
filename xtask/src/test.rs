//! The command `test`: formatting and lints, which end it if they fail, then every kind of test.

use std::ffi::OsStr;

use crate::failure::{Failure, Result};
use crate::step::{Count, program, run, run_tests, step};
use crate::tools::WASM;
use crate::{dist, package, system, tools};

/// Checks everything. The last line tells how many tests passed, failed and were skipped. Returns
/// whether none failed.
pub fn all() -> Result<bool> {
    lints()?;
    let release = dist::compile_ahead();

    let mut results = Results::default();
    results.tests("native tests", |command| {
        command.args(["test", "--locked", "--workspace"]);
        // These need the release, which is built only later.
        command.args(["--exclude", "browser-tests", "--exclude", "package-tests"]);
    });

    // Installed only now: errors in the code itself are found without it.
    let path = system::install().and_then(|()| tools::install_for_tests());
    match path {
        Err(failure) => results.failure("tools for the browser", &failure),
        Ok(path) => {
            results.tests("tests of the WebAssembly in the browser", |command| {
                command
                    .args(["test", "--locked", "--package", "tu-kiem-tra", "--test", "wasm"])
                    .args(["--target", WASM])
                    .env("PATH", &path)
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
                    .env("WASM_BINDGEN_TEST_ONLY_WEB", "1")
                    // The runner's own 20 s are too few on a busy machine.
                    .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
            });
            release.into_iter().for_each(|mut ahead| _ = ahead.wait());
            match dist::build().and_then(|()| dist::build_panicking()) {
                Err(failure) => results.failure("release build", &failure),
                // The examples are tested as they are in the package.
                Ok(()) => match package::of_built() {
                    Err(failure) => results.failure("package", &failure),
                    Ok(()) => {
                        results.tests_of_release("browser tests", "browser-tests", &path);
                        results.tests_of_release("tests of the package", "package-tests", &path);
                    }
                },
            }
        }
    }
    Ok(results.close())
}

fn lints() -> Result<()> {
    step("formatting", || {
        run(program("cargo").args(["fmt", "--all", "--check"]), "Run `cargo fmt --all`.")
    })?;
    let advice = "Each finding stands above with what to do.";
    step("lints", || {
        let arguments =
            ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
        run(program("cargo").args(arguments), advice)
    })?;
    tools::install_target()?;
    step("lints of the WebAssembly", || {
        let arguments =
            ["clippy", "--locked", "--package", "tu-kiem-tra", "--lib", "--bins", "--test", "wasm"];
        run(
            program("cargo").args(arguments).args([
                "--all-features",
                "--target",
                WASM,
                "--",
                "-D",
                "warnings",
            ]),
            advice,
        )
    })
}

/// The results of the runners so far.
#[derive(Default)]
struct Results {
    count: Count,
    failed: Vec<String>,
}

impl Results {
    /// Runs cargo with `arguments` as a test runner. Later runners run even if it fails.
    fn tests(&mut self, name: &str, arguments: impl FnOnce(&mut std::process::Command)) {
        // Without --no-fail-fast cargo would neither run nor count the test binaries after a failed
        // one.
        let mut command = program("cargo");
        arguments(&mut command);
        command.arg("--no-fail-fast");
        let outcome = step(name, || {
            let (mut count, success) = run_tests(&mut command)?;
            if !success && count.failed == 0 {
                // A failed compilation or a crash, which no test reports.
                count.failed = 1;
            }
            self.count.add(count);
            if success { Ok(()) } else { Err(Failure::new("what failed stands above")) }
        });
        if outcome.is_err() {
            self.failed.push(name.to_owned());
        }
    }

    /// Runs the tests of one of the packages that test the release.
    fn tests_of_release(&mut self, name: &str, package: &str, path: &OsStr) {
        self.tests(name, |command| {
            command
                .args(["test", "--locked", "--package", package])
                .env("PATH", path)
                // Their errors say what is wrong in the release; a backtrace of the harness helps
                // nobody.
                .env("RUST_LIB_BACKTRACE", "0");
        });
    }

    /// Counts a failed step that kept tests from running as a failed test.
    fn failure(&mut self, name: &str, failure: &Failure) {
        eprintln!("{failure}");
        self.count.failed += 1;
        self.failed.push(name.to_owned());
    }

    /// Prints the closing lines. Returns whether nothing failed.
    fn close(self) -> bool {
        let Count { passed, failed, skipped } = self.count;
        for name in &self.failed {
            println!("Failed: {name}");
        }
        let skipped = if skipped == 0 { String::new() } else { format!(", {skipped} skipped") };
        println!("\n{passed} passed, {failed} failed{skipped}");
        self.failed.is_empty()
    }
}
