//! The report: one inspection as a file that can be opened and judged again anywhere.
//!
//! It carries its checklist whole and a digest over itself. Pure: nothing here downloads, uploads,
//! prints or stores; the printed form and the words for errors are elsewhere.

mod earlier;
mod export;
mod file_name;
mod import;
mod import_error;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod schema;
pub(crate) mod sealed;
pub mod wire;

pub use earlier::{read_earlier, write_earlier};
pub use export::Report;
pub use file_name::{MAX_FILE_NAME, file_name};
pub use import::{MAX_REPORT, import};
pub use import_error::{ImportError, Misfit};

/// The mark of a JSON file that is a report.
pub const FORMAT: &str = "tu-kiem-tra/report";

/// The version of the format that is written, and the newest that is read.
pub const FORMAT_VERSION: u32 = 1;

/// How the bytes are made over which the digest goes.
pub const CANONICALIZATION: &str = "RFC8785";
