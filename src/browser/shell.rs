//! The state that the element's shell, `src/shell/element.js`, is told while the program still can:
//! one that has stopped can't be asked any more.

use std::cell::{Cell, OnceCell};

use js_sys::Function;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// The functions by which the shell is called.
struct Shell {
    stopped: Function,
    exposed: Function,
}

thread_local! {
    static SHELL: OnceCell<Shell> = const { OnceCell::new() };
    /// How many stores of the page have something in memory alone.
    static EXPOSED: Cell<u32> = const { Cell::new(0) };
}

/// The shell is here. `stopped` is called when the program panics; `exposed` with `true` when
/// something that was entered is in memory alone, with `false` when nothing is any more.
#[wasm_bindgen(js_name = tellShell)]
pub fn tell_shell(stopped: Function, exposed: Function) {
    // There is one shell; a second one would be told nothing.
    SHELL.with(|shell| _ = shell.set(Shell { stopped, exposed }));
}

/// The program panics.
pub fn tell_stopped() {
    with_shell(|shell| _ = shell.stopped.call0(&JsValue::NULL));
}

/// Something that was entered is neither in the vault nor in the journal: a program that stops
/// loses it. That is over when this is dropped.
pub struct Exposed(());

impl Exposed {
    /// From now on.
    #[must_use = "it is over when this is dropped"]
    pub fn begin() -> Self {
        count(|stores| stores.saturating_add(1));
        Self(())
    }
}

impl Drop for Exposed {
    fn drop(&mut self) {
        count(|stores| stores.saturating_sub(1));
    }
}

fn count(change: impl Fn(u32) -> u32) {
    let stores = change(EXPOSED.get());
    EXPOSED.set(stores);
    with_shell(|shell| _ = shell.exposed.call1(&JsValue::NULL, &(stores > 0).into()));
}

/// Also called in the midst of a panic, so it borrows nothing.
fn with_shell(tell: impl Fn(&Shell)) {
    SHELL.with(|shell| shell.get().into_iter().for_each(tell));
}
