//! Does one of the core's tasks a given number of times and nothing else, so that its instructions
//! can be counted. The cost of the preparation is that of zero times. Without arguments, it prints
//! the names of the tasks; with `readers`, the names of the readers of outside data, each after the
//! size of its input.

use std::hint::black_box;
use std::process::ExitCode;

use core_bench::Work;
use core_bench::readers::Reader;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    if arguments.is_empty() {
        println!("{}", Work::ALL.map(Work::name).join(" "));
        return ExitCode::SUCCESS;
    }
    if arguments == ["readers"] {
        Reader::all().iter().for_each(|reader| println!("{} {}", reader.size, reader.name));
        return ExitCode::SUCCESS;
    }
    let [work, size, times] = arguments.as_slice() else { return usage() };
    let (Ok(size), Ok(times)) = (size.parse(), times.parse::<usize>()) else { return usage() };
    let reader = || Reader::all().into_iter().find(|reader| reader.name == *work);
    let work = Work::named(work).map(|work| work.prepare(size));
    let Some(work) = work.or_else(|| reader().map(|reader| reader.prepare(size))) else {
        return usage();
    };
    for _ in 0..times {
        black_box(work());
    }
    ExitCode::SUCCESS
}

fn usage() -> ExitCode {
    let names = Work::ALL.map(Work::name).join("|");
    eprintln!("core-work {names}|READER SIZE TIMES");
    ExitCode::FAILURE
}
