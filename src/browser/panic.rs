//! The last actions when the program itself is at fault.

use std::panic;

use web_sys::console;

use super::shell;

/// Has a panic told: to the browser's console, which would not say where it was, and to the shell,
/// which tells the person.
pub fn install_hook() {
    panic::set_hook(Box::new(|what| {
        console::error_1(&what.to_string().into());
        shell::tell_stopped();
    }));
}

/// Panics for the browser tests of what a panic leaves behind; not in a release.
#[cfg(feature = "panic-on-demand")]
pub mod on_demand {
    use std::cell::RefCell;
    use std::panic::panic_any;

    use wasm_bindgen::prelude::wasm_bindgen;

    thread_local! {
        static AWAITED: RefCell<String> = RefCell::default();
    }

    /// Panics at once.
    #[expect(clippy::panic, reason = "that is what it is for")]
    #[wasm_bindgen(js_name = panicNow)]
    pub fn now() {
        panic_any("on demand");
    }

    /// Panics in the midst of what the program does after it told the host of such an event.
    #[wasm_bindgen(js_name = panicAfter)]
    pub fn after(event: String) {
        AWAITED.set(event);
    }

    pub(in crate::browser) fn told(event: &str) {
        if AWAITED.with_borrow(|awaited| awaited == event) {
            now();
        }
    }
}
