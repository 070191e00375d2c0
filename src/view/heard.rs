//! Events whose properties are read by name.
//!
//! The class of an event is unreliable. A browser's autofill sends a `keydown` that is a plain
//! `Event` without a key, a script sends an `input` from an element that is no field, and an event
//! from another window has that window's classes. A getter of a class that an event does not have
//! stops the whole program. So each handler of the page that looks at its event gets a [`Heard`],
//! which asks for properties by name and copes with missing ones. `tests/tidy` forbids every other
//! way.

use std::cell::Cell;

use js_sys::Array;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, File, FileList, HtmlInputElement, ShadowRoot};

use super::reread;

#[wasm_bindgen]
extern "C" {
    /// Anything with properties. Each may be missing, be of any type, or throw when it is read.
    #[wasm_bindgen(js_name = Object, is_type_of = JsValue::is_object)]
    type Thing;

    #[wasm_bindgen(method, getter, catch)]
    fn key(this: &Thing) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = ctrlKey)]
    fn ctrl_key(this: &Thing) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = altKey)]
    fn alt_key(this: &Thing) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = metaKey)]
    fn meta_key(this: &Thing) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn button(this: &Thing) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = relatedTarget)]
    fn related_target(this: &Thing) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn value(this: &Thing) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, setter, catch)]
    fn set_value(this: &Thing, value: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn checked(this: &Thing) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch, js_name = dataTransfer)]
    fn data_transfer(this: &Thing) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn types(this: &Thing) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn files(this: &Thing) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, setter, catch)]
    fn set_checked(this: &Thing, checked: bool) -> Result<(), JsValue>;
}

thread_local! {
    /// The number of running handlers, one within another.
    static AT_WORK: Cell<u32> = const { Cell::new(0) };
}

/// Returns a handler that looks at its event.
pub fn heard<E: Into<Event>>(act: impl Fn(&Heard)) -> impl Fn(E) {
    move |event| {
        let others = AT_WORK.replace(AT_WORK.get().saturating_add(1));
        act(&Heard(event.into()));
        AT_WORK.set(others);
    }
}

/// Returns a handler of events that a person caused. It ignores events while fields are [read
/// again](reread).
pub fn by_person<E: Into<Event>>(act: impl Fn(&Heard)) -> impl Fn(E) {
    heard(move |event| {
        if !reread::is_on() {
            act(event);
        }
    })
}

/// Returns whether a handler is running, or the program has stopped within one. Then the program
/// must not call any handler.
pub fn is_at_work() -> bool {
    AT_WORK.get() > 0
}

/// An event of which nothing is known but its name.
pub struct Heard(Event);

impl Heard {
    /// Returns the key, if the event has one.
    pub fn key(&self) -> Option<String> {
        thing(&self.0)?.key().ok()?.as_string()
    }

    /// Returns whether a modifier was held that makes a key a command.
    pub fn is_command(&self) -> bool {
        thing(&self.0).is_some_and(|event| {
            [event.ctrl_key(), event.alt_key(), event.meta_key()]
                .iter()
                .any(|held| held.as_ref().is_ok_and(JsValue::is_truthy))
        })
    }

    /// Returns the text that the person entered in a field whose text is not stored, if the event
    /// comes from a field.
    pub fn value(&self) -> Option<String> {
        self.text().filter(|_| !reread::is_on())
    }

    /// Returns whether the person ticked a box that is not stored, if the event comes from a box.
    pub fn checked(&self) -> Option<bool> {
        self.is_ticked().filter(|_| !reread::is_on())
    }

    /// Returns the text in the field that it comes from. [`Seen`](super::reread::Seen) knows
    /// whether that is new.
    pub fn text(&self) -> Option<String> {
        thing(self.0.target()?.as_ref())?.value().ok()?.as_string()
    }

    /// Returns whether the box that it comes from is ticked. [`Seen`](super::reread::Seen) knows
    /// whether that is new.
    pub fn is_ticked(&self) -> Option<bool> {
        thing(self.0.target()?.as_ref())?.checked().ok()?.as_bool()
    }

