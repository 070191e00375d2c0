//! The system packages that the browser tests need: browsers, their drivers and a font for
//! Vietnamese.

use std::{env, fs};

use crate::failure::{Failure, Result};
use crate::project::on_path;
use crate::step::{output_of, program, run, step};

const BROWSERS: &[&str] =
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Installs missing packages on systems with apt-get, if the user may.
pub fn install() -> Result<()> {
    install_packages(&missing())
}

/// Installs a C++ compiler if there is none, since libFuzzer is C++.
pub fn install_cxx() -> Result<()> {
    let is_here = env::var_os("CXX").is_some() || on_path(&["c++", "g++", "clang++"]).is_some();
    install_packages(if is_here { &[] } else { &["g++"] })
}

fn missing() -> Vec<&'static str> {
    let mut missing = Vec::new();
    if on_path(BROWSERS).is_none() {
        missing.push("chromium");
    }
    if on_path(&["chromedriver"]).is_none() {
        missing.push("chromium-driver");
    }
    if on_path(&["firefox-esr", "firefox"]).is_none() {
        missing.push("firefox-esr");
    }
    if on_path(&["WebKitWebDriver"]).is_none() {
        missing.push("webkit2gtk-driver");
    }
    // WebKit's browser needs a screen.
    if on_path(&["xvfb-run"]).is_none() || on_path(&["xauth"]).is_none() {
        missing.extend(["xvfb", "xauth"]);
    }
    if !has_vietnamese_font() {
        missing.extend(["fontconfig", "fonts-noto-core"]);
    }
    if on_path(&["npm"]).is_none() {
        missing.extend(["nodejs", "npm"]);
    }
    missing
}

fn install_packages(missing: &[&str]) -> Result<()> {
    if missing.is_empty() {
        return Ok(());
    }
    let command = format!("apt-get install -y {}", missing.join(" "));
    let snaps = ["chromium", "chromium-driver", "firefox-esr"];
    if missing.iter().any(|package| snaps.contains(package)) && is_ubuntu() {
        return Err(Failure::new(
            "The browser tests need Chromium, chromedriver and Firefox. On Ubuntu those packages are \
             snaps, which tests cannot drive: install Google Chrome, the chromedriver of the same \
             version and Mozilla's own package of Firefox, and put `google-chrome`, `chromedriver` and \
             `firefox` on PATH.",
        ));
    }
    if on_path(&["apt-get"]).is_none() {
        return Err(Failure::new(format!(
            "The tests need what Debian has as the packages {}: install them in the way of this system.",
            missing.join(", ")
        )));
    }
    let Some(prefix) = root_prefix() else {
        return Err(Failure::new(format!(
            "The tests need system packages that this user may not install: ask an administrator for \
             `{command}`."
        )));
    };
    step("system packages", || {
        let apt = |arguments: &[&str]| {
            // sudo drops the environment, so the variable is set after it.
            let words = prefix.iter().chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
            let mut words = words.chain(arguments);
            let mut command = program(words.next().unwrap_or(&"env"));
            command.args(words);
            command
        };
        // An outdated list may still do; if it does not, the next command fails.
        let _ = apt(&["update", "-q"]).status();
        let mut arguments = vec!["install", "-y", "-q", "--no-install-recommends"];
        arguments.extend(missing);
        run(
            &mut apt(&arguments),
            "See whether apt-get reaches its servers, then run the command again.",
        )
    })
}

/// Returns the words that run a command as root, or `None` if this user can't.
fn root_prefix() -> Option<&'static [&'static str]> {
    if output_of(program("id").arg("-u")).is_some_and(|id| id.trim() == "0") {
        return Some(&[]);
    }
    output_of(program("sudo").args(["-n", "true"])).map(|_| &["sudo", "-n"][..])
}

fn has_vietnamese_font() -> bool {
    output_of(program("fc-list").arg(":lang=vi")).is_some_and(|fonts| !fonts.trim().is_empty())
}

fn is_ubuntu() -> bool {
    fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line == "ID=ubuntu"))
}
