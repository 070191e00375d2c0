//! The element beside other libraries that do this job, and beside a page written by hand, which is the floor: the same
//! form, in the same browser, one after the other in turns. `cargo xtask bench` builds all of them and runs this.

mod edits;
mod list;
mod measure;
mod report;
mod rest;
mod site;

use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::measure::Measured;
use crate::site::Site;

/// How often each page is measured, unless `--rounds` says otherwise.
const ROUNDS: usize = 5;

/// How long the forms are.
const ITEMS: [usize; 2] = [60, 1_000];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let rounds = rounds()?;
    let site = Site::lay_out()?;
    let mut measured = Vec::new();
    for round in 0..rounds {
        for items in ITEMS {
            // Each begins as often as the others.
            let mut names = site.names().to_vec();
            let begins = round % names.len().max(1);
            names.rotate_left(begins);
            for name in names {
                println!("round {} of {rounds}: {name}, {items} items", round + 1);
                let outcome = measure::visit(&site, &name, items).await;
                if let Err(error) = &outcome {
                    println!("  failed: {error:#}");
                }
                measured.push(Measured {
                    name,
                    items,
                    outcome: outcome.map_err(|error| format!("{error:#}")),
                });
            }
        }
    }
    let [few, many] = list::SHOWN;
    let lists = [list::show(&site, few).await?, list::show(&site, many).await?];
    report::write(&site, rounds, &measured, lists)
}

fn rounds() -> Result<usize> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => Ok(ROUNDS),
        ["--rounds", rounds] => rounds.parse().context("--rounds takes a number"),
        _ => anyhow::bail!("the only option is --rounds N"),
    }
}
