//! The connection: opening a database in the shape that the program works with, and noticing when
//! it is lost.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Event, IdbDatabase, IdbOpenDbRequest, IdbTransaction, IdbVersionChangeEvent};

use super::databases::factory;
use super::{Access, End, Outcome, PATIENCE, Transaction, thrown};
use crate::browser::listener::Listener;
use crate::browser::timer::Timer;
use crate::storage::StoreError;

/// How long an older page may stand in the way of an upgrade, in milliseconds: it closes its
/// connection at once, or does not know how to.
const PATIENCE_WITH_OTHERS: i32 = 2_000;

/// The shape of a database, and the way in which an older one gets it.
pub struct Shape {
    /// Counts the changes of the shape.
    pub version: u32,
    /// Makes the changes since a version; 0 is a database that is new. What fails is taken back
    /// whole.
    pub upgrade: fn(&IdbDatabase, from: u32) -> Result<(), JsValue>,
}

/// The signs of a database beyond a single connection to it.
#[derive(Default)]
pub struct Signs {
    /// An older page stands in the way of an upgrade: later calls would wait behind the first.
    is_blocked: Rc<Cell<bool>>,
    /// Somebody deleted it while it was open here.
    pub is_deleted: Rc<Cell<bool>>,
}

/// An open database.
pub struct Connection {
    database: IdbDatabase,
    /// Whether it can still be used; transactions look after it too.
    usable: Rc<Cell<bool>>,
    /// Whether it had to be made: nothing is in it.
    pub is_new: bool,
    /// Whether a newer program has changed its shape: it can be read as far as that is known here.
    pub is_newer: bool,
    _listeners: [Listener; 2],
}

impl Connection {
    /// Opens a database in a shape. One that a newer program has changed is opened as it is, and
    /// can only be read.
    pub async fn open(name: &str, shape: &Shape, signs: &Signs) -> Result<Self, StoreError> {
        match Self::open_in(name, Some(shape), signs).await {
            Err(StoreError::NewerProgram) => Self::open_in(name, None, signs).await,
            opened => opened,
        }
    }

    /// Opens a database in a shape, or as it is.
    async fn open_in(name: &str, shape: Option<&Shape>, signs: &Signs) -> Result<Self, StoreError> {
        let is_blocked = &signs.is_blocked;
        if is_blocked.get() {
            return Err(StoreError::Blocked);
        }
        let factory = factory()?;
        let request = match shape {
            Some(shape) => factory.open_with_u32(name, shape.version),
            None => factory.open(name),
        };
        let request = request.map_err(thrown)?;

        let outcome = Outcome::of(&request, "success", "error");
        let give_up = || {
            let ended = outcome.ended.clone();
            move || ended.give(End::Late)
        };
        let _patience = Timer::started(PATIENCE, give_up());
        let impatience = Timer::new(give_up());
        // Told also of a page that is about to close its connection: that is no reason to give up
        // yet.
        let was_told = Rc::new(Cell::new(false));
        let told = Rc::clone(&was_told);
        let _blocked = Listener::new(&request, "blocked", move |_| {
            told.set(true);
            impatience.start(PATIENCE_WITH_OTHERS);
        });
        let before = Rc::new(Cell::new(None));
        // Without a shape it is there already; should it be gone by now, it must not come into
        // being.
        let upgrade = shape.map_or(refuse as _, |shape| shape.upgrade);
        let (noted, opening) = (Rc::clone(&before), request.clone());
        let _upgrade = Listener::new(&request, "upgradeneeded", move |event| {
            // A database that is not whole must not come into being.
            if upgraded(&opening, &event, &noted, upgrade).is_err() {
                take_back_upgrade(&opening);
            }
        });
        let opened = outcome.result_of(&request).await;
        if opened == Err(StoreError::Timeout) {
            abandon(request, Rc::clone(is_blocked));
            is_blocked.set(was_told.get());
            return Err(if was_told.get() { StoreError::Blocked } else { StoreError::Timeout });
        }
        match opened {
            Ok(database) => {
                let is_new = before.get() == Some(0);
                let mut opened = Self::watched(database.unchecked_into(), &signs.is_deleted);
                (opened.is_new, opened.is_newer) = (is_new, shape.is_none());
                Ok(opened)
            }
            Err(StoreError::Closed) if before.get().is_some() => Err(StoreError::Upgrade),
            Err(error) => Err(error),
        }
    }

    fn watched(database: IdbDatabase, is_deleted: &Rc<Cell<bool>>) -> Self {
        let usable = Rc::new(Cell::new(true));
        let lost = Rc::clone(&usable);
        let wanted = (Rc::clone(&usable), database.clone(), Rc::clone(is_deleted));
        let listeners = [
            // The system took it away, as iOS does with pages in the background.
            Listener::new(&database, "close", move |_| lost.set(false)),
            // Someone deletes the database or a newer program changes it: don't stand in the way.
            Listener::new(&database, "versionchange", move |event| {
                let event = event.dyn_ref::<IdbVersionChangeEvent>();
                if event.is_some_and(|event| event.new_version().is_none()) {
                    wanted.2.set(true);
                }
                wanted.0.set(false);
                wanted.1.close();
            }),
        ];
        Self { database, usable, is_new: false, is_newer: false, _listeners: listeners }
    }

    /// Whether it can be used, for all that is known.
    pub fn is_usable(&self) -> bool {
        self.usable.get()
    }

    /// Starts a transaction over some object stores.
    ///
    /// # Errors
    /// [`StoreError::NewerProgram`] when a newer program has changed the database and something is
    /// to be written, or what is to be read is not there any more.
    pub fn transaction(&self, stores: &[&str], access: Access) -> Result<Transaction, StoreError> {
        let is_there = |name: &&str| self.database.object_store_names().contains(name);
        let may_be_done = matches!(access, Access::Read) && stores.iter().all(is_there);
        if self.is_newer && !may_be_done {
            return Err(StoreError::NewerProgram);
        }
        let names: Array = stores.iter().copied().map(JsValue::from_str).collect();
        let (mode, durability) = match access {
            Access::Read => ("readonly", "default"),
            Access::WriteStrictly | Access::WriteLastCopy => ("readwrite", "strict"),
        };
        let options = Object::new();
        _ = Reflect::set(&options, &"durability".into(), &durability.into());
        let database: &DurableDatabase = self.database.unchecked_ref();
        match database.transaction(&names, mode, &options) {
            Ok(transaction) => Ok(Transaction::watched(transaction, access, &self.usable)),
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

/// Upgrades the database that is being opened, and notes the version that it had.
fn upgraded(
    opening: &IdbOpenDbRequest,
    event: &Event,
    before: &Cell<Option<u32>>,
    upgrade: fn(&IdbDatabase, u32) -> Result<(), JsValue>,
) -> Result<(), JsValue> {
    let event = event.dyn_ref::<IdbVersionChangeEvent>().ok_or("no change of versions")?;
    // Versions are whole numbers, and ours are small ones.
    let from = event.old_version() as u32;
    before.set(Some(from));
    upgrade(opening.result()?.unchecked_ref(), from)
}

const fn refuse(_: &IdbDatabase, _: u32) -> Result<(), JsValue> {
    Err(JsValue::NULL)
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
