//! The backup: everything that a device stores, in one file, and the fate of each inspection when
//! it is restored.
//!
//! Pure: nothing here stores or downloads. A backup holds the stored records as they are, with
//! their stamps, so that restoring is the same merge as between two tabs.

mod evidence;
mod fitting;
mod merge;
mod read;
#[cfg(not(target_arch = "wasm32"))]
mod schema;
pub mod wire;

pub use evidence::evidence_in;
pub use fitting::fitting;
pub use merge::{Fate, Merged, id_beside, merge};
pub use read::{KEPT_PREFERENCES, MAX_BACKUP, read_backup};

use crate::report::sealed::{canonical, integrity_of};
use wire::{RawBackup, RawInspection};

/// The value of `format` that marks a JSON file as a backup.
pub const FORMAT: &str = "tu-kiem-tra/backup";

/// The version of the format that is written, and the newest that can be read.
pub const FORMAT_VERSION: u32 = 1;

/// A validated backup: every name in it is known, and none occurs twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup(RawBackup);

impl Backup {
    /// Returns the bytes of a backup file: the RFC 8785 form of the object, with its digest.
    #[must_use]
    pub fn write(mut raw: RawBackup) -> Vec<u8> {
        raw.integrity = None;
        raw.integrity = Some(integrity_of(&raw).1);
        canonical(&raw)
    }

    /// Returns the backup in its published shape.
    #[must_use]
    pub const fn raw(&self) -> &RawBackup {
        &self.0
    }

    /// Returns all inspections in it, of every workspace.
    pub fn inspections(&self) -> impl Iterator<Item = &RawInspection> {
        self.0.workspaces.iter().flat_map(|workspace| &workspace.inspections)
    }
}

/// Returns the name of a backup's file. `day` is the day on which it is made, such as `2026-11-22`.
#[must_use]
pub fn file_name(day: &str) -> String {
    ["tu-kiem-tra_sao-luu_", day, ".json"].concat()
}
