//! Actions that wait until a press of the pointer has ended.
//!
//! Before a press ends, it takes the focus from the field that had it. If something moved then, the
//! press would end beside the button where it began, and click nothing. That holds for the buttons
//! of the host's page as well.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::prelude::*;

use super::heard::{Heard, heard};
use crate::app::Listener;

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Notes that a press has begun. The page may not hear of the end of a press that opens a menu: by
/// another button, or on a `select`.
fn begin(event: &Heard) {
    IS_ON.set(event.is_of_main_button() && !event.begins_in("select"));
}

/// Follows presses as long as the component is mounted. They end anywhere on the page or beside it.
/// A press whose end was not reported is over once a key is pressed.
pub fn follow() {
    let window = window();
    let first = |name| Listener::first(&window, name, |_| end());
    // Captured before all other listeners, which may stop the events. `blur` is not captured, as
    // that of a field is none of the window's.
    let listeners = StoredValue::new_local([
        Listener::first(&window, "mousedown", heard(begin)),
        first("mouseup"),
        first("dragend"),
        first("keydown"),
        Listener::new(&window, "blur", |_| end()),
    ]);
    on_cleanup(move || {
        end();
        listeners.dispose();
    });
}

/// Runs an action after the current press, or at once if there is none.
pub fn after(act: impl FnOnce() + 'static) {
    if IS_ON.get() {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(act)));
    } else {
        act();
    }
}

fn end() {
    if IS_ON.replace(false) {
        // The click comes right after the mouse button is released.
        set_timeout(|| WAITING.take().into_iter().for_each(|act| act()), Duration::ZERO);
    }
}
