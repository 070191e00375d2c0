//! Nothing that a person entered is ever lost: real faults while a page is being typed into, two
//! pages that edit the same inspection, and storage that fails at each call of an action.
//!
//! `cargo xtask test` runs them in a short form, `cargo xtask faults` in a long one. Each adds its
//! figures to `target/faults/report.md`. Chance comes from a seed that is printed;
//! `TKT_FAULTS_SEED` sets it.

mod calls;
mod damaged;
mod killed;
mod leaks;
mod left_page;
mod size;
mod soak;
mod support;
mod two_at_once;
