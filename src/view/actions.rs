//! What can be done with the open inspection: it stands under its items and above its result.

use leptos::prelude::*;
use std::sync::Arc;

use super::Ui;
use crate::app::{Open, Screen};
use crate::inspection::Status;

/// The buttons.
#[component]
pub fn Actions(ui: Ui, open: Arc<Open>) -> impl IntoView {
    let words = ui.words();
    let screen = ui.app().signals().screen.clone();
    let header = open.header.clone();
    let can_complete = move || header.with(|header| header.status == Status::InProgress);
    view! {
        <div class="actions buttons" role="group" aria-label=words.actions_label>
            <button type="button" class="button button-primary" data-action="export" on:click=move |_| ui.app().export()>
                {words.export_button}
            </button>
            <button type="button" class="button" data-action="print" on:click=move |_| ui.app().print()>
                {words.print_button}
            </button>
            <button
                type="button"
                class="button"
                data-action="complete"
                hidden=move || !can_complete()
                on:click=move |_| ui.app().complete()
            >
                {words.complete_button}
            </button>
            <button
                type="button"
                class="button button-quiet"
                data-action="answering"
                hidden=move || screen.get() == Screen::Answering
                on:click=move |_| ui.app().show(Screen::Answering)
            >
                {words.back_to_items}
            </button>
        </div>
    }
}
