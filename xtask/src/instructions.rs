//! The command `instructions`: counts with Valgrind the instructions that the core takes for each
//! task and compares them with the recorded counts. It also checks that readers of outside data
//! take time in proportion to its size. Unlike times, the counts are the same on a busy machine.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use crate::failure::{Context, Failure, Result};
use crate::project;
use crate::step::{output_of, program, run, step};

/// The counts, by task and number of items.
type Counts = BTreeMap<String, BTreeMap<String, u64>>;

const FILE: &str = "bench/core/instructions.json";

/// The program that runs the tasks, in cargo's target folder.
const CORE_WORK: &str = "release/core-work";

/// The numbers of items.
const ITEMS: [u64; 3] = [100, 1_000, 10_000];

/// The percentage by which a count may exceed the recorded one: another version of the system's
/// library takes somewhat more or less.
const ALLOWED: u64 = 5;

/// The percentage by which the count per item may grow when there are ten times as many items: the
/// tasks grow in proportion to the items.
const GROWTH: u64 = 30;

/// The limit for reading twice as much, in tenths: 2.5 times as many instructions.
const TWICE: u64 = 25;

/// Counts the instructions and reports tasks that became slower or grow faster than the items.
/// Returns whether there is no such task. With `accept`, records the counts.
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

/// Prints for each reader of outside data how many instructions it takes. Returns whether each
/// takes less than 2.5 times as many for twice as much data.
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

/// Returns the names of all tasks.
fn works() -> Result<Vec<String>> {
    let names = output_of(&mut Command::new(project::target().join(CORE_WORK)));
    let names = names.ok_or_else(|| Failure::new("`core-work` does not name its works."))?;
    Ok(names.split_whitespace().map(str::to_owned).collect())
}

/// Returns the number of instructions that a task takes once, without its preparation.
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
