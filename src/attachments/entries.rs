//! The files of a ZIP file that has a report or a backup with what goes along.

use std::collections::BTreeSet;

use crate::checklist::Digest;

/// The most bytes of a file with everything that goes along, whatever carries it.
pub const MAX_WITH_ATTACHMENTS: usize = 300 * 1024 * 1024;

/// The same of a backup, which has those of all inspections.
pub const MAX_BACKUP_WITH_ATTACHMENTS: usize = 2_000 * 1024 * 1024;

/// What a file in a ZIP file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It may be the report or the backup; of several, the one in the fewest folders is the likeliest.
    Text {
        /// In how many folders it is.
        depth: usize,
    },
    /// It goes along.
    Attachment,
    /// A folder, or what programs put in for themselves.
    Nothing,
}

/// What a file in a ZIP file is for, by its name.
#[must_use]
pub fn role(name: &str) -> Role {
    // Some programs of Windows write it the other way around.
    let name = name.replace('\\', "/");
    let depth = name.matches('/').count();
    let last = name.rsplit('/').next().unwrap_or_default();
    if last.is_empty() || last.starts_with('.') || name.starts_with("__MACOSX/") {
        Role::Nothing
    } else if last.to_lowercase().ends_with(".json") {
        Role::Text { depth }
    } else {
        Role::Attachment
    }
}

/// The name of an attachment in a ZIP file: its own, as far as every system takes it and no other file there
/// has it, however the letters are written.
#[must_use]
pub fn entry_name(name: &str, sha256: Digest, taken: &mut BTreeSet<String>) -> String {
    let is_bad = |letter: char| letter.is_control() || "/\\:*?\"<>|".contains(letter);
    let name = name.replace(is_bad, "_");
    let name = name.trim().trim_start_matches('.');
    let digits: String = sha256.to_string().chars().take(16).collect();
    let name = if name.is_empty() { digits.clone() } else { name.to_owned() };
    if taken.insert(name.to_lowercase()) {
        return name;
    }
    let name = [digits.as_str(), "_", &name].concat();
    taken.insert(name.to_lowercase());
    name
}
