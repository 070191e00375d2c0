//! Doing something in one window at a time.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

/// This window is the one; it is over when this is dropped.
#[must_use = "another window may begin when this is dropped"]
pub struct Held {
    release: Option<Function>,
    /// The function that the browser called with the lock.
    _granted: Option<Closure<dyn FnMut(JsValue) -> Promise>>,
}

impl Drop for Held {
    fn drop(&mut self) {
        let release = self.release.take();
        _ = release.map(|release| release.call0(&JsValue::NULL));
    }
}

/// Takes the lock of this name, unless another window has it. Where the browser has no locks, as on
/// pages without TLS, or gives none, as in a frame without an origin, nobody waits for anybody.
pub async fn try_hold(name: &str) -> Option<Held> {
    let free = || Some(Held { release: None, _granted: None });
    let Some((locks, request)) = locks() else { return free() };
    let mut release = None;
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let mut tell = None;
    let answered = Promise::new(&mut |resolve, _| tell = Some(resolve));
    let granted = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |lock: JsValue| {
        let is_ours = JsValue::from_bool(!lock.is_null());
        _ = tell.as_ref().map(|tell| tell.call1(&JsValue::NULL, &is_ours));
        held.clone()
    });
    let options = Object::new();
    _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    let asked = request.call3(&locks, &name.into(), &options, granted.as_ref().unchecked_ref());
    let Ok(asked) = asked else { return free() };
    // The request ends with the lock, or at once where it is refused.
    match JsFuture::from(Promise::race(&Array::of2(&answered, &asked))).await {
        Ok(answer) => answer.is_truthy().then(|| Held { release, _granted: Some(granted) }),
        Err(_) => free(),
    }
}

/// The browser's locks and the function that asks for one.
fn locks() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)?;
    let request = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, request))
}
