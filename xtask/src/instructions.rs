//! The command `instructions`: how many instructions the core takes for each of its works, counted
//! by Valgrind, held against those that were written down; and whether whatever comes from outside
//! is read in proportion to its size. Unlike times, they are the same on a busy machine.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use crate::failure::{Context, Failure, Result};
use crate::project;
use crate::step::{output_of, program, run, step};

/// The counted instructions, by work and number of items.
type Counts = BTreeMap<String, BTreeMap<String, u64>>;

const FILE: &str = "bench/core/instructions.json";

/// Where cargo puts the program that does the works, in its target folder.
const CORE_WORK: &str = "release/core-work";

/// The numbers of items.
const ITEMS: [u64; 3] = [100, 1_000, 10_000];

/// By how much a count may be above the one that was written down, in percent: another version of
/// the system's library takes somewhat more or less.
const ALLOWED: u64 = 5;

/// By how much an item may take more of ten times as many, in percent: the works grow with the
/// items, and no faster.
const GROWTH: u64 = 30;

/// How many tenths as many instructions it may take to read twice as much.
const TWICE: u64 = 25;

/// Counts, and tells what became slower or grows faster than the items; `false` says that something
/// did. With `accept`, the counts are written down.
pub fn count(accept: bool) -> Result<bool> {
    if output_of(program("valgrind").arg("--version")).is_none() {
        return Err(Failure::new(
            "Valgrind counts the instructions and is not installed: on Debian, `apt-get install valgrind`.",
        ));
    }
    step("core", || {
        let build =
            ["build", "--release", "--locked", "--package", "core-bench", "--bin", "core-work"];
        run(program("cargo").args(build), "What is wrong stands above.")
    })?;
    let file = project::root().join(FILE);
    let text = fs::read_to_string(&file).context(|| format!("{FILE} cannot be read"))?;
    let before: Counts = serde_json::from_str(&text).context(|| format!("{FILE} is not right"))?;

    let mut counts = Counts::new();
    let mut all_good = true;
    for work in works()? {
        println!("{work}");
        let mut an_item = 0;
        for items in ITEMS {
            let now = of(&work, items)?;
            let known = before.get(&work).and_then(|counts| counts.get(&items.to_string()));
            let is_good = known.is_some_and(|known| now * 100 <= known * (100 + ALLOWED));
            let is_linear = an_item == 0 || now / items * 100 <= an_item * (100 + GROWTH);
            an_item = now / items;
            all_good &= is_linear && (is_good || accept);
            println!(
                "  {items:>6} items: {now:>13} instructions, {:>7} an item; written down: {}{}",
                now / items,
                known.map_or_else(|| "none".to_owned(), u64::to_string),
                match (is_linear, is_good || accept) {
                    (false, _) => "  <- grows faster than the items do",
                    (true, false) => "  <- more than allowed",
                    (true, true) => "",
                },
            );
            counts.entry(work.clone()).or_default().insert(items.to_string(), now);
        }
    }
    if accept {
        let text = serde_json::to_string_pretty(&counts).context(|| "JSON".to_owned())?;
        fs::write(&file, text + "\n").context(|| format!("{FILE} cannot be written"))?;
        println!("{FILE} has these counts now.");
    }
    Ok(readers()? && all_good)
}

/// Tells of all that reads from outside how many instructions it takes, and whether for twice as
/// much it takes less than two and a half times as many.
fn readers() -> Result<bool> {
    let told = output_of(Command::new(project::target().join(CORE_WORK)).arg("readers"));
    let told = told.ok_or_else(|| Failure::new("`core-work` does not name its readers."))?;
    let mut all_good = true;
    println!("twice as much to read takes");
    for (size, name) in told.lines().filter_map(|line| line.split_once(' ')) {
        let size: u64 = size.parse().context(|| "a size".to_owned())?;
        let (once, twice) = (of(name, size)?, of(name, size * 2)?);
        let is_good = twice * 10 < once * TWICE;
        all_good &= is_good;
        println!(
            "  {:>5.2} times {once:>12} instructions: {name}{}",
            twice as f64 / once.max(1) as f64,
            if is_good { "" } else { "  <- grows faster than what it reads" },
        );
    }
    Ok(all_good)
}

/// The names of all works.
fn works() -> Result<Vec<String>> {
    let names = output_of(&mut Command::new(project::target().join(CORE_WORK)));
    let names = names.ok_or_else(|| Failure::new("`core-work` does not name its works."))?;
    Ok(names.split_whitespace().map(str::to_owned).collect())
}

/// How many instructions it takes to do a work once, without what preparing takes.
fn of(work: &str, items: u64) -> Result<u64> {
    let [without, with] = ["0", "1"].map(|times| collected(work, items, times));
    Ok(with?.saturating_sub(without?))
}

fn collected(work: &str, items: u64, times: &str) -> Result<u64> {
    let target = project::target().join(CORE_WORK);
    let output = program("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(target)
        .args([work, &items.to_string(), times])
        .output()
        .context(|| "Valgrind does not start".to_owned())?;
    let told = String::from_utf8_lossy(&output.stderr);
    let count =
        told.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse().ok());
    count.filter(|_| output.status.success()).ok_or_else(|| {
        Failure::new(format!("Counting `core-work {work} {items} {times}` failed:\n{told}"))
    })
}
