//! Tests of the built page in a real browser, and the harness they are written with.
//!
//! `cargo xtask test` builds `dist/` and runs them; after a `cargo xtask build`, also
//! `cargo test -p browser-tests [NAME]`. A test that fails leaves a picture of the page and its HTML
//! in `target/browser-tests/`.
//!
//! A test describes its [`Setup`] and gets a [`Stage`]: a server of its own on a port of its own, so
//! that nothing is shared between tests, and a browser with an empty profile. It opens a [`Page`] and
//! from there reaches items and their fields by the names of the contract, inside the shadow root, as
//! a person would: by clicking and typing.
//!
//! ```no_run
//! use browser_tests::{Setup, TestResult};
//! use serde_json::json;
//!
//! #[tokio::test]
//! async fn an_answer_survives_a_killed_browser() -> TestResult {
//!     Setup::dist().viewport(820, 1180).run(async |stage| {
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
//! - [`Setup::engine`] takes Firefox or WebKit, where what is tested may differ between browsers;
//!   everything else is Chromium. What can't be tested there, [`Engine::lacks`] tells, and why.
//! - At most two browsers run at a time, whatever the number of test threads.

mod ability;
mod accessibility;
mod artifacts;
mod axe;
mod browser;
mod control;
mod driver;
mod emulation;
mod engine;
mod first_script;
mod ime;
mod item;
mod page;
mod picture;
mod problems;
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
pub use ime::{Stroke, Typed};
pub use item::{Item, Row};
pub use page::{MethodError, Page, Summary};
pub use picture::Picture;
pub use server::Server;
pub use setup::{Setup, Stage, TestResult, dist};
pub use site::{Request, Response, STRICT_POLICY, Site};
pub use snapshot::check_snapshot;
pub use wait::{TIMEOUT, wait_until};
