//! Tests of the built page in a real browser, and the harness they are written with.
//!
//! `cargo xtask test` builds `dist/` and runs them; after a `cargo xtask build`, also `cargo test
//! -p browser-tests [NAME]`. A failed test leaves a picture of the page and its HTML in
//! `target/browser-tests/`.
//!
//! A test describes its [`Setup`] and gets a [`Stage`]: its own server on its own port, and a
//! browser that knows nothing of it. It opens a [`Page`] and from there reaches items and their
//! fields by the names of the contract, inside the shadow root, as a person would: by clicking and
//! typing.
//!
//! Starting a browser would take a third of a test's time, so tests share browsers. Between two
//! tests all tabs are closed, with their emulation and preloaded scripts. Storage, cookies, caches
//! and service workers of all origins, permissions and downloads are cleared. No two servers of a
//! run have the same port, so no test uses the origin of another. A test leaves behind only the
//! browser's HTTP cache, its history, its clipboard and its warmth. A test needs its own browser
//! ([`Setup::own_browser`]) when it closes or kills it (a shared one refuses), when it measures
//! time or memory, or when it depends on one of these four. Firefox and WebKit are never shared. A
//! browser whose test failed ends.
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
//! - Nothing sleeps for a fixed time: tests wait for conditions ([`wait_until`],
//!   [`Page::wait_for`]), and clicks and fields wait for everything that they need.
//! - A test fails if the page logged an error or violated its Content-Security-Policy, which is the
//!   strict one ([`STRICT_POLICY`]) unless its setup says otherwise. [`Setup::allow_problem`]
//!   allows expected problems.
//! - People don't only click: [`Page::stroke`] types as input methods do, [`Control::tap`] touches,
//!   [`Page::zoom`] and [`Page::set_media`] show the page as people with other eyesight see it,
//!   [`Control::picture`] takes a picture, and [`Page::accessibility_tree`] returns what a screen
//!   reader gets.
//! - [`FAILING_STORAGE`], run before a page's scripts, counts the calls of its storage and lets one
//!   of them fail.
//! - [`Setup::engine`] selects Firefox or WebKit for behaviour that may differ between browsers.
//!   All other tests run in Chromium. [`Engine::lacks`] tells why something can't be tested there.
//! - At most two tests run at a time, whatever the number of test threads. With a single thread no
//!   browser is shared: browsers end when no test is left, which is then so after each test.

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
