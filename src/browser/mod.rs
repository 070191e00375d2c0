//! The browser's platform: clock, randomness, files, fetching, events, timers
//! and how safe storage is.
//!
//! Besides [storage](crate::storage) and the views' own elements, nothing else touches it. No
//! function here knows checklists or inspections.

pub mod clock;
pub mod download;
pub mod events;
pub mod fetch;
pub mod listener;
pub mod panic;
pub mod print;
pub mod quota;
pub mod shell;
pub mod timer;
