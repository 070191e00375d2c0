//! The notice that a newer release waits. Nothing moves for it, and it never covers a field that is
//! typed into.

use leptos::prelude::*;

use super::{Ui, focus};

/// Offers a reload at the end of the page, always visible while nobody types.
#[component]
pub fn Newer(ui: Ui) -> impl IntoView {
    let newer = ui.app().signals().newer.clone();
    let words = ui.words();
    // The region exists before its words, or they would not be read out.
    view! {
        <div class="notices notices-newer" role="status">
            {move || {
                newer.get().then(|| {
                    view! {
                        <div class="notice" data-notice="newer">
                            <p>{words.newer_release}</p>
                            <button
                                type="button"
                                class="button"
                                data-action="reload"
                                on:click=move |_| {
                                    let app = ui.app();
                                    leptos::task::spawn_local(async move { app.go_on_with_newer().await });
                                }
                            >
                                {words.newer_reload}
                            </button>
                            <button
                                type="button"
                                class="button button-quiet"
                                data-action="dismiss-newer"
                                on:click=move |_| {
                                    ui.app().dismiss_newer();
                                    focus::keep(ui);
                                }
                            >
                                {words.dismiss}
                            </button>
                        </div>
                    }
                })
            }}
        </div>
    }
}
