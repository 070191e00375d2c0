//! Whether the browser believes that there is a network, and what can be done without one.

use leptos::prelude::*;

use super::Ui;
use super::icon::{Glyph, Icon};

/// The word in the head of the page.
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

/// Stands there while the browser sees no network; it is read out when that begins.
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
