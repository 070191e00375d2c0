//! Event listeners that remove themselves.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, EventTarget};

/// A listener that is there as long as this value.
#[must_use = "the listener is removed when this is dropped"]
pub struct Listener {
    target: EventTarget,
    event: &'static str,
    /// Whether it hears of events before what is inside of its target.
    is_first: bool,
    callback: Closure<dyn Fn(Event)>,
}

impl Listener {
    /// Has a function called on each event of that name.
    pub fn new(
        target: &EventTarget,
        event: &'static str,
        callback: impl Fn(Event) + 'static,
    ) -> Self {
        Self::of(target, event, false, callback)
    }

    /// Adds a listener that is called before those of everything inside the target.
    pub fn first(
        target: &EventTarget,
        event: &'static str,
        callback: impl Fn(Event) + 'static,
    ) -> Self {
        Self::of(target, event, true, callback)
    }

    fn of(
        target: &EventTarget,
        event: &'static str,
        is_first: bool,
        callback: impl Fn(Event) + 'static,
    ) -> Self {
        let callback = Closure::<dyn Fn(Event)>::new(callback);
        let function = callback.as_ref().unchecked_ref();
        // Adding a function as a listener cannot fail.
        _ = target.add_event_listener_with_callback_and_bool(event, function, is_first);
        Self { target: target.clone(), event, is_first, callback }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.callback.as_ref().unchecked_ref();
        let (event, is_first) = (self.event, self.is_first);
        _ = self.target.remove_event_listener_with_callback_and_bool(event, function, is_first);
    }
}
