//! The component's state for the views, with a signal for each subject.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;

use super::{Format, Health, Kept, Listed, Notice, Open, PendingImport, PendingRestore, Workspace};
use crate::checklist::{Checklist, Language};
use crate::health::Loss;
use crate::inspection::InspectionId;
use crate::intake::Told;
use crate::upload::Ticket;

/// A screen of the component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The screen while stored inspections are being read.
    Loading,
    /// The inspections on this device, and starting a new one.
    Home,
    /// Answering the open inspection.
    Answering,
    /// The result of the open inspection.
    Result,
}

/// The state of saving.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveState {
    /// Everything is, since that time of day if something was entered at all.
    Saved(Option<String>),
    /// Something is being saved.
    Saving,
    /// It can't be stored. It is kept in memory and retried.
    Failed,
}

impl SaveState {
    /// Returns the name in the page.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Saved(_) => "saved",
            Self::Saving => "saving",
            Self::Failed => "failed",
        }
    }
}

/// The signals that the views follow.
#[derive(Clone)]
pub struct Signals {
    pub language: ArcRwSignal<Language>,
    /// Counts the changes of the host's attributes.
    pub attributes: ArcRwSignal<u32>,
    pub screen: ArcRwSignal<Screen>,
    pub listed: ArcRwSignal<Vec<Listed>>,
    /// The tickets of reports that were sent.
    pub tickets: ArcRwSignal<BTreeMap<InspectionId, Ticket>>,
    /// The inspections whose reports are being sent at this moment.
    pub sending: ArcRwSignal<BTreeSet<InspectionId>>,
    /// The file that is being made while the person waits for it.
    pub making: ArcRwSignal<Option<Arc<Format>>>,
    /// The other workspaces in which reports wait to be sent, with the number of reports.
    pub waiting_elsewhere: ArcRwSignal<Vec<(Workspace, usize)>>,
    /// Whether the browser believes that there is a network. Used for words alone, as it is often
    /// wrong.
    pub online: ArcRwSignal<bool>,
    /// The kept changes to inspections that can be undone.
    pub kept: ArcRwSignal<Vec<Kept>>,
    /// The workspace that is shown.
    pub workspace: ArcRwSignal<Workspace>,
    /// All workspaces on this device. The first one comes first.
    pub workspaces: ArcRwSignal<Vec<Workspace>>,
    /// The item that must be visible, whatever is filtered.
    pub wanted: ArcRwSignal<Option<String>>,
    /// Checklists that the person opened from files.
    pub own_checklists: ArcRwSignal<Vec<Arc<Checklist>>>,
    pub open: ArcRwSignal<Option<Arc<Open>>>,
    pub saving: ArcRwSignal<SaveState>,
    pub notices: ArcRwSignal<Vec<Notice>>,
    /// Whether the person is told that a newer release waits.
    pub newer: ArcRwSignal<bool>,
    /// The progress of an import or a restore in words. Empty when none is under way.
    pub incoming: ArcRwSignal<String>,
    pub pending_import: ArcRwSignal<Option<PendingImport>>,
    /// The outcomes of an import, until the person has read them.
    pub told: ArcRwSignal<Vec<Told>>,
    pub pending_restore: ArcRwSignal<Option<PendingRestore>>,
    /// The health of the storage.
    pub health: ArcRwSignal<Health>,
    /// Data that was deleted from outside, until the person has seen that.
    pub loss: ArcRwSignal<Option<Loss>>,
    /// Whether the person has seen that little room is left.
    pub space_seen: ArcRwSignal<bool>,
    /// Counts the times that everything was deleted.
    pub cleared: ArcRwSignal<u32>,
    /// The reason why storing fails, in words, while it does.
    pub trouble: ArcRwSignal<Option<String>>,
    /// Whether the journal works, so that entered data survives a reload at once.
    pub journal_works: ArcRwSignal<bool>,
    /// The number of records that could not be read and were set aside.
    pub set_aside: ArcRwSignal<usize>,
    /// The inspections on this device whose headers can't be read.
    pub damaged: ArcRwSignal<Vec<InspectionId>>,
    /// The text that is read out to people who don't see the page.
    pub announcement: ArcRwSignal<String>,
}

impl Signals {
    /// Creates the signals of a component that has read nothing yet.
    pub(super) fn new(language: Language) -> Self {
        Self {
            language: ArcRwSignal::new(language),
            attributes: ArcRwSignal::new(0),
            screen: ArcRwSignal::new(Screen::Loading),
            listed: ArcRwSignal::new(Vec::new()),
            tickets: ArcRwSignal::new(BTreeMap::new()),
            sending: ArcRwSignal::default(),
            making: ArcRwSignal::new(None),
            waiting_elsewhere: ArcRwSignal::new(Vec::new()),
            online: ArcRwSignal::new(true),
            kept: ArcRwSignal::new(Vec::new()),
            workspace: ArcRwSignal::new(Workspace::default()),
            workspaces: ArcRwSignal::new(vec![Workspace::default()]),
            wanted: ArcRwSignal::new(None),
            own_checklists: ArcRwSignal::new(Vec::new()),
            open: ArcRwSignal::new(None),
            saving: ArcRwSignal::new(SaveState::Saved(None)),
            notices: ArcRwSignal::new(Vec::new()),
            newer: ArcRwSignal::new(false),
            incoming: ArcRwSignal::new(String::new()),
            pending_import: ArcRwSignal::new(None),
            told: ArcRwSignal::default(),
            pending_restore: ArcRwSignal::new(None),
            health: ArcRwSignal::new(Health::default()),
            loss: ArcRwSignal::new(None),
            space_seen: ArcRwSignal::new(false),
            cleared: ArcRwSignal::new(0),
            trouble: ArcRwSignal::new(None),
            journal_works: ArcRwSignal::new(true),
            set_aside: ArcRwSignal::new(0),
            damaged: ArcRwSignal::new(Vec::new()),
            announcement: ArcRwSignal::new(String::new()),
        }
    }
}
