//! Office files. What is in them comes as data ([`Sheet`]), so that nothing here knows of inspections; how they
//! look is decided here.
//!
//! The libraries that write such files are large. In the browser they are a program of their own, `main.rs`,
//! that is fetched beside the form's.

mod sheet;
#[cfg(feature = "files")]
mod xlsx;

pub use sheet::{Cell, Column, Sheet};
#[cfg(feature = "files")]
pub use xlsx::xlsx;
