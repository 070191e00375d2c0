//! The project's own commands, such as `cargo xtask serve`, `build`, `package` and `test`.
//!
//! Each installs what it needs and then does its one thing. The page itself is built by Trunk
//! (`Trunk.toml`); `finish` is the part of that build that Trunk calls back.

mod bench;
mod check;
mod dist;
mod failure;
mod faults;
mod finish;
mod fuzz;
mod instructions;
mod node;
mod package;
mod project;
mod reproduce;
mod step;
mod supply;
mod system;
mod test;
mod tools;

use std::process::ExitCode;

use failure::{Failure, Result};

const USAGE: &str = "\
Usage: cargo xtask COMMAND

  serve [--port N] [--release]   build what is missing and serve the page on 127.0.0.1 (port 8080),
                                 built anew at each change of a source file
  build [--panicking]            build the release into dist/, or for the browser tests a page that can
                                 be made to panic into target/dist-panicking/
  package [--built]              build the release and put it, with its types, guides and licences, into
                                 target/package/, as a folder and as a file for npm; with --built, take
                                 dist/ as it is
  test                           check formatting and lints, then run every test, the browser's too
  faults                         the long form of the tests that kill browsers and tabs while a person
                                 types, let storage fail at each call, and use a device for long, with a
                                 table of what came of it; takes up to 90 minutes
  fuzz [SECONDS] [--only TARGET,TARGET]
                                 let libFuzzer try inputs of its own on every reader, each for so many seconds
                                 (30), with a table of what came of it
  bench [--rounds N] [--only PAGE,PAGE] [--items N]
                                 measure the element beside other libraries and beside a page written by
                                 hand, and write docs/performance.md; takes half an hour or so. With some
                                 pages only, or forms of 60 or 1000 items only, the report is printed alone
  instructions [--accept]        count with Valgrind how many instructions the core takes for each of its
                                 works, and compare that with what was written down; with --accept, write
                                 it down anew; and tell whether all that reads files and typed texts
                                 takes time in proportion to them
  supply                         check the crates and what npm brings: licences, sources, digests, known
                                 faults; says of each check whether it holds, and which could not be done
                                 here
  reproduce                      build the package of the last commit a second time, from a clone in another
                                 folder, and compare both byte by byte; takes as long as two builds
  check-checklist FILE... [--lang en]
                                 say what is wrong with checklist files, or what is in them
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["serve", options @ ..] => {
            ServeOptions::parse(options).and_then(|o| dist::serve(&o)).map(done)
        }
        ["build"] => dist::build().map(done),
        ["build", "--panicking"] => dist::build_panicking().map(done),
        ["package"] => package::build().map(done),
        ["package", "--built"] => package::of_built().map(done),
        ["test"] => test::all(),
        ["faults"] => faults::all(),
        ["fuzz", options @ ..] => fuzz::all(options),
        ["bench", options @ ..] => bench::all(options).map(done),
        ["instructions"] => instructions::count(false),
        ["instructions", "--accept"] => instructions::count(true),
        ["supply"] => supply::all(),
        ["reproduce"] => reproduce::compare(),
        ["check-checklist", arguments @ ..] => check::checklists(arguments),
        ["finish"] => finish::hook().map(done),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(true)
        }
        [] => Err(Failure::new(format!("No command was given.\n\n{USAGE}"))),
        [
            command @ ("build" | "package" | "test" | "faults" | "instructions" | "supply"
            | "reproduce" | "finish"),
            option,
            ..,
        ] => Err(Failure::new(format!("`{command}` takes no option `{option}`.\n\n{USAGE}"))),
        [command, ..] => Err(Failure::new(format!("There is no command `{command}`.\n\n{USAGE}"))),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        // Tests failed or files have faults, as the output says.
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("\ncargo xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn done((): ()) -> bool {
    true
}

/// The options of `serve`.
struct ServeOptions {
    port: u16,
    release: bool,
}

impl ServeOptions {
    fn parse(options: &[&str]) -> Result<Self> {
        let mut parsed = Self { port: 8080, release: false };
        let mut rest = options.iter();
        while let Some(option) = rest.next() {
            match *option {
                "--release" => parsed.release = true,
                "--port" => {
                    let value = rest.next().copied().unwrap_or_default();
                    parsed.port = value.parse().ok().filter(|port| *port > 0).ok_or_else(|| {
                        Failure::new(format!(
                            "`--port` needs a number from 1 to 65535, not `{value}`."
                        ))
                    })?;
                }
                other => {
                    return Err(Failure::new(format!(
                        "`serve` has no option `{other}`.\n\n{USAGE}"
                    )));
                }
            }
        }
        Ok(parsed)
    }
}

#[cfg(test)]
mod tests {
    use super::ServeOptions;

    #[test]
    fn serve_options() {
        let given = ServeOptions::parse(&["--release", "--port", "9000"]).unwrap();
        assert!(given.release && given.port == 9000);
        assert_eq!(ServeOptions::parse(&[]).unwrap().port, 8080);
        for wrong in [&["--port"][..], &["--port", "0"], &["--port", "http"], &["--open"]] {
            assert!(ServeOptions::parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
