//! All visits, in rounds. A failed visit is recorded and doesn't affect the others.

use std::time::Instant;

use anyhow::Result;

use crate::list::{self, SHOWN};
use crate::measure::{self, Measured};
use crate::options::Options;
use crate::report::Report;
use crate::site::{OURS, Site};

/// The number of items from which a form isn't tried again in a page where it failed: it takes
/// minutes.
const LONG: usize = 1_000;

/// Runs the requested measurements and writes the report.
pub async fn all() -> Result<()> {
    let options = Options::read(&std::env::args().skip(1).collect::<Vec<_>>())?;
    let site = Site::lay_out()?;
    let names = options.pages(site.names())?;
    let mut measured = Vec::new();
    for round in 0..options.rounds {
        for &items in &options.items {
            // Each round begins with another page.
            let mut names = names.clone();
            let begins = round % names.len().max(1);
            names.rotate_left(begins);
            for name in names {
                if given_up(&measured, &name, items) {
                    continue;
                }
                println!("round {} of {}: {name}, {items} items", round + 1, options.rounds);
                let start = Instant::now();
                let outcome = measure::visit(&site, &name, items).await;
                let outcome = outcome.map_err(|error| format!("{error:#}"));
                let error = outcome.as_ref().err().map(|error| format!(", failed: {error}"));
                println!("  {:.0} s{}", start.elapsed().as_secs_f64(), error.unwrap_or_default());
                measured.push(Measured { name, items, outcome });
            }
        }
    }
    let mut lists = Vec::new();
    if names.iter().any(|name| name == OURS) {
        for inspections in SHOWN {
            println!("a list of {inspections} inspections");
            let took = list::show(&site, inspections).await;
            lists.push(took.map_err(|error| format!("{error:#}")));
        }
    }
    Report { names: &names, rounds: options.rounds, measured: &measured, lists: &lists }
        .write(options.whole())
}

/// Returns whether a page has already failed with a form of this length.
fn given_up(measured: &[Measured], name: &str, items: usize) -> bool {
    let same = |one: &&Measured| one.name == name && one.items == items;
    items >= LONG && measured.iter().filter(same).any(|one| one.outcome.is_err())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Figures;

    #[test]
    fn only_a_page_that_failed_with_a_long_form_is_not_tried_again() {
        let one = |name: &str, items, outcome| Measured { name: name.to_owned(), items, outcome };
        let failed = || Err("takes more than 180 s".to_owned());
        let measured = [
            one("formio", 60, failed()),
            one("formio", 1_000, failed()),
            one("odk", 1_000, Ok(Figures::default())),
        ];
        assert!(given_up(&measured, "formio", 1_000));
        assert!(!given_up(&measured, "formio", 60));
        assert!(!given_up(&measured, "odk", 1_000));
        assert!(!given_up(&[], "formio", 1_000));
    }
}
