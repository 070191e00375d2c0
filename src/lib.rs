//! `<tu-kiem-tra>`: a self-inspection checklist as a custom element.
//!
//! The core is pure and runs anywhere: [`checklist`] → [`inspection`] → [`evaluation`] →
//! [`report`]. Code that touches the browser exists in WebAssembly alone. ARCHITECTURE.md has the
//! map.

pub mod attachments;
pub mod backup;
pub mod checklist;
pub mod comparison;
pub mod document;
pub mod evaluation;
pub mod evidence;
pub mod health;
pub mod inspection;
pub mod intake;
pub mod messages;
pub mod report;
pub mod review;
pub mod spreadsheet;
pub mod storage;
pub mod stored;
pub mod upload;
pub mod vietnamese;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod app;
#[cfg(target_arch = "wasm32")]
pub mod browser;
#[cfg(target_arch = "wasm32")]
pub mod element;
#[cfg(target_arch = "wasm32")]
mod view;
