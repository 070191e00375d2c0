//! The command `faults`: the fault tests of `tests/browser/tests/faults/` in their long form, and
//! the table of what came of them.

use std::fs;

use crate::failure::Result;
use crate::step::{program, run_tests, step};
use crate::{dist, project, system, tools};

/// Where the tests put the table.
const REPORT: &str = "target/faults/report.md";

/// Runs them on the release; `false` says that some failed.
pub fn all() -> Result<bool> {
    system::install()?;
    let path = tools::install_for_tests()?;
    dist::build()?;
    let report = project::root().join(REPORT);
    // The report of a run before would pass for this one's.
    let _ = fs::remove_file(&report);
    let mut command = program("cargo");
    command
        .args(["test", "--locked", "--package", "browser-tests", "--test", "faults"])
        // Those in other browsers than Chromium too.
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
