//! The elements in sight, as the page is scrolled.

use js_sys::Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Watches elements come into a band of the window and leave it, as long as this value is there.
#[must_use = "nothing is watched any more when this is dropped"]
pub struct Sight {
    observer: IntersectionObserver,
    _callback: Closure<dyn Fn(Array)>,
}

impl Sight {
    /// Has a function called with the place of an element in `elements`, and whether it is in the
    /// band, each time that changes. `margins` narrow the window down to the band, as CSS writes
    /// them. `None` where a browser can't tell.
    pub fn of(
        elements: Vec<Element>,
        margins: &str,
        seen: impl Fn(usize, bool) + 'static,
    ) -> Option<Self> {
        let watched = elements.clone();
        let callback = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
            for entry in entries.iter() {
                let Ok(entry) = entry.dyn_into::<IntersectionObserverEntry>() else { continue };
                let target = entry.target();
                if let Some(place) = elements.iter().position(|element| *element == target) {
                    seen(place, entry.is_intersecting());
                }
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(margins);
        let function = callback.as_ref().unchecked_ref();
        let observer = IntersectionObserver::new_with_options(function, &options).ok()?;
        watched.iter().for_each(|element| observer.observe(element));
        Some(Self { observer, _callback: callback })
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
