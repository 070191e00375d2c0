//! The WebAssembly program that Trunk builds. `src/shell/element.js` calls the exports of the
//! library's module `element`.

#[cfg(target_arch = "wasm32")]
fn main() {
    tu_kiem_tra::browser::panic::install_hook();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
