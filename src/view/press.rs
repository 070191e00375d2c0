//! Actions that wait until a press of the pointer has ended.
//!
//! A press takes the focus from the field that had it before it ends itself. If something moved
//! then, it would end beside the button where it began, and press nothing. That holds for the
//! buttons of the host's page as well.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use leptos::prelude::*;

use super::heard::{Heard, heard};
use crate::app::Listener;

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Notes that a press has begun. The page may not hear of the end of one that opens a menu: by
/// another button, or on a `select`.
fn begin(event: &Heard) {
    IS_ON.set(event.is_of_main_button() && !event.begins_in("select"));
}

/// Follows presses as long as the component is there. They end anywhere on the page or beside it;
/// one whose end nobody told of is over where keys are pressed.
pub fn follow() {
    let window = window();
    let first = |name| Listener::first(&window, name, |_| end());
    // Before all else that hears of them and may stop them; but the `blur` of a field is none of
    // the window.
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

/// Acts once no press is on: at once where none is.
pub fn after(act: impl FnOnce() + 'static) {
    if IS_ON.get() {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(act)));
    } else {
        act();
    }
}

fn end() {
    if IS_ON.replace(false) {
        // A click comes right after the button of the mouse is let go.
        set_timeout(|| WAITING.take().into_iter().for_each(|act| act()), Duration::ZERO);
    }
}
