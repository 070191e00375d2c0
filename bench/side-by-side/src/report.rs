//! The results of the run, as `docs/performance.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::goals::goals;
use crate::measure::{Figures, Measured, SLOWER};
use crate::median::median;
use crate::site::FLOOR;

/// The path of the report, from the root.
const FILE: &str = "docs/performance.md";

/// The hand-written account of the attempts to reach the goals.
const TRIED: &str = include_str!("../../tried.md");

/// The descriptions of the pages, for readers who know the other libraries.
const PAGES: &str = include_str!("../../pages.md");

/// A measured quantity.
pub struct Measure {
    pub what: &'static str,
    unit: &'static str,
    /// The number of its own units in one `unit`.
    scale: f64,
    of: fn(&Figures) -> f64,
}

/// The measurements and their context.
pub struct Report<'a> {
    pub names: &'a [String],
    pub rounds: usize,
    pub measured: &'a [Measured],
    /// The times of the lists of [`crate::list::SHOWN`], if the element took part.
    pub lists: &'a [Result<f64, String>],
}

pub const SENT: Measure =
    Measure { what: "Over the network (Brotli 11)", unit: "kB", scale: 1e3, of: |f| f.sent };
pub const COLD: Measure = Measure {
    what: "Cold start, until the first item answers",
    unit: "ms",
    scale: 1.0,
    of: |f| f.cold,
};
const WARM: Measure = Measure { what: "Warm start", unit: "ms", scale: 1.0, of: |f| f.warm };
pub const NOTE: Measure =
    Measure { what: "Key in a note, to the next frame", unit: "ms", scale: 1.0, of: |f| f.note };
pub const NUMERATOR: Measure = Measure {
    what: "Key in a numerator, to the next frame",
    unit: "ms",
    scale: 1.0,
    of: |f| f.numerator,
};
pub const RADIO: Measure =
    Measure { what: "Radio button, to the summary", unit: "ms", scale: 1.0, of: |f| f.radio };
pub const WORK: Measure = Measure {
    what: "Work for a key in a note, saving included",
    unit: "ms",
    scale: 1.0,
    of: |f| f.work,
};
pub const LONGEST: Measure =
    Measure { what: "Longest task while typing", unit: "ms", scale: 1.0, of: |f| f.longest };
pub const MEMORY: Measure = Measure { what: "Memory", unit: "MB", scale: 1e6, of: |f| f.memory };

const MEASURES: [&Measure; 9] =
    [&SENT, &COLD, &WARM, &NOTE, &NUMERATOR, &RADIO, &WORK, &LONGEST, &MEMORY];

