//! The network as the browser sees it, and the hint on what can be done offline.

use leptos::prelude::*;

use super::Ui;
use super::icon::{Glyph, Icon};

/// The network's state in the head of the page.
#[component]
pub fn OnlineTag(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let online = ui.app().signals().online.clone();
    let (shown, named) = (online.clone(), online.clone());
    let icon = move || if shown.get() { Icon::Wifi } else { Icon::WifiOff };
    let name = move || if named.get() { words.online_online } else { words.online_offline };
    view! {
        <p class="online" data-online=move || online.get().to_string()>
            {move || view! { <Glyph icon=icon()/> }}
            <span class="online-word" prop:textContent=name></span>
        </p>
    }
}

/// The line that is shown while the browser sees no network. The app announces when that begins.
#[component]
pub fn OfflineLine(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let online = ui.app().signals().online.clone();
    move || {
        (!online.get()).then(|| {
            view! { <p class="notice" data-notice="offline">{words.online_what}</p> }
        })
    }
}
