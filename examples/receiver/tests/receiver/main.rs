//! Tests of the receiver: the real server on a port of its own, asked over real HTTP.

mod across;
mod listing;
mod starting;
mod storing;
mod support;
mod uploading;
