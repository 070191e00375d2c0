//! Tests that need a browser's platform but not the built page: they run as WebAssembly in a
//! headless browser (`cargo xtask test`), one file a subject.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test says what went wrong by failing; Clippy does not know these for tests"
)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod platform;
mod storage;
mod support;

wasm_bindgen_test_configure!(run_in_browser);
