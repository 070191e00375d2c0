//! Newer releases of this program, as `src/shell/updates.js` tells of them, and going on with one.

use std::cell::OnceCell;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::EventTarget;

use super::listener::Listener;

#[wasm_bindgen]
extern "C" {
    /// The shell's knowledge of releases.
    #[wasm_bindgen(extends = EventTarget)]
    #[derive(Clone)]
    pub type Updates;

    #[wasm_bindgen(method, getter)]
    fn waits(this: &Updates) -> bool;

    #[wasm_bindgen(method, catch, js_name = takeOver)]
    async fn take_over(this: &Updates) -> Result<JsValue, JsValue>;
}

thread_local! {
    static UPDATES: OnceCell<Updates> = const { OnceCell::new() };
}

/// The shell is here.
#[wasm_bindgen(js_name = tellUpdates)]
pub fn tell_updates(updates: Updates) {
    // There is one shell; a second one would know the same.
    UPDATES.with(|known| _ = known.set(updates));
}

/// Whether a newer release is on this device and the page runs the one before.
#[must_use]
pub fn newer_waits() -> bool {
    UPDATES.with(|known| known.get().is_some_and(Updates::waits))
}

/// Calls a function when that may have changed.
#[must_use]
pub fn follow(told: impl Fn() + 'static) -> Option<Listener> {
    UPDATES.with(|known| Some(Listener::new(known.get()?, "change", move |_| told())))
}

/// Loads the page again, with the newer release. What is not saved by then is lost.
pub async fn reload_into_newer() {
    if let Some(updates) = UPDATES.with(|known| known.get().cloned()) {
        // If it can't take over, the page is loaded as it was, and says again that a newer one
        // waits.
        _ = updates.take_over().await;
    }
    _ = web_sys::window().map(|window| window.location().reload());
}
