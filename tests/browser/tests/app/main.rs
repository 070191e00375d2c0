//! Tests of the built page, driven by its own controls, as a person would drive them.

mod accessibility;
mod bad_input;
mod contract;
mod finding;
mod golden;
mod importing;
mod judging;
mod keyboard;
mod life;
mod modes;
mod moving;
mod own_checklists;
mod rosters;
mod saving;
mod screens;
mod sharing;
mod stopping;
mod support;
mod taking_back;
mod touch;
mod trouble;
mod typing;
mod whole_job;
mod zoom;
