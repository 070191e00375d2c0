//! Handing a report to other programs of the device: the system's share sheet, and the clipboard.

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FilePropertyBag};

/// The outcome of sharing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shared {
    /// Another program has it.
    Done,
    /// The person thought better of it.
    Left,
    /// The system does not take it.
    Failed,
}

/// A way to hand over a file of JSON.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// The ending after the name.
    ending: &'static str,
    mime: &'static str,
}

/// The ways, best first. Chromium hands over no files of JSON, but texts.
const FORMS: [Form; 2] =
    [Form { ending: "", mime: "application/json" }, Form { ending: ".txt", mime: "text/plain" }];

/// How the system's share sheet takes a file of JSON, if it does.
#[must_use]
pub fn form() -> Option<Form> {
    let navigator = web_sys::window()?.navigator();
    let can_share = method(&navigator, "canShare")?;
    FORMS.into_iter().find(|form| {
        let data = files("x.json", *form, b"{}");
        let answer = data.and_then(|data| can_share.call1(&navigator, &data));
        answer.is_ok_and(|can| can.is_truthy())
    })
}

/// Shows the system's share sheet with a file of JSON.
pub async fn share(name: &str, form: Form, bytes: &[u8]) -> Shared {
    let ask = || {
        let data = files(name, form, bytes).ok()?;
        let navigator = web_sys::window()?.navigator();
        let asked = method(&navigator, "share")?.call1(&navigator, &data).ok()?;
        asked.dyn_into::<js_sys::Promise>().ok()
    };
    let Some(asked) = ask() else { return Shared::Failed };
    match JsFuture::from(asked).await {
        Ok(_) => Shared::Done,
        Err(error) if name_of(&error) == "AbortError" => Shared::Left,
        Err(_) => Shared::Failed,
    }
}

/// Puts a text on the clipboard; says whether it is there.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Pages without TLS have no such clipboard.
    let navigator = window.navigator();
    let clipboard = Reflect::get(&navigator, &"clipboard".into()).ok().filter(JsValue::is_object);
    if let Some(clipboard) = clipboard {
        let asked = method(&clipboard, "writeText");
        let asked = asked.and_then(|write| write.call1(&clipboard, &text.into()).ok());
        if let Some(asked) = asked.and_then(|asked| asked.dyn_into::<js_sys::Promise>().ok())
            && JsFuture::from(asked).await.is_ok()
        {
            return true;
        }
    }
    copy_by_command(text).unwrap_or(false)
}

/// The way of before: whoever hears that something is copied may say what.
fn copy_by_command(text: &str) -> Option<bool> {
    let document = web_sys::window()?.document()?;
    let text = text.to_owned();
    let answer = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        let given = Reflect::get(&event, &"clipboardData".into()).unwrap_or_default();
        let set = method(&given, "setData");
        _ = set.map(|set| set.call2(&given, &"text/plain".into(), &text.as_str().into()));
        let prevent = method(&event, "preventDefault");
        _ = prevent.map(|prevent| prevent.call0(&event));
    });
    let callback = answer.as_ref().unchecked_ref();
    document.add_event_listener_with_callback_and_bool("copy", callback, true).ok()?;
    let command = method(&document, "execCommand");
    let done = command.and_then(|command| command.call1(&document, &"copy".into()).ok());
    document.remove_event_listener_with_callback_and_bool("copy", callback, true).ok()?;
    Some(done?.is_truthy())
}

fn files(name: &str, form: Form, bytes: &[u8]) -> Result<Object, JsValue> {
    let options = FilePropertyBag::new();
    options.set_type(form.mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let file_name = [name, form.ending].concat();
    let file = File::new_with_u8_array_sequence_and_options(&parts, &file_name, &options)?;
    let data = Object::new();
    Reflect::set(&data, &"files".into(), &Array::of1(&file))?;
    Reflect::set(&data, &"title".into(), &name.into())?;
    Ok(data)
}

fn method(of: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(of, &name.into()).ok()?.dyn_into().ok()
}

fn name_of(error: &JsValue) -> String {
    let name = Reflect::get(error, &"name".into()).ok();
    name.and_then(|name| name.as_string()).unwrap_or_default()
}
