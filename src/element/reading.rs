//! The events after which fields are read again, before their values are used.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, ShadowRoot};

use crate::browser::listener::Listener;
use crate::view::reread;

/// Reads a field again when it changes or loses focus. Reads all fields again when a button is
/// pressed, a form is submitted or the page is hidden. These listeners run before all others.
pub(super) fn listeners(root: &ShadowRoot) -> Vec<Listener> {
    let field = |event: &Event| event.target()?.dyn_into::<Element>().ok();
    let mut listeners = vec![
        Listener::first(root, "change", move |event| {
            // A field that is being read again fires this event itself.
            _ = field(&event).filter(|_| !reread::is_on()).map(|field| reread::typed(&field));
        }),
        Listener::first(root, "blur", move |event| {
            _ = field(&event).map(|field| reread::one(&field));
        }),
    ];
    let all = |root: &ShadowRoot| {
        let root = root.clone();
        move |_| reread::all(&root)
    };
    listeners.push(Listener::first(root, "submit", all(root)));
    let pressed = root.clone();
    listeners.push(Listener::first(root, "click", move |event| {
        let place = event.target().and_then(|place| place.dyn_into::<Element>().ok());
        if place.is_some_and(|place| place.closest("[data-action]").ok().flatten().is_some()) {
            reread::all(&pressed);
        }
    }));
    if let Some(window) = web_sys::window() {
        listeners.push(Listener::first(&window, "visibilitychange", all(root)));
        listeners.push(Listener::first(&window, "pagehide", all(root)));
    }
    listeners
}
