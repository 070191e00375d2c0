//! IndexedDB as futures: requests, transactions and a connection that says when it is lost.
//!
//! It knows nothing of what is stored. Every listener goes when its future does.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    DomException, Event, EventTarget, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest,
    IdbTransaction, IdbVersionChangeEvent,
};

use super::StoreError;
use super::once::Once;
use crate::browser::listener::Listener;
use crate::browser::timer::Timer;

/// How long the database may take to answer, in milliseconds. Slow devices take a second; what
/// takes this long never ends, as connections do that the system took away without a word.
const PATIENCE: i32 = 15_000;

/// How long an older page may stand in the way of an upgrade, in milliseconds: it closes its
/// connection at once, or does not know how to.
const PATIENCE_WITH_OTHERS: i32 = 2_000;

/// What a database looks like, and how an older one comes to look so.
pub struct Shape {
    /// Counts the changes of the shape.
    pub version: u32,
    /// Makes the changes since a version; 0 is a database that is new. What fails is taken back whole.
    pub upgrade: fn(&IdbDatabase, from: u32) -> Result<(), JsValue>,
}

/// What is known of a database beyond a single connection to it.
#[derive(Default)]
pub struct Signs {
    /// An older page stands in the way of an upgrade: later calls would wait behind the first.
    is_blocked: Rc<Cell<bool>>,
    /// Somebody deleted it while it was open here.
    pub is_deleted: Rc<Cell<bool>>,
}

/// What a transaction may do.
#[derive(Clone, Copy)]
pub enum Access {
    Read,
    /// Complete means that the data is on the disk, not only with the system.
    WriteStrictly,
}

/// An open database.
pub struct Connection {
    database: IdbDatabase,
    /// Whether it can still be used; transactions look after it too.
    usable: Rc<Cell<bool>>,
    /// Whether it had to be made: nothing is in it.
    pub is_new: bool,
    _listeners: [Listener; 2],
}

impl Connection {
    /// Opens a database in a shape.
    pub async fn open(name: &str, shape: &Shape, signs: &Signs) -> Result<Self, StoreError> {
        let is_blocked = &signs.is_blocked;
        if is_blocked.get() {
            return Err(StoreError::Blocked);
        }
        let factory = web_sys::window().ok_or(StoreError::Denied)?.indexed_db();
        let factory = factory.map_err(thrown)?.ok_or(StoreError::Denied)?;
        let request = factory.open_with_u32(name, shape.version).map_err(thrown)?;

        let outcome = Outcome::of(&request, "success", "error");
        let give_up = || {
            let ended = outcome.ended.clone();
            move || ended.give(End::Late)
        };
        let _patience = Timer::started(PATIENCE, give_up());
        let impatience = Timer::new(give_up());
        let blocked = Rc::clone(is_blocked);
        let _blocked = Listener::new(&request, "blocked", move |_| {
            blocked.set(true);
            impatience.start(PATIENCE_WITH_OTHERS);
        });
        let before = Rc::new(Cell::new(None));
        let (noted, opening, upgrade) = (Rc::clone(&before), request.clone(), shape.upgrade);
        let _upgrade = Listener::new(&request, "upgradeneeded", move |event| {
            // A database that is not whole must not come into being.
            if upgraded(&opening, &event, &noted, upgrade).is_err() {
                take_back_upgrade(&opening);
            }
        });
        let opened = outcome.result_of(&request).await;
        if opened == Err(StoreError::Timeout) {
            abandon(request, Rc::clone(is_blocked));
            return Err(if is_blocked.get() { StoreError::Blocked } else { StoreError::Timeout });
        }
        is_blocked.set(false);
        match opened {
            Ok(database) => {
                let is_new = before.get() == Some(0);
                Ok(Self::watched(database.unchecked_into(), is_new, &signs.is_deleted))
            }
            Err(StoreError::Closed) if before.get().is_some() => Err(StoreError::Upgrade),
            Err(error) => Err(error),
        }
    }

    fn watched(database: IdbDatabase, is_new: bool, is_deleted: &Rc<Cell<bool>>) -> Self {
        let usable = Rc::new(Cell::new(true));
        let lost = Rc::clone(&usable);
        let wanted = (Rc::clone(&usable), database.clone(), Rc::clone(is_deleted));
        let listeners = [
            // The system took it away, as iOS does with pages in the background.
            Listener::new(&database, "close", move |_| lost.set(false)),
            // Someone deletes the database or a newer program changes it: don't stand in the way.
            Listener::new(&database, "versionchange", move |event| {
                let event: &IdbVersionChangeEvent = event.unchecked_ref();
                if event.new_version().is_none() {
                    wanted.2.set(true);
                }
                wanted.0.set(false);
                wanted.1.close();
            }),
        ];
        Self { database, usable, is_new, _listeners: listeners }
    }

    /// Whether it can be used, for all that is known.
    pub fn is_usable(&self) -> bool {
        self.usable.get()
    }

