//! Tests of the receiver: the real server on a port of its own, asked over real HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test says what went wrong by failing"
)]

mod across;
mod guarding;
mod listing;
mod starting;
mod storing;
mod support;
mod uploading;
