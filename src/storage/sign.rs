//! Telling which of the two storages was emptied by what the other one notes. Pure.
//!
//! When something is first saved in a namespace, `localStorage` and the vault both note it. The
//! vault notes it a second time once a later page has found the note in `localStorage`: browsers
//! write that to the disk in their own time, so that a browser that is killed right after the first
//! note loses it, and nobody has emptied anything.

/// The note in the vault since something is saved there.
pub const SAVED: &str = "saved";

/// The note in the vault since a later page found the one in `localStorage`.
pub const SEEN: &str = "seen";

/// The meaning of the two notes together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing was noted.
    Nothing,
    /// Both storages are as they were.
    Fine,
    /// They are, and the vault does not note yet that a later page found it so.
    Unconfirmed,
    /// The note in `localStorage` did not reach the disk.
    Unwritten,
    /// `localStorage` was emptied.
    LocalStorageEmptied,
    /// The vault is another one than the one that something was saved in. If it holds something all
    /// the same, its note alone is missing.
    VaultGone,
}

impl Sign {
    /// Returns what follows from whether `localStorage` has its note, and from the vault's.
    #[must_use]
    pub fn of(is_noted: bool, vault: Option<&str>) -> Self {
        match (is_noted, vault) {
            (false, None) => Self::Nothing,
            (false, Some(SAVED)) => Self::Unwritten,
            (false, Some(_)) => Self::LocalStorageEmptied,
            (true, None) => Self::VaultGone,
            (true, Some(SAVED)) => Self::Unconfirmed,
            (true, Some(_)) => Self::Fine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_a_first_visit_nor_a_kill_is_taken_for_an_emptied_storage() {
        for (is_noted, vault, sign) in [
            (false, None, Sign::Nothing),
            (true, Some(SAVED), Sign::Unconfirmed),
            (true, Some(SEEN), Sign::Fine),
            // The browser was killed before the note was on the disk.
            (false, Some(SAVED), Sign::Unwritten),
            (false, Some(SEEN), Sign::LocalStorageEmptied),
            (true, None, Sign::VaultGone),
            // A newer program's note.
            (true, Some("?"), Sign::Fine),
        ] {
            assert_eq!(Sign::of(is_noted, vault), sign, "{is_noted} {vault:?}");
        }
    }
}
