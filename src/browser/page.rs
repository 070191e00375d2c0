//! The page as the browser treats it: in the background, or frozen.

use wasm_bindgen::JsCast as _;
use web_sys::{Event, PageTransitionEvent};

/// Returns whether the page is in the background, where browsers let timers wait for a minute.
pub fn is_hidden() -> bool {
    let page = web_sys::window().and_then(|window| window.document());
    page.is_some_and(|page| page.hidden())
}

/// Returns whether the browser keeps a page that is left, as this `pagehide` tells, to show it
/// again when the person goes back. Nothing in it goes on until then.
pub fn is_frozen_by(left: &Event) -> bool {
    left.dyn_ref().is_some_and(PageTransitionEvent::persisted)
}
