//! Sending a report to the address that the host names: the meaning of an answer, the moment of a
//! retry, and the stored state of a report that is to be sent. Pure: `browser::upload` makes the
//! request itself.

mod answer;
mod pace;
mod ticket;

pub use answer::{Answer, Cause, Doubt, Outcome, judge};
pub use pace::{Failures, left, patience, wish};
pub use ticket::{State, Ticket};
