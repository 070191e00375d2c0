//! Whether the browser believes that there is a network. That is a hint for words, and never a
//! reason to leave something untried: on some devices it says no for ever, and a yes does not mean
//! that a server can be reached.

use super::listener::Listener;

/// Returns whether the browser believes to be online; browsers that do not know say yes.
#[must_use]
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Has a function called whenever that changes, with what it believes then.
pub fn follow(tell: impl Fn(bool) + Clone + 'static) -> Vec<Listener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let listen = |event, online| {
        let tell = tell.clone();
        Listener::new(&window, event, move |_| tell(online))
    };
    vec![listen("online", true), listen("offline", false)]
}
