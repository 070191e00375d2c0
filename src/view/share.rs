//! Sharing: the report by the system's share sheet if there is one, its result as a text by the
//! clipboard.

use leptos::prelude::*;

use super::Ui;
use super::icon::{Glyph, Icon};

/// The two buttons.
#[component]
pub fn ShareButtons(ui: Ui) -> impl IntoView {
    let words = ui.words();
    let share = move |_| {
        let app = ui.app();
        leptos::task::spawn_local(async move { app.share().await });
    };
    let copy = move |_| {
        let app = ui.app();
        leptos::task::spawn_local(async move { app.copy().await });
    };
    view! {
        <button type="button" class="button" data-action="share" hidden=!ui.app().can_share() on:click=share>
            <Glyph icon=Icon::Share/>
            {words.share_button}
        </button>
        <button type="button" class="button" data-action="copy" on:click=copy>
            <Glyph icon=Icon::Copy/>
            {words.copy_button}
        </button>
    }
}
