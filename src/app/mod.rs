//! The running component: which screen is shown, which inspection is open, and what a person or a
//! host can do with it.
//!
//! It stands between the page and the edge. Views read its signals and call its actions. It asks
//! the core and puts records into the store. It never touches the DOM. The host is told through
//! [`HostEvent`].

mod actions;
mod attachments;
mod back_up;
mod backed_up;
mod bringing_in;
mod bundle;
mod bundling;
mod calls;
mod carrying;
mod comparing;
mod days;
mod document;
mod erase;
mod evidence;
mod exchange;
mod failure;
mod health;
mod hearing;
mod host;
mod importing;
mod incoming;
mod kept;
mod lacking;
mod moving;
mod newer;
mod notice;
mod office_file;
mod open;
mod own_checklist;
mod photos;
mod reading;
mod removed;
mod restore;
mod sending;
mod shelf;
mod signals;
mod spreadsheet;
mod starting;
mod taking_in;
mod undo;
mod waiters;
mod workspace;

pub use crate::browser::listener::Listener;
pub use crate::browser::sight::Sight;
pub use crate::storage::Workspace;
pub use crate::stored::Listed;
pub use bundling::Carrier;
pub use calls::Call;
pub use comparing::Compared;
pub use document::Given;
pub use failure::Failure;
pub use host::{Host, HostEvent, Prefill, Property, Upload};
pub use importing::{Decision, Difference, Here, PendingImport};
pub use kept::{Kept, What};
pub use lacking::with_lacks;
pub use notice::Notice;
pub use office_file::{Format, Made};
pub use open::{Attention, Open, OpenItem, Pasted};
pub use own_checklist::OpenedChecklist;
pub use photos::DrawnPhotos;
pub use restore::PendingRestore;
pub use sending::state_sentence;
pub use signals::{SaveState, Screen, Signals};
pub use starting::{NewInspection, name_by_digest};
pub use taking_in::OnConflict;
pub use undo::Undo;

use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::browser::clock;
use crate::browser::timer::Timer;
use crate::checklist::{Checklist, Language};
use crate::health::Health;
use crate::inspection::{InspectionId, Period};
use crate::messages::{Messages, messages};
use crate::storage::{Store, prefs};
use sending::Outbox;
use waiters::Waiters;
use web_sys::EventTarget;

/// The running component. Cheap to clone; all clones are the same component.
#[derive(Clone)]
pub struct App(Rc<Inner>);

struct Inner {
    store: RefCell<Option<Store>>,
    host: Host,
    prefill: Box<dyn Fn() -> Prefill>,
    property: Property,
    outbox: Outbox,
    fetched: RefCell<BTreeMap<String, Arc<Checklist>>>,
    next_notice: Cell<u32>,
    /// The highest [`StoredProgress::touched`](crate::stored::StoredProgress::touched) of the workspace.
    last_touch: Cell<u64>,
    /// Counts the changes to the visible list that were not made by reading it.
    list_changes: Cell<u32>,
    /// Counts the reads of the list that were begun.
    list_turns: Cell<u32>,
    /// The number of imports and restores that are under way.
    incoming: Cell<u32>,
    brought_in: Waiters,
    /// The number of the host's calls that are being answered.
    calls: Cell<u32>,
    answered: Waiters,
    rendered: Waiters,
    ready: Waiters,
    /// The host's namespace. All records lie in one of its workspaces.
    namespace: RefCell<String>,
    signals: Signals,
    /// The time of the last health check, in milliseconds.
    checked_at: Cell<i64>,
    /// Whether both storages note that something is saved in the workspace.
    noted: Cell<bool>,
    /// Whether the browser was asked to persist the storage.
    asked_to_keep: Cell<bool>,
    /// Listeners for the page becoming visible or focused again, and for new releases.
    looking: RefCell<Vec<Listener>>,
    /// Looks at the clock from time to time.
    days: RefCell<Option<Timer>>,
}

impl App {
    /// Creates a component that is not connected to its store yet. [`App::connect`] follows.
    #[must_use]
    pub fn new(
        language: Option<Language>,
        host: Host,
        prefill: Box<dyn Fn() -> Prefill>,
        property: Property,
    ) -> Self {
        let namespace = prefill().storage_namespace;
        let stored = prefs::get(&namespace, "language");
        let stored = stored.as_deref().and_then(Language::from_code);
        let signals = Signals::new(language.or(stored).unwrap_or_default());
        Self(Rc::new(Inner {
            store: RefCell::new(None),
            host,
            prefill,
            property,
            outbox: Outbox::default(),
            fetched: RefCell::default(),
            next_notice: Cell::new(0),
            last_touch: Cell::new(0),
            list_changes: Cell::new(0),
            list_turns: Cell::new(0),
            incoming: Cell::new(0),
            brought_in: Waiters::default(),
            calls: Cell::new(0),
            answered: Waiters::default(),
            rendered: Waiters::default(),
            ready: Waiters::default(),
            namespace: RefCell::new(namespace),
            signals,
            checked_at: Cell::default(),
            noted: Cell::default(),
            asked_to_keep: Cell::default(),
            looking: RefCell::default(),
            days: RefCell::default(),
        }))
    }

