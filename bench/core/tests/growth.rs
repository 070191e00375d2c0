//! Everything from outside is read in time that grows with its size and not with its square, even
//! if it is faulty.
//!
//! The exact measure is the number of instructions: twice the input takes less than 2.5 times as
//! many, which `cargo xtask instructions` counts where Valgrind is installed. Here the clock
//! measures, which every machine has, in a way that neither other programs nor a small cache can
//! make fail:
//!
//! - The larger input is sixteen times the size. Linear growth takes 16 times as long, and up to 40
//!   times if the larger input no longer fits into the processor's cache. Quadratic growth takes
//!   256 times. The limit is in the middle, at 64.
//! - The shortest of several times counts. Nothing makes a program faster than it is, and a
//!   disturbance would have to slow it down each time.
//! - A reader over the limit is measured again, so that it fails only if it never comes below.
#![allow(clippy::panic, missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use core_bench::Prepared;
use core_bench::readers::Reader;

/// The factor between the sizes of the two inputs.
const TIMES: usize = 16;

/// The limit for the factor between the times: the geometric mean of 16 and 256.
const LIMIT: f64 = 64.0;

/// The number of measurements of a reader over the limit.
const ROUNDS: usize = 8;

/// The time limit for measuring one reader: quadratic growth would take minutes.
const PATIENCE: Duration = Duration::from_secs(10);

/// The shortest time that the clock measures well.
const SHORTEST: Duration = Duration::from_micros(400);

/// Returns the mean time of one reading, measured over `often` readings.
fn measured(read: &Prepared, often: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..often {
        black_box(read());
    }
    start.elapsed().as_secs_f64() / f64::from(often)
}

/// Returns the number of readings that the clock measures well.
fn often(read: &Prepared) -> u32 {
    let mut often = 1;
    while often < 4_096 && measured(read, often) * f64::from(often) < SHORTEST.as_secs_f64() {
        often *= 2;
    }
    often
}

/// Returns the factor between the times of the two inputs.
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

/// Returns a reader of quadratic time: it visits every pair.
fn pairs(size: usize) -> Prepared {
    Box::new(move || {
        (0..size).filter(|one| (0..size).all(|other| black_box(other) + one > 0)).count()
    })
}
