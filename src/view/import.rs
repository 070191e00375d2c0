//! Bringing a report in: the button with its file field, and the question when the inspection is
//! on this device already.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlInputElement;

use super::{Ui, focus, words};
use crate::app::OnConflict;
use crate::messages::fill;

/// The button that brings in a report from a file.
#[component]
pub fn ImportButton(ui: Ui) -> impl IntoView {
    let input = NodeRef::<leptos::html::Input>::new();
    let choose = move |_| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    let chosen = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(input) = input else { return };
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            let app = ui.app();
            leptos::task::spawn_local(async move { app.import_file(file).await });
        }
        // The same file may be chosen again after it was mended.
        input.set_value("");
    };
    view! {
        <button type="button" class="button" data-action="import" on:click=choose>
            {ui.words().import_button}
        </button>
        <input
            node_ref=input
            class="visually-hidden"
            type="file"
            accept=".json,application/json"
            data-field="import-file"
            aria-label=ui.words().import_button
            tabindex="-1"
            on:change=chosen
        />
    }
}

/// Asks what becomes of the inspection that a report would replace.
#[component]
pub fn ImportQuestion(ui: Ui) -> impl IntoView {
    let pending = ui.app().signals().pending_import.clone();
    let words = ui.words();
    let decide = move |on_conflict| {
        let app = ui.app();
        leptos::task::spawn_local(async move {
            app.decide_import(on_conflict).await;
            focus::keep(ui);
        });
    };
    move || {
        let header = pending.get()?.inspection.header.clone();
        let period = words::period(header.period, words);
        let text = fill(words.import_conflict, &[("unit", &header.unit.name), ("period", &period)]);
        Some(view! {
            <section class="notice notice-question" role="alertdialog" aria-label=words.import_button data-notice="import-conflict">
                <p>{text}</p>
                <div class="buttons">
                    <button type="button" class="button" data-action="import-keep-both" on:click=move |_| decide(Some(OnConflict::KeepBoth))>
                        {words.import_keep_both}
                    </button>
                    <button type="button" class="button" data-action="import-replace" on:click=move |_| decide(Some(OnConflict::Replace))>
                        {words.import_replace}
                    </button>
                    <button type="button" class="button button-quiet" data-action="import-cancel" on:click=move |_| decide(None)>
                        {words.cancel}
                    </button>
                </div>
            </section>
        })
    }
}
