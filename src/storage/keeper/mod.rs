//! The keeper of the promise: every record that was put reaches the vault, and nothing is called
//! saved before.
//!
//! One write at a time takes all that is unsaved; a failed one is repeated until it succeeds. Other
//! tabs and elements hear of each write, and what they write is taken in.

mod committing;
mod journaling;
mod others;
mod recovering;
mod saving;
mod whole;

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use web_sys::{Event, EventTarget};

use crate::browser::clock;
use crate::browser::listener::Listener;
use crate::browser::page;
use crate::browser::shell::Exposed;
use crate::browser::timer::Timer;
use crate::inspection::InspectionId;
use crate::storage::channel::Channel;
use crate::storage::journal::{Journal, Written};
use crate::storage::memory::Memory;
use crate::storage::once::Once;
use crate::storage::vault::Vault;
use crate::storage::{StoreError, StoreEvent};
use crate::stored::{Aside, Key, Record, Records, WriterId};

/// How long something that was put may be in the journal alone, in milliseconds.
const DELAY: i32 = 250;

/// How long to wait after the first failure, in milliseconds; twice as long after each further one.
const FIRST_RETRY: i32 = 1_000;

/// The longest to wait after a failure, in milliseconds.
const LAST_RETRY: i32 = 30_000;

/// Keeps the records of a namespace.
pub struct Keeper {
    namespace: String,
    writer: WriterId,
    journal: Journal,
    vault: Vault,
    channel: Option<Channel>,
    /// Starts the next write: soon after a put, later after a failure.
    timer: Timer,
    on_event: Box<dyn Fn(StoreEvent)>,
    // INVARIANT: neither is borrowed across an await or a call of `on_event`.
    memory: RefCell<Memory>,
    progress: RefCell<Progress>,
}

/// How saving goes.
#[derive(Default)]
struct Progress {
    /// A write is under way; there is never a second one beside it.
    writing: bool,
    /// Another is to follow at once.
    due: bool,
    /// How often the vault failed since it last worked.
    failures: u32,
    /// It was said that something is not saved yet, and not that all is.
    is_told: bool,
    /// Something could not be read: others may have written what is not known here.
    behind: bool,
    /// Something that is unsaved is not in the journal either: the shell knows, and the browser
    /// asks before the page is left.
    exposed: Option<(Exposed, Option<Listener>)>,
    /// It was said that the journal does not work.
    journal_refuses: bool,
    /// The browser keeps the page, as it was left, for when the person goes back to it.
    is_frozen: bool,
    /// Nobody listens to this store any more.
    closed: bool,
    /// Those who wait until nothing is unsaved.
    waiting: Vec<Once<Result<(), StoreError>>>,
}

impl Keeper {
    pub fn new(namespace: &str, on_event: Box<dyn Fn(StoreEvent)>) -> Rc<Self> {
        Rc::new_cyclic(|keeper: &Weak<Self>| {
            let (timed, hearing) = (keeper.clone(), keeper.clone());
            let on_time = move || _ = timed.upgrade().map(|keeper| keeper.save_now());
            let on_news = move |news| _ = hearing.upgrade().map(|keeper| keeper.hear(news));
            Self {
                namespace: namespace.to_owned(),
                writer: WriterId::from_random(clock::random_bytes()),
                journal: Journal::new(namespace),
                vault: Vault::new(namespace),
                channel: Channel::open(namespace, on_news),
                timer: Timer::new(on_time),
                on_event,
                memory: RefCell::default(),
                progress: RefCell::default(),
            }
        })
    }

    /// The moments at which what is unsaved is written at once, as the page may be about to go or
    /// the vault may work again; and those at which others may have written what was not heard
    /// here.
    pub fn listeners(self: &Rc<Self>) -> Vec<Listener> {
        let Some(window) = web_sys::window() else { return Vec::new() };
        let listen = |target: &EventTarget, event, act: fn(&Rc<Self>, &Event)| {
            let keeper = Rc::downgrade(self);
            Listener::new(target, event, move |event| {
                _ = keeper.upgrade().map(|keeper| act(&keeper, &event));
            })
        };
        let mut listeners = vec![
            listen(&window, "pagehide", Self::leave),
            listen(&window, "online", |keeper, _| keeper.save_now()),
            listen(&window, "pageshow", |keeper, _| keeper.come_back()),
        ];
        listeners.extend(window.document().map(|page| {
            listen(&page, "visibilitychange", |keeper, _| {
                keeper.save_now();
                keeper.wake();
            })
        }));
        listeners
    }

