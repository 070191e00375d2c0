//! What is told when the program itself is at fault.

use std::panic;

use web_sys::console;

/// Has the browser's console say where a panic was, which it would not do by itself.
pub fn tell_console() {
    panic::set_hook(Box::new(|what| console::error_1(&what.to_string().into())));
}
