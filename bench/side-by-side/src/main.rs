//! Compares the element with other libraries for the same job, and with a hand-written page, which
//! is the floor: the same form in the same browser, in turns. `cargo xtask bench` builds all of
//! them and runs this.

mod edits;
mod goals;
mod list;
mod measure;
mod median;
mod options;
mod report;
mod rest;
mod run;
mod site;

use std::process::ExitCode;

/// The lengths of the forms.
const ITEMS: [usize; 2] = [60, 1_000];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run::all().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
