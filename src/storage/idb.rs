//! IndexedDB as futures: requests, transactions and a connection that says when it is lost.
//!
//! It knows nothing of what is stored. Every listener goes when its future does.

mod connection;
pub mod databases;

use std::cell::Cell;
use std::rc::{Rc, Weak};

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::{DomException, EventTarget, IdbObjectStore, IdbRequest, IdbTransaction, Window};

use super::StoreError;
use super::once::Once;
use crate::browser::listener::Listener;
use crate::browser::page;
use crate::browser::timer::Timer;

pub use connection::{Connection, Shape, Signs};

/// How long the database may take to answer, in milliseconds. Slow devices take a second; what
/// takes this long never ends, as connections do that the system took away without a word.
const PATIENCE: i32 = 15_000;

/// How often it is looked whether a transaction goes on, in milliseconds.
const TICK: i32 = 1_000;

/// The access that a transaction has.
#[derive(Clone, Copy)]
pub enum Access {
    Read,
    /// Complete means that the data is on the disk, not only with the system.
    WriteStrictly,
    /// Writes strictly what is nowhere else: it goes on in a page that is frozen, also where others
    /// wait for it then.
    WriteLastCopy,
}

/// A transaction. Dropped before it is [complete](Transaction::complete) it is taken back, so that
/// what was not acknowledged does not happen.
pub struct Transaction {
    transaction: IdbTransaction,
    outcome: Option<Outcome>,
    connection: Rc<Cell<bool>>,
    patience: Patience,
    /// Whether it was aborted as the page was frozen.
    is_frozen: Rc<Cell<bool>>,
    _freezing: Option<Listener>,
}

impl Transaction {
    fn watched(transaction: IdbTransaction, access: Access, connection: &Rc<Cell<bool>>) -> Self {
        let outcome = Outcome::of(&transaction, "complete", "abort");
        let is_frozen = Rc::new(Cell::new(false));
        let freezing = match access {
            Access::Read | Access::WriteStrictly => web_sys::window(),
            Access::WriteLastCopy => None,
        };
        let freezing = freezing.map(|window| abort_when_frozen(&window, &transaction, &is_frozen));
        let (ended, late) = (outcome.ended.clone(), transaction.clone());
        let patience = Patience::new(move || {
            ended.give(End::Late);
            // Ends the requests that are being waited for.
            _ = late.abort();
        });
        let connection = Rc::clone(connection);
        Self {
            transaction,
            outcome: Some(outcome),
            connection,
            patience,
            is_frozen,
            _freezing: freezing,
        }
    }

    /// A request was answered: what takes long is much work, and not a database that is gone.
    pub fn note_answer(&self) {
        self.patience.renew();
    }

    /// One of its object stores.
    pub fn store(&self, name: &str) -> Result<IdbObjectStore, StoreError> {
        self.transaction.object_store(name).map_err(thrown)
    }

    /// Returns why it was aborted, if it was, or else the error of one of its requests, which says
    /// less.
    pub fn why(&self, error: StoreError) -> StoreError {
        if self.is_frozen.get() {
            return StoreError::Frozen;
        }
        self.transaction.error().map_or(error, |error| failed(Some(error)))
    }

    /// Waits until all that was asked is done for good.
    pub async fn complete(mut self) -> Result<(), StoreError> {
        let Some(outcome) = &self.outcome else { return Ok(()) };
        match outcome.ended.clone().await {
            End::Good => {
                self.outcome = None;
                Ok(())
            }
            End::Bad => Err(self.why(StoreError::Closed)),
            End::Late => Err(StoreError::Timeout),
        }
    }
}

/// Aborts a transaction when the browser freezes the page: frozen with it, it would have all other
/// pages of the origin wait, in WebKit for as long as the browser keeps the page.
fn abort_when_frozen(
    window: &Window,
    transaction: &IdbTransaction,
    is_frozen: &Rc<Cell<bool>>,
) -> Listener {
    let (transaction, is_frozen) = (transaction.clone(), Rc::clone(is_frozen));
    Listener::new(window, "pagehide", move |event| {
        if page::is_frozen_by(&event) {
            is_frozen.set(transaction.abort().is_ok());
        }
    })
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
/// first poll: several may be sent before the first is awaited. One that fails ends its
/// transaction.
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

/// Gives up on a transaction in which nothing happens any more. It counts moments in which the page
/// was free to hear of an answer: a busy page is called once, however late.
struct Patience {
    left: Rc<Cell<i32>>,
    _timer: Rc<Timer>,
}

impl Patience {
    fn new(give_up: impl Fn() + 'static) -> Self {
        let left = Rc::new(Cell::new(PATIENCE / TICK));
        let counted = Rc::clone(&left);
        let timer = Rc::new_cyclic(|timer: &Weak<Timer>| {
            let timer = timer.clone();
            Timer::started(TICK, move || {
                counted.set(counted.get().saturating_sub(1));
                if counted.get() == 0 {
                    give_up();
                } else {
                    _ = timer.upgrade().map(|timer| timer.start(TICK));
                }
            })
        });
        Self { left, _timer: timer }
    }

    fn renew(&self) {
        self.left.set(PATIENCE / TICK);
    }
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
