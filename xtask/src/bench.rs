//! The command `bench`: measures the element beside other libraries and a hand-written page
//! (`bench/`).

use crate::failure::Result;
use crate::step::{program, run, step};
use crate::{dist, project, system, tools};

/// The folder of the other libraries' pages.
const PEERS: &str = "bench/peers";

/// Builds all pages and measures them; `options` are those of `bench/side-by-side`.
pub fn all(options: &[&str]) -> Result<()> {
    system::install()?;
    let path = tools::install_for_tests()?;
    dist::build()?;
    let folder = project::root().join(PEERS);
    step("pages of the other libraries", || {
        for words in [&["ci"][..], &["run", "build"]] {
            let mut npm = program("npm");
            npm.args(words).current_dir(&folder).env("PATH", &path);
            run(&mut npm, "See what npm says above; it needs its registry once.")?;
        }
        Ok(())
    })?;
    let mut command = program("cargo");
    command.args(["run", "--locked", "--quiet", "--package", "side-by-side", "--"]).args(options);
    step("bench", || run(command.env("PATH", &path), "What was measured until then is lost."))
}
