//! Tests of the harness itself, on a small page with the contract's hooks.

mod engines;
mod faults;
mod hooks;
mod session;
mod sharing;
mod touch;

use browser_tests::Setup;

/// The sample page at `/sample.html`.
fn sample() -> Setup {
    Setup::empty().page("/sample.html", include_str!("sample.html")).file(
        "/sample.js",
        "text/javascript",
        include_str!("sample.js"),
    )
}
