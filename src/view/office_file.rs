//! Buttons in a dialog that have a file made. That may take a while: the dialog says so and stays,
//! and who leaves it gets no file.

use leptos::prelude::*;

use super::{Ui, dialog};
use crate::app::{Format, Made};

/// A button for a file.
#[component]
pub fn FileButton(
    ui: Ui,
    /// Its name in the page (`data-action`).
    action: &'static str,
    format: Format,
    label: &'static str,
    /// Whether it is what the page advises.
    #[prop(default = false)]
    primary: bool,
    /// Whether something that goes into the file is not ready yet.
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
            // It keeps the focus, which a disabled button would lose.
            aria-disabled=move || (makes() || waits.get()).then_some("true")
            on:click=move |_| press()
        >
            {label}
        </button>
    }
}

/// Says that a file is being made. Belongs into each dialog with such a button.
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
        // Nobody hears a sentence under an open dialog.
        ui.app().save_file(made);
    });
}
