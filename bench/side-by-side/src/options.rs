//! The options of a run.

use anyhow::{Context, Result, bail, ensure};

use crate::ITEMS;

/// The number of measurements of each page, unless `--rounds` says otherwise.
const ROUNDS: usize = 3;

/// The options.
#[derive(Debug, PartialEq, Eq)]
pub struct Options {
    pub rounds: usize,
    /// The pages; all of them if the list is empty.
    only: Vec<String>,
    /// The lengths of the forms.
    pub items: Vec<usize>,
}

impl Options {
    /// Reads `--rounds N`, `--only PAGE,PAGE` and `--items N`.
    pub fn read(arguments: &[String]) -> Result<Self> {
        let mut options = Self { rounds: ROUNDS, only: Vec::new(), items: ITEMS.to_vec() };
        for pair in arguments.chunks(2) {
            match pair {
                [name, value] if name == "--rounds" => {
                    options.rounds = value.parse().context("--rounds takes a number")?;
                    ensure!(options.rounds > 0, "--rounds takes a number above 0");
                }
                [name, value] if name == "--only" => {
                    options.only = value.split(',').map(str::to_owned).collect();
                }
                [name, value] if name == "--items" => {
                    let items = value.parse().context("--items takes a number")?;
                    ensure!(ITEMS.contains(&items), "the forms have one of {ITEMS:?} items");
                    options.items = vec![items];
                }
                _ => bail!("the options are --rounds N, --only PAGE,PAGE and --items N"),
            }
        }
        Ok(options)
    }

    /// Returns whether the run is complete: everything is measured, and often enough.
    pub fn whole(&self) -> bool {
        self.only.is_empty() && self.items == ITEMS && self.rounds >= ROUNDS
    }

    /// Returns those of the existing pages that take part.
    pub fn pages(&self, all: &[String]) -> Result<Vec<String>> {
        for name in &self.only {
            ensure!(all.contains(name), "there is no page {name}, only {}", all.join(", "));
        }
        let asked = |name: &&String| self.only.is_empty() || self.only.contains(name);
        Ok(all.iter().filter(asked).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Result<Options> {
        Options::read(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn everything_is_measured_unless_somebody_asks_for_less() -> Result<()> {
        assert!(read("")?.whole());
        assert!(read("--rounds 4")?.whole());
        assert!(!read("--rounds 1")?.whole());
        assert!(read("--rounds 0").is_err());
        assert!(!read("--items 60")?.whole());
        assert!(!read("--only floor")?.whole());
        assert!(read("--items 61").is_err());
        assert!(read("--rounds").is_err());
        Ok(())
    }

    #[test]
    fn only_pages_that_there_are_can_be_asked_for() -> Result<()> {
        let all = ["floor", "formio", "odk"].map(str::to_owned);
        assert_eq!(read("")?.pages(&all)?, all);
        assert_eq!(read("--only odk,floor")?.pages(&all)?, ["floor", "odk"]);
        assert!(read("--only form")?.pages(&all).is_err());
        Ok(())
    }
}
