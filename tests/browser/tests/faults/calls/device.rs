//! What actions are carried out on, be it a browser or a store in memory.

use anyhow::Result;

use super::action::Action;
use super::contents::Contents;
use super::invariants::Run;
use super::strike::Strike;

/// Something that stores, and whose storage can be made to fail. Each run begins with the same
/// contents.
pub trait Device {
    /// What is there before any action.
    async fn before(&mut self) -> Result<Contents>;

    /// Carries an action out, with or without a strike, ends the program as a page that is closed
    /// does, and looks at what is left with a fresh start of it.
    async fn run(&mut self, action: Action, strike: Option<Strike>) -> Result<Run>;
}
