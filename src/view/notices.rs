//! Sentences for the person: what happened, what went wrong, what can be taken back.

use leptos::prelude::*;

use super::{Ui, focus, item};
use crate::messages::fill;

/// Trouble with storing, for as long as it lasts.
#[component]
pub fn Trouble(ui: Ui) -> impl IntoView {
    let signals = ui.app().signals().clone();
    let words = ui.words();
    let trouble = signals.trouble.clone();
    let open = signals.open.clone();
    let set_aside = signals.set_aside.clone();
    let journal_works = signals.journal_works.clone();
    let all_fails = signals.trouble.clone();
    view! {
        <div class="notices">
            {move || {
                // Where the vault fails too, that is said below.
                (!journal_works.get() && all_fails.with(Option::is_none)).then(|| {
                    view! {
                        <div class="notice" role="status" data-notice="journal">
                            <p>{words.storage_journal}</p>
                        </div>
                    }
                })
            }}
            {move || {
                let open = open.clone();
                trouble.get().map(|sentence| {
                    // Only another release can save again, and it comes with a reload.
                    let is_newer = sentence == words.storage_newer;
                    view! {
                        <div class="notice notice-error" role="alert" data-notice="trouble">
                            <p prop:textContent=sentence></p>
                            <p hidden=is_newer>{words.trouble_advice}</p>
                            <button
                                type="button"
                                class="button"
                                data-action="backup"
                                hidden=move || open.with(Option::is_none)
                                on:click=move |_| ui.app().back_up()
                            >
                                {words.trouble_backup}
                            </button>
                        </div>
                    }
                })
            }}
            {move || {
                let count = set_aside.get();
                (count > 0)
                    .then(|| {
                        let text = fill(words.set_aside, &[("count", &count.to_string())]);
                        view! {
                            <div class="notice notice-error" role="alert" data-notice="set-aside">
                                <p prop:textContent=text></p>
                                <button
                                    type="button"
                                    class="button"
                                    data-action="download-aside"
                                    on:click=move |_| {
                                        let app = ui.app();
                                        leptos::task::spawn_local(async move { app.download_aside().await });
                                    }
                                >
                                    {words.set_aside_download}
                                </button>
                            </div>
                        }
                    })
            }}
        </div>
    }
}

/// The notices of the moment: they stay in sight until they are dismissed.
#[component]
pub fn Notices(ui: Ui) -> impl IntoView {
    let signals = ui.app().signals().clone();
    let (notices, incoming) = (signals.notices, signals.incoming);
    let is_coming = Memo::new({
        let incoming = incoming.clone();
        move |_| incoming.with(|text| !text.is_empty())
    });
    let words = ui.words();
    view! {
        <div class="notices notices-passing">
            {move || {
                let incoming = incoming.clone();
                is_coming
                    .get()
                    .then(|| view! { <div class="notice" role="status" data-notice="incoming"><p prop:textContent=incoming></p></div> })
            }}
            <For each=move || notices.get() key=|notice| notice.number let(notice)>
                <div
                    class="notice"
                    class:notice-error=notice.is_error
                    role=if notice.is_error { "alert" } else { "status" }
                    data-notice=if notice.is_error { "error" } else { "done" }
                >
                    <p>{notice.text.clone()}</p>
                    {notice
                        .undo
                        .clone()
                        .map(|undo| {
                            view! {
                                <button
                                    type="button"
                                    class="button"
                                    data-action="undo"
                                    on:click=move |_| {
                                        let app = ui.app();
                                        let undo = undo.clone();
                                        app.dismiss(notice.number);
                                        leptos::task::spawn_local(async move {
                                            let item = undo.item().map(ToString::to_string);
                                            app.undo(undo).await;
                                            match item {
                                                Some(id) => item::bring_into_sight(ui, id),
                                                None => focus::keep(ui),
                                            }
                                        });
                                    }
                                >
                                    {words.undo}
                                </button>
                            }
                        })}
                    <button
                        type="button"
                        class="button button-quiet"
                        data-action="dismiss"
                        on:click=move |_| {
                            ui.app().dismiss(notice.number);
                            focus::keep(ui);
                        }
                    >
                        {words.dismiss}
                    </button>
                </div>
            </For>
        </div>
    }
}
