//! Sending reports: a person's actions, the queue, each attempt, and the reports that wait in other
//! workspaces.

mod attempt;
mod elsewhere;
mod outbox;
mod upload;

pub(super) use outbox::Outbox;
pub use upload::state_sentence;
