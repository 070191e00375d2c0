//! Measures the time of each task on 100 to 10,000 items. The throughput beside it shows the
//! growth: if it stays the same, the time is linear.
#![allow(missing_docs)]

use core_bench::{Work, size_of_report};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

const ITEMS: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    let megabytes = size_of_report(10_000) / 1_000_000;
    println!("The report of 10,000 items has {megabytes} MB.");
    divan::main();
}

fn bench(bencher: Bencher, work: Work, items: usize) {
    let prepared = work.prepare(items);
    bencher.counter(ItemsCount::new(items)).bench(prepared);
}

#[divan::bench(args = ITEMS)]
fn evaluate(bencher: Bencher, items: usize) {
    bench(bencher, Work::Evaluate, items);
}

#[divan::bench(args = ITEMS)]
fn canonical(bencher: Bencher, items: usize) {
    bench(bencher, Work::Canonical, items);
}

#[divan::bench(args = ITEMS)]
fn digest(bencher: Bencher, items: usize) {
    bench(bencher, Work::Digest, items);
}

#[divan::bench(args = ITEMS)]
fn search(bencher: Bencher, items: usize) {
    bench(bencher, Work::Search, items);
}

#[divan::bench(args = ITEMS)]
fn import(bencher: Bencher, items: usize) {
    let prepared = Work::Import.prepare(items);
    bencher
        .counter(ItemsCount::new(items))
        .counter(BytesCount::new(size_of_report(items)))
        .bench(prepared);
}
