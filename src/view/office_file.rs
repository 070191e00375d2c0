//! Buttons in a dialog that generate a file. That may take a while, so the dialog says so and
//! stays. A person who leaves it gets no file.

use leptos::prelude::*;

use super::{Ui, dialog};
use crate::app::{Format, Made};

/// A button that generates a file.
#[component]
pub fn FileButton(
    ui: Ui,
    /// Its name in the page (`data-action`).
    action: &'static str,
    format: Format,
    label: &'static str,
    /// Whether it is the recommended button.
    #[prop(default = false)]
    primary: bool,
    /// Whether a part of the file is not ready yet.
    #[prop(into, default = Signal::stored(false))]
    waits: Signal<bool>,
    press: impl Fn() + 'static,
) -> impl IntoView {
    let makes = move || ui.app().makes(format);
    view! {
        <button
            type="button"
            class="button"
            class:button-primary=primary
            data-action=action
            // The button keeps the focus, which a disabled one would lose.
            aria-disabled=move || (makes() || waits.get()).then_some("true")
            on:click=move |_| press()
        >
            {label}
        </button>
    }
}

/// Tells that a file is being generated. It belongs in each dialog with such a button.
#[component]
pub fn Making(ui: Ui) -> impl IntoView {
    on_cleanup(move || ui.app().forget_file());
    let words = ui.words();
    view! {
        <p
            class="making"
            role="status"
            prop:textContent=move || if ui.app().makes_file() { words.file_making } else { "" }
        ></p>
    }
}

/// Waits for the file, leaves the dialog and saves it.
pub fn take(
    ui: Ui,
    leave: impl Fn() + 'static,
    made: impl Future<Output = Option<Made>> + 'static,
) {
    leptos::task::spawn_local(async move {
        let Some(made) = made.await else { return };
        dialog::close(ui);
        leave();
        // A sentence under an open dialog is not read out.
        ui.app().save_file(made);
    });
}
