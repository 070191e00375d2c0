//! Fields are read again, so that their texts are stored however they were filled.
//!
//! A browser's autofill, a script or a keyboard may fill a field without an `input` event. So
//! fields are read again when one of them is left or changed, and all of them before their texts
//! are used. Each gets the event that it listens to, and takes a text that it did not know. Nothing
//! is ever written into a field by this.

use std::cell::Cell;

use leptos::prelude::*;
use web_sys::{CustomEvent, CustomEventInit, Element, EventTarget, NodeList, ShadowRoot};

use super::heard::{Heard, is_at_work, set_checked, set_value};

/// The fields that listen to `input`, and their event.
const TYPED: (&str, &str) =
    ("input:not([type=checkbox], [type=radio], [type=file]):enabled, textarea:enabled", "input");

/// The fields that listen to `change`, and their event.
const CHOSEN: (&str, &str) =
    ("select:enabled, [type=checkbox]:enabled, [type=radio]:checked:enabled", "change");

thread_local! {
    static IS_ON: Cell<bool> = const { Cell::new(false) };
}

/// Returns whether fields are being read again. An event then means nothing else.
pub fn is_on() -> bool {
    IS_ON.get()
}

/// Reads a field again.
pub fn one(field: &Element) {
    for (fields, event) in [TYPED, CHOSEN] {
        ask_if(fields, event, field);
    }
}

/// Reads a field again that reports its text by `input`. The others report by `change`.
pub fn typed(field: &Element) {
    let (fields, event) = TYPED;
    ask_if(fields, event, field);
}

/// Reads all fields again.
pub fn all(root: &ShadowRoot) {
    for (fields, event) in [TYPED, CHOSEN] {
        if let Ok(found) = root.query_selector_all(fields) {
            ask(event, nodes(&found).iter());
        }
    }
}

fn ask_if(fields: &str, event: &str, field: &Element) {
    if field.matches(fields).unwrap_or_default() {
        ask(event, [field]);
    }
}

fn nodes(found: &NodeList) -> Vec<web_sys::Node> {
    (0..found.length()).filter_map(|index| found.item(index)).collect()
}

fn ask<T: AsRef<EventTarget>>(event: &str, fields: impl IntoIterator<Item = T>) {
    if is_at_work() {
        return;
    }
    let options = CustomEventInit::new();
    options.set_bubbles(true);
    // Not `Event`: old libraries replace that class by their own.
    let Ok(event) = CustomEvent::new_with_event_init_dict(event, &options) else { return };
    let was_on = IS_ON.replace(true);
    for field in fields {
        _ = field.as_ref().dispatch_event(&event);
    }
    IS_ON.set(was_on);
}

/// The text or tick that a field is known to show: the one that it was given or reported last. The
/// state behind the field is no measure of that, as the page follows it a little later.
pub struct Seen<T: 'static>(StoredValue<T>);

impl<T> Clone for Seen<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Seen<T> {}

impl<T: Clone + Default + PartialEq + Send + Sync + 'static> Seen<T> {
    /// Creates the state of a field in which nothing is entered.
    pub fn new() -> Self {
        Self(StoredValue::new(T::default()))
    }

    /// Notes the value that the field shows, and returns it, unless it is read again and known
    /// already.
    pub fn note(self, value: T) -> Option<T> {
        let is_new = !self.is(&value);
        if is_new {
            // A field that is gone shows nothing.
            _ = self.0.try_set_value(value.clone());
        }
        (is_new || !is_on()).then_some(value)
    }

    fn is(self, value: &T) -> bool {
        self.0.try_with_value(|seen| seen == value).unwrap_or_default()
    }
}

impl Seen<String> {
    /// Returns the text that was typed or chosen in the field, if it is new.
    pub fn entered(self, event: &Heard) -> Option<String> {
        self.note(event.text()?)
    }
}

impl Seen<bool> {
    /// Returns whether the box was ticked, if that is new.
    pub fn ticked(self, event: &Heard) -> Option<bool> {
        self.note(event.is_ticked()?)
    }
}

/// Makes a field or a list to choose from show a text, and follow it (`use:text_in`).
pub fn text_in(field: Element, (text, seen): (Signal<String>, Seen<String>)) {
    Effect::new(move |was: Option<()>| {
        let text = text.get();
        // At first the field may show a text that another view left in it.
        if was.is_none() || !seen.is(&text) {
            // Not every field can show every text: it has no line breaks, or no such choice.
            seen.note(set_value(&field, &text).unwrap_or(text));
        }
    });
}

/// Makes a box follow whether it is ticked (`use:tick_in`).
pub fn tick_in(field: Element, (ticked, seen): (Signal<bool>, Seen<bool>)) {
    Effect::new(move |was: Option<()>| {
        let ticked = ticked.get();
        if was.is_none() || !seen.is(&ticked) {
            set_checked(&field, ticked);
            seen.note(ticked);
        }
    });
}
