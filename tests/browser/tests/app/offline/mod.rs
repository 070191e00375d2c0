//! Without a network, and from one release to the next.

mod broken;
mod copies;
pub mod journey;
mod kept;
mod mixing;
mod portal;
mod settings;
mod slow;
mod telling;
mod updates;
mod worker;
