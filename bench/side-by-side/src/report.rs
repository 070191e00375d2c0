//! What came of the run, as `docs/performance.md`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::Result;

use crate::ITEMS;
use crate::measure::{Figures, Measured, SLOWER, median};
use crate::site::{FLOOR, OURS, Site};

/// Where it is written, from the root.
const FILE: &str = "docs/performance.md";

/// Something that is measured.
struct Measure {
    what: &'static str,
    unit: &'static str,
    /// How many of its own units are one of `unit`.
    scale: f64,
    of: fn(&Figures) -> f64,
    /// What ours wants to reach at most, in times of the floor.
    limit: Option<f64>,
}

const MEASURES: [Measure; 9] = [
    Measure {
        what: "Over the network (Brotli 11)",
        unit: "kB",
        scale: 1e3,
        of: |f| f.sent,
        limit: None,
    },
    Measure {
        what: "Cold start, until the first item answers",
        unit: "ms",
        scale: 1.0,
        of: |f| f.cold,
        limit: Some(1.5),
    },
    Measure { what: "Warm start", unit: "ms", scale: 1.0, of: |f| f.warm, limit: None },
    Measure {
        what: "Key in a note, to the next frame",
        unit: "ms",
        scale: 1.0,
        of: |f| f.note,
        limit: Some(1.2),
    },
    Measure {
        what: "Key in a numerator, to the next frame",
        unit: "ms",
        scale: 1.0,
        of: |f| f.numerator,
        limit: Some(1.2),
    },
    Measure {
        what: "Radio button, to the summary",
        unit: "ms",
        scale: 1.0,
        of: |f| f.radio,
        limit: Some(1.2),
    },
    Measure {
        what: "Work for a key in a note, saving included",
        unit: "ms",
        scale: 1.0,
        of: |f| f.work,
        limit: None,
    },
    Measure {
        what: "Longest task while typing",
        unit: "ms",
        scale: 1.0,
        of: |f| f.longest,
        limit: None,
    },
    Measure { what: "Memory", unit: "MB", scale: 1e6, of: |f| f.memory, limit: Some(1.5) },
];

/// Writes it, and prints it.
pub fn write(site: &Site, rounds: usize, measured: &[Measured], lists: [f64; 2]) -> Result<()> {
    let mut text = String::new();
    writeln!(text, "# Performance\n")?;
    writeln!(
        text,
        "Written by `cargo xtask bench`: {rounds} rounds, in which all pages take turns, in Chromium on {} with the processor slowed \
         down {SLOWER} times; each visit in a browser of its own. The form has ten sections and 60 or 1,000 items, each with four radio \
         buttons and a note, every fifth a ratio with a live percentage and verdict; there is a live summary, and every answer is saved. The \
         floor is a page written by hand for this one form (`bench/floor/`). Given are medians, in brackets the smallest and the largest, \
         and behind them how many times the floor that is.\n",
        processor()
    )?;
    for items in ITEMS {
        table(&mut text, site, measured, items)?;
    }
    figures(&mut text, measured, lists)?;
    failures(&mut text, measured)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    fs::write(root.join(FILE), &text)?;
    println!("{text}\nThis is in {FILE} too.");
    Ok(())
}

/// The values of a measure on a page, in its unit.
fn values(measured: &[Measured], measure: &Measure, name: &str, items: usize) -> Vec<f64> {
    let of_page = measured.iter().filter(|one| one.name == name && one.items == items);
    let figures = of_page.filter_map(|one| one.outcome.as_ref().ok());
    figures.map(|figures| (measure.of)(figures) / measure.scale).collect()
}

fn middle(measured: &[Measured], measure: &Measure, name: &str, items: usize) -> Option<f64> {
    let mut values = values(measured, measure, name, items);
    (!values.is_empty()).then(|| median(&mut values))
}

fn table(text: &mut String, site: &Site, measured: &[Measured], items: usize) -> Result<()> {
    writeln!(text, "## {items} items\n")?;
    let names = site.names();
    writeln!(text, "| | {} |", names.join(" | "))?;
    writeln!(text, "|---|{}", "---:|".repeat(names.len()))?;
    for measure in &MEASURES {
        write!(text, "| {} ({}) |", measure.what, measure.unit)?;
        let floor = middle(measured, measure, FLOOR, items);
        for name in names {
            let mut values = values(measured, measure, name, items);
            if values.is_empty() {
                write!(text, " not measured |")?;
                continue;
            }
            let middle = median(&mut values);
            let (least, most) = (values.first().copied(), values.last().copied());
            write!(
                text,
                " {middle:.1} ({:.1}–{:.1})",
                least.unwrap_or_default(),
                most.unwrap_or_default()
            )?;
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

/// What ours wants to reach, and how far it is.
fn figures(text: &mut String, measured: &[Measured], lists: [f64; 2]) -> Result<()> {
    writeln!(text, "## What is to be reached\n\n| | Wanted | Measured | |\n|---|---|---|---|")?;
    let mut line = |what: &str, limit: f64, value: f64, unit: &str| {
        let verdict = if value <= limit { "met" } else { "not met" };
        writeln!(text, "| {what} | at most {limit}{unit} | {value:.2}{unit} | {verdict} |")
    };
    let ours = |measure: &Measure, items| middle(measured, measure, OURS, items);
    for measure in &MEASURES {
        for items in ITEMS {
            let floor = middle(measured, measure, FLOOR, items);
            if let (Some(limit), Some(ours), Some(floor)) =
                (measure.limit, ours(measure, items), floor)
            {
                line(
                    &format!("{}, {items} items", measure.what),
                    limit,
                    ours / floor,
                    " × the floor",
                )?;
            }
        }
    }
    for measure in MEASURES.iter().filter(|measure| measure.what.starts_with("Work")) {
        if let (Some(few), Some(many)) = (ours(measure, 60), ours(measure, 1_000)) {
            line("An edit with 1,000 items, saving included", 1.3, many / few, " × one with 60")?;
        }
    }
    for measure in MEASURES.iter().filter(|measure| measure.what.starts_with("Longest")) {
        for items in ITEMS {
            if let Some(longest) = ours(measure, items) {
                line(&format!("Longest task while typing, {items} items"), 50.0, longest, " ms")?;
            }
        }
    }
    let [few, many] = lists;
    line("Opening a list of 200 inspections", 1.5, many / few, " × one of 10")?;
    writeln!(text)?;
    Ok(())
}

/// What could not be measured, with the reason.
fn failures(text: &mut String, measured: &[Measured]) -> Result<()> {
    let mut failed: BTreeMap<(&str, usize), (usize, &str)> = BTreeMap::new();
    for one in measured {
        if let Err(error) = &one.outcome {
            let told = failed.entry((&one.name, one.items)).or_insert((0, error));
            told.0 += 1;
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    writeln!(text, "## What could not be measured\n")?;
    for ((name, items), (times, error)) in failed {
        writeln!(
            text,
            "- {name}, {items} items, {times} times: {}",
            error.lines().next().unwrap_or_default()
        )?;
    }
    writeln!(text)?;
    Ok(())
}

/// What this machine calls its processor, and how many of them there are.
fn processor() -> String {
    let known = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = known.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} ({count} cores)", name.map_or("an unknown processor", |(_, name)| name))
}
