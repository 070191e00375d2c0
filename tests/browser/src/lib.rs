//! Tests of the built page in a real browser, and the harness they are written with.
//!
//! `cargo xtask test` builds `dist/` and runs them; after a `cargo xtask build`, also `cargo test
//! -p browser-tests [NAME]`. A test that fails leaves a picture of the page and its HTML in
//! `target/browser-tests/`.
//!
//! A test describes its [`Setup`] and gets a [`Stage`]: a server of its own on a port of its own,
//! and a browser that knows nothing of it. It opens a [`Page`] and from there reaches items and
//! their fields by the names of the contract, inside the shadow root, as a person would: by
//! clicking and typing.
//!
//! Starting a browser would take a third of a test's time, so a browser goes from test to test. In
//! between all its tabs are closed, with what was emulated in them and what was to run first in
//! their pages; storage, cookies, kept copies and service workers of all origins, permissions and
//! downloads are cleared; and no two servers of a run have the same port, so no test comes to an
//! origin of another. What is left of a test is the browser's HTTP cache, its history, its
//! clipboard and its warmth. A test needs a browser of its own ([`Setup::own_browser`]) when it
//! closes or kills it, which it could not do otherwise, when it measures time or memory, or when it
//! depends on one of these four. Firefox and WebKit are always the test's own, and so is a browser
//! whose test failed: it ends.
//!
//! ```no_run
//! use browser_tests::{Setup, TestResult};
//! use serde_json::json;
//!
//! #[tokio::test]
//! async fn an_answer_survives_a_killed_browser() -> TestResult {
//!     Setup::dist().viewport(820, 1180).own_browser().run(async |stage| {
//!         let page = stage.open("/").await?;
//!         page.field("unit-name").fill("UBND Phường 2").await?;
//!         page.action("start").click().await?;
//!
//!         let ratio = page.item("on-time");
//!         ratio.field("numerator").type_text("24").await?;
//!         ratio.field("denominator").type_text("25").await?;
//!         ratio.wait_for_verdict("not-met").await?;
//!         page.item("contact").check("phone").await?;
//!         page.item("signature-agency").choose("met").await?;
//!         page.wait_for_save_state("saved").await?;
//!
//!         stage.browser.kill().await?;
//!         stage.browser.reopen().await?;
//!         let page = stage.open("/").await?;
//!         let list = page.call("listInspections", json!([])).await?;
//!         let id = list.pointer("/0/id").cloned();
//!         page.call("openInspection", json!([id])).await?;
//!         assert_eq!(page.item("on-time").field("numerator").value().await?, "24");
//!         Ok(())
//!     })
//!     .await
//! }
//! ```
//!
//! - Nothing sleeps for a fixed time: what is looked for is waited for ([`wait_until`],
//!   [`Page::wait_for`]), and so is everything that a click or a field needs.
//! - A test fails if the page logged an error or broke its Content-Security-Policy, which is the
//!   strict one ([`STRICT_POLICY`]) unless its setup says otherwise; what is expected is
//!   allowed with [`Setup::allow_problem`].
//! - People don't only click: [`Page::stroke`] types as input methods do, [`Control::tap`] touches,
//!   [`Page::zoom`] and [`Page::set_media`] show the page as people with other eyes have it,
//!   [`Control::picture`] sees what they see, and [`Page::accessibility_tree`] tells what they hear.
//! - [`FAILING_STORAGE`], in front of a page's scripts, counts the calls of its storage and lets one of them fail.
//! - [`Setup::engine`] takes Firefox or WebKit, where what is tested may differ between browsers;
//!   everything else is Chromium. What can't be tested there, [`Engine::lacks`] tells, and why.
//! - At most two tests run at a time, whatever the number of test threads. With a single one no browser is kept
//!   from test to test: browsers end when no test is left, and between two tests none is.

mod ability;
mod accessibility;
mod artifacts;
mod axe;
mod browser;
mod control;
mod driver;
mod emulation;
mod engine;
mod failing_storage;
mod first_script;
mod ime;
mod item;
mod page;
mod picture;
mod problems;
mod published;
mod server;
mod setup;
mod site;
mod snapshot;
mod tab;
mod touch;
mod wait;

pub use ability::Ability;
pub use browser::Browser;
pub use control::Control;
pub use engine::Engine;
pub use failing_storage::FAILING_STORAGE;
pub use ime::{Stroke, Typed};
pub use item::{Item, Row};
pub use page::{MethodError, Page, Summary};
pub use picture::Picture;
pub use published::{Place, Release};
pub use server::Server;
pub use setup::{Setup, Stage, TestResult, dist};
pub use site::{Request, Response, STRICT_POLICY, Site};
pub use snapshot::check_snapshot;
pub use wait::{TIMEOUT, wait_until};
