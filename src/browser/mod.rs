//! The browser's platform: clock, randomness, files, fetching and sending, the network, events,
//! timers, locks, office files, the page itself, pictures, printing, how safe storage is, what is
//! in sight, and newer releases.
//!
//! Besides [storage](crate::storage) and the views' own elements, nothing else touches it. No
//! function here knows checklists or inspections.

pub mod archive;
pub mod clock;
pub mod download;
pub mod events;
pub mod fetch;
pub mod files;
pub mod listener;
pub mod locks;
pub mod names;
pub mod office;
pub mod online;
pub mod page;
pub mod panic;
pub mod picture;
pub mod print;
pub mod quota;
pub mod releases;
pub mod share;
pub mod shell;
pub mod sight;
pub mod timer;
pub mod upload;
