//! The WebAssembly program that Trunk builds. Its other side is `src/element.js`, which calls what
//! the library's module `element` exports; there is nothing to do at the start.

#[cfg(target_arch = "wasm32")]
extern crate tu_kiem_tra;

fn main() {}
