//! The report: one inspection as a file that can be opened and judged again anywhere.
//!
//! It contains its whole checklist and a digest of itself. Pure: nothing here downloads, uploads,
//! prints or stores. The printed form and the texts for errors are elsewhere.

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

/// The value of `format` that marks a JSON file as a report.
pub const FORMAT: &str = "tu-kiem-tra/report";

/// The version of the format that is written, and the newest that can be read.
pub const FORMAT_VERSION: u32 = 1;

/// The canonical form of the bytes that the digest covers.
pub const CANONICALIZATION: &str = "RFC8785";
