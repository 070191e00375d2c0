//! Printing the page.

/// Opens the browser's print dialog.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // A browser without printing has nothing to say about it.
        _ = window.print();
    }
}