    /// Takes in what earlier pages left in the journal, and opens the vault. Journal entries of
    /// tabs that are alive come along: merging them twice does no harm.
    pub async fn start(self: &Rc<Self>) {
        let leftovers = self.journal.read();
        self.tell_aside(leftovers.unreadable.len());
        self.memory.borrow_mut().replay(leftovers);
        if !self.is_saved() {
            self.tell_saving();
        }
        match self.vault.open().await {
            // Existing records are read, and nothing can be saved.
            Ok(connection) if connection.is_newer => self.fail_to_read(StoreError::NewerProgram),
            Ok(_) => {
                // Records that can't be put back stay where they are.
                let lost = self.vault.put_back_aside().await.unwrap_or_default();
                self.memory.borrow_mut().note_lost(lost);
                self.save_now();
            }
            Err(error) => self.fail_to_read(error),
        }
    }

    /// Nobody listens any more: a last write of what is unsaved, which is told to no one here.
    pub fn close(self: &Rc<Self>) {
        self.progress.borrow_mut().closed = true;
        self.save_now();
    }

    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    pub const fn writer(&self) -> &WriterId {
        &self.writer
    }

    /// The vault itself, for what does not go through the journal.
    pub const fn vault(&self) -> &Vault {
        &self.vault
    }

    // Putting.

    pub fn put(self: &Rc<Self>, key: Key, body: String, kept: Option<String>) -> u64 {
        let record = self.memory.borrow_mut().put(key, body, kept, &self.writer);
        let written = self.write_journal(&record);
        self.tell_saving();
        if self.fails() || (written == Written::Safe && !page::is_hidden()) {
            self.timer.start(DELAY);
        } else {
            // Nothing else has it, or timers are slow: it does not wait.
            self.save_now();
        }
        record.stamp.revision
    }

    pub fn release(&self, key: &Key) {
        self.memory.borrow_mut().release(key);
        self.tell_saving();
        self.timer.start(DELAY);
    }

    pub fn set_aside(&self, record: Record) {
        let aside = Aside {
            origin: record.key.path(),
            text: record.to_text(),
            at: clock::now().to_string(),
        };
        let is_new = self.memory.borrow_mut().set_aside(record, aside);
        if is_new {
            self.timer.start(DELAY);
            self.tell_aside(1);
        }
    }

    pub async fn flush(self: &Rc<Self>) -> Result<(), StoreError> {
        if self.is_saved() {
            return Ok(());
        }
        let saved = Once::new();
        self.progress.borrow_mut().waiting.push(saved.clone());
        self.save_now();
        saved.await
    }

    // Reading.

    pub async fn headers(self: &Rc<Self>) -> Vec<Record> {
        match self.vault.overviews().await {
            Ok(found) => self.learn_quietly(found),
            Err(error) => self.fail_to_read(error),
        }
        self.memory.borrow().records(|key| key.part.is_overview())
    }

    pub fn lost(&self) -> Vec<Key> {
        self.memory.borrow().lost()
    }

    pub async fn load(self: &Rc<Self>, id: &InspectionId) -> Result<Vec<Record>, StoreError> {
        match self.vault.inspection(id).await {
            Ok(found) => {
                self.learn_quietly(found);
                self.memory.borrow_mut().note_whole(id);
            }
            Err(error) => {
                self.fail_to_read(error.clone());
                if !self.memory.borrow().has_whole(id) {
                    return Err(error);
                }
            }
        }
        Ok(self.known_of(id))
    }

    pub async fn checklist(&self, sha256: &str) -> Result<Option<String>, StoreError> {
        let known = self.memory.borrow().checklist(sha256);
        if known.is_some() {
            return Ok(known);
        }
        let read = self.vault.checklist(sha256).await?;
        if let Some(json) = &read {
            self.memory.borrow_mut().note_checklist(sha256, json);
        }
        Ok(read)
    }

    pub async fn kept(&self) -> Result<Vec<Record>, StoreError> {
        let mut all = Records::default();
        let there = match self.vault.kept().await {
            // Nothing was ever kept there.
            Err(StoreError::Denied) => Vec::new(),
            there => there?,
        };
        there.into_iter().for_each(|record| all.replace(record));
        let memory = self.memory.borrow();
        memory.unsaved().released.iter().for_each(|key| all.take(key));
        memory.unsaved().kept.iter().for_each(|record| all.replace(record.clone()));
        Ok(all.iter().cloned().collect())
    }

    pub async fn aside(&self) -> Vec<Aside> {
        let mut all = self.vault.aside().await.unwrap_or_default();
        all.extend_from_slice(&self.memory.borrow().unsaved().aside);
        all
    }
}
