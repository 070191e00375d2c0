//! Tests of the built page, driven by its own controls, as a person would drive them.

mod accessibility;
mod bad_input;
mod contract;
mod judging;
mod keyboard;
mod modes;
mod saving;
mod screens;
mod support;
mod touch;
mod typing;
mod whole_job;
mod zoom;
