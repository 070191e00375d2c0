//! Word files as another program reads them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs)]

mod content;
mod layout;
mod photos;
mod support;
