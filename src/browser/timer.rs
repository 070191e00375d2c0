//! Timers that stop themselves.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Promise};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// Calls a function some time after it was started; at most one call is ever on its way.
#[must_use = "the timer stops when this is dropped"]
pub struct Timer {
    callback: Closure<dyn Fn()>,
    /// The browser's number of the call that is on its way.
    running: Rc<Cell<Option<i32>>>,
}

impl Timer {
    /// A timer that is not running.
    pub fn new(callback: impl Fn() + 'static) -> Self {
        let running = Rc::new(Cell::new(None));
        let fired = Rc::clone(&running);
        let callback = Closure::<dyn Fn()>::new(move || {
            fired.set(None);
            callback();
        });
        Self { callback, running }
    }

    /// A timer that runs.
    pub fn started(milliseconds: i32, callback: impl Fn() + 'static) -> Self {
        let timer = Self::new(callback);
        timer.start(milliseconds);
        timer
    }

    /// Starts it, unless it runs.
    pub fn start(&self, milliseconds: i32) {
        if self.running.get().is_some() {
            return;
        }
        let callback = self.callback.as_ref().unchecked_ref();
        self.running.set(web_sys::window().and_then(|window| {
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(callback, milliseconds)
                .ok()
        }));
    }

    /// Takes the call back that is on its way.
    pub fn stop(&self) {
        if let (Some(number), Some(window)) = (self.running.take(), web_sys::window()) {
            window.clear_timeout_with_handle(number);
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Lets whatever else waits in the page go first. A message takes no time of its own, while
/// browsers let timers wait for seconds in a page in the background.
pub async fn pause() {
    let Ok(channel) = MessageChannel::new() else { return };
    let over = Promise::new(&mut |resolve, _| channel.port1().set_onmessage(Some(&resolve)));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        _ = JsFuture::from(over).await;
    }
    channel.port1().close();
}

/// Returns the result of a promise, if it has one within so many milliseconds.
pub async fn within(milliseconds: i32, promise: &Promise) -> Option<Result<JsValue, JsValue>> {
    let mut end = None;
    let over = Promise::new(&mut |resolve, _| end = Some(resolve));
    let is_over = Rc::new(Cell::new(false));
    let told = Rc::clone(&is_over);
    let _timer = Timer::started(milliseconds, move || {
        told.set(true);
        _ = end.as_ref().map(|end| end.call0(&JsValue::NULL));
    });
    let first = JsFuture::from(Promise::race(&Array::of2(promise, &over))).await;
    (!is_over.get()).then_some(first)
}
