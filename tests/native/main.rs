//! Native tests of the pure core: `checklist`, `inspection`, `evaluation`, `report`. Cases are data
//! in `tests/cases`; each file of them has one helper here.
#![cfg(not(target_arch = "wasm32"))]
// A test says what went wrong by failing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod applicability;
mod arbitrary;
mod attachments;
mod backups;
mod bad_checklists;
mod bad_files;
mod bad_reports;
mod builtin;
mod canonical;
mod carrying;
mod comparison;
mod counting;
mod document;
mod editing;
mod embedding_guide;
mod evidence;
mod file_names;
mod findings;
mod flaws;
mod golden;
mod guide;
mod intake;
mod judging;
mod lost;
mod moving;
mod photos;
mod ratios;
mod reading;
mod reports;
mod result;
mod robustness;
mod round_trips;
mod sending;
mod spreadsheet;
mod support;
mod tables;
mod validity;