    /// Opens the store, reads its records and shows the first screen.
    pub async fn connect(&self) {
        let workspace = self.last_workspace().await;
        self.enter(workspace).await;
        *self.0.looking.borrow_mut() = self.look_again();
        self.follow_network();
        self.follow_days();
        self.0.ready.wake();
        self.tell(HostEvent::Ready);
        self.show_first_screen().await;
        self.check_health().await;
    }

    fn look_again(&self) -> Vec<Listener> {
        let Some(window) = web_sys::window() else { return Vec::new() };
        let listen = |target: &EventTarget, event| {
            let weak = Rc::downgrade(&self.0);
            Listener::new(target, event, move |_| {
                _ = weak.upgrade().map(|inner| Self(inner).looked_at());
            })
        };
        let mut listeners = vec![listen(&window, "focus")];
        listeners.extend(window.document().map(|page| listen(&page, "visibilitychange")));
        listeners.extend(self.follow_releases());
        listeners
    }

    /// Waits until the stored records were read.
    pub async fn until_ready(&self) {
        if self.store().is_none() {
            self.0.ready.wait().await;
        }
    }

    /// Returns the day on which an open inspection is judged.
    #[must_use]
    pub fn today(&self) -> chrono::NaiveDate {
        clock::today()
    }

    /// Returns the signals that the views follow.
    #[must_use]
    pub fn signals(&self) -> &Signals {
        &self.0.signals
    }

    /// Returns the texts in the person's language.
    #[must_use]
    pub fn words(&self) -> &'static Messages {
        messages(self.signals().language.get_untracked())
    }

    /// Returns the current values of the host's attributes.
    #[must_use]
    pub fn prefill(&self) -> Prefill {
        (self.0.prefill)()
    }

    /// Notes that the host changed an attribute.
    pub fn attributes_changed(&self) {
        self.signals().attributes.update(|times| *times = times.wrapping_add(1));
        if self.open().is_none() {
            self.follow_namespace_soon();
        }
    }

    /// Returns the inspection that is open.
    #[must_use]
    pub fn open(&self) -> Option<Arc<Open>> {
        self.signals().open.get_untracked()
    }

    /// Returns the period of the inspection that is open.
    pub fn period(&self) -> Option<Period> {
        self.open().map(|open| open.header.with_untracked(|header| header.period))
    }

    /// Returns the id of the inspection that is open.
    fn open_id(&self) -> Option<InspectionId> {
        self.open().map(|open| open.header.with_untracked(|header| header.id.clone()))
    }

    /// Judges the open inspection anew and looks at the network, as the page is visible or focused
    /// again. The day may be another one.
    pub fn looked_at(&self) {
        if let Some(open) = self.open() {
            open.judge_anew(clock::today());
        }
        self.look_at_network();
    }

    /// Shows another screen.
    pub fn show(&self, screen: Screen) {
        if self.signals().screen.get_untracked() != screen {
            self.clear_notices();
        }
        self.signals().screen.set(screen);
    }

    /// Changes the language and remembers it.
    pub fn set_language(&self, language: Language) {
        _ = prefs::set(&self.namespace(), "language", language.code());
        self.follow_language(language);
    }

    /// Changes the language for the host. This is not stored as the person's preference.
    pub fn follow_language(&self, language: Language) {
        if self.signals().language.get_untracked() != language {
            self.signals().language.set(language);
        }
    }

    /// Announces a sentence to people who use a screen reader.
    pub fn announce(&self, text: String) {
        self.signals().announcement.update(|said| {
            // A text that is set again must differ, or it is not read out.
            let again = if *said == text { "\u{a0}" } else { "" };
            *said = text + again;
        });
    }

    /// Notes that every item of the open inspection is rendered.
    pub fn rendered(&self) {
        self.0.rendered.wake();
    }

    fn tell(&self, event: HostEvent) -> bool {
        (self.0.host)(event)
    }

    fn store(&self) -> Option<Store> {
        self.0.store.borrow().clone()
    }
}
