//! Waiting for something to happen in the page.

use std::cell::RefCell;

/// Those who wait for something to happen.
#[derive(Default)]
pub struct Waiters(RefCell<Vec<js_sys::Function>>);

impl Waiters {
    /// Waits until it happens next.
    pub async fn wait(&self) {
        let promise = js_sys::Promise::new(&mut |resolve, _| self.0.borrow_mut().push(resolve));
        _ = wasm_bindgen_futures::JsFuture::from(promise).await;
    }

    /// It happened.
    pub fn wake(&self) {
        for resolve in self.0.take() {
            _ = resolve.call0(&wasm_bindgen::JsValue::NULL);
        }
    }
}
