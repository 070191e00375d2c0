//! The commands `build` and `serve`: Trunk, with everything around it that it needs.

use std::env;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};

use crate::ServeOptions;
use crate::failure::{Failure, Result};
use crate::finish::office;
use crate::step::{output_of, program, run, step};
use crate::tools::WASM;
use crate::{project, tools};

/// The variable by which cargo takes flags for rustc, beside those in .cargo/config.toml.
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

/// Begins to compile the release for [`build`], which finds it done: its last part keeps one core
/// busy, so that other things may be done meanwhile. It says nothing; what is wrong is told by
/// `build`.
pub fn compile_ahead() -> Vec<Child> {
    let ahead = |mut cargo: Command| cargo.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok();
    let mut form = program("cargo");
    form.args(["build", "--release", "--locked", "--package", "tu-kiem-tra", "--bins"]);
    form.args(["--target", WASM]).env(FLAGS, without_paths());
    // Two commands: in one, the form would be compiled with all that office files need.
    [form, office::compile()].into_iter().filter_map(ahead).collect()
}

/// Flags by which rustc leaves out where things lie on this machine: the places of panics would
/// tell it to everybody, and no two machines would build the same.
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
        // Flags are told apart by spaces: a path with one stays as it is.
        let place = place.filter(|place| !place.contains(' '))?;
        Some(format!("--remap-path-prefix={place}={name}"))
    };
    places.into_iter().filter_map(flag).collect::<Vec<_>>().join(" ")
}

/// Builds, for the browser tests, a page that can be made to panic, into target/dist-panicking/. It
/// is no release: that would take ten times as long, and a panic is the same in both.
pub fn build_panicking() -> Result<()> {
    let mut trunk = trunk()?;
    trunk.args(["build", "--offline", "--locked", "--features", "panic-on-demand"]);
    step("build that can panic", || {
        run(trunk.args(["--dist", "target/dist-panicking"]), "What is wrong stands above.")
    })
}

/// Builds the page and serves it until it is interrupted.
pub fn serve(options: &ServeOptions) -> Result<()> {
    // Trunk would find out only after the build.
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
    // Apart from dist/, which stays the release that was last built: Trunk adds a script to reload
    // the page at each change.
    trunk.args(["--dist", "target/serve"]);
    if options.release {
        trunk.arg("--release");
    }
    println!(
        "==> serve: after the build, the page is at http://127.0.0.1:{port}/ (Ctrl-C ends it)"
    );
    run(&mut trunk, "What is wrong stands above.")
}

/// Trunk, ready to run: with all its tools on PATH and all crates at hand.
fn trunk() -> Result<Command> {
    let path = tools::install()?;
    step("crates", tools::fetch_crates)?;
    // Looked up in the new PATH, not in ours: `Command` takes the PATH that it is given.
    let mut trunk = program("trunk");
    trunk.env("PATH", path);
    // Its errors say what is wrong; where in Trunk helps nobody.
    trunk.env("RUST_LIB_BACKTRACE", "0");
    // Trunk takes no other value than these two, and stops at the usual NO_COLOR=1.
    if let Some(value) = env::var_os("NO_COLOR") {
        trunk.env("NO_COLOR", if value.is_empty() { "false" } else { "true" });
    }
    Ok(trunk)
}
