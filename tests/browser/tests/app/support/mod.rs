//! Shared helpers: checklists as data, the steps of a person's work, reports, keys and the mouse.

pub mod answers;
pub mod attachments;
pub mod checklists;
pub mod clock;
pub mod dialogs;
pub mod keys;
pub mod office;
pub mod paper;
pub mod pictures;
pub mod pointer;
pub mod receiver;
pub mod release;
pub mod reports;
pub mod scripts;
pub mod sites;
pub mod start;
pub mod steps;
