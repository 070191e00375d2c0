//! What is done while storage fails, and what it promises.

/// Something that a person or a host does. All begin with the same: the inspection `own` with
/// answers, a roster and a photo, and one that was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The page starts, and `own` is opened.
    Open,
    StartBuiltIn,
    /// Of a checklist at a URL.
    StartOwn,
    Answer,
    /// Clears an answer.
    Clear,
    /// Empties a roster.
    Empty,
    /// Takes a photo away.
    Detach,
    Complete,
    /// To a newer version of the checklist.
    Move,
    /// Of a report of an inspection that is not here.
    ImportReject,
    /// Of an older report of `own`, as the two below.
    ImportReplace,
    ImportKeepBoth,
    /// A backup of which one inspection is newer, one the same, and two are not here.
    Restore,
    /// Deletes the one that was deleted for good.
    Purge,
    /// Deletes everything.
    Erase,
    Send,
}

/// When an action is said to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// When its method resolves, or the page says so.
    Told,
    /// When the page says after it that all is saved: until then it is shown, and that saving fails
    /// as well.
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

    /// Whether all is as it was afterwards.
    pub const fn changes_nothing(self) -> bool {
        matches!(self, Self::Open | Self::Send)
    }

    /// Whether it is finished at the next start where it is refused in the middle, as the person is
    /// told.
    pub const fn is_finished_later(self) -> bool {
        matches!(self, Self::Erase)
    }

    /// Whether it is whole or not at all inspection by inspection, and may be refused in the
    /// middle.
    pub const fn goes_by_inspection(self) -> bool {
        matches!(self, Self::Restore)
    }
}
