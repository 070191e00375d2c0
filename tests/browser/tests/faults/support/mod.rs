//! Shared helpers of the fault tests: their form, chance, typing, and the announced and stored
//! data.

pub mod chance;
pub mod edits;
pub mod figures;
pub mod form;
pub mod held;
pub mod ledger;
pub mod site;
pub mod stored;
pub mod typist;
pub mod witness;