impl Report<'_> {
    /// Prints the report, and writes it if the run is complete.
    pub fn write(&self, whole: bool) -> Result<()> {
        let text = self.text()?;
        println!("{text}");
        if whole {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
            fs::write(root.join(FILE), &text)?;
            println!("This is in {FILE} too.");
        }
        Ok(())
    }

    fn text(&self) -> Result<String> {
        let mut text = String::new();
        writeln!(text, "# Performance\n")?;
        writeln!(
            text,
            "Written by `cargo xtask bench`: {} rounds, in which all pages take turns, in Chromium on {} with the processor \
             slowed down {SLOWER} times; each visit in a browser of its own. The form has ten sections and 60 or 1,000 items, each with \
             a note and either four radio buttons or (every fifth) a ratio with a live percentage and verdict; there is a live summary, and \
             every answer is saved. The floor is a page written by hand for this one form (`bench/floor/`). Given are medians, in \
             brackets the smallest and the largest, and behind them how many times the floor that is. Keys and presses come from the \
             browser's keyboard and mouse, and only once the page is at rest, so that nothing is held against an edit that a page has left \
             for later; memory is taken at rest too, after the garbage was collected.\n\nWhat the figures don't tell: the pages come from the \
             same machine, so that bytes cost no time here, as they do on a weak network. Slowed down is the page's own thread, not what \
             the browser does beside it. Memory is JavaScript's and WebAssembly's, without the browser's own. A time to a frame holds the wait \
             for it: ratios of less than a fifth say little. A longest task of 0 is one of at most 50 ms. Of these pages, only ours asks what is \
             done about an item that is pressed to be 'not met', which brings fields into the page.\n",
            self.rounds,
            processor()
        )?;
        for items in crate::ITEMS {
            if self.measured.iter().any(|one| one.items == items) {
                self.table(&mut text, items)?;
            }
        }
        writeln!(text, "## What is to be reached\n\n| | Wanted | Measured | |\n|---|---|---|---|")?;
        for goal in goals(self) {
            writeln!(text, "{goal}")?;
        }
        writeln!(text, "\n{}", TRIED.trim_end())?;
        self.failures(&mut text)?;
        writeln!(text, "\n{}", PAGES.trim_end())?;
        Ok(text)
    }

    /// Returns the values of a measure on a page, in its unit.
    fn values(&self, measure: &Measure, name: &str, items: usize) -> Vec<f64> {
        let of_page = self.measured.iter().filter(|one| one.name == name && one.items == items);
        let figures = of_page.filter_map(|one| one.outcome.as_ref().ok());
        figures.map(|figures| (measure.of)(figures) / measure.scale).collect()
    }

    /// Returns the median, if there are values.
    pub fn middle(&self, measure: &Measure, name: &str, items: usize) -> Option<f64> {
        let mut values = self.values(measure, name, items);
        (!values.is_empty()).then(|| median(&mut values))
    }

    fn table(&self, text: &mut String, items: usize) -> Result<()> {
        writeln!(text, "## {items} items\n")?;
        writeln!(text, "| | {} |", self.names.join(" | "))?;
        writeln!(text, "|---|{}", "---:|".repeat(self.names.len()))?;
        for measure in MEASURES {
            write!(text, "| {} ({}) |", measure.what, measure.unit)?;
            let floor = self.middle(measure, FLOOR, items);
            for name in self.names {
                let mut values = self.values(measure, name, items);
                let middle = median(&mut values);
                let (Some(least), Some(most)) = (values.first(), values.last()) else {
                    write!(text, " not measured |")?;
                    continue;
                };
                write!(text, " {middle:.1} ({least:.1}–{most:.1})")?;
                match floor.filter(|floor| *floor > 0.0 && name != FLOOR) {
                    Some(floor) => write!(text, " ×{:.2} |", middle / floor)?,
                    None => write!(text, " |")?,
                }
            }
            writeln!(text)?;
        }
        writeln!(text)?;
        Ok(())
    }

    /// Adds the failed measurements with their reasons.
    fn failures(&self, text: &mut String) -> Result<()> {
        let mut failed: BTreeMap<(String, &str), usize> = BTreeMap::new();
        for one in self.measured {
            if let Err(error) = &one.outcome {
                *failed
                    .entry((format!("{}, {} items", one.name, one.items), error))
                    .or_default() += 1;
            }
        }
        for (list, inspections) in self.lists.iter().zip(crate::list::SHOWN) {
            if let Err(error) = list {
                failed.insert((format!("a list of {inspections} inspections"), error), 1);
            }
        }
        if failed.is_empty() {
            return Ok(());
        }
        writeln!(
            text,
            "\n## What could not be measured\n\nA page that fails with 1,000 items isn't tried again in the next rounds.\n"
        )?;
        for ((what, error), times) in failed {
            let times = if times == 1 { String::new() } else { format!(" ({times} times)") };
            writeln!(text, "- {what}{times}: {}", error.lines().next().unwrap_or_default())?;
        }
        Ok(())
    }
}

/// Returns the processor's name and the number of cores.
fn processor() -> String {
    let known = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = known.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} ({count} cores)", name.map_or("an unknown processor", |(_, name)| name))
}

#[cfg(test)]
mod tests;
