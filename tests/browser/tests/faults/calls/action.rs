//! The actions during which storage fails, and their promises.

/// An action of a person or a host. All start from the same state: the inspection `own` with
/// answers, a roster and a photo, and a deleted inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The page starts, and `own` is opened.
    Open,
    StartBuiltIn,
    /// Starts an inspection by a checklist at a URL.
    StartOwn,
    Answer,
    /// Clears an answer.
    Clear,
    /// Empties a roster.
    Empty,
    /// Takes a photo away.
    Detach,
    Complete,
    /// Moves `own` to a newer version of the checklist.
    Move,
    /// Imports a report of an inspection that is not here.
    ImportReject,
    /// Imports an older report of `own`, as does the next one.
    ImportReplace,
    ImportKeepBoth,
    /// Restores a backup of which one inspection is newer, one the same, and two are not here.
    Restore,
    /// Deletes the deleted inspection for good.
    Purge,
    /// Deletes everything.
    Erase,
    Send,
}

/// The condition under which an action counts as done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// Its method resolves, or the page says so.
    Told,
    /// The page then says that everything is saved. Until then it shows the change, and a failure
    /// to save as well.
    Saved,
}

impl Action {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::StartBuiltIn => "start-built-in",
            Self::StartOwn => "start-own",
            Self::Answer => "answer",
            Self::Clear => "clear",
            Self::Empty => "empty",
            Self::Detach => "detach",
            Self::Complete => "complete",
            Self::Move => "move",
            Self::ImportReject => "import-reject",
            Self::ImportReplace => "import-replace",
            Self::ImportKeepBoth => "import-keep-both",
            Self::Restore => "restore",
            Self::Purge => "purge",
            Self::Erase => "erase",
            Self::Send => "send",
        }
    }

    pub const fn promise(self) -> Promise {
        match self {
            Self::StartBuiltIn | Self::StartOwn | Self::Answer => Promise::Saved,
            _ => Promise::Told,
        }
    }

    /// Returns whether everything stays as it was.
    pub const fn changes_nothing(self) -> bool {
        matches!(self, Self::Open | Self::Send)
    }

    /// Returns whether the next start finishes the action if it is refused halfway, as the person
    /// is told.
    pub const fn is_finished_later(self) -> bool {
        matches!(self, Self::Erase)
    }

    /// Returns whether the action is atomic for each inspection alone, and may be refused halfway.
    pub const fn goes_by_inspection(self) -> bool {
        matches!(self, Self::Restore)
    }
}
