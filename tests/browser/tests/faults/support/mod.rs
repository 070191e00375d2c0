//! What the fault tests share: how long they are, chance, typing, and what was told and stored.

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
