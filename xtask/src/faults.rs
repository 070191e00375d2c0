//! The command `faults`: runs the fault tests of `tests/browser/tests/faults/` in their long form
//! and prints the table of their results.

use std::fs;

use crate::failure::Result;
use crate::step::{program, run_tests, step};
use crate::{dist, project, system, tools};

/// The file into which the tests write the table.
const REPORT: &str = "target/faults/report.md";

/// Runs the fault tests on the release. Returns whether all passed.
pub fn all() -> Result<bool> {
    system::install()?;
    let path = tools::install_for_tests()?;
    dist::build()?;
    let report = project::root().join(REPORT);
    // The table of an earlier run would pass for this one's.
    let _ = fs::remove_file(&report);
    let mut command = program("cargo");
    command
        .args(["test", "--locked", "--package", "browser-tests", "--test", "faults"])
        // Includes the tests in browsers other than Chromium.
        .args(["--", "--nocapture", "--include-ignored"])
        .env("PATH", path)
        .env("TKT_FAULTS", "long")
        .env("RUST_LIB_BACKTRACE", "0");
    let (count, success) = step("fault tests, long form", || run_tests(&mut command))?;
    match fs::read_to_string(&report) {
        Ok(table) => println!("\n{table}\nThe table is in {REPORT} too."),
        Err(_) => println!("\nNo test came so far as to have figures."),
    }
    println!("\n{} passed, {} failed", count.passed, count.failed);
    Ok(success)
}
