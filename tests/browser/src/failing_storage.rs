//! Storage that fails at the k-th call.

/// Counts the calls of IndexedDB and `localStorage` in a page, and lets the k-th one fail; to be in
/// front of all other scripts of the page. `__storage.arm({ at, fault, stays })` begins to count,
/// `__storage.told()` tells what was counted. What waits for more than five seconds ends at once
/// while something hangs, and other timers are twenty times faster, so that nobody waits.
///
/// For the fault `kill` the layer sends a request to `/kill` at the call and waits for its answer:
/// the server holds it until the process of the page is gone.
pub const FAILING_STORAGE: &str = include_str!("failing_storage.js");
