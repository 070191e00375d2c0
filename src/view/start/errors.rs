//! The missing fields of the form, at its top: each line leads to its field.

use leptos::prelude::*;

use crate::view::icon::{Glyph, Icon};
use crate::view::{Ui, focus};

/// One field of the form and what is wrong with it; empty when nothing is.
pub type FieldError = (&'static str, Signal<&'static str>);

/// The summary; nothing while nothing is wrong. It takes the focus when starting was tried.
#[component]
pub fn ErrorSummary(ui: Ui, errors: [FieldError; 3]) -> impl IntoView {
    let words = ui.words();
    let any = move || errors.iter().any(|(_, error)| !error.get().is_empty());
    let lines = errors.map(|(field, error)| {
        view! {
            <li hidden=move || error.get().is_empty()>
                <button
                    type="button"
                    class="finding-link"
                    data-error-for=field
                    prop:textContent=error
                    on:click=move |_| focus::on(ui, field)
                ></button>
            </li>
        }
    });
    view! {
        <div
            class="notice notice-error error-summary"
            id="start-errors"
            role="group"
            aria-labelledby="start-errors-title"
            tabindex="-1"
            hidden=move || !any()
        >
            <Glyph icon=Icon::TriangleAlert/>
            <div>
                <h3 id="start-errors-title">{words.start_errors_title}</h3>
                <ul>{lines.collect_view()}</ul>
            </div>
        </div>
    }
}
