//! Waiting for an event in the page.

use std::cell::RefCell;

/// The tasks that wait for an event.
#[derive(Default)]
pub struct Waiters(RefCell<Vec<js_sys::Function>>);

impl Waiters {
    /// Waits until the next event.
    pub async fn wait(&self) {
        let promise = js_sys::Promise::new(&mut |resolve, _| self.0.borrow_mut().push(resolve));
        _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    }

    /// Wakes all waiting tasks.
    pub fn wake(&self) {
        for resolve in self.0.take() {
            _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        }
    }
}