    /// Returns the files in the field that it comes from.
    pub fn files(&self) -> Option<FileList> {
        self.field()?.files()
    }

    /// Returns whether files are dragged.
    pub fn drags_files(&self) -> bool {
        let types = self.dragged().and_then(|dragged| thing(&dragged)?.types().ok());
        let types = types.and_then(|types| types.dyn_into::<Array>().ok());
        types.is_some_and(|types| types.includes(&"Files".into(), 0))
    }

    /// Returns the files that are dropped.
    pub fn dropped(&self) -> Vec<File> {
        let files = self.dragged().and_then(|dragged| thing(&dragged)?.files().ok());
        let files = files.and_then(|files| files.dyn_into::<FileList>().ok());
        files.map(|files| all(&files)).unwrap_or_default()
    }

    fn dragged(&self) -> Option<JsValue> {
        thing(&self.0)?.data_transfer().ok()
    }

    /// Empties the field that it comes from, so that the same files can be chosen again.
    pub fn forget_files(&self) {
        _ = self.field().map(|field| field.set_value(""));
    }

    /// Returns the innermost element around its target that matches a selector, or the target
    /// itself.
    pub fn closest(&self, selector: &str) -> Option<Element> {
        self.0.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
    }

    /// Returns whether it begins in an element that matches a selector, even if that is in a
    /// component and the listener is outside.
    pub fn begins_in(&self, selector: &str) -> bool {
        let place = self.0.composed_path().get(0).dyn_into::<Element>().ok();
        place.is_some_and(|place| place.closest(selector).ok().flatten().is_some())
    }

    /// Returns whether it is of the main button of a mouse, or of a finger or pen.
    pub fn is_of_main_button(&self) -> bool {
        let button = thing(&self.0).and_then(|event| event.button().ok()?.as_f64());
        button.is_none_or(|button| button == 0.0)
    }

    /// Returns whether the focus moves within the element around that matches a selector.
    pub fn goes_within(&self, selector: &str) -> bool {
        let to = thing(&self.0).and_then(|event| event.related_target().ok());
        let to = to.and_then(|to| to.dyn_into::<Element>().ok());
        self.closest(selector).zip(to).is_some_and(|(around, to)| around.contains(Some(&to)))
    }

    /// Returns whether its target is the very element that listens, and nothing inside.
    pub fn is_own(&self) -> bool {
        self.0.target() == self.0.current_target()
    }

    /// Returns whether its target has the focus.
    pub fn has_focus(&self) -> bool {
        let place = self.0.target().and_then(|place| place.dyn_into::<Element>().ok());
        place.is_some_and(|place| place.matches(":focus").unwrap_or_default())
    }

    /// Returns whether the focus is gone from the field that it comes from. A window that loses the
    /// focus keeps it in the field.
    pub fn is_left(&self) -> bool {
        let place = self.0.target().and_then(|place| place.dyn_into::<Element>().ok());
        place.is_some_and(|place| {
            let root = place.get_root_node().dyn_into::<ShadowRoot>().ok();
            root.and_then(|root| root.active_element()).is_none_or(|focused| focused != place)
        })
    }

    /// Stops its propagation to the elements around.
    pub fn stop(&self) {
        self.0.stop_propagation();
    }

    /// Prevents the browser's default action.
    pub fn prevent_default(&self) {
        self.0.prevent_default();
    }

    fn field(&self) -> Option<HtmlInputElement> {
        self.0.target()?.dyn_into().ok()
    }
}

/// Returns all files of a list.
pub fn all(files: &FileList) -> Vec<File> {
    (0..files.length()).filter_map(|index| files.get(index)).collect()
}

/// Returns a value of the browser as a thing with properties.
fn thing(given: &JsValue) -> Option<&Thing> {
    given.dyn_ref()
}

/// Writes a text into a field, and returns the text that the field makes of it.
pub fn set_value(field: &Element, text: &str) -> Option<String> {
    let field = thing(field)?;
    field.set_value(text).ok()?;
    field.value().ok()?.as_string()
}

/// Ticks or unticks a box.
pub fn set_checked(field: &Element, checked: bool) {
    _ = thing(field).map(|field| field.set_checked(checked));
}
