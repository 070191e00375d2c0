//! Sending reports: what a person does about it, the queue of what waits, each attempt, and what
//! waits in other workspaces.

mod attempt;
mod elsewhere;
mod outbox;
mod upload;

pub(super) use outbox::Outbox;
pub use upload::state_sentence;
