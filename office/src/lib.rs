//! Office files and archives. What is in them comes as data ([`Sheet`], [`document`]), so that
//! nothing here knows of inspections; how they look is decided here.
//!
//! The libraries that write such files are large. In the browser they are a program of their own,
//! `main.rs`, that is fetched beside the form's.

pub mod document;
#[cfg(feature = "files")]
mod docx;
#[cfg(feature = "files")]
mod pack;
mod sheet;
#[cfg(feature = "files")]
mod sparse;
#[cfg(feature = "files")]
mod unpack;
#[cfg(feature = "files")]
mod xlsx;

#[cfg(feature = "files")]
pub use docx::docx;
#[cfg(feature = "files")]
pub use pack::Packer;
pub use sheet::{Cell, Column, Sheet};
#[cfg(feature = "files")]
pub use unpack::{MAX_ENTRIES, Trouble, Unpacker};
#[cfg(feature = "files")]
pub use xlsx::xlsx;
