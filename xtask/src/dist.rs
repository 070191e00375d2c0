//! The commands `build` and `serve`: Trunk and everything that it needs.

use std::env;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};

use crate::ServeOptions;
use crate::failure::{Failure, Result};
use crate::finish::office;
use crate::step::{output_of, program, run, step};
use crate::tools::WASM;
use crate::{project, tools};

/// The environment variable with flags for rustc, which cargo adds to those in .cargo/config.toml.
pub const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Builds the release into dist/.
pub fn build() -> Result<()> {
    let mut trunk = trunk()?;
    trunk.env(FLAGS, without_paths());
    step("release build", || {
        run(
            trunk.args(["build", "--release", "--offline", "--locked"]),
            "What is wrong stands above; dist/ was left as it was.",
        )
    })?;
    println!("dist/ holds the page: serve it as plain static files.");
    Ok(())
}

/// Starts compiling the release, so that [`build`] finds it compiled. The last part of the
/// compilation keeps one core busy, which leaves room for other work. Prints nothing: `build`
/// reports errors.
pub fn compile_ahead() -> Vec<Child> {
    let ahead = |mut cargo: Command| cargo.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok();
    let mut form = program("cargo");
    form.args(["build", "--release", "--locked", "--package", "tu-kiem-tra", "--bins"]);
    form.args(["--target", WASM]).env(FLAGS, without_paths());
    // Two commands: in one, cargo would compile the form with all the features that office files
    // need.
    [form, office::compile()].into_iter().filter_map(ahead).collect()
}

/// Returns flags that make rustc leave out the paths of this machine. Otherwise panic messages
/// would disclose them, and no two machines would build the same files.
pub fn without_paths() -> String {
    let sysroot = output_of(program("rustc").args(["--print", "sysroot"])).unwrap_or_default();
    let home = |name: &str| env::var(name).ok().filter(|path| !path.is_empty());
    let cargo = home("CARGO_HOME").or_else(|| home("HOME").map(|home| home + "/.cargo"));
    let places = [
        (Some(project::root().display().to_string()), "."),
        (Some(sysroot.trim().to_owned()).filter(|path| !path.is_empty()), "rust"),
        (cargo, "cargo"),
    ];
    let flag = |(place, name): (Option<String>, &str)| {
        // Flags are separated by spaces, so a path with a space is not remapped.
        let place = place.filter(|place| !place.contains(' '))?;
        Some(format!("--remap-path-prefix={place}={name}"))
    };
    places.into_iter().filter_map(flag).collect::<Vec<_>>().join(" ")
}

/// Builds a page that can be made to panic into target/dist-panicking/, for the browser tests. It
/// is no release build: that would take ten times as long, and panics are the same in both.
pub fn build_panicking() -> Result<()> {
    let mut trunk = trunk()?;
    trunk.args(["build", "--offline", "--locked", "--features", "panic-on-demand"]);
    step("build that can panic", || {
        run(trunk.args(["--dist", "target/dist-panicking"]), "What is wrong stands above.")
    })
}

/// Builds the page and serves it until it is interrupted.
pub fn serve(options: &ServeOptions) -> Result<()> {
    // Trunk would notice only after the build.
    let port = options.port;
    if let Err(cause) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        return Err(Failure::new(format!(
            "Port {port} cannot be listened on ({cause}). Choose another one, for example \
             `cargo xtask serve --port {}`.",
            port.checked_add(1).unwrap_or(8080)
        )));
    }
    let mut trunk = trunk()?;
    trunk.args([
        "serve",
        "--address",
        "127.0.0.1",
        "--port",
        &port.to_string(),
        "--offline",
        "--locked",
    ]);
    // Not into dist/, which keeps the last release: Trunk adds a script that reloads the page at
    // each change.
    trunk.args(["--dist", "target/serve"]);
    if options.release {
        trunk.arg("--release");
    }
    println!(
        "==> serve: after the build, the page is at http://127.0.0.1:{port}/ (Ctrl-C ends it)"
    );
    run(&mut trunk, "What is wrong stands above.")
}

/// Returns Trunk, ready to run: all its tools are on PATH and all crates are fetched.
fn trunk() -> Result<Command> {
    let path = tools::install()?;
    step("crates", tools::fetch_crates)?;
    // `Command` looks the program up in the PATH that it is given, not in ours.
    let mut trunk = program("trunk");
    trunk.env("PATH", path);
    // Its errors say what is wrong; a backtrace of Trunk helps nobody.
    trunk.env("RUST_LIB_BACKTRACE", "0");
    // Trunk accepts only these two values and stops at the usual NO_COLOR=1.
    if let Some(value) = env::var_os("NO_COLOR") {
        trunk.env("NO_COLOR", if value.is_empty() { "false" } else { "true" });
    }
    Ok(trunk)
}
