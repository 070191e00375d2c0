//! The stored data as text: records under their keys, and the bodies of those that are no entry.
//!
//! Pure. The store keeps records, backups carry them, and the program reads them: all three take
//! their names and shapes from here, so that no name of a part stands in two places.

mod aside;
mod bodies;
mod detail;
mod record;
mod records;
mod whole;

#[cfg(test)]
pub(crate) mod samples;

pub use aside::Aside;
pub use bodies::{
    BY_DIGEST, Listed, NOTHING_TO_SEND, StoredChecklist, StoredHeader, StoredProgress, ticket_in,
};
pub use detail::Detail;
pub use record::{Key, MAX_REVISION, Part, Record, Stamp, Unreadable, WriterId, revision_of};
pub use records::Records;
pub use whole::Whole;
