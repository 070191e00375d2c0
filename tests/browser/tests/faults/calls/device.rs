//! The device on which actions run: a browser or a store in memory.

use anyhow::Result;

use super::action::Action;
use super::contents::Contents;
use super::invariants::Run;
use super::strike::Strike;

/// A device whose storage can be made to fail. Each run begins with the same contents.
pub trait Device {
    /// Returns the contents before any action.
    async fn before(&mut self) -> Result<Contents>;

    /// Runs an action, with or without a strike, ends the program like a closed page, and reads the
    /// contents with a fresh start of it.
    async fn run(&mut self, action: Action, strike: Option<Strike>) -> Result<Run>;
}
