//! The WebAssembly program that Trunk builds. Its other side is `src/shell/element.js`, which calls
//! what the library's module `element` exports.

#[cfg(target_arch = "wasm32")]
fn main() {
    tu_kiem_tra::browser::panic::install_hook();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
