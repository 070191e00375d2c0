//! Sending a report to the address that the host names: what an answer means, when to try again,
//! and what is known of a report that is to be sent. Pure: the request itself is
//! `browser::upload`'s.

mod answer;
mod pace;
mod ticket;

pub use answer::{Answer, Cause, Doubt, Outcome, judge};
pub use pace::{Failures, left, patience, wish};
pub use ticket::{State, Ticket};
