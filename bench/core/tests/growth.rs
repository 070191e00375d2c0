//! Whatever comes from outside is read in time that grows with its size, and not with the square of
//! it, also where it is faulty.
//!
//! The exact measure is the number of instructions: twice the input takes less than two and a half
//! times as many, which `cargo xtask instructions` counts where Valgrind is. Here the clock
//! measures what every machine can, in a way that neither the work of another program nor a small
//! cache can make fail:
//!
//! - Sixteen times the size is read. What grows in proportion takes 16 times as long, and up to 40 times where the larger
//!   input no longer fits into the processor's cache; what grows with the square takes 256 times. The limit is in the
//!   middle, at 64.
//! - Of several times the shortest counts. Nothing makes a program faster than it is, and what slows it down has to do so
//!   each time.
//! - A reader that is over the limit is measured again, so that only what never comes below it fails.
#![allow(clippy::panic, missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use core_bench::Prepared;
use core_bench::readers::Reader;

/// How many times as large the larger input is.
const TIMES: usize = 16;

/// How many times as long it may take: the middle between 16 and 256, as factors go.
const LIMIT: f64 = 64.0;

/// How often what is over the limit is measured.
const ROUNDS: usize = 8;

/// How long one reader is measured: what really grows with the square would take minutes.
const PATIENCE: Duration = Duration::from_secs(10);

/// The shortest time that the clock tells well.
const SHORTEST: Duration = Duration::from_micros(400);

/// How long it takes to read once, measured over as many readings as fill a while.
fn measured(read: &Prepared, often: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..often {
        black_box(read());
    }
    start.elapsed().as_secs_f64() / f64::from(often)
}

/// How many readings the clock tells well.
fn often(read: &Prepared) -> u32 {
    let mut often = 1;
    while often < 4_096 && measured(read, often) * f64::from(often) < SHORTEST.as_secs_f64() {
        often *= 2;
    }
    often
}

/// How many times as long the larger input takes.
fn growth(reader: &Reader) -> f64 {
    let small = reader.prepare(reader.size);
    let large = reader.prepare(reader.size * TIMES);
    let often = often(&small);
    let began = Instant::now();
    let (mut shortest_small, mut shortest_large) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..ROUNDS {
        for _ in 0..3 {
            shortest_small = measured(&small, often).min(shortest_small);
        }
        shortest_large = measured(&large, 1).min(shortest_large);
        if shortest_large < LIMIT * shortest_small || began.elapsed() > PATIENCE {
            break;
        }
    }
    shortest_large / shortest_small
}

#[test]
fn reading_takes_time_in_proportion_to_its_input() {
    let squared = growth(&Reader::new("pairs", 300, pairs));
    assert!(squared > LIMIT, "what grows with the square passes for what does not: {squared:.1}");
    let start = Instant::now();
    let readers = Reader::all();
    let mut fast = Vec::new();
    for reader in &readers {
        let began = Instant::now();
        let growth = growth(reader);
        println!("{growth:>6.1} times  {:>6.0?}  {}", began.elapsed(), reader.name);
        if growth >= LIMIT {
            fast.push(format!("{}: {growth:.1} times for {TIMES} times the input", reader.name));
        }
    }
    println!("{} readers in {:.0?}", readers.len(), start.elapsed());
    assert!(fast.is_empty(), "these grow faster than their input:\n{}", fast.join("\n"));
}

/// Looks at every pair of so many.
fn pairs(size: usize) -> Prepared {
    Box::new(move || {
        (0..size).filter(|one| (0..size).all(|other| black_box(other) + one > 0)).count()
    })
}