    /// Starts a transaction over some object stores.
    pub fn transaction(&self, stores: &[&str], access: Access) -> Result<Transaction, StoreError> {
        let names: Array = stores.iter().copied().map(JsValue::from_str).collect();
        let (mode, durability) = match access {
            Access::Read => ("readonly", "default"),
            Access::WriteStrictly => ("readwrite", "strict"),
        };
        let options = Object::new();
        _ = Reflect::set(&options, &"durability".into(), &durability.into());
        let database: &DurableDatabase = self.database.unchecked_ref();
        match database.transaction(&names, mode, &options) {
            Ok(transaction) => Ok(Transaction::watched(transaction, &self.usable)),
            Err(exception) => {
                self.usable.set(false);
                Err(thrown(exception))
            }
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.close();
    }
}

#[wasm_bindgen]
extern "C" {
    // web-sys has the options of a transaction only behind its unstable flag.
    type DurableDatabase;

    #[wasm_bindgen(method, catch)]
    fn transaction(
        this: &DurableDatabase,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// A transaction. Dropped before it is [complete](Transaction::complete) it is taken back, so that
/// what was not acknowledged does not happen.
pub struct Transaction {
    transaction: IdbTransaction,
    outcome: Option<Outcome>,
    connection: Rc<Cell<bool>>,
    _patience: Timer,
}

impl Transaction {
    fn watched(transaction: IdbTransaction, connection: &Rc<Cell<bool>>) -> Self {
        let outcome = Outcome::of(&transaction, "complete", "abort");
        let late = (outcome.ended.clone(), transaction.clone());
        let patience = Timer::started(PATIENCE, move || {
            late.0.give(End::Late);
            // Ends the requests that are being waited for.
            _ = late.1.abort();
        });
        let connection = Rc::clone(connection);
        Self { transaction, outcome: Some(outcome), connection, _patience: patience }
    }

    /// One of its object stores.
    pub fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        self.transaction.object_store(name).map_err(thrown)
    }

    /// Why it was aborted, if it was: that says more than the requests that ended with it.
    pub fn reason(&self) -> Option<StoreError> {
        self.transaction.error().map(|error| failed(Some(error)))
    }

    /// Waits until all that was asked is done for good.
    pub async fn complete(mut self) -> Result<(), StoreError> {
        let Some(outcome) = &self.outcome else { return Ok(()) };
        match outcome.ended.clone().await {
            End::Good => {
                self.outcome = None;
                Ok(())
            }
            End::Bad => Err(failed(self.transaction.error())),
            End::Late => Err(StoreError::Timeout),
        }
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if self.outcome.is_some() {
            // It may have been aborted already, by an error or with its connection.
            _ = self.transaction.abort();
            // Some connections that are lost don't say so: after a failure a new one is opened.
            self.connection.set(false);
        }
    }
}

/// Waits for a request's result. The request is listened to from the call on, not only from the
/// first poll: several may be sent before the first is awaited.
///
/// A transaction stays active while its futures are being polled, as they are woken by its own
/// events; awaiting anything else in between would end it.
pub fn result(
    request: Result<IdbRequest, JsValue>,
) -> impl Future<Output = Result<JsValue, StoreError>> {
    let sent = request.map(|request| (Outcome::of(&request, "success", "error"), request));
    async move {
        let (outcome, request) = sent.map_err(thrown)?;
        outcome.result_of(&request).await
    }
}

/// An exception that the browser threw.
pub fn thrown(exception: JsValue) -> StoreError {
    let text = |name: &str| {
        let value = Reflect::get(&exception, &name.into()).ok();
        value.and_then(|value| value.as_string()).unwrap_or_default()
    };
    StoreError::from_exception(text("name"), text("message"))
}

/// An error that an event told of; without one, someone took it back.
fn failed(error: Option<DomException>) -> StoreError {
    error.map_or(StoreError::Closed, |error| {
        StoreError::from_exception(error.name(), error.message())
    })
}

/// Upgrades the database that is being opened, and notes the version that it had.
fn upgraded(
    opening: &IdbOpenDbRequest,
    event: &Event,
    before: &Cell<Option<u32>>,
    upgrade: fn(&IdbDatabase, u32) -> Result<(), JsValue>,
) -> Result<(), JsValue> {
    let event: &IdbVersionChangeEvent = event.unchecked_ref();
    // Versions are whole numbers, and ours are small ones.
    let from = event.old_version() as u32;
    before.set(Some(from));
    upgrade(opening.result()?.unchecked_ref(), from)
}

fn take_back_upgrade(opening: &IdbOpenDbRequest) {
    opening.transaction().map(|transaction| transaction.abort());
}

/// Nobody waits any more for a database that may open all the same: it must neither be upgraded to
/// nothing nor stay open, in the way of others. In the end nothing blocks it any more.
fn abandon(request: IdbOpenDbRequest, is_blocked: Rc<Cell<bool>>) {
    let (upgrading, opened, failed) = (request.clone(), request.clone(), Rc::clone(&is_blocked));
    let upgrade = Closure::once_into_js(move || take_back_upgrade(&upgrading));
    let success = Closure::once_into_js(move || {
        is_blocked.set(false);
        _ = opened.result().map(|database| database.unchecked_into::<IdbDatabase>().close());
    });
    let error = Closure::once_into_js(move || failed.set(false));
    request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
    request.set_onsuccess(Some(success.unchecked_ref()));
    request.set_onerror(Some(error.unchecked_ref()));
}

/// How something ended.
enum End {
    Good,
    Bad,
    Late,
}

/// The end of a request or a transaction, whichever of its two events comes.
struct Outcome {
    ended: Once<End>,
    _listeners: [Listener; 2],
}

impl Outcome {
    fn of(target: &EventTarget, good: &'static str, bad: &'static str) -> Self {
        let ended = Once::new();
        let listen = |event, end: fn() -> End| {
            let ended = ended.clone();
            Listener::new(target, event, move |_| ended.give(end()))
        };
        let listeners = [listen(good, || End::Good), listen(bad, || End::Bad)];
        Self { ended, _listeners: listeners }
    }

    async fn result_of(self, request: &IdbRequest) -> Result<JsValue, StoreError> {
        match self.ended.clone().await {
            End::Good => request.result().map_err(thrown),
            End::Bad => Err(failed(request.error().ok().flatten())),
            End::Late => Err(StoreError::Timeout),
        }
    }
}
