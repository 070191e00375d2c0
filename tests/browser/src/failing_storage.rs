//! Storage that fails at the k-th call.

/// A script that counts the calls of IndexedDB and `localStorage` in a page and lets the k-th one
/// fail. It has to run before all other scripts of the page. `__storage.arm({ at, fault, stays })`
/// starts the count and `__storage.told()` returns it. While something hangs, timers of more than
/// five seconds fire at once, and other timers are twenty times faster, so that nobody waits.
///
/// For the fault `kill` the script sends a request to `/kill` at the call and waits for the answer:
/// the server holds it until the process of the page is gone.
pub const FAILING_STORAGE: &str = include_str!("failing_storage.js");
