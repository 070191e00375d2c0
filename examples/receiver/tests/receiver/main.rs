//! Tests of the receiver: the real server on its own port, over real HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what went wrong by failing"
)]

mod across;
mod attacking;
mod crowding;
mod guarding;
mod hosts;
mod listing;
mod process;
mod senders;
mod starting;
mod storing;
mod support;
mod uploading;
