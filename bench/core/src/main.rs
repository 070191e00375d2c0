//! Does one of the core's works so many times and nothing else, so that its instructions can be counted: what preparing
//! costs is what it costs to do it no time. Asked for nothing, it names the works.

use std::hint::black_box;
use std::process::ExitCode;

use core_bench::Work;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        println!("{}", Work::ALL.map(Work::name).join(" "));
        return ExitCode::SUCCESS;
    }
    let [work, items, times] = arguments.as_slice() else { return usage() };
    let (Some(work), Ok(items), Ok(times)) =
        (Work::named(work), items.parse(), times.parse::<usize>())
    else {
        return usage();
    };
    let work = work.prepare(items);
    for _ in 0..times {
        black_box(work());
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    let names = Work::ALL.map(Work::name).join("|");
    eprintln!("core-work {names} ITEMS TIMES");
    ExitCode::FAILURE
}
